using SignalLab.Model;

namespace SignalLab.Analysis.Statistics;

/// <summary>Cluster permutation tests over sensors × times: are two conditions alike, all points looked at together?</summary>
/// <remarks>Source: Maris and Oostenveld 2007, J Neurosci Methods 164:177; Smith and Nichols 2009, NeuroImage 44:83, for threshold-free cluster enhancement.</remarks>
public static class ClusterPermutation
{
    private const int Together = 8;

    /// <summary>
    /// Is the mean over observations zero anywhere? For paired conditions the observations are their differences. Under the null hypothesis their signs may be flipped:
    /// where the 2^(n−1) flips (2^n one-sided) are at most <see cref="ClusterOptions.LargestExactSet"/> all are counted, else they are drawn.
    /// </summary>
    /// <param name="values">observations × channels × times values.</param>
    /// <param name="observations">Number of observations, at least 2.</param>
    /// <param name="neighbours">Which channels are neighbours: one label a channel.</param>
    /// <param name="options">How the test is made; null for the defaults.</param>
    /// <returns>The clusters with their p-values.</returns>
    /// <exception cref="UnfitInputException">Fewer than two observations.</exception>
    public static ClusterTest OneSample(double[] values, int observations, SensorNeighbours neighbours, ClusterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(neighbours);
        if (observations < 2)
        {
            throw new UnfitInputException($"A test needs at least 2 observations, here is {observations}.");
        }

        var chosen = Checked(options);
        var graph = Graph(values.Length, observations, neighbours);
        var plan = RelabellingPlan.Signs(observations, chosen);
        return Test(Relabelling.OneSample(values, observations), graph, plan, observations - 1, chosen);
    }

