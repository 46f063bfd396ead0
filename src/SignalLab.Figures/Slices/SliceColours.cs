using SignalLab.Figures.Colour;
using SignalLab.Model;

namespace SignalLab.Figures.Slices;

/// <summary>Which colours suit a map where nobody has said.</summary>
internal static class SliceColours
{
    private const int MostSampled = 1_000_000;

    /// <summary>Colours of the slices themselves.</summary>
    /// <param name="map">What they were cut from, as the first slice says.</param>
    /// <param name="values">All their values, in the unit shown.</param>
    /// <param name="unit">The unit shown.</param>
    /// <param name="options">What was asked for.</param>
    public static ColourScale OfSlices(ParameterMap map, double[] values, Unit unit, SliceOptions options)
    {
        var name = map.Quantity.Name;
        if (options.Scale is { } asked)
        {
            return (options.Window is { } w ? ColourScale.Window(w, asked.Unit, asked.Quantity, asked.Map) : asked).Seeing(values);
        }

        if (map.Kind == MapKind.Statistic && options.Window is null)
        {
            return ColourScale.Fitting(values, unit, map.Quantity);
        }

        var colours = map.LowIsWhite || map.Modality is "PT" or "NM" || unit.Symbol.StartsWith("SUV", StringComparison.Ordinal) ? ColourMap.InvertedGrey
            : unit.Dimension.Kelvin == 1 ? ColourMap.Inferno
            : unit.IsKnown && unit.Dimension.Arbitrary is null && unit.Dimension != Dimension.One ? ColourMap.Viridis
            : ColourMap.Grey;
        if ((options.Window ?? Shown(map, unit)) is { } window)
        {
            return ColourScale.Window(window, unit, name, colours).Seeing(values);
        }

        var (low, high) = Percentiles(values);
        return new ColourScale(colours, low, high, unit, name).Seeing(values);
    }

    /// <summary>Colours of what lies over the slices.</summary>
    /// <param name="map">The first overlay.</param>
    /// <param name="values">All overlays' values, in the unit shown.</param>
    /// <param name="unit">The unit shown.</param>
    /// <param name="options">What was asked for.</param>
    public static ColourScale OfOverlay(ParameterMap map, double[] values, Unit unit, SliceOptions options)
    {
        var scale = options.OverlayScale ?? (values.Any(v => v < 0)
            ? ColourScale.Symmetric(values, unit, map.Quantity.Name, ColourMap.ColdHot)
            : ColourScale.FromZero(values, unit, map.Quantity.Name, ColourMap.HotOverlay));
        return (scale with { Threshold = options.OverlayThreshold ?? scale.Threshold }).Seeing(values);
    }

    /// <summary>1st and 99th percentile of the finite values, apart in any case.</summary>
    public static (double Low, double High) Percentiles(double[] values)
    {
        var stride = Math.Max(1, values.Length / MostSampled);
        var sorted = values.Where((v, n) => n % stride == 0 && double.IsFinite(v)).Order().ToArray();
        if (sorted.Length == 0)
        {
            return (0, 1);
        }

        var (low, high) = (sorted[(int)(0.01 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(0.99 * (sorted.Length - 1))]);
        if (!(high > low))
        {
            (low, high) = (sorted[0], sorted[^1]);
        }

        return high > low ? (low, high) : (low - 0.5, low + 0.5);
    }

    private static (double Centre, double Width)? Shown(ParameterMap map, Unit unit)
    {
        if (map.Window is not { Width: > 0 } window)
        {
            return null;
        }

        var (factor, offset) = map.Unit.To(unit);
        return ((window.Centre * factor) + offset, window.Width * factor);
    }
}
