namespace SignalLab.Analysis.Statistics;

/// <summary>Which relabellings are tried; number 0 is the observed one.</summary>
internal sealed class RelabellingPlan
{
    private readonly Func<int, sbyte[]> weights;

    private RelabellingPlan(int count, bool isExact, Func<int, sbyte[]> weights) => (Count, IsExact, this.weights) = (count, isExact, weights);

    public int Count { get; }

    public bool IsExact { get; }

    /// <summary>The weight of each observation in one relabelling.</summary>
    public sbyte[] Weights(int number) => weights(number);

    /// <summary>Signs of observations. Two-sided a flip and its opposite are one, so the last observation keeps its sign.</summary>
    public static RelabellingPlan Signs(int observations, ClusterOptions options)
    {
        var free = options.Alternative == Alternative.TwoSided ? observations - 1 : observations;
        if (free < 31 && 1L << free <= ClusterOptions.LargestExactSet)
        {
            return new(1 << free, true, number => [.. Enumerable.Range(0, observations).Select(o => (sbyte)(o < free && ((number >> o) & 1) == 1 ? -1 : 1))]);
        }

        var drawn = Drawn(options, random => [.. Enumerable.Range(0, observations).Select(_ => (sbyte)((random.Next(2) * 2) - 1))]);
        Array.Fill(drawn[0] = new sbyte[observations], (sbyte)1);
        return new(drawn.Length, false, number => drawn[number]);
    }

    /// <summary>Memberships of the first group.</summary>
    public static RelabellingPlan Groups(int firstCount, int secondCount, ClusterOptions options)
    {
        sbyte[] observed = [.. Enumerable.Range(0, firstCount + secondCount).Select(o => (sbyte)(o < firstCount ? 1 : 0))];
        var drawn = Drawn(options, random =>
        {
            var shuffled = (sbyte[])observed.Clone();
            random.Shuffle(shuffled);
            return shuffled;
        });
        drawn[0] = observed;
        return new(drawn.Length, false, number => drawn[number]);
    }

    private static sbyte[][] Drawn(ClusterOptions options, Func<Random, sbyte[]> draw)
    {
        var random = new Random(options.Seed);
        return [.. Enumerable.Range(0, options.Permutations).Select(_ => draw(random))];
    }
}
