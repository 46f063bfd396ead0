namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>What the intervals around each beat say, all relative to the patient's own rhythm.</summary>
internal static class RhythmFeatures
{
    /// <summary>Beats on either side of one that tell what is usual around it.</summary>
    public const int Around = 15;

    private const int FarAround = 50;
    private const int VeryFarAround = 150;
    private const int MeanAround = 7;
    private const int Recently = 10;

    // Intervals that differ by less are alike: in atrial fibrillation few are, whatever ectopic beats do to a steady rhythm.
    private const double Alike = 0.05;

    /// <summary>Names in the order of the values.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "RR before", "RR after", "RR before / after", "RR before, previous beat", "RR before, beat before that", "RR after, next beat", "RR before / its predecessor",
        "RR both", "RR before / record", "local RR / record", "RR before / far local", "local RR, s", "irregularity", "far irregularity", "rank of RR before",
        "RR quartile range", "RR 10 %", "RR 90 %", "RR before / recent",
        "RR before / local mean", "RR before / far mean", "RR before / record mean", "RR before / far upper quartile", "RR before / very far upper", "RR before, previous beat / far mean",
        "RR after / far mean", "longest recent RR / far mean", "intervals alike it", "intervals alike one another",
    ];

    /// <summary>Intervals before and after each beat over the median interval around, with the values named.</summary>
    /// <param name="rrSeconds">Interval before each beat, NaN where none was recorded.</param>
    /// <returns>beats × <see cref="Names"/>.</returns>
    public static float[][] Compute(ReadOnlySpan<double> rrSeconds)
    {
        var (rr, usual) = Filled(rrSeconds);
        var local = Running(rr, Around, 0.5);
        var far = Running(rr, FarAround, 0.5);
        var changes = rr.Select((v, i) => i == 0 ? 0 : Math.Abs(v - rr[i - 1]) / local[i]).ToArray();
        var irregular = Running(changes, Around, 0.5);
        var farIrregular = Running(changes, FarAround, 0.5);
        var (low, high) = (Running(rr, Around, 0.25), Running(rr, Around, 0.75));
        var (lowest, highest) = (Running(rr, Around, 0.1), Running(rr, Around, 0.9));
        var upper = Running(rr, FarAround, 0.75);
        var farUpper = Running(rr, VeryFarAround, 0.8);
        // Where ectopic beats are the most, the median is theirs; the mean knows the pauses too.
        var (mean, farMean, recordMean) = (Means(rr, MeanAround), Means(rr, FarAround), rr.Length == 0 ? 1 : rr.Average());
        var alike = rr.Select((_, i) => AlikeShare(rr, i)).ToArray();
        var allAlike = Means(alike, Around);
        var features = new float[rr.Length][];
        for (var i = 0; i < rr.Length; i++)
        {
            var (before, after) = (At(i), At(i + 1));
            features[i] =
            [
                .. ((ReadOnlySpan<double>)
                [
                    before / local[i], after / local[i], before / after, Ratio(i - 1), Ratio(i - 2), At(i + 2) / local[i], before / At(i - 1),
                    (before + after) / (2 * local[i]), before / usual, local[i] / usual, before / far[i], local[i], irregular[i], farIrregular[i], Rank(i),
                    (high[i] - low[i]) / local[i], lowest[i] / local[i], highest[i] / local[i], before / Recent(i),
                    before / mean[i], before / farMean[i], before / recordMean, before / upper[i], before / farUpper[i], At(i - 1) / farMean[i], after / farMean[i], Longest(i) / farMean[i],
                    alike[i], allAlike[i],
                ]).ToArray().Select(v => (float)v),
            ];
        }

        return features;

        double At(int i) => rr[Math.Clamp(i, 0, rr.Length - 1)];
        double Ratio(int i) => At(i) / local[Math.Clamp(i, 0, rr.Length - 1)];

        double Rank(int i)
        {
            var (from, to) = (Math.Max(0, i - Around), Math.Min(rr.Length, i + Around + 1));
            var shorter = 0;
            for (var k = from; k < to; k++)
            {
                shorter += rr[k] < rr[i] ? 1 : 0;
            }

            return (double)shorter / (to - from);
        }

        double Longest(int i)
        {
            var longest = At(i - 1);
            for (var k = 2; k <= Recently; k++)
            {
                longest = Math.Max(longest, At(i - k));
            }

            return longest;
        }

        double Recent(int i)
        {
            var recent = rr.AsSpan(Math.Max(0, i - 8), Math.Min(8, i)).ToArray();
            Array.Sort(recent);
            return recent.Length == 0 ? rr[i] : recent[recent.Length / 2];
        }
    }

    /// <summary>Intervals before each beat over the median interval around: the first of the values.</summary>
    /// <param name="rrSeconds">Interval before each beat, NaN where none was recorded.</param>
    public static double[] BeforeOverLocal(ReadOnlySpan<double> rrSeconds)
    {
        var (rr, _) = Filled(rrSeconds);
        return [.. rr.Zip(Running(rr, Around, 0.5), (before, local) => before / local)];
    }

    private static (double[] Intervals, double Usual) Filled(ReadOnlySpan<double> rrSeconds)
    {
        var rr = rrSeconds.ToArray();
        var known = rr.Where(double.IsFinite).Order().ToArray();
        var usual = known.Length == 0 ? 1 : known[known.Length / 2];
        for (var i = 0; i < rr.Length; i++)
        {
            rr[i] = double.IsFinite(rr[i]) ? rr[i] : usual;
        }

        return (rr, usual);
    }

    /// <summary>Means of the values around each, itself among them.</summary>
    /// <param name="values">The values.</param>
    /// <param name="around">So many before and after.</param>
    public static double[] Means(double[] values, int around)
    {
        var sums = new double[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + values[i];
        }

        return [.. values.Select((_, i) =>
        {
            var (from, to) = (Math.Max(0, i - around), Math.Min(values.Length, i + around + 1));
            return (sums[to] - sums[from]) / (to - from);
        })];
    }

    private static double AlikeShare(double[] rr, int i)
    {
        var (from, to) = (Math.Max(0, i - Around), Math.Min(rr.Length, i + Around + 1));
        var alike = -1;
        for (var k = from; k < to; k++)
        {
            alike += Math.Abs(rr[k] - rr[i]) < Alike * rr[i] ? 1 : 0;
        }

        return (double)Math.Max(0, alike) / Math.Max(1, to - from - 1);
    }

    /// <summary>A quantile of the values around each.</summary>
    /// <param name="values">The values.</param>
    /// <param name="around">So many before and after.</param>
    /// <param name="quantile">0 to 1.</param>
    public static double[] Running(double[] values, int around, double quantile)
    {
        var result = new double[values.Length];
        var window = new List<double>((2 * around) + 2);
        for (var i = -around; i < values.Length; i++)
        {
            if (i + around < values.Length)
            {
                Insert(values[i + around]);
            }

            if (i - around - 1 >= 0)
            {
                window.RemoveAt(Find(values[i - around - 1]));
            }

            if (i >= 0)
            {
                result[i] = window[(int)(quantile * (window.Count - 1))];
            }
        }

        return result;

        int Find(double value) => window.BinarySearch(value) is >= 0 and var at ? at : 0;

        void Insert(double value)
        {
            var at = window.BinarySearch(value);
            window.Insert(at < 0 ? ~at : at, value);
        }
    }
}
