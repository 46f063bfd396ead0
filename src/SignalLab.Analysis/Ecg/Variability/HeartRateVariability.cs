using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>Heart-rate variability with the names of the Task Force.</summary>
public static class HeartRateVariability
{
    /// <summary>Name and version of the method, as results state it.</summary>
    public const string Method = "SignalLab HRV 1";

    // Least NN time per kind of measure. Source: Task Force 1996: about ten periods of the lowest frequency (HF one minute, LF two), five minutes as the short-term
    // standard, twenty minutes for the geometric measures, nearly a day for ULF.
    private const double ShortSeconds = 60;
    private const double LowSeconds = 120;
    private const double StandardSeconds = 300;
    private const double GeometricSeconds = 1200;
    private const double DaySeconds = 18 * 3600;
    private const int FewestSegments = 3;
    private const int FewestForEntropy = 200;
    private const int MostForEntropy = 20_000;
    // A difference of exactly 50 ms, whatever its rounding, is not longer than 50 ms.
    private const double LongDifferenceMilliseconds = 50 + 1e-6;
    private static readonly Unit Milliseconds = Unit.Parse("ms");
    private static readonly Unit Power = Unit.Parse("ms2");
    private static readonly Unit Percent = Unit.Parse("%");

    extension(EcgExamination examination)
    {
        /// <summary>Measures the variability of the intervals between successive normal beats; those beside an ectopic, paced or unclassifiable beat and those across a gap are left out.</summary>
        /// <returns>Time, frequency (Lomb–Scargle), Poincaré and complexity measures; those that the recording is too short for have a reason instead of a value.</returns>
        public IReadOnlyList<Measurement> MeasureVariability()
        {
            ArgumentNullException.ThrowIfNull(examination);
            var nn = NormalIntervals.Of(examination);
            return [.. InTime(nn), .. ByFrequency(nn), .. InPlots(nn)];
        }
    }

    private static IEnumerable<Measurement> InTime(NormalIntervals nn)
    {
        var segments = TimeDomain.SegmentMeansAndDeviations(nn);
        var few = segments.Means.Length < FewestSegments ? FormattableString.Invariant($"{segments.Means.Length} whole five-minute segment(s) of NN intervals; {FewestSegments} are needed.") : null;
        yield return Of(nn, "mean NN", Milliseconds, ShortSeconds, () => TimeDomain.Mean(nn.Milliseconds));
        yield return Of(nn, "SDNN", Milliseconds, ShortSeconds, () => TimeDomain.Deviation(nn.Milliseconds));
        yield return Of(nn, "SDANN", Milliseconds, StandardSeconds, () => TimeDomain.Deviation(segments.Means), few);
        yield return Of(nn, "SDNN index", Milliseconds, StandardSeconds, () => TimeDomain.Mean(segments.Deviations), few);
        yield return Of(nn, "RMSSD", Milliseconds, ShortSeconds, () => TimeDomain.RootMeanSquare(nn.Differences));
        yield return Of(nn, "SDSD", Milliseconds, ShortSeconds, () => TimeDomain.Deviation(nn.Differences));
        yield return Of(nn, "NN50", Unit.One, ShortSeconds, () => nn.Differences.Count(d => Math.Abs(d) > LongDifferenceMilliseconds));
        yield return Of(nn, "pNN50", Percent, ShortSeconds, () => 100.0 * nn.Differences.Count(d => Math.Abs(d) > LongDifferenceMilliseconds) / nn.Differences.Length);
        yield return Of(nn, "triangular index", Unit.One, GeometricSeconds, () => TimeDomain.TriangularIndex(nn.Milliseconds));
        yield return Of(nn, "TINN", Milliseconds, GeometricSeconds, () => TimeDomain.TriangularInterpolation(nn.Milliseconds));
    }

    private static IEnumerable<Measurement> ByFrequency(NormalIntervals nn)
    {
        var (veryLow, low, high) = Reason(nn, ShortSeconds) is null ? FrequencyDomain.Bands(nn) : default;
        yield return Of(nn, "total power", Power, StandardSeconds, () => veryLow + low + high);
        yield return Of(nn, "ULF", Power, DaySeconds, () => FrequencyDomain.UltraLow(nn));
        yield return Of(nn, "VLF", Power, StandardSeconds, () => veryLow);
        yield return Of(nn, "LF", Power, LowSeconds, () => low);
        yield return Of(nn, "HF", Power, ShortSeconds, () => high);
        yield return Of(nn, "LF/HF", Unit.One, LowSeconds, () => low / high);
        yield return Of(nn, "LF norm", Percent, LowSeconds, () => 100 * low / (low + high));
        yield return Of(nn, "HF norm", Percent, LowSeconds, () => 100 * high / (low + high));
    }

    private static IEnumerable<Measurement> InPlots(NormalIntervals nn)
    {
        var (across, along) = Reason(nn, ShortSeconds) is null ? TimeDomain.Poincare(nn) : default;
        yield return Of(nn, "SD1", Milliseconds, ShortSeconds, () => across);
        yield return Of(nn, "SD2", Milliseconds, ShortSeconds, () => along);
        yield return Of(nn, "SD1/SD2", Unit.One, ShortSeconds, () => across / along);
        var unfit = nn.Count is < FewestForEntropy or > MostForEntropy ? FormattableString.Invariant($"{nn.Count} NN intervals; {FewestForEntropy} to {MostForEntropy} are taken.") : null;
        yield return Of(nn, "sample entropy", Unit.One, ShortSeconds, () => Complexity.SampleEntropy(nn.Milliseconds, 2, 0.2 * TimeDomain.Deviation(nn.Milliseconds)), unfit);
        yield return Of(nn, "DFA alpha1", Unit.One, StandardSeconds, () => Complexity.ShortTermExponent(nn.Milliseconds));
    }

    private static Measurement Of(NormalIntervals nn, string name, Unit unit, double leastSeconds, Func<double> value, string? unfit = null)
    {
        var method = FormattableString.Invariant($"{Method}; {nn.Count} NN intervals ({nn.TotalSeconds:0} s), {nn.Excluded} interval(s) beside beats that are not normal left out");
        var measurement = new Measurement(name, null, unit, method, new Origin(OriginKind.Algorithm, Method));
        if ((Reason(nn, leastSeconds) ?? unfit) is { } reason)
        {
            return measurement with { Reason = reason };
        }

        var number = value();
        return double.IsFinite(number) ? measurement with { Value = number } : measurement with { Reason = "the NN intervals vary too little, or stand too far apart, for it." };
    }

    private static string? Reason(NormalIntervals nn, double leastSeconds) =>
        !nn.IsClassified ? "the beats have no class: normal ones cannot be told from ectopic ones."
        : nn.TotalSeconds < leastSeconds || nn.Differences.Length < 2 ? FormattableString.Invariant($"{nn.Count} NN intervals of {nn.TotalSeconds:0} s together; at least {leastSeconds:0} s are needed.")
        : null;
}
