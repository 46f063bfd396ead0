using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Smoothing by a Gaussian, and the slope and the curvature of what is left: wavelets whose width is given in seconds, so that a wave is measured alike at every rate.
/// Source of the family: Mallat and Zhong 1992, "Characterization of signals from multiscale edges"; for ECG waves Martínez et al. 2004, IEEE Trans Biomed Eng 51:570.
/// </summary>
internal sealed class GaussianKernel
{
    private const double ReachInSpreads = 4;

    private readonly double[] weights;

    private GaussianKernel(double spreadSeconds, double rateHz, Func<double, double, double> shape, Func<double, double> moment, bool free)
    {
        Reach = (int)Math.Ceiling(ReachInSpreads * spreadSeconds * rateHz);
        weights = new double[(2 * Reach) + 1];
        var gauss = new double[weights.Length];
        for (var i = -Reach; i <= Reach; i++)
        {
            var t = i / rateHz;
            gauss[i + Reach] = Math.Exp(-t * t / (2 * spreadSeconds * spreadSeconds));
            weights[i + Reach] = shape(t, gauss[i + Reach]);
        }

        // Neither the slope nor the curvature of a constant is other than 0; unit answer to a unit slope, and to a unit curvature.
        var excess = free ? weights.Sum() / gauss.Sum() : 0;
        double scale = 0;
        for (var i = -Reach; i <= Reach; i++)
        {
            weights[i + Reach] -= excess * gauss[i + Reach];
            scale += weights[i + Reach] * moment(i / rateHz);
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= scale;
        }

        NoiseGain = Math.Sqrt(weights.Sum(w => w * w));
    }

    /// <summary>Values needed on either side.</summary>
    public int Reach { get; }

    /// <summary>Standard deviation of the answer to white noise of standard deviation 1.</summary>
    public double NoiseGain { get; }

    /// <summary>The smoothed signal.</summary>
    public static GaussianKernel Mean(double spreadSeconds, double rateHz) => new(spreadSeconds, rateHz, static (_, g) => g, static _ => 1, free: false);

    /// <summary>Its slope a second.</summary>
    public static GaussianKernel Slope(double spreadSeconds, double rateHz) => new(spreadSeconds, rateHz, static (t, g) => t * g, static t => t, free: true);

    /// <summary>Its curvature a second squared.</summary>
    public static GaussianKernel Curvature(double spreadSeconds, double rateHz) =>
        new(spreadSeconds, rateHz, (t, g) => ((t * t / (spreadSeconds * spreadSeconds)) - 1) * g, static t => t * t / 2, free: true);

    /// <summary>Applies the kernel to a part of a signal.</summary>
    /// <param name="signal">Finite values, <see cref="Reach"/> of them on either side of the part.</param>
    /// <param name="from">First index of the part.</param>
    /// <param name="to">Index past it.</param>
    /// <param name="into">Receives the answers at the same indices; the rest is left.</param>
    public void Apply(ReadOnlySpan<double> signal, int from, int to, Span<double> into)
    {
        var kernel = MemoryMarshal.Cast<double, Vector<double>>(weights);
        var tail = kernel.Length * Vector<double>.Count;
        for (var i = from; i < to; i++)
        {
            var part = signal.Slice(i - Reach, weights.Length);
            var vectors = MemoryMarshal.Cast<double, Vector<double>>(part);
            Vector<double> sums = default;
            for (var k = 0; k < kernel.Length; k++)
            {
                sums += vectors[k] * kernel[k];
            }

            var sum = Vector.Sum(sums);
            for (var k = tail; k < weights.Length; k++)
            {
                sum += part[k] * weights[k];
            }

            into[i] = sum;
        }
    }
}
