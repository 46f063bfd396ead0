namespace SignalLab.Analysis.Statistics;

/// <summary>Wilcoxon's tests on ranks.</summary>
/// <remarks>Source: Wilcoxon 1945, Biometrics Bull 1:80; Mann and Whitney 1947, Ann Math Stat 18:50.</remarks>
public static class WilcoxonTests
{
    private const int MostExactSigned = 50;
    private const int MostExactSum = 8;
    private const double ExactIntegers = 9007199254740992;

    /// <summary>Are differences symmetric about zero? Zeros are left out.</summary>
    /// <param name="differences">The differences of pairs, or values.</param>
    /// <param name="alternative">Which deviations count.</param>
    /// <returns>
    /// The sum of the ranks of the positive ones, two-sided the smaller of the two sums. The p-value is exact for up to 50 differences without ties and zeros,
    /// else from the normal distribution, corrected for ties. NaN without a difference that is not zero, or with one that is not finite.
    /// </returns>
    public static TestResult SignedRank(ReadOnlySpan<double> differences, Alternative alternative = Alternative.TwoSided)
    {
        var left = new List<double>(differences.Length);
        foreach (var difference in differences)
        {
            if (!double.IsFinite(difference))
            {
                return new(double.NaN, double.NaN);
            }

            if (difference != 0)
            {
                left.Add(difference);
            }
        }

        double n = left.Count;
        if (n == 0)
        {
            return new(double.NaN, double.NaN);
        }

        var ranks = Ranks.Of([.. left.Select(Math.Abs)], out var ties);
        var (plus, total) = (left.Zip(ranks, (d, r) => d > 0 ? r : 0).Sum(), n * (n + 1) / 2);
        var statistic = alternative == Alternative.TwoSided ? Math.Min(plus, total - plus) : plus;
        if (n <= MostExactSigned && n == differences.Length && ties == 0)
        {
            return new(statistic, Exact(SignedCounts((int)n), (int)plus, alternative), double.NaN, true);
        }

        var z = (statistic - (total / 2)) / Math.Sqrt(((n * (n + 1) * ((2 * n) + 1)) - (ties / 2)) / 24);
        return new(statistic, FromNormal(alternative == Alternative.TwoSided ? -Math.Abs(z) : z, alternative));
    }

    /// <summary>Do two independent groups come from one distribution? (Wilcoxon's rank sum, Mann and Whitney's U.)</summary>
    /// <param name="first">One group.</param>
    /// <param name="second">The other group.</param>
    /// <param name="alternative">Which deviations count.</param>
    /// <returns>
    /// U of the first group: how often one of it exceeds one of the other, ties half. The p-value is exact where a group has at most 8 values and there are no ties,
    /// else from the normal distribution, corrected for ties and continuity. NaN where a group is empty or a value is not finite.
    /// </returns>
    public static TestResult RankSum(ReadOnlySpan<double> first, ReadOnlySpan<double> second, Alternative alternative = Alternative.TwoSided)
    {
        double[] all = [.. first, .. second];
        double n1 = first.Length, n2 = second.Length, n = all.Length;
        if (n1 == 0 || n2 == 0 || !Array.TrueForAll(all, double.IsFinite))
        {
            return new(double.NaN, double.NaN);
        }

        var ranks = Ranks.Of(all, out var ties);
        var u = ranks.Take(first.Length).Sum() - (n1 * (n1 + 1) / 2);
        if (Math.Min(n1, n2) <= MostExactSum && ties == 0 && Arrangements(n1, n2) < ExactIntegers)
        {
            return new(u, Exact(SumCounts((int)Math.Min(n1, n2), (int)Math.Max(n1, n2)), (int)u, alternative), double.NaN, true);
        }

        var spread = Math.Sqrt(n1 * n2 / 12 * (n + 1 - (ties / (n * (n - 1)))));
        var away = u - (n1 * n2 / 2);
        return new(u, alternative switch
        {
            Alternative.TwoSided => Math.Min(1, 2 * Distributions.NormalAbove((Math.Abs(away) - 0.5) / spread)),
            Alternative.Greater => Distributions.NormalAbove((away - 0.5) / spread),
            _ => Distributions.NormalAbove((-away - 0.5) / spread),
        });
    }

    private static double FromNormal(double z, Alternative alternative) => alternative switch
    {
        Alternative.TwoSided => Math.Min(1, 2 * Distributions.NormalAbove(-z)),
        Alternative.Greater => Distributions.NormalAbove(z),
        _ => Distributions.NormalAbove(-z),
    };

    private static double Exact(double[] counts, int at, Alternative alternative)
    {
        var (total, below, above) = (counts.Sum(), counts.Take(at + 1).Sum(), counts.Skip(at).Sum());
        return alternative switch
        {
            Alternative.TwoSided => Math.Min(1, 2 * Math.Min(below, above) / total),
            Alternative.Greater => above / total,
            _ => below / total,
        };
    }

    // In how many of the 2^n sign patterns the positive ranks sum to each value.
    private static double[] SignedCounts(int n)
    {
        var counts = new double[(n * (n + 1) / 2) + 1];
        counts[0] = 1;
        for (var rank = 1; rank <= n; rank++)
        {
            for (var sum = counts.Length - 1; sum >= rank; sum--)
            {
                counts[sum] += counts[sum - rank];
            }
        }

        return counts;
    }

    // Coefficients of the Gaussian binomial: the product over i of (1 − q^(m+i)) / (1 − q^i).
    private static double[] SumCounts(int few, int many)
    {
        var counts = new double[(few * many) + 1];
        counts[0] = 1;
        for (var i = 1; i <= few; i++)
        {
            for (var u = counts.Length - 1; u >= many + i; u--)
            {
                counts[u] -= counts[u - many - i];
            }

            for (var u = i; u < counts.Length; u++)
            {
                counts[u] += counts[u - i];
            }
        }

        return counts;
    }

    private static double Arrangements(double n1, double n2)
    {
        var (few, product) = (Math.Min(n1, n2), 1.0);
        for (var i = 1; i <= few; i++)
        {
            product *= (n1 + n2 - few + i) / i;
        }

        return product;
    }
}
