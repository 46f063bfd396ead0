using System.Globalization;

namespace SignalLab.Model;

/// <summary>
/// A physical unit: UCUM code, short symbol as the command line prints it, scale and offset to SI, dimension.
/// Two units are equal when they mean the same, not when they are spelled the same; an unrecognised spelling is a valid unit that converts only to itself.
/// </summary>
/// <remarks>Source: The Unified Code for Units of Measure (UCUM) 2.1, §§ 2.1–2.4 and tables 1–4.</remarks>
public sealed class Unit : IEquatable<Unit>
{
    private Unit(string code, string symbol, double scale, double offset, Dimension dimension, bool isKnown)
    {
        Code = code;
        Symbol = symbol;
        Scale = scale;
        Offset = offset;
        Dimension = dimension;
        IsKnown = isKnown;
    }

    /// <summary>Microvolt, the unit of EEG.</summary>
    public static Unit Microvolt { get; } = Parse("uV");

    /// <summary>Millivolt, the unit of ECG.</summary>
    public static Unit Millivolt { get; } = Parse("mV");

    /// <summary>Volt.</summary>
    public static Unit Volt { get; } = Parse("V");

    /// <summary>Tesla, the unit of a magnetometer.</summary>
    public static Unit Tesla { get; } = Parse("T");

    /// <summary>Tesla per metre, the unit of a gradiometer.</summary>
    public static Unit TeslaPerMetre { get; } = Parse("T/m");

    /// <summary>Second.</summary>
    public static Unit Second { get; } = Parse("s");

    /// <summary>Hertz.</summary>
    public static Unit Hertz { get; } = Parse("Hz");

    /// <summary>Metre.</summary>
    public static Unit Metre { get; } = Parse("m");

    /// <summary>Millimetre, the unit of image space.</summary>
    public static Unit Millimetre { get; } = Parse("mm");

    /// <summary>Micromole per litre, the unit of haemoglobin in tissue.</summary>
    public static Unit MicromolePerLitre { get; } = Parse("umol/L");

    /// <summary>Optical density: the negative natural logarithm of light over its mean.</summary>
    public static Unit OpticalDensity { get; } = Parse("OD");

    /// <summary>A pure number.</summary>
    public static Unit One { get; } = new("1", "1", 1, 0, Dimension.One, true);

    /// <summary>No unit stated.</summary>
    public static Unit Unknown { get; } = new("", "", 1, 0, new Dimension(Arbitrary: "?"), false);

    /// <summary>The UCUM code, for example <c>Cel</c> or <c>uV</c>; the file's spelling for an unrecognised unit.</summary>
    public string Code { get; }

    /// <summary>The short name used in tables and JSON, for example <c>degC</c>, <c>uV2/Hz</c>, <c>HU</c>; empty where no unit is stated.</summary>
    public string Symbol { get; }

    /// <summary>Factor to SI: value_SI = value × Scale + Offset.</summary>
    public double Scale { get; }

    /// <summary>Offset to SI, non-zero only for temperatures in degrees.</summary>
    public double Offset { get; }

    /// <summary>What is measured, as exponents of the SI base units.</summary>
    public Dimension Dimension { get; }

    /// <summary>False where the spelling was empty or not recognised.</summary>
    public bool IsKnown { get; }

    /// <summary>Reads a unit in UCUM or in one of the spellings found in files (µV, uV^2/Hz, degC, bpm).</summary>
    /// <param name="text">The spelling.</param>
    /// <returns>The unit; never throws: an unrecognised spelling gives a unit with <see cref="IsKnown"/> false that keeps it.</returns>
    public static Unit Parse(string? text)
    {
        var spelling = (text ?? "").Trim();
        if (spelling.Length == 0)
        {
            return Unknown ?? new("", "", 1, 0, new Dimension(Arbitrary: "?"), false);
        }

        return UnitGrammar.TryParse(spelling, out var code, out var symbol, out var scale, out var offset, out var dimension)
            ? new Unit(code, symbol, scale, offset, dimension, true)
            : new Unit(spelling, spelling, 1, 0, new Dimension(Arbitrary: "?" + spelling), false);
    }

    /// <summary>True where a value in this unit can be expressed in the other.</summary>
    /// <param name="other">The other unit.</param>
    public bool ConvertsTo(Unit other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Dimension == other.Dimension;
    }

    /// <summary>Factor and offset that turn a value in this unit into one in <paramref name="target"/>: target = value × factor + offset.</summary>
    /// <param name="target">The unit wanted.</param>
    /// <returns>Factor and offset.</returns>
    /// <exception cref="UnfitInputException">The dimensions differ (V never converts to T) or one unit is not known.</exception>
    public (double Factor, double Offset) To(Unit target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!ConvertsTo(target))
        {
            throw new UnfitInputException($"Cannot convert {Name} to {target.Name}: they measure different things.");
        }

        return Equals(target) ? (1, 0) : (Scale / target.Scale, (Offset - target.Offset) / target.Scale);
    }

    /// <summary>Converts one value.</summary>
    /// <param name="value">The value in this unit.</param>
    /// <param name="target">The unit wanted.</param>
    /// <returns>The value in <paramref name="target"/>.</returns>
    /// <exception cref="UnfitInputException">The dimensions differ.</exception>
    public double Convert(double value, Unit target)
    {
        var (factor, offset) = To(target);
        return (value * factor) + offset;
    }

    /// <summary>The unit of a product, for example uV times uV per Hz.</summary>
    /// <param name="other">The other factor.</param>
    /// <param name="power">Its exponent, negative to divide.</param>
    public Unit Times(Unit other, int power = 1)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!IsKnown || !other.IsKnown)
        {
            return Unknown;
        }

        var exponent = Math.Abs(power) == 1 ? "" : Math.Abs(power).ToString(CultureInfo.InvariantCulture);
        var joined = power switch
        {
            > 0 when Equals(other) && power == 1 => $"{Symbol}2",
            > 0 => $"{Symbol}.{other.Symbol}{exponent}",
            _ => $"{Symbol}/{other.Symbol}{exponent}",
        };
        return Parse(joined);
    }

    /// <summary>The unit squared, as power spectra need it.</summary>
    public Unit Squared() => Times(this);

    /// <inheritdoc/>
    public bool Equals(Unit? other) =>
        other is not null && Dimension == other.Dimension && Scale == other.Scale && Offset == other.Offset;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Unit);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dimension, Scale, Offset);

    /// <inheritdoc/>
    public override string ToString() => Symbol;

    private string Name => Symbol.Length == 0 ? "a value without unit" : IsKnown ? Symbol : $"the unknown unit '{Symbol}'";
}
