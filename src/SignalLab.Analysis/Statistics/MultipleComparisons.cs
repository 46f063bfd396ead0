namespace SignalLab.Analysis.Statistics;

/// <summary>p-values corrected for how many there are. A test is rejected at a level where its corrected p-value does not pass it; NaN stays NaN and does not count.</summary>
public static class MultipleComparisons
{
    /// <summary>Bonferroni: the chance of any false rejection.</summary>
    /// <param name="pValues">The p-values.</param>
    public static double[] Bonferroni(ReadOnlySpan<double> pValues)
    {
        var tests = Count(pValues);
        return Array.ConvertAll(pValues.ToArray(), p => double.IsNaN(p) ? p : Math.Min(1, p * tests));
    }

    /// <summary>Benjamini and Hochberg: the expected share of false ones among the rejections, for independent or positively dependent tests.</summary>
    /// <param name="pValues">The p-values.</param>
    /// <remarks>Source: Benjamini and Hochberg 1995, J R Stat Soc B 57:289.</remarks>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues) => StepUp(pValues, 1);

    /// <summary>Benjamini and Yekutieli: the same share under any dependence.</summary>
    /// <param name="pValues">The p-values.</param>
    /// <remarks>Source: Benjamini and Yekutieli 2001, Ann Stat 29:1165.</remarks>
    public static double[] BenjaminiYekutieli(ReadOnlySpan<double> pValues)
    {
        var harmonic = 0.0;
        for (var i = Count(pValues); i >= 1; i--)
        {
            harmonic += 1.0 / i;
        }

        return StepUp(pValues, harmonic);
    }

    private static double[] StepUp(ReadOnlySpan<double> pValues, double factor)
    {
        var values = pValues.ToArray();
        int[] order = [.. Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i])).OrderBy(i => values[i])];
        var corrected = (double[])values.Clone();
        var least = 1.0;
        for (var k = order.Length; k >= 1; k--)
        {
            least = Math.Min(least, values[order[k - 1]] * factor * order.Length / k);
            corrected[order[k - 1]] = least;
        }

        return corrected;
    }

    private static int Count(ReadOnlySpan<double> pValues)
    {
        var count = 0;
        foreach (var p in pValues)
        {
            count += double.IsNaN(p) ? 0 : 1;
        }

        return count;
    }
}
