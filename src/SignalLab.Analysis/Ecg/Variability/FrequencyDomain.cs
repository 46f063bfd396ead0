using SignalLab.Analysis.Spectra;

namespace SignalLab.Analysis.Ecg;

/// <summary>Heart-rate variability by frequency: power in ms² of the Lomb–Scargle density of the NN intervals at the times of their beats, nothing interpolated.</summary>
/// <remarks>
/// Source: Task Force 1996, table 2 (bands); Laguna, Moody and Mark, IEEE Trans. Biomed. Eng. 45 (1998) 698–715 (Lomb for heart rate). Up to five minutes are one
/// spectrum; longer recordings are the mean over their successive five minutes, and only the ultra-low band is taken from the whole.
/// </remarks>
internal static class FrequencyDomain
{
    /// <summary>Bounds of the bands: above the first, up to the second.</summary>
    public const double UltraLowHz = 0.003, VeryLowHz = 0.04, LowHz = 0.15, HighHz = 0.4;

    private const double Oversampling = 4;

    // Where no five minutes are covered, this much may still be one spectrum.
    private const double LongestSeconds = 600;

    /// <summary>Power of the very low, low and high band; NaN where the intervals lie too far apart.</summary>
    public static (double VeryLow, double Low, double High) Bands(NormalIntervals intervals)
    {
        (int From, int To)[] segments = [.. TimeDomain.Segments(intervals).DefaultIfEmpty((0, intervals.Count))];
        if (intervals.Seconds[segments[0].To - 1] - intervals.Seconds[segments[0].From] > LongestSeconds)
        {
            return (double.NaN, double.NaN, double.NaN);
        }

        var (veryLow, low, high) = (0.0, 0.0, 0.0);
        foreach (var (from, to) in segments)
        {
            var (power, step) = Density(intervals, from, to, HighHz);
            veryLow += Sum(power, step, 0, VeryLowHz) / segments.Length;
            low += Sum(power, step, VeryLowHz, LowHz) / segments.Length;
            high += Sum(power, step, LowHz, HighHz) / segments.Length;
        }

        return (veryLow, low, high);
    }

    /// <summary>Power up to 0.003 Hz, from the whole recording.</summary>
    public static double UltraLow(NormalIntervals intervals)
    {
        var (power, step) = Density(intervals, 0, intervals.Count, UltraLowHz);
        return Sum(power, step, 0, UltraLowHz);
    }

    private static (double[] Power, double Step) Density(NormalIntervals intervals, int from, int to, double highestHz)
    {
        var times = intervals.Seconds.AsSpan(from, to - from);
        var values = intervals.Milliseconds.AsSpan(from, to - from);
        var step = 1 / (Oversampling * (times[^1] - times[0]));
        double[] frequencies = [.. Enumerable.Range(1, (int)Math.Floor((highestHz / step) + 1e-9)).Select(k => k * step)];
        var power = LombScargle.Power(times, values, frequencies, new LombScargleOptions { Scale = LombScargleScale.Density });

        // Each interval stands for its own length: what is left out adds no power, and the whole spectrum sums to the variance.
        var cover = TimeDomain.Mean(values) / 1000 * (values.Length - 1) / (times[^1] - times[0]);
        return (Array.ConvertAll(power, p => p * cover), step);
    }

    private static double Sum(double[] power, double step, double lowHz, double highHz)
    {
        var sum = 0.0;
        for (var k = 0; k < power.Length; k++)
        {
            var hz = (k + 1) * step;
            sum += hz > lowHz + (1e-9 * step) && hz <= highHz + (1e-9 * step) ? power[k] * step : 0;
        }

        return sum;
    }
}
