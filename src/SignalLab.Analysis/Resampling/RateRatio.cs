namespace SignalLab.Analysis.Resampling;

/// <summary>New rate divided by old rate as a fraction in lowest terms.</summary>
/// <param name="Up">Numerator.</param>
/// <param name="Down">Denominator.</param>
internal readonly record struct RateRatio(int Up, int Down)
{
    /// <summary>Larger terms are not looked for: no pair of rates that people state needs them.</summary>
    private const int LargestTerm = 1 << 16;

    /// <summary>The fraction that equals the ratio of two rates to the last digits of a double, or null where there is none with small terms.</summary>
    /// <param name="fromHz">Old rate.</param>
    /// <param name="toHz">New rate.</param>
    public static RateRatio? Of(double fromHz, double toHz)
    {
        var ratio = toHz / fromHz;
        var (rest, last, before, lastDown, beforeDown) = (ratio, 1.0, 0.0, 0.0, 1.0);
        for (var i = 0; i < 40; i++)
        {
            // Convergents of the continued fraction.
            var whole = Math.Floor(rest);
            (last, before) = ((whole * last) + before, last);
            (lastDown, beforeDown) = ((whole * lastDown) + beforeDown, lastDown);
            if (last > LargestTerm || lastDown > LargestTerm)
            {
                return null;
            }

            if (last > 0 && Math.Abs((last / lastDown) - ratio) <= 4e-16 * ratio)
            {
                return new((int)last, (int)lastDown);
            }

            rest = 1 / (rest - whole);
            if (!double.IsFinite(rest))
            {
                return null;
            }
        }

        return null;
    }
}
