using SignalLab.Analysis.Fourier;

namespace SignalLab.Analysis.Resampling;

/// <summary>Resampling of a whole signal by cutting or filling its spectrum: no transition band, but every sample depends on all others and the ends ring into each other, which padding softens.</summary>
public static class FourierResampling
{
    /// <summary>
    /// Resamples. With the same padding the result is that of <c>mne.filter.resample</c> (window <c>boxcar</c>, pad <c>reflect_limited</c>).
    /// Source: Fraser, IEEE Trans. Acoust. Speech Signal Process. 37 (1989) 867–873.
    /// </summary>
    /// <param name="samples">The signal.</param>
    /// <param name="ratio">New rate divided by old rate, above 0.</param>
    /// <param name="padding">Samples put before and behind: the signal turned by half a turn about its ends, zeros beyond that.</param>
    /// <returns>length × ratio samples, rounded; at least none.</returns>
    public static double[] Resample(ReadOnlySpan<double> samples, double ratio, int padding = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratio);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        var count = (int)Math.Round(ratio * samples.Length);
        if (samples.Length == 0 || count == 0)
        {
            return new double[count];
        }

        var padded = Padded(samples, padding);
        var length = Math.Max((int)Math.Round(ratio * padded.Length), 1);
        var (old, made) = (RealFft.Plan(padded.Length), RealFft.Plan(length));
        var (re, im) = (new double[Math.Max(old.BinCount, made.BinCount)], new double[Math.Max(old.BinCount, made.BinCount)]);
        old.Forward(padded, re.AsSpan(0, old.BinCount), im.AsSpan(0, old.BinCount));

        // The bin at half of the lower rate stands for two frequencies that fold or part there.
        var shorter = Math.Min(length, padded.Length);
        if (shorter % 2 == 0)
        {
            var factor = length < padded.Length ? 2 : length > padded.Length ? 0.5 : 1;
            re[shorter / 2] *= factor;
            im[shorter / 2] *= factor;
        }

        var scale = (double)length / padded.Length;
        for (var k = 0; k < re.Length; k++)
        {
            re[k] *= scale;
            im[k] *= scale;
        }

        var results = new double[length];
        made.Inverse(re.AsSpan(0, made.BinCount), im.AsSpan(0, made.BinCount), results);
        return results.AsSpan((int)Math.Round(ratio * padding), count).ToArray();
    }

    private static double[] Padded(ReadOnlySpan<double> samples, int padding)
    {
        var padded = new double[samples.Length + (2 * padding)];
        samples.CopyTo(padded.AsSpan(padding));
        for (var i = 1; i <= Math.Min(padding, samples.Length - 1); i++)
        {
            padded[padding - i] = (2 * samples[0]) - samples[i];
            padded[padding + samples.Length - 1 + i] = (2 * samples[^1]) - samples[^(i + 1)];
        }

        return padded;
    }
}
