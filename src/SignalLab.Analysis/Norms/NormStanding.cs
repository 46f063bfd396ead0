using SignalLab.Model;

namespace SignalLab.Analysis.Norms;

/// <summary>Where a value stands among a stratum's percentiles.</summary>
internal static class NormStanding
{
    // Beyond so many standard deviations a percentile says nothing more.
    private const double FurthestDeviation = 3.5;
    private const int FewestPercentiles = 3;

    /// <summary>The value in standard deviations: between known percentiles on a straight line of the normal scale, else from mean and standard deviation.</summary>
    /// <param name="row">The stratum.</param>
    /// <param name="value">The value in the stratum's unit.</param>
    /// <returns>The deviation; null where the stratum permits none (fewer than three percentiles and no standard deviation).</returns>
    public static double? Deviation(NormRow row, double value)
    {
        var known = Known(row);
        if (known.Length < FewestPercentiles)
        {
            return row is { Mean: { } mean, StandardDeviation: > 0 and { } deviation } && row.Percentiles.Count == 0
                ? Math.Clamp((value - mean) / deviation, -FurthestDeviation, FurthestDeviation)
                : null;
        }

        var k = 0;
        while (k + 2 < known.Length && value > known[k + 1].Value)
        {
            k++;
        }

        var (a, b) = (known[k], known[k + 1]);
        var (from, to) = (NormalScale.Deviation(a.Percentile), NormalScale.Deviation(b.Percentile));
        return Math.Clamp(from + ((value - a.Value) / (b.Value - a.Value) * (to - from)), -FurthestDeviation, FurthestDeviation);
    }

    // The mean stands for the 50th percentile where limits but no median are known.
    private static NormPercentile[] Known(NormRow row)
    {
        var known = row.Percentiles.ToList();
        if (row.Mean is { } mean && known.Count > 0 && !known.Any(p => p.Percentile is > 40 and < 60))
        {
            known.Add(new(50, mean));
        }

        NormPercentile[] sorted = [.. known.OrderBy(p => p.Percentile)];
        return sorted.Zip(sorted.Skip(1)).All(p => p.First.Value < p.Second.Value) ? sorted : [];
    }
}
