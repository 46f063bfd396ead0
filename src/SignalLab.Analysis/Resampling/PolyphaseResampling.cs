using SignalLab.Model;

namespace SignalLab.Analysis.Resampling;

/// <summary>Resampling of a signal in memory through a low-pass, by fractions and by any other ratio.</summary>
public static class PolyphaseResampling
{
    /// <summary>Resamples.</summary>
    /// <param name="samples">The signal at its old rate.</param>
    /// <param name="fromHz">Old rate, above 0.</param>
    /// <param name="toHz">New rate, above 0.</param>
    /// <param name="options">The low-pass; <see cref="ResamplingOptions.SciPy"/> gives what <c>scipy.signal.resample_poly</c> gives.</param>
    /// <returns>The signal at its new rate, first samples at one time; as many as stand before the end of the last old sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive or an option out of its range.</exception>
    public static double[] Resample(ReadOnlySpan<double> samples, double fromHz, double toHz, ResamplingOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromHz);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toHz);
        options ??= ResamplingOptions.Default;
        options.Check();
        if (samples.Length == 0 || fromHz == toHz)
        {
            return samples.ToArray();
        }

        var results = new double[ResampledCounts.CountOf(samples.Length, fromHz, toHz)];
        var stretch = new ResampledStretch(new MemorySamples([samples.ToArray()]), OutputKernel.Between(fromHz, toHz, options), new SampleRun(0, 0, samples.Length), options.Edges);
        stretch.Read([0], 0, results.Length, results, results.Length);
        return results;
    }
}
