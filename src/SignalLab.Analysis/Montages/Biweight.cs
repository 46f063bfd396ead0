namespace SignalLab.Analysis.Montages;

/// <summary>Tukey's biweight: a mean that values far from the others do not move.</summary>
internal static class Biweight
{
    /// <summary>How many median absolute deviations from the median a value loses its last weight.</summary>
    public const double Reach = 6;

    /// <summary>
    /// One step from the median M with the median absolute deviation D: M + Σ(x − M)(1 − u²)² / Σ(1 − u²)² over |u| &lt; 1, u = (x − M) / (6 D).
    /// Values that are not finite take no part; where more than half of the others are alike (D = 0) it is the median.
    /// </summary>
    /// <param name="values">The values; left in another order.</param>
    /// <param name="scratch">As many.</param>
    /// <returns>The location, not a number where no value is finite.</returns>
    /// <remarks>Source: Beers, Flynn and Gebhardt, Astron J 100 (1990) 32, equation 5 (c = 6); Mosteller and Tukey, Data Analysis and Regression (1977).</remarks>
    public static double Location(Span<double> values, Span<double> scratch)
    {
        var n = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                values[n++] = value;
            }
        }

        if (n == 0)
        {
            return double.NaN;
        }

        var kept = values[..n];
        var distances = scratch[..n];
        kept.Sort();
        var median = Middle(kept);
        for (var i = 0; i < n; i++)
        {
            distances[i] = Math.Abs(kept[i] - median);
        }

        distances.Sort();
        var reach = Reach * Middle(distances);
        if (reach == 0)
        {
            return median;
        }

        var (sum, total) = (0.0, 0.0);
        foreach (var value in kept)
        {
            var u = (value - median) / reach;
            if (Math.Abs(u) < 1)
            {
                var weight = (1 - (u * u)) * (1 - (u * u));
                sum += weight * (value - median);
                total += weight;
            }
        }

        return median + (sum / total);
    }

    private static double Middle(ReadOnlySpan<double> sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : 0.5 * (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]);
}
