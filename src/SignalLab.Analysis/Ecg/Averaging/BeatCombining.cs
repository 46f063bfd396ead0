namespace SignalLab.Analysis.Ecg.Averaging;

/// <summary>Joins aligned beats of one lead, each weighted by the inverse of its noise.</summary>
internal static class BeatCombining
{
    // No beat counts more than this many usual ones: a noise that is small by chance decides nothing.
    private const double MostWeight = 4;

    /// <summary>The joined beat.</summary>
    /// <param name="beats">Aligned beats of one lead, NaN where a beat has no sample.</param>
    /// <param name="weights">One weight a beat.</param>
    /// <param name="centre">Mean or median.</param>
    /// <returns>One value a sample; NaN where no beat has one.</returns>
    public static double[] Combine(double[][] beats, ReadOnlySpan<double> weights, BeatCentre centre)
    {
        var joined = new double[beats[0].Length];
        var (values, counts) = (new double[beats.Length], new double[beats.Length]);
        for (var i = 0; i < joined.Length; i++)
        {
            var n = 0;
            for (var b = 0; b < beats.Length; b++)
            {
                if (double.IsFinite(beats[b][i]))
                {
                    (values[n], counts[n]) = (beats[b][i], weights[b]);
                    n++;
                }
            }

            joined[i] = centre == BeatCentre.Mean ? Mean(values.AsSpan(0, n), counts.AsSpan(0, n)) : Median(values.AsSpan(0, n), counts.AsSpan(0, n));
        }

        return joined;
    }

    /// <summary>Weights from what each beat differs by from the joined one.</summary>
    /// <param name="beats">Aligned beats of one lead.</param>
    /// <param name="joined">The joined beat.</param>
    /// <param name="from">First sample compared.</param>
    /// <param name="to">Sample past the last one compared.</param>
    /// <returns>One weight a beat, 1 for one of median noise; and the median noise variance.</returns>
    public static (double[] Weights, double Variance) Weigh(double[][] beats, ReadOnlySpan<double> joined, int from, int to)
    {
        var variances = new double[beats.Length];
        for (var b = 0; b < beats.Length; b++)
        {
            double sum = 0;
            var n = 0;
            for (var i = from; i < to; i++)
            {
                var difference = beats[b][i] - joined[i];
                if (double.IsFinite(difference))
                {
                    sum += difference * difference;
                    n++;
                }
            }

            variances[b] = n == 0 ? double.PositiveInfinity : sum / n;
        }

        var sorted = (double[])variances.Clone();
        Array.Sort(sorted);
        var usual = sorted[(sorted.Length - 1) / 2];
        return double.IsFinite(usual) && usual > 0
            ? ([.. variances.Select(v => Math.Min(MostWeight, usual / Math.Max(v, double.Epsilon)))], usual)
            : ([.. variances.Select(_ => 1.0)], 0);
    }

    private static double Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i] * values[i];
            total += weights[i];
        }

        return total > 0 ? sum / total : double.NaN;
    }

    private static double Median(Span<double> values, Span<double> weights)
    {
        values.Sort(weights);
        double total = 0, sum = 0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (Math.Abs(sum - (total / 2)) <= 1e-12 * total && i + 1 < values.Length)
            {
                return (values[i] + values[i + 1]) / 2;
            }

            if (sum > total / 2)
            {
                return values[i];
            }
        }

        return double.NaN;
    }
}
