namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>How one record's QT follows its RR intervals: a straight line over the RR intervals of the past, which fade exponentially.</summary>
/// <param name="QtAtSixtySeconds">QT that the line gives at a steady 60 beats a minute.</param>
/// <param name="Slope">Seconds of QT a second of RR.</param>
/// <param name="MemorySeconds">Time after which a past interval counts 1/e.</param>
/// <param name="ResidualSeconds">Standard deviation of the QT intervals about the line.</param>
/// <param name="SpreadSeconds">Between the 5th and the 95th percentile of the remembered RR intervals.</param>
/// <param name="Count">Beats fitted.</param>
/// <remarks>Source: Razak et al. 2011, Ann Noninvasive Electrocardiol 16:148 (a linear model with exponential decay of the rate's effect, 60 s, does better than Bazett's and Fridericia's formulas).</remarks>
public sealed record QtAdaptation(double QtAtSixtySeconds, double Slope, double MemorySeconds, double ResidualSeconds, double SpreadSeconds, int Count)
{
    // Memories tried; the source's own is 60 s.
    private static readonly double[] Memories = [10, 20, 30, 45, 60, 90, 120, 180];

    private const double WarmUpSeconds = 120;
    private const double OutlierDeviations = 4;

    /// <summary>Fits line and memory: of several memories the one that leaves the least residual.</summary>
    /// <param name="atSeconds">Times of beats, increasing.</param>
    /// <param name="rrSeconds">The interval before each beat; NaN where it is not known (after a gap).</param>
    /// <param name="qtSeconds">QT of each beat; NaN where it was not measured or the beat is ectopic.</param>
    /// <returns>The fit; null where fewer than ten beats can be fitted.</returns>
    public static QtAdaptation? Fit(ReadOnlySpan<double> atSeconds, ReadOnlySpan<double> rrSeconds, ReadOnlySpan<double> qtSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rrSeconds.Length, atSeconds.Length, nameof(rrSeconds));
        ArgumentOutOfRangeException.ThrowIfNotEqual(qtSeconds.Length, atSeconds.Length, nameof(qtSeconds));
        QtAdaptation? best = null;
        foreach (var memory in Memories)
        {
            var (x, y) = Pairs(atSeconds, rrSeconds, qtSeconds, memory);
            if (Line(x, y, memory) is { } fit && (best is null || fit.ResidualSeconds < best.ResidualSeconds))
            {
                best = fit;
            }
        }

        return best;
    }

    // The remembered interval starts at the first one and is believed after two minutes of beats.
    private static (List<double> X, List<double> Y) Pairs(ReadOnlySpan<double> at, ReadOnlySpan<double> rr, ReadOnlySpan<double> qt, double memory)
    {
        var (x, y) = (new List<double>(at.Length), new List<double>(at.Length));
        double remembered = double.NaN, since = 0;
        for (var i = 0; i < at.Length; i++)
        {
            if (!double.IsFinite(rr[i]))
            {
                continue;
            }

            (remembered, since) = double.IsFinite(remembered) ? (remembered, since) : (rr[i], at[i]);
            remembered += (1 - Math.Exp(-rr[i] / memory)) * (rr[i] - remembered);
            if (double.IsFinite(qt[i]) && at[i] - since >= WarmUpSeconds)
            {
                x.Add(remembered);
                y.Add(qt[i]);
            }
        }

        return (x, y);
    }

    private static QtAdaptation? Line(List<double> x, List<double> y, double memory)
    {
        if (x.Count < 10)
        {
            return null;
        }

        var keep = Enumerable.Repeat(true, x.Count).ToArray();
        for (var pass = 0; ; pass++)
        {
            double n = 0, mx = 0, my = 0, xx = 0, xy = 0, rest = 0;
            for (var i = 0; i < keep.Length; i++)
            {
                (n, mx, my) = keep[i] ? (n + 1, mx + x[i], my + y[i]) : (n, mx, my);
            }

            (mx, my) = (mx / n, my / n);
            for (var i = 0; i < keep.Length; i++)
            {
                (xx, xy) = keep[i] ? (xx + ((x[i] - mx) * (x[i] - mx)), xy + ((x[i] - mx) * (y[i] - my))) : (xx, xy);
            }

            var slope = xx > 0 ? xy / xx : 0;
            var residuals = new double[keep.Length];
            for (var i = 0; i < keep.Length; i++)
            {
                residuals[i] = y[i] - my - (slope * (x[i] - mx));
                rest += keep[i] ? residuals[i] * residuals[i] : 0;
            }

            if (pass == 1)
            {
                x.Sort();
                return new(my + (slope * (1 - mx)), slope, memory, Math.Sqrt(rest / Math.Max(1, n - 2)), x[(int)(0.95 * (x.Count - 1))] - x[(int)(0.05 * (x.Count - 1))], (int)n);
            }

            // Once: beats whose QT was mistaken pull at the line no more.
            var sizes = residuals.Select(Math.Abs).Order().ToArray();
            var limit = OutlierDeviations * 1.4826 * sizes[sizes.Length / 2];
            keep = [.. residuals.Select(r => Math.Abs(r) <= limit)];
        }
    }
}
