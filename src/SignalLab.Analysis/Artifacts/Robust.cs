namespace SignalLab.Analysis.Artifacts;

/// <summary>Middle and spread that a few wild values do not move.</summary>
internal static class Robust
{
    // The standard deviation of a normal variable, in median absolute deviations.
    private const double PerDeviation = 1.482602218505602;

    // The lower quartile of the absolute value of a normal variable, in standard deviations.
    private const double LowerQuartile = 0.318639363964375;

    /// <summary>The median of the finite values; NaN where there is none.</summary>
    public static double Median(ReadOnlySpan<double> values)
    {
        var sorted = Finite(values);
        Array.Sort(sorted);
        return OfSorted(sorted);
    }

    /// <summary>The median of the finite values; NaN where there is none.</summary>
    public static double Median(ReadOnlySpan<float> values)
    {
        var sorted = Finite(values);
        Array.Sort(sorted);
        return OfSorted(sorted);
    }

    /// <summary>Median and the standard deviation estimated from the median absolute deviation (Hampel 1974).</summary>
    public static (double Middle, double Spread) Centre(ReadOnlySpan<double> values)
    {
        var sorted = Finite(values);
        return Centre(sorted);
    }

    /// <summary>Median and the standard deviation estimated from the median absolute deviation (Hampel 1974).</summary>
    public static (double Middle, double Spread) Centre(ReadOnlySpan<float> values) => Centre(Finite(values));

    /// <summary>Standard deviation around 0 from the lower quartile of the absolute values: bears large values in half of the time.</summary>
    public static double LowerSpread(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Select(Math.Abs).Where(double.IsFinite)];
        Array.Sort(sorted);
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 4] / LowerQuartile;
    }

    private static (double Middle, double Spread) Centre(double[] finite)
    {
        Array.Sort(finite);
        var middle = OfSorted(finite);
        for (var i = 0; i < finite.Length; i++)
        {
            finite[i] = Math.Abs(finite[i] - middle);
        }

        Array.Sort(finite);
        return (middle, PerDeviation * OfSorted(finite));
    }

    private static double OfSorted(double[] sorted) => sorted.Length switch
    {
        0 => double.NaN,
        var n when n % 2 == 1 => sorted[n / 2],
        var n => (sorted[(n / 2) - 1] + sorted[n / 2]) / 2,
    };

    private static double[] Finite(ReadOnlySpan<double> values)
    {
        var kept = new double[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                kept[count++] = value;
            }
        }

        return count == kept.Length ? kept : kept[..count];
    }

    private static double[] Finite(ReadOnlySpan<float> values)
    {
        var kept = new double[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                kept[count++] = value;
            }
        }

        return count == kept.Length ? kept : kept[..count];
    }
}
