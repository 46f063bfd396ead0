namespace SignalLab.Analysis.Statistics;

/// <summary>Finds connected points beyond a threshold, of one sign each, by union and find on flat arrays that are used again and again.</summary>
/// <param name="graph">Which points are neighbours.</param>
internal sealed class ClusterForest(PointGraph graph)
{
    private readonly int[] parents = new int[graph.Count];
    private readonly double[] masses = new double[graph.Count];

    /// <summary>The cluster of each point by its root, −1 outside; valid until the next call.</summary>
    public ReadOnlySpan<int> Roots => parents;

    /// <summary>Joins the points and sums their statistics.</summary>
    /// <param name="statistic">A value a point; NaN is in no cluster.</param>
    /// <param name="threshold">What a member must pass.</param>
    /// <param name="upper">Clusters above the threshold.</param>
    /// <param name="lower">Clusters below its negative.</param>
    /// <returns>The largest |sum| of a cluster; 0 where there is none.</returns>
    public double Grow(ReadOnlySpan<double> statistic, double threshold, bool upper, bool lower)
    {
        for (var c = 0; c < graph.Channels; c++)
        {
            var offset = c * graph.Times;
            var before = graph.Before(c);
            for (var t = 0; t < graph.Times; t++)
            {
                var (p, value) = (offset + t, statistic[offset + t]);
                var above = upper && value > threshold;
                if (!above && !(lower && value < -threshold))
                {
                    parents[p] = -1;
                    continue;
                }

                parents[p] = p;
                if (t > 0 && parents[p - 1] >= 0 && statistic[p - 1] > 0 == above)
                {
                    Join(p - 1, p);
                }

                foreach (var neighbour in before)
                {
                    var q = (neighbour * graph.Times) + t;
                    if (parents[q] >= 0 && statistic[q] > 0 == above)
                    {
                        Join(q, p);
                    }
                }
            }
        }

        return Sum(statistic);
    }

    /// <summary>The sum of a cluster's statistics.</summary>
    public double MassOf(int root) => masses[root];

    private double Sum(ReadOnlySpan<double> statistic)
    {
        // A root is the least point of its cluster, so it comes before its members.
        var largest = 0.0;
        for (var p = 0; p < parents.Length; p++)
        {
            if (parents[p] >= 0)
            {
                var root = Find(p);
                parents[p] = root;
                masses[root] = root == p ? statistic[p] : masses[root] + statistic[p];
                largest = Math.Max(largest, Math.Abs(masses[root]));
            }
        }

        return largest;
    }

    private void Join(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    private int Find(int p)
    {
        while (parents[p] != p)
        {
            p = parents[p] = parents[parents[p]];
        }

        return p;
    }
}
