namespace SignalLab.Analysis.Ecg;

/// <summary>Intervals between successive normal beats (NN), the only ones that heart-rate variability is made of.</summary>
internal sealed class NormalIntervals
{
    // Outside of this a beat was missed or made up.
    private const double ShortestSeconds = 0.25;
    private const double LongestSeconds = 3;

    private NormalIntervals(double[] seconds, double[] milliseconds, bool[] follows, int excluded, bool isClassified)
    {
        (Seconds, Milliseconds, Follows, Excluded, IsClassified) = (seconds, milliseconds, follows, excluded, isClassified);
        Differences = [.. Enumerable.Range(1, Math.Max(0, seconds.Length - 1)).Where(i => follows[i]).Select(i => milliseconds[i] - milliseconds[i - 1])];
        TotalSeconds = milliseconds.Sum() / 1000;
    }

    /// <summary>Time of the beat that ends each interval.</summary>
    public double[] Seconds { get; }

    /// <summary>The intervals.</summary>
    public double[] Milliseconds { get; }

    /// <summary>True where the interval follows the one before it without a beat or a gap in between.</summary>
    public bool[] Follows { get; }

    /// <summary>Each interval minus the one before it, where it follows that.</summary>
    public double[] Differences { get; }

    /// <summary>Intervals that were left out: beside a beat that is not normal, or impossibly short or long.</summary>
    public int Excluded { get; }

    /// <summary>False where no beat has a class yet.</summary>
    public bool IsClassified { get; }

    /// <summary>Sum of the intervals.</summary>
    public double TotalSeconds { get; }

    /// <summary>Number of intervals.</summary>
    public int Count => Seconds.Length;

    /// <summary>Takes the intervals of an examination; none crosses a gap or a stretch that could not be read.</summary>
    public static NormalIntervals Of(EcgExamination examination)
    {
        var strip = RhythmStrip.Of(examination);
        var beats = examination.Beats;
        var (seconds, milliseconds, follows) = (new List<double>(), new List<double>(), new List<bool>());
        var (excluded, last) = (0, -1);
        for (var i = 1; i < beats.Count; i++)
        {
            if (double.IsNaN(strip.Intervals[i]))
            {
                continue;
            }

            if (!IsNormal(beats[i]) || !IsNormal(beats[i - 1]) || strip.Intervals[i] is < ShortestSeconds or > LongestSeconds)
            {
                excluded++;
                continue;
            }

            follows.Add(last == i - 1);
            seconds.Add(strip.Seconds[i]);
            milliseconds.Add(1000 * strip.Intervals[i]);
            last = i;
        }

        return new([.. seconds], [.. milliseconds], [.. follows], excluded, strip.IsClassified);
    }

    private static bool IsNormal(Beat beat) => beat is { Class: BeatClass.Normal, IsPaced: false };
}
