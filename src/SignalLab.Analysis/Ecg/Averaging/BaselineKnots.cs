namespace SignalLab.Analysis.Ecg.Averaging;

/// <summary>
/// The baseline of one lead as a smooth curve through its levels before the beats' QRS complexes.
/// Source: Meyer and Keiser 1977, "Electrocardiogram baseline noise estimation and removal using cubic splines and state-space computation techniques".
/// </summary>
internal static class BaselineKnots
{
    /// <summary>Subtracts the curve.</summary>
    /// <param name="at">Where the knots are, in samples, increasing.</param>
    /// <param name="levels">The levels there; those that are not finite are left out.</param>
    /// <param name="first">Where the first sample stands on the same scale.</param>
    /// <param name="samples">The lead; the curve is subtracted.</param>
    public static void Subtract(ReadOnlySpan<double> at, ReadOnlySpan<double> levels, double first, Span<double> samples)
    {
        var (x, y) = (new List<double>(at.Length), new List<double>(at.Length));
        for (var k = 0; k < at.Length; k++)
        {
            if (double.IsFinite(levels[k]))
            {
                x.Add(at[k]);
                y.Add(levels[k]);
            }
        }

        if (x.Count == 0)
        {
            return;
        }

        var interval = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var t = first + i;
            while (interval + 2 < x.Count && t > x[interval + 1])
            {
                interval++;
            }

            samples[i] -= x.Count == 1 || t <= x[0] ? y[0] : t >= x[^1] ? y[^1] : Hermite(x, y, interval, t);
        }
    }

    private static double Hermite(List<double> x, List<double> y, int k, double t)
    {
        var length = x[k + 1] - x[k];
        var u = (t - x[k]) / length;
        var (slope, nextSlope) = (Slope(x, y, k) * length, Slope(x, y, k + 1) * length);
        var (u2, u3) = (u * u, u * u * u);
        return (((2 * u3) - (3 * u2) + 1) * y[k]) + ((u3 - (2 * u2) + u) * slope) + (((3 * u2) - (2 * u3)) * y[k + 1]) + ((u3 - u2) * nextSlope);
    }

    private static double Slope(List<double> x, List<double> y, int k)
    {
        var (before, after) = (Math.Max(0, k - 1), Math.Min(x.Count - 1, k + 1));
        return (y[after] - y[before]) / (x[after] - x[before]);
    }
}
