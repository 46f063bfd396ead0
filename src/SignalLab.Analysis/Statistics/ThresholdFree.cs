namespace SignalLab.Analysis.Statistics;

/// <summary>Exponents and integration of threshold-free cluster enhancement.</summary>
/// <remarks>Source: Smith and Nichols 2009, NeuroImage 44:83.</remarks>
public sealed record EnhancementOptions
{
    /// <summary>Extent 0.5, height 2, integrated exactly.</summary>
    public static EnhancementOptions Default { get; } = new();

    /// <summary>Exponent of the extent.</summary>
    public double ExtentPower { get; init; } = 0.5;

    /// <summary>Exponent of the height.</summary>
    public double HeightPower { get; init; } = 2;

    /// <summary>Distance of heights where the integral is a sum over multiples of it; null integrates exactly.</summary>
    public double? Step { get; init; }
}

/// <summary>
/// Scores each point by ∫ extent(h)^E · h^H dh up to its own height. Points are taken in from the highest down; while a component keeps its extent
/// the integral is known in closed form, so one sort and one union-find pass give the exact value.
/// </summary>
/// <param name="graph">Which points are neighbours.</param>
/// <param name="options">Exponents and step.</param>
internal sealed class ThresholdFree(PointGraph graph, EnhancementOptions options)
{
    private const double MostSteps = 1e7;

    private readonly List<double> sums = [0];
    private readonly int[] parents = new int[graph.Count];
    private readonly int[] sizes = new int[graph.Count];
    private readonly int[] order = new int[graph.Count];
    private readonly double[] heights = new double[graph.Count];

    // A point's score is the sum of the gains on its way to the root; a component that is joined to another gives up what the other had before.
    private readonly double[] gains = new double[graph.Count];
    private readonly double[] reached = new double[graph.Count];

    /// <summary>Scores of one sign: the statistic's sign is kept.</summary>
    /// <param name="statistic">A value a point; NaN scores 0.</param>
    /// <param name="sign">1 for values above zero, −1 for those below.</param>
    /// <param name="scores">Receives the scores of the points of that sign; others are left as they are.</param>
    /// <returns>The largest |score|.</returns>
    public double Enhance(ReadOnlySpan<double> statistic, int sign, Span<double> scores)
    {
        var count = 0;
        for (var p = 0; p < statistic.Length; p++)
        {
            parents[p] = -1;
            if (sign * statistic[p] > 0)
            {
                (heights[count], order[count]) = (-sign * statistic[p], p);
                count++;
            }
        }

        Array.Sort(heights, order, 0, count);
        for (var k = 0; k < count; k++)
        {
            TakeIn(order[k], -heights[k], statistic, sign);
        }

        return Collect(count, sign, scores);
    }

    private void TakeIn(int p, double height, ReadOnlySpan<double> statistic, int sign)
    {
        var area = Area(height);
        (parents[p], sizes[p], gains[p], reached[p]) = (p, 1, 0, area);
        var (c, t) = (p / graph.Times, p % graph.Times);
        if (t > 0 && parents[p - 1] >= 0)
        {
            Join(p, p - 1, area);
        }

        if (t + 1 < graph.Times && parents[p + 1] >= 0)
        {
            Join(p, p + 1, area);
        }

        foreach (var neighbour in graph.Of(c))
        {
            var q = (neighbour * graph.Times) + t;
            if (parents[q] >= 0)
            {
                Join(p, q, area);
            }
        }
    }

    private void Join(int a, int b, double area)
    {
        (a, b) = (Find(a), Find(b));
        if (a == b)
        {
            return;
        }

        Advance(a, area);
        Advance(b, area);
        if (sizes[a] < sizes[b])
        {
            (a, b) = (b, a);
        }

        parents[b] = a;
        gains[b] -= gains[a];
        sizes[a] += sizes[b];
    }

    // Adds what a component gains from where it was last looked at down to a height.
    private void Advance(int root, double area)
    {
        gains[root] += Extent(sizes[root]) * (reached[root] - area);
        reached[root] = area;
    }

    private double Collect(int count, int sign, Span<double> scores)
    {
        var largest = 0.0;
        for (var k = 0; k < count; k++)
        {
            if (parents[order[k]] == order[k])
            {
                Advance(order[k], 0);
            }
        }

        for (var k = 0; k < count; k++)
        {
            var (p, score) = (order[k], 0.0);
            for (var at = p; ; at = parents[at])
            {
                score += gains[at];
                if (parents[at] == at)
                {
                    break;
                }
            }

            scores[p] = sign * score;
            largest = Math.Max(largest, score);
        }

        return largest;
    }

    // Union by size keeps the ways to the roots short; shortening them would need the gains moved too.
    private int Find(int p)
    {
        while (parents[p] != p)
        {
            p = parents[p];
        }

        return p;
    }

    private double Extent(int size) => options.ExtentPower == 0.5 ? Math.Sqrt(size) : Math.Pow(size, options.ExtentPower);

    // ∫ h^H dh from 0, or its sum over the multiples of the step below a height.
    private double Area(double height)
    {
        if (options.Step is not { } step)
        {
            return options.HeightPower == 2 ? height * height * height / 3 : Math.Pow(height, options.HeightPower + 1) / (options.HeightPower + 1);
        }

        var below = (int)Math.Min(MostSteps, Math.Ceiling(height / step) - 1);
        for (var k = sums.Count; k <= below; k++)
        {
            sums.Add(sums[k - 1] + (Math.Pow(k * step, options.HeightPower) * step));
        }

        return sums[Math.Max(0, below)];
    }
}
