using System.Globalization;
using System.Text.RegularExpressions;
using SignalLab.Model;

namespace SignalLab.Figures;

/// <summary>Numbers and units as they are printed on figures.</summary>
public static partial class PlainText
{
    /// <summary>A unit in the field's signs: <c>µV²/Hz</c>, <c>°C</c>; empty for a pure number or where no unit is stated.</summary>
    /// <param name="unit">The unit.</param>
    public static string Of(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (!unit.IsKnown)
        {
            return Typeface.OneLine(unit.Symbol);
        }

        var text = unit.Symbol switch { "1" => "", "degC" => "°C", "degF" => "°F", "deg" => "°", var symbol => symbol };
        text = Micro().Replace(text, "µ").Replace("Ohm", "Ω", StringComparison.Ordinal).Replace('.', '·');
        return Exponent().Replace(text, m => m.Value switch { "2" => "²", "3" => "³", var other => other });
    }

    /// <summary>A frame's name without its owner: <c>scanner</c> for <c>scanner:1.2.840…</c>.</summary>
    /// <param name="frame">The frame.</param>
    internal static string Of(Frame frame) => frame.Name.Split(':')[0];

    /// <summary>A quantity and its unit as an axis title: <c>Power (µV²/Hz)</c>.</summary>
    /// <param name="quantity">What is measured.</param>
    /// <param name="unit">Its unit.</param>
    public static string Titled(string quantity, Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return (Of(unit), unit.IsKnown) switch
        {
            ("", true) => quantity,
            ("", false) => quantity + " (unit not stated)",
            var (text, _) => $"{quantity} ({text})",
        };
    }

    /// <summary>A number with at most so many significant digits, without exponent where it can be read without.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">Significant digits.</param>
    public static string Of(double value, int digits = 4)
    {
        if (!double.IsFinite(value))
        {
            return "–";
        }

        var magnitude = Math.Abs(value);
        var decimals = magnitude == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(magnitude)), 0, 12);
        var text = magnitude is 0 or (>= 1e-4 and < 1e7)
            ? value.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture)
            : value.ToString("0." + new string('#', digits - 1) + "e0", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>A number and its unit.</summary>
    /// <param name="value">The number.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="digits">Significant digits.</param>
    public static string Of(double value, Unit unit, int digits = 4)
    {
        var text = Of(unit);
        return text.Length == 0 ? Of(value, digits) : text is "%" or "°" ? Of(value, digits) + text : Of(value, digits) + " " + text;
    }

    /// <summary>A processing step in a few words: its name, what it was called with and its frequencies; a colophon holds the rest.</summary>
    /// <param name="step">The step.</param>
    public static string Of(ProcessingStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var told = new List<string> { step.Name };
        told.AddRange(new[] { "name", "band" }.Select(key => step.Parameters.GetValueOrDefault(key, "")).Where(v => v.Length is > 0 and <= 24));
        if (step.Parameters.TryGetValue("low_hz", out var low) && step.Parameters.TryGetValue("high_hz", out var high))
        {
            told.Add($"{low}–{high} Hz");
        }
        else
        {
            told.AddRange(step.Parameters.Where(p => p.Key.EndsWith("_hz", StringComparison.Ordinal)).Select(p => p.Value + " Hz"));
        }

        return Typeface.OneLine(string.Join(' ', told));
    }

    [GeneratedRegex(@"(?<![A-Za-z])u(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Micro();

    [GeneratedRegex(@"(?<=[A-Za-z])[23](?![A-Za-z\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Exponent();
}
