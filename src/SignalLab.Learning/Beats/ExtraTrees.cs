namespace SignalLab.Learning.Beats;

/// <summary>
/// Extremely randomised trees: at each node a few features, each with one random threshold, of which the best divides. Such coarse trees carry over to patients unlike those
/// trained on better than boosted ones where few patients show the class. Source: Geurts, Ernst and Wehenkel 2006.
/// </summary>
internal sealed class ExtraTrees(IReadOnlyList<float[]> rows, IReadOnlyList<bool> wanted, Random random)
{
    private const double FeatureShare = 0.4;
    private const int LeastInLeaf = 6;

    private readonly float[][] columns = [.. Enumerable.Range(0, rows[0].Length).Select(f => rows.Select(r => r[f]).ToArray())];
    private readonly bool[] isWanted = [.. wanted];
    private readonly List<int> features = [];
    private readonly List<float> thresholds = [];
    private readonly List<int> left = [];
    private readonly List<int> right = [];
    private readonly List<double> leaves = [];
    private double leafScale;

    /// <summary>Grows trees; the sum of their leaves over all trees of the ensemble is 0 where as many rows are wanted as not, ±2 where all or none are.</summary>
    /// <param name="count">Number of trees.</param>
    /// <param name="ofAll">Number of trees in the ensemble that these become part of.</param>
    public IReadOnlyList<TreeEnsemble.Tree> Grow(int count, int ofAll) => [.. Enumerable.Range(0, count).Select(_ => One(ofAll))];

    private TreeEnsemble.Tree One(int count)
    {
        features.Clear();
        thresholds.Clear();
        left.Clear();
        right.Clear();
        leaves.Clear();
        leafScale = 4.0 / count;
        Divide([.. Enumerable.Range(0, isWanted.Length)]);
        return new([.. features], [.. thresholds], [.. left], [.. right], [.. leaves]);
    }

    // Index of the node, or of the leaf as its complement.
    private int Divide(Span<int> members)
    {
        var of = Wanted(members);
        var (feature, threshold) = of == 0 || of == members.Length || members.Length < 2 * LeastInLeaf ? (-1, 0) : Best(members, of);
        if (feature < 0)
        {
            leaves.Add(Math.Round(leafScale * (((double)of / members.Length) - 0.5), 5));
            return ~(leaves.Count - 1);
        }

        var node = features.Count;
        features.Add(feature);
        thresholds.Add(threshold);
        left.Add(0);
        right.Add(0);
        var middle = 0;
        for (var i = 0; i < members.Length; i++)
        {
            if (columns[feature][members[i]] <= threshold)
            {
                (members[middle], members[i]) = (members[i], members[middle]);
                middle++;
            }
        }

        left[node] = Divide(members[..middle]);
        right[node] = Divide(members[middle..]);
        return node;
    }

    private (int Feature, float Threshold) Best(Span<int> members, int of)
    {
        var (best, found, at) = (double.NegativeInfinity, -1, 0f);
        var tried = (int)Math.Ceiling(FeatureShare * columns.Length);
        for (var k = 0; k < tried; k++)
        {
            var feature = random.Next(columns.Length);
            var column = columns[feature];
            var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
            foreach (var m in members)
            {
                (low, high) = (Math.Min(low, column[m]), Math.Max(high, column[m]));
            }

            var threshold = low + ((high - low) * random.NextSingle());
            var (below, wantedBelow) = (0, 0);
            foreach (var m in members)
            {
                var isBelow = column[m] <= threshold;
                below += isBelow ? 1 : 0;
                wantedBelow += isBelow && isWanted[m] ? 1 : 0;
            }

            var gain = -Impurity(wantedBelow, below) - Impurity(of - wantedBelow, members.Length - below);
            if (below >= LeastInLeaf && members.Length - below >= LeastInLeaf && gain > best)
            {
                (best, found, at) = (gain, feature, threshold);
            }
        }

        return (found, at);
    }

    // Gini's, times the number of rows.
    private static double Impurity(double of, double all) => all == 0 ? 0 : of * (all - of) / all;

    private int Wanted(Span<int> members)
    {
        var count = 0;
        foreach (var m in members)
        {
            count += isWanted[m] ? 1 : 0;
        }

        return count;
    }
}
