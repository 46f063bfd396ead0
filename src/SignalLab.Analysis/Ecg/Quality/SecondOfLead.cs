namespace SignalLab.Analysis.Ecg.Quality;

/// <summary>What one second of a lead is like, before it is known what the lead is like as a whole.</summary>
/// <param name="Level">Median.</param>
/// <param name="Height">Largest less smallest value.</param>
/// <param name="Noise">Standard deviation of what changes within 16 ms, a robust estimate that QRS complexes do not reach.</param>
/// <param name="Jump">Largest step between the medians of its quarters.</param>
/// <param name="Clipped">Longest rest at one value away from the level, as a share of the second.</param>
/// <param name="Missing">Share of samples that are no numbers.</param>
internal readonly record struct SecondOfLead(float Level, float Height, float Noise, float Jump, float Clipped, float Missing)
{
    private const double LagSeconds = 0.008;

    // A rest so close to the level is the baseline between the waves, not a rail.
    private const double RailShare = 0.35;

    /// <summary>Measures one second.</summary>
    /// <param name="samples">Its samples in any unit, NaN where there is none.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="scratch">At least as many values to work with.</param>
    public static SecondOfLead Of(ReadOnlySpan<double> samples, double rateHz, Span<double> scratch)
    {
        var finite = Finite(samples, scratch);
        if (finite.Length == 0)
        {
            return new(float.NaN, 0, 0, 0, 0, 1);
        }

        double low = finite[0], high = low;
        foreach (var value in finite)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        var missing = 1 - ((float)finite.Length / samples.Length);
        var level = OrderStatistic.Smallest(finite, finite.Length / 2);
        return new(
            (float)level, (float)(high - low), (float)NoiseOf(samples, Math.Max(1, (int)Math.Round(LagSeconds * rateHz)), scratch), (float)JumpOf(samples, scratch),
            (float)Resting(samples, level, high - low) / samples.Length, missing);
    }

    private static Span<double> Finite(ReadOnlySpan<double> samples, Span<double> into)
    {
        var n = 0;
        foreach (var sample in samples)
        {
            if (double.IsFinite(sample))
            {
                into[n++] = sample;
            }
        }

        return into[..n];
    }

    private static double NoiseOf(ReadOnlySpan<double> x, int lag, Span<double> scratch)
    {
        var n = 0;
        for (var i = 2 * lag; i < x.Length; i++)
        {
            var d = Math.Abs(x[i] - (2 * x[i - lag]) + x[i - (2 * lag)]);
            if (double.IsFinite(d))
            {
                scratch[n++] = d;
            }
        }

        // White noise of deviation 1 has such differences of deviation √6 and a median of 0.6745 times that.
        return n == 0 ? 0 : OrderStatistic.Smallest(scratch[..n], n / 2) / (0.6745 * Math.Sqrt(6));
    }

    private static double JumpOf(ReadOnlySpan<double> x, Span<double> scratch)
    {
        double jump = 0, before = double.NaN;
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var part = Finite(x[(quarter * x.Length / 4)..((quarter + 1) * x.Length / 4)], scratch);
            if (part.Length == 0)
            {
                continue;
            }

            var median = OrderStatistic.Smallest(part, part.Length / 2);
            jump = double.IsNaN(before) ? jump : Math.Max(jump, Math.Abs(median - before));
            before = median;
        }

        return jump;
    }

    private static int Resting(ReadOnlySpan<double> x, double level, double height)
    {
        int longest = 0, run = 1;
        for (var i = 1; i < x.Length; i++)
        {
            run = x[i] == x[i - 1] ? run + 1 : 1;
            longest = run > longest && Math.Abs(x[i] - level) > RailShare * height ? run : longest;
        }

        return longest;
    }
}
