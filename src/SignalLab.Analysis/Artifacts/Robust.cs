namespace SignalLab.Analysis.Artifacts;

/// <summary>Middle and spread that a few wild values do not move.</summary>
internal static class Robust
{
    // The standard deviation of a normal variable, in median absolute deviations.
    private const double PerDeviation = 1.482602218505602;

    // The lower quartile of the absolute value of a normal variable, in standard deviations.
    private const double LowerQuartile = 0.318639363964375;

    /// <summary>The median of the finite values; NaN where there is none.</summary>
    public static double Median(ReadOnlySpan<double> values) => Measure(values, default, OfSorted);

    /// <summary>The median of the finite values; NaN where there is none.</summary>
    public static double Median(ReadOnlySpan<float> values) => Measure(default, values, OfSorted);

    /// <summary>Median and the standard deviation estimated from the median absolute deviation (Hampel 1974).</summary>
    public static (double Middle, double Spread) Centre(ReadOnlySpan<double> values) => Measure(values, default, OfSortedCentre);

    /// <summary>Standard deviation around 0 from the lower quartile of the absolute values (to three per cent): bears large values in half of the time.</summary>
    public static double LowerSpread(IEnumerable<double> values)
    {
        var histogram = new LogHistogram();
        foreach (var value in values)
        {
            histogram.Add(Math.Abs(value));
        }

        return histogram.Quantile(0.25) / LowerQuartile;
    }

    private delegate T OfSortedValues<T>(Span<double> sorted);

    // Sorted copies are lent: a night's worth of them would be much garbage.
    private static T Measure<T>(ReadOnlySpan<double> values, ReadOnlySpan<float> singles, OfSortedValues<T> measure)
    {
        var rented = LentArrays.Doubles.Rent(Math.Max(1, values.Length + singles.Length));
        var count = 0;
        foreach (var value in values)
        {
            rented[count] = value;
            count += double.IsFinite(value) ? 1 : 0;
        }

        foreach (var value in singles)
        {
            rented[count] = value;
            count += float.IsFinite(value) ? 1 : 0;
        }

        var finite = rented.AsSpan(0, count);
        finite.Sort();
        var result = measure(finite);
        LentArrays.Doubles.Return(rented);
        return result;
    }

    private static (double Middle, double Spread) OfSortedCentre(Span<double> finite)
    {
        var middle = OfSorted(finite);
        foreach (ref var value in finite)
        {
            value = Math.Abs(value - middle);
        }

        finite.Sort();
        return (middle, PerDeviation * OfSorted(finite));
    }

    private static double OfSorted(Span<double> sorted) => sorted.Length switch
    {
        0 => double.NaN,
        var n when n % 2 == 1 => sorted[n / 2],
        var n => (sorted[(n / 2) - 1] + sorted[n / 2]) / 2,
    };
}