    /// <summary>Have two independent groups the same mean everywhere? t has a pooled variance; under the null hypothesis observations may change groups, which is drawn at random.</summary>
    /// <param name="first">observations × channels × times values of one group.</param>
    /// <param name="firstCount">Its observations, at least 2.</param>
    /// <param name="second">Values of the other group.</param>
    /// <param name="secondCount">Its observations, at least 2.</param>
    /// <param name="neighbours">Which channels are neighbours: one label a channel.</param>
    /// <param name="options">How the test is made; null for the defaults.</param>
    /// <returns>The clusters with their p-values; t is positive where the first group is greater.</returns>
    /// <exception cref="UnfitInputException">A group has fewer than two observations.</exception>
    public static ClusterTest Independent(double[] first, int firstCount, double[] second, int secondCount, SensorNeighbours neighbours, ClusterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(neighbours);
        if (firstCount < 2 || secondCount < 2)
        {
            throw new UnfitInputException($"A test needs at least 2 observations a group, here are {firstCount} and {secondCount}.");
        }

        var chosen = Checked(options);
        var graph = Graph(first.Length, firstCount, neighbours);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, graph.Count * secondCount, nameof(second));
        var plan = RelabellingPlan.Groups(firstCount, secondCount, chosen);
        return Test(Relabelling.TwoSamples(first, firstCount, second, secondCount), graph, plan, firstCount + secondCount - 2, chosen);
    }

    private static ClusterOptions Checked(ClusterOptions? options)
    {
        var chosen = options ?? ClusterOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(chosen.Permutations, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(chosen.ThresholdT ?? 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chosen.Enhancement?.Step ?? 1, nameof(options));
        return chosen;
    }

    private static PointGraph Graph(int values, int observations, SensorNeighbours neighbours)
    {
        var channels = neighbours.Labels.Count;
        var times = channels == 0 ? 0 : values / observations / channels;
        ArgumentOutOfRangeException.ThrowIfNotEqual(values, observations * channels * times, nameof(values));
        return new PointGraph(neighbours, times);
    }

    private static ClusterTest Test(Relabelling data, PointGraph graph, RelabellingPlan plan, double degrees, ClusterOptions options)
    {
        var threshold = options.ThresholdT ?? TTests.Threshold(options.Alternative == Alternative.TwoSided ? options.ThresholdP : 2 * options.ThresholdP, degrees);
        var largest = new double[plan.Count];
        var observed = new double[graph.Count];
        var batches = (plan.Count + Together - 1) / Together;
        Parallel.For(0, batches, () => new Worker(graph, options, threshold), (batch, _, worker) =>
        {
            worker.Run(data, plan, batch * Together, largest, observed);
            return worker;
        }, _ => { });
        return options.Enhancement is null
            ? Clustered(graph, options, threshold, degrees, observed, largest, plan.IsExact)
            : Enhanced(graph, options, degrees, observed, largest, plan.IsExact);
    }

    private static ClusterTest Clustered(PointGraph graph, ClusterOptions options, double threshold, double degrees, double[] t, double[] largest, bool isExact)
    {
        var forest = new ClusterForest(graph);
        forest.Grow(t, threshold, options.Alternative != Alternative.Less, options.Alternative != Alternative.Greater);
        var members = new SortedDictionary<int, List<int>>();
        for (var p = 0; p < graph.Count; p++)
        {
            if (forest.Roots[p] is >= 0 and var root)
            {
                if (!members.TryGetValue(root, out var points))
                {
                    members[root] = points = [];
                }

                points.Add(p);
            }
        }

        var ordered = Sorted(largest);
        var pValues = new double[graph.Count];
        Array.Fill(pValues, 1);
        var clusters = new List<SensorCluster>();
        foreach (var (root, points) in members)
        {
            var p = ShareAtLeast(ordered, Math.Abs(forest.MassOf(root)));
            points.ForEach(point => pValues[point] = p);
            clusters.Add(new(
                forest.MassOf(root), p, points, [.. points.Select(q => q / graph.Times).Distinct().Order()], points.Min(q => q % graph.Times), points.Max(q => q % graph.Times)));
        }

        clusters.Sort((a, b) => Math.Abs(b.Mass).CompareTo(Math.Abs(a.Mass)));
        return new(graph.Channels, graph.Times, t, degrees, threshold, clusters, null, pValues, largest, isExact);
    }

    private static ClusterTest Enhanced(PointGraph graph, ClusterOptions options, double degrees, double[] t, double[] largest, bool isExact)
    {
        var scores = new double[graph.Count];
        Worker.Enhance(new ThresholdFree(graph, options.Enhancement!), options.Alternative, t, scores);
        var ordered = Sorted(largest);
        return new(graph.Channels, graph.Times, t, degrees, double.NaN, [], scores, Array.ConvertAll(scores, s => ShareAtLeast(ordered, Math.Abs(s))), largest, isExact);
    }

    private static double[] Sorted(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        return sorted;
    }

    // Values that differ by rounding only count as alike.
    private static double ShareAtLeast(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] >= value * (1 - 1e-10) ? (low, middle) : (middle + 1, high);
        }

        return (sorted.Length - low) / (double)sorted.Length;
    }

    /// <summary>What one thread needs, made once.</summary>
    private sealed class Worker(PointGraph graph, ClusterOptions options, double threshold)
    {
        private readonly double[][] statistics = [.. Enumerable.Range(0, Together).Select(_ => new double[graph.Count])];
        private readonly ClusterForest forest = new(graph);
        private readonly ThresholdFree? enhancer = options.Enhancement is { } e ? new ThresholdFree(graph, e) : null;
        private readonly double[] scores = new double[graph.Count];

        public static double Enhance(ThresholdFree enhancer, Alternative alternative, ReadOnlySpan<double> t, Span<double> scores) => Math.Max(
            alternative == Alternative.Less ? 0 : enhancer.Enhance(t, 1, scores),
            alternative == Alternative.Greater ? 0 : enhancer.Enhance(t, -1, scores));

        public void Run(Relabelling data, RelabellingPlan plan, int first, double[] largest, double[] observed)
        {
            var count = Math.Min(Together, plan.Count - first);
            data.Compute([.. Enumerable.Range(first, count).Select(plan.Weights)], statistics.AsSpan(0, count));
            for (var k = 0; k < count; k++)
            {
                if (first + k == 0)
                {
                    statistics[0].CopyTo(observed, 0);
                }

                largest[first + k] = enhancer is null
                    ? forest.Grow(statistics[k], threshold, options.Alternative != Alternative.Less, options.Alternative != Alternative.Greater)
                    : Enhance(enhancer, options.Alternative, statistics[k], scores);
            }
        }
    }
}
