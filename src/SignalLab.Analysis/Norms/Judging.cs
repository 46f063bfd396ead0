using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Analysis.Norms;

/// <summary>Holds measurements against reference sets.</summary>
public static class Judging
{
    extension(Measurement measurement)
    {
        /// <summary>The measurement with the limits of its reference set, and where it stands among the population.</summary>
        /// <param name="norms">Norms of any measures; those of this name and of a unit that converts are used.</param>
        /// <param name="subject">Age and sex; where one is not known and the limits depend on it there is no verdict.</param>
        /// <returns>The measurement with its reference, percentile and z where the set permits them; else with the reason why it is not judged.</returns>
        public Measurement JudgedBy(IReadOnlyList<ReferenceNorm> norms, Subject subject)
        {
            ArgumentNullException.ThrowIfNull(norms);
            ArgumentNullException.ThrowIfNull(subject);
            var bare = measurement with { Reference = null, Percentile = null, ZScore = null, NotJudgedBecause = null };
            if (measurement.Value is not { } value)
            {
                return bare;
            }

            ReferenceNorm[] own = [.. norms.Where(n => n.Name.Equals(measurement.Name, StringComparison.OrdinalIgnoreCase) && n.Unit.ConvertsTo(measurement.Unit))];
            var (chosen, reason) = NormChoice.For(own, subject);
            if (chosen is not { Norm: var norm, Row: var row })
            {
                return bare with { NotJudgedBecause = reason };
            }

            double? Converted(double? limit) => limit is { } l ? norm.Unit.Convert(l, measurement.Unit) : null;
            var deviation = NormStanding.Deviation(row, measurement.Unit.Convert(value, norm.Unit));
            return bare with
            {
                Reference = new ReferenceRange(Converted(row.Low), Converted(row.High), SourceOf(norm, row)),
                ZScore = deviation,
                Percentile = deviation is { } z ? NormalScale.Percentile(z) : null,
            };
        }
    }

    /// <summary>What is printed beside a verdict: the set, what its limits are, the stratum, the source and how certain the numbers are.</summary>
    /// <param name="norm">The norm.</param>
    /// <param name="row">The stratum.</param>
    public static string SourceOf(ReferenceNorm norm, NormRow row)
    {
        ArgumentNullException.ThrowIfNull(norm);
        ArgumentNullException.ThrowIfNull(row);
        var limits = row.LowPercentile > 0 || row.HighPercentile > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{row.LowPercentile:0.#} to {row.HighPercentile:0.#} percentile")
            : "thresholds";
        var count = row.Count is { } n ? string.Create(CultureInfo.InvariantCulture, $", n = {n}") : "";
        return $"{norm.Set}: {limits}, {Stratum(row)}{count}; {norm.Source}; {Word(norm.Certainty)}";
    }

    /// <summary>The word that says how the numbers were come by.</summary>
    /// <param name="certainty">The certainty.</param>
    public static string Word(NormCertainty certainty) => certainty switch
    {
        NormCertainty.Own => "the user's own set",
        NormCertainty.Seen => "seen in the source",
        NormCertainty.Secondary => "secondary: from another's transcription, not checked against the paper",
        _ => "recalled: well known, not checked against the source",
    };

    private static string Stratum(NormRow row)
    {
        var sex = row.Sex switch { "F" => "females", "M" => "males", _ => "both sexes" };
        return row is { AgeFromYears: <= 0, AgeToYears: >= 120 } ? sex : string.Create(CultureInfo.InvariantCulture, $"{sex}, {row.AgeFromYears:0.##} to {row.AgeToYears:0.##} y");
    }
}
