namespace SignalLab.Analysis.Ecg;

/// <summary>Heart-rate variability from the intervals themselves.</summary>
/// <remarks>Source: Task Force of the ESC and NASPE, "Heart rate variability", Circulation 93 (1996) 1043–1065, table 1; Poincaré: Brennan et al., IEEE Trans. Biomed. Eng. 48 (2001) 1342–1347.</remarks>
internal static class TimeDomain
{
    /// <summary>Width of a class of the histogram: 1/128 s.</summary>
    public const double BinMilliseconds = 1000.0 / 128;

    /// <summary>Length of a segment for <see cref="SegmentMeansAndDeviations"/>.</summary>
    public const double SegmentSeconds = 300;

    private const double LeastCover = 0.75;
    private const int MostBins = 4096;

    /// <summary>Standard deviation, with one degree of freedom taken by the mean; NaN for fewer than two values.</summary>
    public static double Deviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return double.NaN;
        }

        var (mean, sum) = (Mean(values), 0.0);
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return Math.Sqrt(sum / (values.Length - 1));
    }

    /// <summary>Root mean square.</summary>
    public static double RootMeanSquare(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum / values.Length);
    }

    /// <summary>Mean and standard deviation of each five minutes that are covered well enough.</summary>
    public static (double[] Means, double[] Deviations) SegmentMeansAndDeviations(NormalIntervals intervals)
    {
        var parts = Segments(intervals).ToArray();
        return ([.. parts.Select(p => Mean(intervals.Milliseconds.AsSpan(p.From, p.To - p.From)))], [.. parts.Select(p => Deviation(intervals.Milliseconds.AsSpan(p.From, p.To - p.From)))]);
    }

    /// <summary>Ranges of intervals that end within each successive five minutes, where they fill three quarters of it.</summary>
    public static IEnumerable<(int From, int To)> Segments(NormalIntervals intervals)
    {
        if (intervals.Count == 0)
        {
            yield break;
        }

        var from = 0;
        var start = intervals.Seconds[0] - (intervals.Milliseconds[0] / 1000);
        while (from < intervals.Count)
        {
            start += SegmentSeconds * Math.Max(0, Math.Floor((intervals.Seconds[from] - start - 1e-9) / SegmentSeconds));
            var (to, sum) = (from, 0.0);
            while (to < intervals.Count && intervals.Seconds[to] <= start + SegmentSeconds + 1e-9)
            {
                sum += intervals.Milliseconds[to++] / 1000;
            }

            if (sum >= LeastCover * SegmentSeconds)
            {
                yield return (from, to);
            }

            from = Math.Max(to, from + 1);
        }
    }

    /// <summary>Number of all intervals over the height of their histogram.</summary>
    public static double TriangularIndex(ReadOnlySpan<double> milliseconds)
    {
        var (histogram, _) = Histogram(milliseconds);
        return milliseconds.Length / (double)histogram.Max();
    }

    /// <summary>Base of the triangle, through the histogram's highest class, that fits the histogram with the least square error.</summary>
    public static double TriangularInterpolation(ReadOnlySpan<double> milliseconds)
    {
        var (histogram, _) = Histogram(milliseconds);
        var peak = Array.IndexOf(histogram, histogram.Max());
        var left = Foot([.. histogram.Take(peak + 1).Reverse()]);
        var right = Foot([.. histogram.Skip(peak)]);
        return (left + right) * BinMilliseconds;
    }

    /// <summary>Standard deviations of the Poincaré plot across and along the line of identity.</summary>
    public static (double Across, double Along) Poincare(NormalIntervals intervals)
    {
        var pairs = Enumerable.Range(1, intervals.Count - 1).Where(i => intervals.Follows[i]).ToArray();
        var across = Array.ConvertAll(pairs, i => (intervals.Milliseconds[i] - intervals.Milliseconds[i - 1]) / Math.Sqrt(2));
        var along = Array.ConvertAll(pairs, i => (intervals.Milliseconds[i] + intervals.Milliseconds[i - 1]) / Math.Sqrt(2));
        return (Deviation(across), Deviation(along));
    }

    /// <summary>Mean; NaN for no value.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static (int[] Counts, int First) Histogram(ReadOnlySpan<double> milliseconds)
    {
        var first = int.MaxValue;
        var last = int.MinValue;
        foreach (var value in milliseconds)
        {
            var bin = (int)Math.Floor((value / BinMilliseconds) + 1e-9);
            (first, last) = (Math.Min(first, bin), Math.Max(last, bin));
        }

        var counts = new int[Math.Min(MostBins, last - first + 1)];
        foreach (var value in milliseconds)
        {
            counts[Math.Min(MostBins - 1, (int)Math.Floor((value / BinMilliseconds) + 1e-9) - first)]++;
        }

        return (counts, first);
    }

    // How many classes from the peak the side of the triangle should reach the axis: each side is fitted for itself.
    private static int Foot(int[] fromPeak)
    {
        var (best, least) = (1, double.PositiveInfinity);
        for (var foot = 1; foot <= fromPeak.Length; foot++)
        {
            var error = 0.0;
            for (var i = 0; i < fromPeak.Length; i++)
            {
                var side = i < foot ? fromPeak[0] * (1 - ((double)i / foot)) : 0;
                error += (fromPeak[i] - side) * (fromPeak[i] - side);
            }

            (best, least) = error < least ? (foot, error) : (best, least);
        }

        return best;
    }
}
