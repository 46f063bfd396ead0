using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>Distances of the global marks.</summary>
internal static class IntervalTable
{
    public const string Qrs = "QRS duration";
    public const string Qt = "QT interval";

    private const string OfMedian = "median beat, global marks over all leads (IEC 60601-2-25:2011; CSE 1985); a wave whose marks are not those of the single beats within 20 ms (QRS) or 40 ms (P, T) has their medians";
    private const string OfBeats = "median over the beats of the most frequent kind, global marks; the median beat has none of its own";
    private const string Paced = "The beats are paced: a P wave need not belong to them.";
    private const int FewestForSpread = 3;

    private static readonly (string Name, string From, string To, Func<WaveMarks, (long? From, long? To)> Marks)[] Rows =
    [
        ("P duration", "P onset", "P end", m => (m.POn, m.POff)),
        ("PR interval", "P onset", "QRS onset", m => (m.POn, m.QrsOn)),
        (Qrs, "QRS onset", "QRS end", m => (m.QrsOn, m.QrsOff)),
        (Qt, "QRS onset", "T end", m => (m.QrsOn, m.TOff)),
        ("JT interval", "QRS end", "T end", m => (m.QrsOff, m.TOff)),
        ("Tpeak-Tend", "T peak", "T end", m => (m.T, m.TOff)),
    ];

    /// <summary>The intervals of the median beat; where it has no marks, the beats' own medians.</summary>
    /// <param name="median">The median beat, or null.</param>
    /// <param name="beats">The beats.</param>
    public static IReadOnlyList<Measurement> Measure(MedianBeat? median, BeatSeries beats) => [.. Rows.Select(row =>
    {
        if (beats.IsPaced && RestsOnP(row.From))
        {
            return EcgMeasure.Of(row.Name, null, EcgMeasure.Millisecond, OfMedian, Paced);
        }

        if (median is null)
        {
            var own = beats.Milliseconds(row.Marks);
            return EcgMeasure.Of(row.Name, BeatSeries.Median(own), EcgMeasure.Millisecond, OfBeats, beats.Beats.Count == 0 ? $"No beat was found.{beats.Trouble}" : "No beat could be averaged and no beat has these marks.");
        }

        var (from, to) = row.Marks(median.Global);
        double? value = from is { } a && to is { } b && b > a ? 1000 * (b - a) / median.Waveforms.Channels[0].RateHz : null;
        return EcgMeasure.Of(row.Name, value, EcgMeasure.Millisecond, OfMedian, Lacking(from is null ? row.From : row.To));
    })];

    /// <summary>Medians and standard deviations from beat to beat.</summary>
    /// <param name="beats">The beats.</param>
    public static IEnumerable<Measurement> BeatToBeat(BeatSeries beats)
    {
        foreach (var (name, from, to, marks) in Rows)
        {
            var isBesides = beats.IsPaced && RestsOnP(from);
            var values = isBesides ? [] : beats.Milliseconds(marks);
            var reason = isBesides ? Paced : FormattableString.Invariant($"{values.Length} of {beats.Dominant.Count} beat(s) have both {from} and {to}.");
            var method = FormattableString.Invariant($"global marks of {values.Length} of {beats.Dominant.Count} beats of the most frequent kind");
            yield return EcgMeasure.Of($"{name} (beats, median)", BeatSeries.Median(values), EcgMeasure.Millisecond, method, reason);
            yield return EcgMeasure.Of($"{name} (beats, SD)", values.Length >= FewestForSpread ? Deviation(values) : null, EcgMeasure.Millisecond, method, reason);
        }
    }

    private static bool RestsOnP(string from) => from == "P onset";

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    private static string Lacking(string mark) => $"The median beat has no {mark}: the wave is absent or cannot be told from noise.";
}
