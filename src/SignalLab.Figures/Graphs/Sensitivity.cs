using System.Globalization;
using System.Text.RegularExpressions;
using SignalLab.Model;

namespace SignalLab.Figures.Graphs;

/// <summary>How much one millimetre of paper stands for, for example 7 µV/mm.</summary>
/// <param name="PerMm">Amount a millimetre, &gt; 0.</param>
/// <param name="Unit">Unit of the amount.</param>
public sealed partial record Sensitivity(double PerMm, Unit Unit)
{
    private static readonly double[] Decade = [1, 1.5, 2, 3, 5, 7];

    /// <summary>Reads <c>7uV/mm</c>, <c>0.1 mV/mm</c> or, turned round as for an ECG, <c>10mm/mV</c>.</summary>
    /// <param name="text">The spelling.</param>
    /// <exception cref="UnfitInputException">It is none of these.</exception>
    public static Sensitivity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Spelling().Match(text);
        if (match.Success && double.TryParse(match.Groups["n"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount > 0 && double.IsFinite(amount))
        {
            var inverse = match.Groups["inverse"].Success;
            var unit = Unit.Parse(match.Groups[inverse ? "inverse" : "unit"].Value);
            if (unit.IsKnown)
            {
                return new(inverse ? 1 / amount : amount, unit);
            }
        }

        throw new UnfitInputException($"Sensitivity '{text}' is not understood: write it as 7uV/mm or 10mm/mV.");
    }

    /// <summary>The least of the usual steps (1 1.5 2 3 5 7 and their decades; 15 but not 1.5 µV, as on EEG machines) that is not below a value.</summary>
    /// <param name="perMm">The value, &gt; 0.</param>
    public static double UsualStep(double perMm)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(perMm)));
        foreach (var step in Decade.Append(10))
        {
            if (step * decade >= perMm * (1 - 1e-9) && !(step == 1.5 && decade == 1))
            {
                return step * decade;
            }
        }

        return 10 * decade;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{PlainText.Of(PerMm, Unit)}/mm";

    [GeneratedRegex(@"^\s*(?<n>[\d.]+(?:[eE][-+]?\d+)?)\s*(?:mm\s*/\s*(?<inverse>[^\s/].*?)|(?<unit>\S.*?)\s*/\s*mm)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Spelling();
}
