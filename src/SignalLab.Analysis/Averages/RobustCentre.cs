namespace SignalLab.Analysis.Averages;

/// <summary>Centres of a few values that single outliers do not move, with their standard errors.</summary>
internal static class RobustCentre
{
    // Two-sided 99 % point of the normal distribution.
    private const double Normal995 = 2.5758293035489004;

    /// <summary>The median; the middle of the two middle values where their number is even.</summary>
    /// <param name="sorted">Ascending values, at least one.</param>
    /// <returns>The median and its standard error, NaN below five values.</returns>
    /// <remarks>Source of the error: McKean and Schrader 1984, Commun Stat Simul Comput 13:751.</remarks>
    public static (double Centre, double Error) Median(ReadOnlySpan<double> sorted)
    {
        var n = sorted.Length;
        var middle = n % 2 == 1 ? sorted[n / 2] : (0.5 * sorted[(n / 2) - 1]) + (0.5 * sorted[n / 2]);
        var k = Math.Max(1, (int)Math.Round(((n + 1) / 2.0) - (Normal995 * Math.Sqrt(n / 4.0))));
        return (middle, n < 5 ? double.NaN : (sorted[n - k] - sorted[k - 1]) / (2 * Normal995));
    }

    /// <summary>The mean without the smallest and the largest values.</summary>
    /// <param name="sorted">Ascending values, at least one.</param>
    /// <param name="share">Share left out on each side, 0 to below 0.5; their number is rounded down.</param>
    /// <returns>The trimmed mean and its standard error from the winsorised variance, NaN where fewer than two values are left.</returns>
    /// <remarks>Source: Tukey and McLaughlin 1963, Sankhya A 25:331.</remarks>
    public static (double Centre, double Error) TrimmedMean(ReadOnlySpan<double> sorted, double share)
    {
        var n = sorted.Length;
        var cut = (int)Math.Floor((share * n) + 1e-9);
        var kept = sorted[cut..(n - cut)];
        var mean = Mean(kept);
        if (kept.Length < 2)
        {
            return (mean, double.NaN);
        }

        var (low, high) = (kept[0], kept[^1]);
        var centre = ((mean * kept.Length) + (cut * (low + high))) / n;
        var squares = cut * (((low - centre) * (low - centre)) + ((high - centre) * (high - centre)));
        foreach (var value in kept)
        {
            squares += (value - centre) * (value - centre);
        }

        return (mean, Math.Sqrt(squares / (n - 1)) / ((double)kept.Length / n * Math.Sqrt(n)));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
