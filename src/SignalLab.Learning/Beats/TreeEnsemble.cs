using System.Globalization;

namespace SignalLab.Learning.Beats;

/// <summary>Boosted regression trees, as they are evaluated: the sum of one leaf of each.</summary>
/// <param name="Trees">The trees.</param>
internal sealed record TreeEnsemble(IReadOnlyList<TreeEnsemble.Tree> Trees)
{
    /// <summary>One tree; node k goes to <c>Left[k]</c> where its feature is at most its threshold, else to <c>Right[k]</c>; a negative child is the leaf ~child.</summary>
    internal sealed record Tree(int[] Features, float[] Thresholds, int[] Left, int[] Right, double[] Leaves)
    {
        /// <summary>The leaf's value for one row.</summary>
        public double Evaluate(ReadOnlySpan<float> row)
        {
            if (Features.Length == 0)
            {
                return Leaves.Length == 0 ? 0 : Leaves[0];
            }

            var node = 0;
            while (node >= 0)
            {
                node = row[Features[node]] <= Thresholds[node] ? Left[node] : Right[node];
            }

            return Leaves[~node];
        }

        /// <summary>The tree as one line of text.</summary>
        public string Write() => string.Join('\t', Join(Features), Join(Thresholds), Join(Left), Join(Right), Join(Leaves.Select(v => (float)v)));

        /// <summary>Reads what <see cref="Write"/> wrote.</summary>
        public static Tree Read(string line)
        {
            var columns = line.Split('\t');
            return new(
                Values(columns[0], int.Parse), Values(columns[1], float.Parse), Values(columns[2], int.Parse), Values(columns[3], int.Parse), Values(columns[4], double.Parse));
        }

        private static string Join<T>(IEnumerable<T> values)
            where T : IFormattable => string.Join(' ', values.Select(v => v.ToString(null, CultureInfo.InvariantCulture)));

        private static T[] Values<T>(string text, Func<string, IFormatProvider, T> parse) =>
            [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => parse(v, CultureInfo.InvariantCulture))];
    }

    /// <summary>The score of one row; above 0 the trees say yes.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (var tree in Trees)
        {
            sum += tree.Evaluate(row);
        }

        return sum;
    }
}
