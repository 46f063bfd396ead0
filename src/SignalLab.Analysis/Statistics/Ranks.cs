namespace SignalLab.Analysis.Statistics;

/// <summary>Ranks with ties at their mean.</summary>
internal static class Ranks
{
    /// <summary>The rank of each value from 1; tied values share the mean of their ranks.</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="ties">Σ(t³ − t) over groups of t tied values.</param>
    public static double[] Of(ReadOnlySpan<double> values, out double ties)
    {
        var sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        var ranks = new double[order.Length];
        ties = 0;
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && sorted[end] == sorted[first])
            {
                end++;
            }

            for (var i = first; i < end; i++)
            {
                ranks[order[i]] = 0.5 * (first + 1 + end);
            }

            double tied = end - first;
            ties += (tied * tied * tied) - tied;
            first = end;
        }

        return ranks;
    }
}
