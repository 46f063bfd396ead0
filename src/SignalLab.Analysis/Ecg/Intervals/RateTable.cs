using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>Heart rate and RR intervals.</summary>
internal static class RateTable
{
    private const int FewestIntervals = 2;
    private const string Method = "intervals between successive beats of every kind, none across a gap";

    /// <summary>Median, shortest and longest RR and the rate.</summary>
    /// <param name="beats">The beats.</param>
    public static IEnumerable<Measurement> Measure(BeatSeries beats)
    {
        var rr = beats.KnownRr();
        var reason = FormattableString.Invariant($"{beats.Beats.Count} beat(s) found, with {rr.Length} interval(s) between them; {FewestIntervals} intervals are needed.{beats.Trouble}");
        var enough = rr.Length >= FewestIntervals;
        double? Milliseconds(double? seconds) => enough ? 1000 * seconds : null;
        yield return EcgMeasure.Of("heart rate", enough ? HeartRate.MedianBeatsPerMinute(rr) : null, EcgMeasure.PerMinute, "60 / median RR", reason);
        yield return EcgMeasure.Of("RR median", Milliseconds(BeatSeries.Median(rr)), EcgMeasure.Millisecond, Method, reason);
        yield return EcgMeasure.Of("RR min", Milliseconds(enough ? rr[0] : null), EcgMeasure.Millisecond, Method, reason);
        yield return EcgMeasure.Of("RR max", Milliseconds(enough ? rr[^1] : null), EcgMeasure.Millisecond, Method, reason);
    }
}
