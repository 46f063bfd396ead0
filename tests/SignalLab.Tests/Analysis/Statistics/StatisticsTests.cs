using SignalLab.Analysis.Statistics;

namespace SignalLab.Tests.Analysis.Statistics;

/// <summary>Golden values by SciPy 1.10 (stats.ttest_1samp, ttest_rel, ttest_ind, wilcoxon, mannwhitneyu), MNE 1.3 (stats.fdr_correction) and mpmath (tails, 30 digits).</summary>
public sealed class StatisticsTests
{
    private static readonly double[] X = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
    private static readonly double[] Y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    private static readonly double[] Z = [2.1, -0.4, 3.3, 1.1, 0.9, -1.2, 2.2, 4.1, 0.3, 1.7, 2.9];

    [Theory]
    [InlineData(0.1, 3, 0.4633261744004029)]
    [InlineData(2.228, 10, 0.025005885908555684)]
    [InlineData(5, 1, 0.06283295818900118)]
    [InlineData(10, 200, 1.1887415722103797e-19)]
    [InlineData(30, 25, 1.9979314251275372e-21)]
    [InlineData(3, 1e6, 0.0013499312707108985)]
    [InlineData(1e-8, 7, 0.4999999961500855)]
    [InlineData(40, 4.5, 3.224782606460499e-07)]
    public void Students_tail_is_right_relative_to_itself_however_small(double t, double degrees, double expected)
    {
        Assert.Equal(1, Distributions.StudentAbove(t, degrees) / expected, 2e-11);
        Assert.Equal(1 - expected, Distributions.StudentAbove(-t, degrees), 1e-13);
    }

    [Theory]
    [InlineData(0.3, 0.3820885778110474)]
    [InlineData(1.4999, 0.0668201539998336)]
    [InlineData(1.5, 0.06680720126885807)]
    [InlineData(3, 0.0013498980316300946)]
    [InlineData(8, 6.220960574271784e-16)]
    [InlineData(20, 2.7536241186062337e-89)]
    public void The_normal_tail_is_right_to_rounding_however_small(double z, double expected) =>
        Assert.Equal(1, Distributions.NormalAbove(z) / expected, 1e-13);

    [Theory]
    [InlineData(0.05, 10)]
    [InlineData(0.001, 3)]
    [InlineData(1e-9, 40)]
    public void The_threshold_is_what_chance_passes_with_its_probability(double p, double degrees) =>
        Assert.Equal(1, TTests.PValue(TTests.Threshold(p, degrees), degrees) / p, 1e-11);

    [Fact]
    public void T_tests_are_those_of_scipy()
    {
        AssertResult(3.1981113480913215, 0.009522161284237895, TTests.OneSample(Z));
        AssertResult(3.0353754156485917, 0.016176627434908095, TTests.Paired(X, Y));
        AssertResult(3.0353754156485917, 0.008088313717454047, TTests.Paired(X, Y, Alternative.Greater));
        AssertResult(0.3826107681290296, 0.7064887772543881, TTests.Independent(X, Z, pooled: true));
        AssertResult(0.41048495331579404, 0.68749354424506, TTests.Independent(X, Z));
        Assert.Equal(18, TTests.Independent(X, Z, pooled: true).DegreesOfFreedom);
    }

    [Fact]
    public void Signed_ranks_without_ties_are_counted_out()
    {
        double[] differences = [.. X.Zip(Y, (a, b) => a - b)];
        AssertResult(5, 0.0390625, WilcoxonTests.SignedRank(differences));
        AssertResult(40, 0.01953125, WilcoxonTests.SignedRank(differences, Alternative.Greater));
        AssertResult(40, 0.986328125, WilcoxonTests.SignedRank(differences, Alternative.Less));
        Assert.True(WilcoxonTests.SignedRank(differences).IsExact);
    }

