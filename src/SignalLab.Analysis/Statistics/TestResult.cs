namespace SignalLab.Analysis.Statistics;

/// <summary>Which deviations count against the null hypothesis.</summary>
public enum Alternative
{
    /// <summary>Either direction.</summary>
    TwoSided,

    /// <summary>The first is greater.</summary>
    Greater,

    /// <summary>The first is less.</summary>
    Less,
}

/// <summary>What a test found.</summary>
/// <param name="Statistic">t, W or U; NaN where the data allow none.</param>
/// <param name="PValue">Probability of a statistic at least as extreme under the null hypothesis; NaN where there is none.</param>
/// <param name="DegreesOfFreedom">Of t tests, NaN otherwise.</param>
/// <param name="IsExact">True where the p-value counts all outcomes, false where it rests on a distribution.</param>
public readonly record struct TestResult(double Statistic, double PValue, double DegreesOfFreedom = double.NaN, bool IsExact = false);
