using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>A transform of any length as a convolution with a chirp: −2kt = (k − t)² − k² − t².</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <remarks>Source: Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970) 451–455.</remarks>
internal sealed class Bluestein<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ComplexTransform<T> inner;
    private readonly T[] chirpRe;
    private readonly T[] chirpIm;
    private readonly T[] kernelRe;
    private readonly T[] kernelIm;

    public Bluestein(int length)
    {
        var size = Radices.FastLength((2 * length) - 1);
        inner = ComplexTransform<T>.Plan(size);
        var (chirp, kernel) = ((Re: new double[length], Im: new double[length]), (Re: new double[size], Im: new double[size]));
        for (var k = 0; k < length; k++)
        {
            (chirp.Re[k], chirp.Im[k]) = Twiddles.Root((long)k * k % (2L * length), 2L * length);
            var mirrored = (size - k) % size;
            (kernel.Re[k], kernel.Im[k]) = (chirp.Re[k], -chirp.Im[k]);
            (kernel.Re[mirrored], kernel.Im[mirrored]) = (chirp.Re[k], -chirp.Im[k]);
        }

        ComplexFft.Plan(size).Forward(kernel.Re, kernel.Im, kernel.Re, kernel.Im);
        (chirpRe, chirpIm) = (Array.ConvertAll(chirp.Re, T.CreateTruncating), Array.ConvertAll(chirp.Im, T.CreateTruncating));
        (kernelRe, kernelIm) = (Array.ConvertAll(kernel.Re, v => T.CreateTruncating(v / size)), Array.ConvertAll(kernel.Im, v => T.CreateTruncating(v / size)));
    }

    /// <summary>Transforms elements of one number or of a full vector.</summary>
    /// <param name="from">The elements.</param>
    /// <param name="to">Receives the spectrum; may be <paramref name="from"/>.</param>
    /// <param name="lanes">1 or the numbers in a vector.</param>
    public void Run(Split<T> from, Split<T> to, int lanes)
    {
        if (lanes == 1)
        {
            Run<One<T>>(from, to, lanes);
        }
        else if (lanes == Lanes512<T>.Width)
        {
            Run<Lanes512<T>>(from, to, lanes);
        }
        else
        {
            Run<Lanes256<T>>(from, to, lanes);
        }
    }

    private void Run<TLane>(Split<T> from, Split<T> to, int lanes)
        where TLane : struct, ILane<TLane, T>
    {
        var size = ComplexTransform<T>.BufferLength(inner.Length, lanes);
        using var workspace = Workspace<T>.Take(3 * size);
        ref var memory = ref MemoryMarshal.GetReference(workspace.Values);
        var first = ComplexTransform<T>.Buffer(ref memory, inner.Length, lanes);
        var second = ComplexTransform<T>.Buffer(ref Unsafe.Add(ref memory, size), inner.Length, lanes);
        var spectrum = ComplexTransform<T>.Buffer(ref Unsafe.Add(ref memory, 2 * size), inner.Length, lanes);
        workspace.Values.Slice(2 * size, size).Clear();
        Multiply<TLane>(from, chirpRe, chirpIm, spectrum);
        inner.Run(spectrum, first, second, spectrum, lanes);
        Multiply<TLane>(spectrum, kernelRe, kernelIm, spectrum);
        inner.Run(spectrum.Exchanged, first, second, spectrum.Exchanged, lanes);
        Multiply<TLane>(spectrum, chirpRe, chirpIm, to);
    }

    private static void Multiply<TLane>(Split<T> from, T[] byRe, T[] byIm, Split<T> to)
        where TLane : struct, ILane<TLane, T>
    {
        for (var k = 0; k < byRe.Length; k++)
        {
            var (c, s) = (TLane.Of(byRe[k]), TLane.Of(byIm[k]));
            var (x, y) = (TLane.Load(ref from.Re, k * from.Pitch), TLane.Load(ref from.Im, k * from.Pitch));
            TLane.SubtractProduct(y, s, x * c).Store(ref to.Re, k * to.Pitch);
            TLane.MultiplyAdd(x, s, y * c).Store(ref to.Im, k * to.Pitch);
        }
    }
}
