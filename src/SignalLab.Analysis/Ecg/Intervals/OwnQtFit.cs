using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>QT corrected by the record's own relation to RR.</summary>
internal static class OwnQtFit
{
    private const double LeastSeconds = 600;
    private const int FewestBeats = 300;
    private const double LeastSpreadSeconds = 0.1;
    private const string Method = "line of QT over the RR intervals of the past, which fade exponentially (Razak 2011), fitted to this record";

    /// <summary>The fit's QT at 60 a minute, its slope and its memory.</summary>
    /// <param name="beats">The beats.</param>
    public static IEnumerable<Measurement> Measure(BeatSeries beats)
    {
        var (fit, reason) = Fit(beats);
        var method = fit is null ? Method : FormattableString.Invariant($"{Method}: {fit.Count} beats, residual SD {1000 * fit.ResidualSeconds:0.0} ms");
        yield return EcgMeasure.Of("QTc interval (own QT/RR fit)", 1000 * fit?.QtAtSixtySeconds, EcgMeasure.Millisecond, method, reason);
        yield return EcgMeasure.Of("QT/RR slope", fit?.Slope, Unit.One, method, reason);
        yield return EcgMeasure.Of("QT/RR memory", fit?.MemorySeconds, Unit.Second, method, reason);
    }

    private static (QtAdaptation? Fit, string? Reason) Fit(BeatSeries beats)
    {
        var all = beats.Beats;
        var seconds = all.Count < 2 ? 0 : all[^1].Seconds - all[0].Seconds;
        if (seconds < LeastSeconds)
        {
            return (null, FormattableString.Invariant($"The beats span {seconds:0} s; a fit of the record's own needs {LeastSeconds:0} s."));
        }

        var kind = beats.Dominant.ToHashSet(ReferenceEqualityComparer.Instance);
        var qt = all.Select(b => kind.Contains(b) && b.Global is { QrsOn: { } on, TOff: { } off } && off > on ? (off - on) / beats.RateHz : double.NaN).ToArray();
        var fit = QtAdaptation.Fit([.. all.Select(b => b.Seconds)], beats.RrSeconds, qt);
        if (fit is null || fit.Count < FewestBeats)
        {
            return (null, FormattableString.Invariant($"QT was measured in {qt.Count(double.IsFinite)} beats; a fit of the record's own needs {FewestBeats} after the first two minutes."));
        }

        return fit.SpreadSeconds < LeastSpreadSeconds
            ? (null, FormattableString.Invariant($"The heart rate hardly changed (RR by {1000 * fit.SpreadSeconds:0} ms); a fit needs {1000 * LeastSpreadSeconds:0} ms."))
            : (fit, null);
    }
}
