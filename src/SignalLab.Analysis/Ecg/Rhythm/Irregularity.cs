namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Tells stretches in which the ventricles follow without any order, as in atrial fibrillation, from stretches that keep or repeat their interval. Each interval
/// is compared with those before; a two-state Markov chain joins the evidence, so that a stretch needs about a dozen beats to be believed.
/// </summary>
/// <remarks>
/// Idea: Moody and Mark, Comput. Cardiol. 10 (1983) 227–230 (Markov chain over RR intervals); Lake and Moorman, Am. J. Physiol. 300 (2011) H319–H325 (irregular means
/// that short patterns of intervals do not return). The densities are ours: spreads as they are known of sinus rhythm and of fibrillation.
/// </remarks>
internal static class Irregularity
{
    // An ectopic pattern up to quadrigeminy brings each interval back within so many.
    private const int Lags = 4;
    private const double SwitchCost = 8;
    private const double FirstCost = 3;
    private const double Largest = 3;
    private const double LongestSeconds = 2.5;

    // Spread of the natural logarithm of the ratio of two intervals.
    private const double Steady = 0.036;
    private const double SteadyOutlier = 0.2;
    private const double OutlierShare = 0.06;
    private const double FineSpread = 0.12;
    private const double FineShare = 0.4;
    private const double WideSpread = 0.25;

    // Between paced beats the pacemaker cuts long intervals off: successive ones are compared, and less spread is expected.
    private const double CutSteady = 0.045;
    private const double CutOutlier = 0.35;
    private const double CutOutlierShare = 0.12;

    /// <summary>Finds the beats in disorder.</summary>
    /// <param name="intervals">Seconds from the beat before; NaN where there is none.</param>
    /// <param name="usable">Beats whose time tells of the atria: conducted ones.</param>
    /// <param name="isCut">True where a pacemaker ends long intervals.</param>
    /// <returns>One answer a beat.</returns>
    public static bool[] Find(ReadOnlySpan<double> intervals, ReadOnlySpan<bool> usable, bool isCut)
    {
        var evidence = new double[intervals.Length];
        Span<double> past = stackalloc double[Lags];
        var held = 0;
        for (var i = 1; i < intervals.Length; i++)
        {
            if (!(intervals[i] < LongestSeconds) || !usable[i] || !usable[i - 1])
            {
                continue;
            }

            var log = Math.Log(intervals[i]);
            if (held > 0)
            {
                var known = past[..Math.Min(held, Lags)];
                evidence[i] = Math.Clamp(isCut ? Successive(Math.Abs(log - past[(held - 1) % Lags])) : Returning(Nearest(known, log), known.Length), -Largest, Largest);
            }

            past[held++ % Lags] = log;
        }

        return MostLikely(evidence);
    }

    private static double Nearest(ReadOnlySpan<double> past, double log)
    {
        var nearest = double.PositiveInfinity;
        foreach (var value in past)
        {
            nearest = Math.Min(nearest, Math.Abs(log - value));
        }

        return nearest;
    }

    // Log of the likelihood ratio for the distance to the nearest of so many earlier intervals.
    private static double Returning(double distance, int count)
    {
        var disorder = (FineShare * OfNearest(distance, FineSpread, count)) + ((1 - FineShare) * OfNearest(distance, WideSpread, count));
        var order = ((1 - OutlierShare) * HalfNormal(distance, Steady)) + (OutlierShare * HalfNormal(distance, SteadyOutlier));
        return Math.Log((disorder + 1e-3) / (order + 1e-3));
    }

    private static double Successive(double distance) =>
        Math.Log((HalfNormal(distance, FineSpread) + 1e-9) / (((1 - CutOutlierShare) * HalfNormal(distance, CutSteady)) + (CutOutlierShare * HalfNormal(distance, CutOutlier)) + 1e-9));

    private static double OfNearest(double distance, double spread, int count) => count * Math.Pow(1 - HalfNormalShare(distance / spread), count - 1) * HalfNormal(distance, spread);

    private static double HalfNormal(double x, double spread) => 2 * Math.Exp(-0.5 * x * x / (spread * spread)) / (spread * Math.Sqrt(2 * Math.PI));

    // erf(x / √2) within 1.5e-7. Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.26.
    private static double HalfNormalShare(double x)
    {
        var z = x / Math.Sqrt(2);
        var t = 1 / (1 + (0.3275911 * z));
        return Math.Clamp(1 - (((((((((1.061405429 * t) - 1.453152027) * t) + 1.421413741) * t) - 0.284496736) * t) + 0.254829592) * t * Math.Exp(-z * z)), 0, 1);
    }

    // Viterbi over order and disorder.
    private static bool[] MostLikely(double[] evidence)
    {
        var (order, disorder) = (0.0, -FirstCost);
        var fromOther = new (bool Order, bool Disorder)[evidence.Length];
        for (var i = 0; i < evidence.Length; i++)
        {
            fromOther[i] = (disorder - SwitchCost > order, order - SwitchCost > disorder);
            (order, disorder) = (Math.Max(order, disorder - SwitchCost), Math.Max(disorder, order - SwitchCost) + evidence[i]);
        }

        var states = new bool[evidence.Length];
        var state = disorder > order;
        for (var i = evidence.Length - 1; i >= 0; i--)
        {
            states[i] = state;
            state ^= state ? fromOther[i].Disorder : fromOther[i].Order;
        }

        return states;
    }
}
