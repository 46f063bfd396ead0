namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Takes pacing spikes out, so that a paced QRS complex begins where the heart begins. A spike rises out of a flat line within a few milliseconds and is gone again as soon:
/// before the peak of an R wave, however narrow, the line has risen for longer.
/// </summary>
internal static class PacingSpikes
{
    private const double RiseSeconds = 0.004;
    private const double GoneSeconds = 0.008;
    private const double QuietSeconds = 0.025;
    private const double OverQuiet = 8;
    private const double MostLeft = 0.5;

    /// <summary>Replaces each spike by a straight line.</summary>
    /// <param name="samples">One lead, finite.</param>
    /// <param name="rateHz">Its rate.</param>
    /// <param name="leastHeight">A lower deflection is none.</param>
    /// <returns>How many were taken out.</returns>
    public static int Remove(Span<double> samples, double rateHz, double leastHeight)
    {
        var rise = Math.Max(1, (int)Math.Round(RiseSeconds * rateHz));
        var gone = rise + Math.Max(1, (int)Math.Round(GoneSeconds * rateHz));
        var quiet = rise + Math.Max(3, (int)Math.Round(QuietSeconds * rateHz));
        var count = 0;
        for (var i = quiet; i + gone < samples.Length; i++)
        {
            var jump = samples[i] - samples[i - rise];
            if (Math.Abs(jump) <= leastHeight || Math.Abs(samples[i + gone] - samples[i - rise]) > MostLeft * Math.Abs(jump) || Range(samples[(i - quiet)..(i - rise + 1)]) * OverQuiet > Math.Abs(jump))
            {
                continue;
            }

            var from = i - rise;
            var step = (samples[i + gone] - samples[from]) / (gone + rise);
            for (var k = from + 1; k < i + gone; k++)
            {
                samples[k] = samples[from] + (step * (k - from));
            }

            count++;
        }

        return count;
    }

    private static double Range(ReadOnlySpan<double> values)
    {
        var (low, high) = (values[0], values[0]);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return high - low;
    }
}
