namespace SignalLab.Analysis.Artifacts;

/// <summary>An electro-oculogram at a low rate, one array an uninterrupted run.</summary>
/// <param name="RateHz">Its rate.</param>
/// <param name="Runs">Real time of the first sample and the samples, for each run.</param>
internal sealed record EyeTrace(double RateHz, IReadOnlyList<(double OnsetSeconds, float[] Samples)> Runs)
{
    /// <summary>Weighted mean of neighbouring samples (Gaussian), the ends with what there is.</summary>
    public static float[] Smooth(ReadOnlySpan<float> samples, double sigmaSamples)
    {
        var reach = Math.Max(1, (int)Math.Ceiling(3 * sigmaSamples));
        var weights = new double[(2 * reach) + 1];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Exp(-0.5 * Math.Pow((i - reach) / sigmaSamples, 2));
        }

        var smooth = new float[samples.Length];
        for (var t = 0; t < smooth.Length; t++)
        {
            var (sum, total) = (0.0, 0.0);
            for (var k = Math.Max(0, t - reach); k <= Math.Min(samples.Length - 1, t + reach); k++)
            {
                sum += weights[k - t + reach] * samples[k];
                total += weights[k - t + reach];
            }

            smooth[t] = (float)(sum / total);
        }

        return smooth;
    }

    /// <summary>Mean of [from, end), as far as there are samples; NaN where there is none.</summary>
    public static double Mean(ReadOnlySpan<float> samples, int from, int end)
    {
        (from, end) = (Math.Clamp(from, 0, samples.Length), Math.Clamp(end, 0, samples.Length));
        var sum = 0.0;
        for (var t = from; t < end; t++)
        {
            sum += samples[t];
        }

        return end > from ? sum / (end - from) : double.NaN;
    }
}
