using System.Buffers;
using System.Collections.Concurrent;

namespace SignalLab.Analysis.Fourier;

/// <summary>Discrete Fourier transform of real values of one length: the n/2 + 1 bins from frequency 0 on. A plan shared by all threads that allocates nothing.</summary>
/// <remarks>Source: Press et al., Numerical Recipes, 3rd ed., § 12.3: an even length goes through a complex transform of half of it.</remarks>
public sealed class RealFft
{
    private static readonly ConcurrentDictionary<int, RealFft> Plans = new();

    private readonly ComplexFft inner;
    private readonly double[] turnRe = [];
    private readonly double[] turnIm = [];

    private RealFft(int length)
    {
        Length = length;
        inner = ComplexFft.Plan(IsEven ? length / 2 : length);
        if (IsEven)
        {
            (turnRe, turnIm) = (new double[(length / 2) + 1], new double[(length / 2) + 1]);
            for (var k = 0; k < turnRe.Length; k++)
            {
                (turnRe[k], turnIm[k]) = Twiddles.Root(k, length);
            }
        }
    }

    /// <summary>Number of real values.</summary>
    public int Length { get; }

    /// <summary>Number of bins, Length / 2 + 1.</summary>
    public int BinCount => (Length / 2) + 1;

    private bool IsEven => Length % 2 == 0;

    /// <summary>The plan of a length, made at the first call.</summary>
    /// <param name="length">Number of values, ≥ 1.</param>
    public static RealFft Plan(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return Plans.GetOrAdd(length, n => new RealFft(n));
    }

    /// <summary>Transforms.</summary>
    /// <param name="samples">Length × batch values.</param>
    /// <param name="re">Receives BinCount × batch real parts.</param>
    /// <param name="im">Receives BinCount × batch imaginary parts.</param>
    /// <param name="batch">Independent transforms side by side: value t of transform b stands at t·batch + b.</param>
    public void Forward(ReadOnlySpan<double> samples, Span<double> re, Span<double> im, int batch = 1)
    {
        Check(samples.Length, re.Length, im.Length, batch);
        var half = inner.Length;
        var size = half * batch;
        var rented = ArrayPool<double>.Shared.Rent(2 * size);
        var a = rented.AsSpan(0, size);
        var b = rented.AsSpan(size, size);
        if (IsEven)
        {
            var (wide, middle) = (batch - (batch % Eight.Width), batch - (batch % Four.Width));
            Part<Eight>(samples, a, b, batch, 0, wide);
            Part<Four>(samples, a, b, batch, wide, middle);
            Part<One>(samples, a, b, batch, middle, batch);
        }
        else
        {
            samples.CopyTo(a);
            b.Clear();
        }

        inner.Forward(a, b, a, b, batch);
        if (IsEven)
        {
            var (wide, middle) = (batch - (batch % Eight.Width), batch - (batch % Four.Width));
            Untangle<Eight>(a, b, re, im, batch, 0, wide);
            Untangle<Four>(a, b, re, im, batch, wide, middle);
            Untangle<One>(a, b, re, im, batch, middle, batch);
        }
        else
        {
            a[..re.Length].CopyTo(re);
            b[..im.Length].CopyTo(im);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Transforms back.</summary>
    /// <param name="re">BinCount × batch real parts.</param>
    /// <param name="im">BinCount × batch imaginary parts; those of frequency 0 and of half the rate are taken as 0.</param>
    /// <param name="samples">Receives Length × batch values.</param>
    /// <param name="batch">Independent transforms side by side.</param>
    public void Inverse(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> samples, int batch = 1)
    {
        Check(samples.Length, re.Length, im.Length, batch);
        var half = inner.Length;
        var size = half * batch;
        var rented = ArrayPool<double>.Shared.Rent(2 * size);
        var a = rented.AsSpan(0, size);
        var b = rented.AsSpan(size, size);
        if (IsEven)
        {
            Tangle(re, im, a, b, batch);
        }
        else
        {
            Mirror(re, im, a, b, batch);
        }

        inner.Inverse(a, b, a, b, batch);
        if (IsEven)
        {
            for (var t = 0; t < half; t++)
            {
                a.Slice(t * batch, batch).CopyTo(samples[(2 * t * batch)..]);
                b.Slice(t * batch, batch).CopyTo(samples[(((2 * t) + 1) * batch)..]);
            }
        }
        else
        {
            a.CopyTo(samples);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    // Even samples become real, odd ones imaginary parts.
    private static void Part<T>(ReadOnlySpan<double> samples, Span<double> even, Span<double> odd, int batch, int begin, int end)
        where T : struct, ILane<T>
    {
        for (var at = 0; begin < end && at < even.Length; at += batch)
        {
            for (var i = begin; i < end; i += T.Width)
            {
                T.Load(samples, (2 * at) + i).Store(even, at + i);
                T.Load(samples, (2 * at) + batch + i).Store(odd, at + i);
            }
        }
    }

    // X[k] = E[k] + w^k·O[k], where E and O are the transforms of the even and the odd samples.
    private void Untangle<T>(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> re, Span<double> im, int batch, int begin, int end)
        where T : struct, ILane<T>
    {
        var half = inner.Length;
        for (var k = 0; begin < end && k <= half; k++)
        {
            var (c, s, middle) = (T.Of(turnRe[k]), T.Of(turnIm[k]), T.Of(0.5));
            var here = k % half * batch;
            var there = (half - k) % half * batch;
            for (var i = begin; i < end; i += T.Width)
            {
                var (pr, pi) = (T.Load(a, here + i), T.Load(b, here + i));
                var (qr, qi) = (T.Load(a, there + i), T.Load(b, there + i));
                var (er, ei) = (middle * (pr + qr), middle * (pi - qi));
                var (or, oi) = (middle * (pi + qi), middle * (qr - pr));
                (er + ((or * c) - (oi * s))).Store(re, (k * batch) + i);
                (ei + ((or * s) + (oi * c))).Store(im, (k * batch) + i);
            }
        }
    }

    private void Tangle(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> a, Span<double> b, int batch)
    {
        var half = inner.Length;
        for (var k = 0; k < half; k++)
        {
            var (c, s) = (turnRe[k], turnIm[k]);
            for (var i = 0; i < batch; i++)
            {
                var (here, there) = ((k * batch) + i, ((half - k) * batch) + i);
                var (pr, pi) = (re[here], k == 0 ? 0 : im[here]);
                var (qr, qi) = (re[there], k == 0 ? 0 : -im[there]);
                var (er, ei) = (0.5 * (pr + qr), 0.5 * (pi + qi));
                var (dr, di) = (0.5 * (pr - qr), 0.5 * (pi - qi));
                var (or, oi) = ((dr * c) + (di * s), (di * c) - (dr * s));
                a[here] = er - oi;
                b[here] = ei + or;
            }
        }
    }

    private void Mirror(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> a, Span<double> b, int batch)
    {
        for (var k = 0; k < Length; k++)
        {
            var from = Math.Min(k, Length - k) * batch;
            for (var i = 0; i < batch; i++)
            {
                a[(k * batch) + i] = re[from + i];
                b[(k * batch) + i] = k == 0 ? 0 : k < BinCount ? im[from + i] : -im[from + i];
            }
        }
    }

    private void Check(int samples, int re, int im, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples, checked(Length * batch), nameof(samples));
        ArgumentOutOfRangeException.ThrowIfNotEqual(re, BinCount * batch, nameof(re));
        ArgumentOutOfRangeException.ThrowIfNotEqual(im, BinCount * batch, nameof(im));
    }
}
