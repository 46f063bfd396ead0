using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Ecg;

/// <summary>
/// How much of one lead lies in the band of the QRS complex at each instant: the magnitude of a complex wavelet (a Gaussian of 8 to 20 Hz around the centre),
/// so that neither the polarity nor the shape of the complex matters, P and T waves are small and one value a 10 ms suffices.
/// Source of the band: Elgendi, Jonkman and De Boer 2010, "Frequency bands effects on QRS detection" (8–20 Hz).
/// </summary>
internal sealed class QrsEnvelope
{
    private const double CentreHz = 14;
    private const double SpreadSeconds = 0.03;
    private const double ReachInSpreads = 3;
    private const double LeastOutputHz = 100;

    private readonly double[] cosine;
    private readonly double[] sine;

    /// <summary>The wavelet at a sampling rate.</summary>
    /// <param name="rateHz">Rate of the lead.</param>
    public QrsEnvelope(double rateHz)
    {
        Step = Math.Max(1, (int)(rateHz / LeastOutputHz));
        Reach = Math.Max(2, (int)Math.Ceiling(ReachInSpreads * SpreadSeconds * rateHz));
        (cosine, sine) = (new double[(2 * Reach) + 1], new double[(2 * Reach) + 1]);
        double gaussSum = 0, cosineSum = 0;
        for (var i = -Reach; i <= Reach; i++)
        {
            var t = i / rateHz;
            var gauss = Math.Exp(-t * t / (2 * SpreadSeconds * SpreadSeconds));
            gaussSum += gauss;
            cosineSum += cosine[i + Reach] = gauss * Math.Cos(2 * Math.PI * CentreHz * t);
            sine[i + Reach] = gauss * Math.Sin(2 * Math.PI * CentreHz * t);
        }

        // No answer to a constant, and unit answer to a unit sine at the centre.
        for (var i = -Reach; i <= Reach; i++)
        {
            var t = i / rateHz;
            cosine[i + Reach] = (cosine[i + Reach] - (Math.Exp(-t * t / (2 * SpreadSeconds * SpreadSeconds)) * cosineSum / gaussSum)) * 2 / gaussSum;
            sine[i + Reach] *= 2 / gaussSum;
        }
    }

    /// <summary>Samples between two values of the envelope.</summary>
    public int Step { get; }

    /// <summary>Samples that a value needs on either side.</summary>
    public int Reach { get; }

    /// <summary>Values of the envelope every <see cref="Step"/> samples.</summary>
    /// <param name="samples">The lead, finite everywhere; the first value is centred on sample <see cref="Reach"/>.</param>
    /// <param name="into">Receives the values; <c>samples</c> must reach <see cref="Reach"/> beyond the last one's centre.</param>
    public void Compute(ReadOnlySpan<double> samples, Span<float> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var part = samples.Slice(i * Step, cosine.Length);
            var (re, im) = Dot(part, cosine, sine);
            into[i] = (float)Math.Sqrt((re * re) + (im * im));
        }
    }

    private static (double Re, double Im) Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        var av = MemoryMarshal.Cast<double, Vector<double>>(a);
        var bv = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> re = default, im = default;
        for (var i = 0; i < xs.Length; i++)
        {
            re += xs[i] * av[i];
            im += xs[i] * bv[i];
        }

        var (sumRe, sumIm) = (Vector.Sum(re), Vector.Sum(im));
        for (var i = xs.Length * Vector<double>.Count; i < x.Length; i++)
        {
            sumRe += x[i] * a[i];
            sumIm += x[i] * b[i];
        }

        return (sumRe, sumIm);
    }
}