    [Fact]
    public void Signed_ranks_with_ties_and_zeros_are_corrected()
    {
        double[] differences = [1, 2, 2, -1, 3, 0, 4, -2, 5, 6, 1, -3];
        AssertResult(14.5, 0.09849096635988877, WilcoxonTests.SignedRank(differences));
        AssertResult(51.5, 0.049245483179944385, WilcoxonTests.SignedRank(differences, Alternative.Greater));
        AssertResult(51.5, 0.9507545168200556, WilcoxonTests.SignedRank(differences, Alternative.Less));
        Assert.False(WilcoxonTests.SignedRank(differences).IsExact);
    }

    [Fact]
    public void Rank_sums_are_those_of_scipy_exact_and_tied()
    {
        double[] shifted = [.. Z.Select(z => z + 0.01)];
        AssertResult(33, 1, WilcoxonTests.RankSum(X.AsSpan(0, 6), shifted));
        AssertResult(33, 0.5193923723335487, WilcoxonTests.RankSum(X.AsSpan(0, 6), shifted, Alternative.Greater));
        AssertResult(33, 0.5193923723335487, WilcoxonTests.RankSum(X.AsSpan(0, 6), shifted, Alternative.Less));
        double[] tied1 = [.. X.Select(v => Math.Round(v))], tied2 = [.. Z.Select(v => Math.Round(v))];
        AssertResult(54, 0.7488170285861673, WilcoxonTests.RankSum(tied1, tied2));
        AssertResult(54, 0.37440851429308364, WilcoxonTests.RankSum(tied1, tied2, Alternative.Greater));
        AssertResult(54, 0.6555136190972887, WilcoxonTests.RankSum(tied1, tied2, Alternative.Less));
    }

    [Fact]
    public void Corrections_for_many_tests_are_those_of_mne()
    {
        double[] p = [0.01, 0.02, 0.03, 0.0005, 0.4, 0.04, 0.9, 0.03];
        SharedData.AssertClose([0.04, 0.048, 0.048, 0.004, 0.4571428571428572, 0.05333333333333334, 0.9, 0.048], MultipleComparisons.BenjaminiHochberg(p), 1e-14);
        SharedData.AssertClose([0.10871428571428571, 0.13045714285714285, 0.13045714285714285, 0.01087142857142857, 1, 0.14495238095238094, 1, 0.13045714285714285], MultipleComparisons.BenjaminiYekutieli(p), 1e-14);
        SharedData.AssertClose([0.08, 0.16, 0.24, 0.004, 1, 0.32, 1, 0.24], MultipleComparisons.Bonferroni(p), 1e-14);
    }

    [Fact]
    public void A_missing_p_value_counts_for_nothing()
    {
        Assert.Equal([0.04, double.NaN, 0.04], MultipleComparisons.BenjaminiHochberg([0.02, double.NaN, 0.04]));
        Assert.Equal([0.04, double.NaN, 0.08], MultipleComparisons.Bonferroni([0.02, double.NaN, 0.04]));
    }

    [Fact]
    public void What_cannot_be_tested_is_no_number()
    {
        Assert.True(double.IsNaN(TTests.OneSample([1]).PValue));
        Assert.True(double.IsNaN(TTests.OneSample([0, 0, 0]).Statistic));
        Assert.True(double.IsNaN(TTests.OneSample([1, double.NaN, 3]).PValue));
        Assert.Equal(0, TTests.OneSample([2, 2, 2]).PValue);
        Assert.True(double.IsNaN(TTests.Independent([1], [2, 3]).PValue));
        Assert.True(double.IsNaN(WilcoxonTests.SignedRank([0, 0]).PValue));
        Assert.True(double.IsNaN(WilcoxonTests.RankSum([], [1, 2]).PValue));
    }

    private static void AssertResult(double statistic, double p, SignalLab.Analysis.Statistics.TestResult found)
    {
        Assert.Equal(statistic, found.Statistic, 1e-12 * Math.Max(1, Math.Abs(statistic)));
        Assert.Equal(p, found.PValue, 1e-12);
    }
}
