namespace SignalLab.Analysis.Statistics;

/// <summary>Student's t tests.</summary>
/// <remarks>Source: Student 1908, Biometrika 6:1; Welch 1947, Biometrika 34:28.</remarks>
public static class TTests
{
    /// <summary>Is the mean zero?</summary>
    /// <param name="values">The values.</param>
    /// <param name="alternative">Which deviations count.</param>
    /// <returns>t with n − 1 degrees of freedom; NaN below two values, for values that are not finite, and for values that are all zero; infinite where all are alike and not zero.</returns>
    public static TestResult OneSample(ReadOnlySpan<double> values, Alternative alternative = Alternative.TwoSided)
    {
        var (mean, squares) = Moments(values);
        return Result(mean, squares / (values.Length - 1.0) / values.Length, values.Length - 1, alternative);
    }

    /// <summary>Is the mean difference of pairs zero?</summary>
    /// <param name="first">The first of each pair.</param>
    /// <param name="second">The second of each pair, as many.</param>
    /// <param name="alternative">Which deviations count.</param>
    /// <returns>t of the differences first − second.</returns>
    public static TestResult Paired(ReadOnlySpan<double> first, ReadOnlySpan<double> second, Alternative alternative = Alternative.TwoSided)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length, nameof(second));
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        return OneSample(differences, alternative);
    }

    /// <summary>Have two independent groups the same mean?</summary>
    /// <param name="first">One group.</param>
    /// <param name="second">The other group.</param>
    /// <param name="pooled">True for Student's test, which assumes equal variances; false for Welch's.</param>
    /// <param name="alternative">Which deviations count.</param>
    /// <returns>t; NaN where a group has fewer than two values.</returns>
    public static TestResult Independent(ReadOnlySpan<double> first, ReadOnlySpan<double> second, bool pooled = false, Alternative alternative = Alternative.TwoSided)
    {
        var ((mean1, squares1), (mean2, squares2)) = (Moments(first), Moments(second));
        double n1 = first.Length, n2 = second.Length;
        if (pooled)
        {
            return Result(mean1 - mean2, n1 < 2 || n2 < 2 ? double.NaN : (squares1 + squares2) / (n1 + n2 - 2) * ((1 / n1) + (1 / n2)), n1 + n2 - 2, alternative);
        }

        var (v1, v2) = (squares1 / (n1 - 1) / n1, squares2 / (n2 - 1) / n2);
        var degrees = (v1 + v2) * (v1 + v2) / ((v1 * v1 / (n1 - 1)) + (v2 * v2 / (n2 - 1)));
        return Result(mean1 - mean2, v1 + v2, double.IsNaN(degrees) && v1 + v2 == 0 ? n1 + n2 - 2 : degrees, alternative);
    }

    /// <summary>The value that |t| passes by chance with a probability.</summary>
    /// <param name="p">The two-sided probability, above 0 and below 1.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    public static double Threshold(double p, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        return Distributions.StudentThreshold(p, degreesOfFreedom);
    }

    /// <summary>The probability of a t at least as extreme.</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    /// <param name="alternative">Which deviations count.</param>
    public static double PValue(double t, double degreesOfFreedom, Alternative alternative = Alternative.TwoSided) => alternative switch
    {
        Alternative.TwoSided => 2 * Distributions.StudentAbove(Math.Abs(t), degreesOfFreedom),
        Alternative.Greater => Distributions.StudentAbove(t, degreesOfFreedom),
        _ => Distributions.StudentAbove(-t, degreesOfFreedom),
    };

    private static TestResult Result(double mean, double variance, double degrees, Alternative alternative)
    {
        var t = degrees >= 1 || degrees > 0 ? mean / Math.Sqrt(variance) : double.NaN;
        return new(t, PValue(t, degrees, alternative), degrees);
    }

    // Mean and sum of squares about it, in two passes.
    private static (double Mean, double Squares) Moments(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        var (squares, rest) = (0.0, 0.0);
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
            rest += value - mean;
        }

        return (mean, values.Length < 2 ? double.NaN : squares - (rest * rest / values.Length));
    }
}
