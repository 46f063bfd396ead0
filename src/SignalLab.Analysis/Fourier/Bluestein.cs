using System.Buffers;

namespace SignalLab.Analysis.Fourier;

/// <summary>A transform of any length as a convolution with a chirp: −2kt = (k − t)² − k² − t².</summary>
/// <remarks>Source: Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970) 451–455.</remarks>
internal sealed class Bluestein
{
    private readonly int length;
    private readonly ComplexFft inner;
    private readonly double[] chirpRe;
    private readonly double[] chirpIm;
    private readonly double[] kernelRe;
    private readonly double[] kernelIm;

    public Bluestein(int length)
    {
        this.length = length;
        inner = ComplexFft.Plan(ComplexFft.FastLength((2 * length) - 1));
        (chirpRe, chirpIm) = (new double[length], new double[length]);
        (kernelRe, kernelIm) = (new double[inner.Length], new double[inner.Length]);
        for (var k = 0; k < length; k++)
        {
            (chirpRe[k], chirpIm[k]) = Twiddles.Root((long)k * k % (2L * length), 2L * length);
            var mirrored = (inner.Length - k) % inner.Length;
            (kernelRe[k], kernelIm[k]) = (chirpRe[k], -chirpIm[k]);
            (kernelRe[mirrored], kernelIm[mirrored]) = (chirpRe[k], -chirpIm[k]);
        }

        inner.Forward(kernelRe, kernelIm, kernelRe, kernelIm);
    }

    public void Forward(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> spectrumRe, Span<double> spectrumIm, int batch)
    {
        var size = inner.Length * batch;
        var rented = ArrayPool<double>.Shared.Rent(2 * size);
        var a = rented.AsSpan(0, size);
        var b = rented.AsSpan(size, size);
        a[(length * batch)..].Clear();
        b[(length * batch)..].Clear();
        Multiply(re, im, chirpRe, chirpIm, a, b, batch);
        inner.Forward(a, b, a, b, batch);
        Multiply(a, b, kernelRe, kernelIm, a, b, batch);
        inner.Inverse(a, b, a, b, batch);
        Multiply(a[..(length * batch)], b[..(length * batch)], chirpRe, chirpIm, spectrumRe, spectrumIm, batch);
        ArrayPool<double>.Shared.Return(rented);
    }

    private static void Multiply(ReadOnlySpan<double> re, ReadOnlySpan<double> im, double[] byRe, double[] byIm, Span<double> intoRe, Span<double> intoIm, int batch)
    {
        for (var k = 0; k < byRe.Length; k++)
        {
            var (c, s) = (byRe[k], byIm[k]);
            for (var i = k * batch; i < (k + 1) * batch; i++)
            {
                var (x, y) = (re[i], im[i]);
                intoRe[i] = (x * c) - (y * s);
                intoIm[i] = (x * s) + (y * c);
            }
        }
    }
}
