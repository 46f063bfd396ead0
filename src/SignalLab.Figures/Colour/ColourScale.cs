using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Colour;

/// <summary>How values become colours: the map, the limits with their unit, and what is left undrawn. What a colour bar shows is this and nothing else.</summary>
/// <param name="Map">The colours.</param>
/// <param name="Low">Value of the first colour.</param>
/// <param name="High">Value of the last colour, above <paramref name="Low"/>.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Quantity">What the values are, for the bar's caption.</param>
public sealed record ColourScale(ColourMap Map, double Low, double High, Unit Unit, string Quantity)
{
    /// <summary>Values nearer to zero than this (below it, for maps that are not diverging) are not drawn; null draws all.</summary>
    public double? Threshold { get; init; }

    /// <summary>True where there are values below <see cref="Low"/>: they take its colour, and the bar says so.</summary>
    public bool ExceedsLow { get; init; }

    /// <summary>True where there are values above <see cref="High"/>.</summary>
    public bool ExceedsHigh { get; init; }

    /// <summary>Limits symmetric about zero that hold every value, rounded up to two digits.</summary>
    /// <param name="values">The values; those that are not finite do not count.</param>
    /// <param name="unit">Their unit.</param>
    /// <param name="quantity">What they are.</param>
    /// <param name="map">A diverging map; blue–white–red where none is given.</param>
    public static ColourScale Symmetric(IEnumerable<double> values, Unit unit, string quantity, ColourMap? map = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var limit = RoundUp(values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
        return new(map ?? ColourMap.BlueWhiteRed, -limit, limit, unit, quantity);
    }

    /// <summary>Limits from zero to the largest value, rounded up to two digits: for power, counts, stiffness.</summary>
    /// <param name="values">The values; those that are not finite do not count.</param>
    /// <param name="unit">Their unit.</param>
    /// <param name="quantity">What they are.</param>
    /// <param name="map">The colours; viridis where none is given.</param>
    public static ColourScale FromZero(IEnumerable<double> values, Unit unit, string quantity, ColourMap? map = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        return new(map ?? ColourMap.Viridis, 0, RoundUp(finite.Max()), unit, quantity) { ExceedsLow = finite.Min() < 0 };
    }

    /// <summary>The limits that suit a quantity: symmetric where it has a sign or any value is negative, from zero otherwise.</summary>
    /// <param name="values">The values.</param>
    /// <param name="unit">Their unit.</param>
    /// <param name="quantity">What they are; potentials and magnetic fields have a sign even where every value is positive.</param>
    public static ColourScale Fitting(IEnumerable<double> values, Unit unit, Model.Quantity quantity)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        var held = values as IReadOnlyCollection<double> ?? [.. values];
        var signed = quantity == Model.Quantity.ElectricPotential || quantity == Model.Quantity.MagneticField || held.Any(v => v < 0);
        return signed ? Symmetric(held, unit, quantity.Name) : FromZero(held, unit, quantity.Name);
    }

    /// <summary>A radiologist's window: black at centre − width/2, white at centre + width/2.</summary>
    /// <param name="window">Centre and width, width above zero.</param>
    /// <param name="unit">Unit of both.</param>
    /// <param name="quantity">What the values are.</param>
    /// <param name="map">The colours; grey where none is given.</param>
    public static ColourScale Window((double Centre, double Width) window, Unit unit, string quantity, ColourMap? map = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window.Width, nameof(window));
        return new(map ?? ColourMap.Grey, window.Centre - (window.Width / 2), window.Centre + (window.Width / 2), unit, quantity);
    }

    /// <summary>A value's colour.</summary>
    /// <param name="value">The value, in the scale's unit.</param>
    /// <returns>The colour, or null where nothing is drawn: below the threshold, or not finite.</returns>
    public SKColor? ColourOf(double value) => IsDrawn(value) ? Map.At((value - Low) / (High - Low)) : null;

    /// <summary>The colour of lines and marks that lie on a value's colour: dark on light, light on dark.</summary>
    /// <param name="value">The value.</param>
    public SKColor InkOn(double value) => ColourOf(value) is { } ground && Lab.Of(ground).L < 42 ? Style.Paper : Style.Ink;

    /// <summary>True where a value is drawn at all.</summary>
    /// <param name="value">The value.</param>
    public bool IsDrawn(double value) => double.IsFinite(value) && !((Map.IsDiverging ? Math.Abs(value) : value) < Threshold);

    /// <summary>The same scale that knows whether values lie beyond its limits.</summary>
    /// <param name="values">The values that are drawn with it.</param>
    public ColourScale Seeing(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (below, above) = (ExceedsLow, ExceedsHigh);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                below |= value < Low;
                above |= value > High;
            }
        }

        return this with { ExceedsLow = below, ExceedsHigh = above };
    }

    private static double RoundUp(double value)
    {
        if (!(value > 0))
        {
            return 1;
        }

        // A power of ten is divided by, not multiplied with, so that 0.3 stays 0.3; and a value that is round already is not lifted by its last bit.
        var digits = 1 - (int)Math.Floor(Math.Log10(value));
        var power = Math.Pow(10, Math.Abs(digits));
        return digits >= 0 ? Math.Ceiling((value * power) - 1e-9) / power : Math.Ceiling((value / power) - 1e-9) * power;
    }
}
