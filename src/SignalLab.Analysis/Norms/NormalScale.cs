using SignalLab.Analysis.Statistics;

namespace SignalLab.Analysis.Norms;

/// <summary>Percentiles and standard deviations of the normal distribution.</summary>
internal static class NormalScale
{
    /// <summary>The percentile below a deviation.</summary>
    /// <param name="z">Standard deviations from the mean.</param>
    public static double Percentile(double z) => 100 * (z >= 0 ? 1 - Distributions.NormalAbove(z) : Distributions.NormalAbove(-z));

    /// <summary>The deviation below which a percentile lies.</summary>
    /// <param name="percentile">Above 0 and below 100.</param>
    public static double Deviation(double percentile)
    {
        var (low, high) = (-9.0, 9.0);
        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            (low, high) = Percentile(middle) < percentile ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
