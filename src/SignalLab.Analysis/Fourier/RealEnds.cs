using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SignalLab.Analysis.Fourier;

/// <summary>What joins a real transform of even length to the complex one of half of it: even samples are real parts, odd ones imaginary parts.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <remarks>Source: Press et al., Numerical Recipes, 3rd ed., § 12.3.</remarks>
internal sealed class RealEnds<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int half;
    private readonly T[] cosines;
    private readonly T[] sines;

    public RealEnds(int half)
    {
        this.half = half;
        (cosines, sines) = (new T[half + 1], new T[half + 1]);
        for (var k = 0; k <= half; k++)
        {
            var (re, im) = Twiddles.Root(k, 2L * half);
            (cosines[k], sines[k]) = (T.CreateTruncating(re), T.CreateTruncating(im));
        }
    }

    /// <summary>The bins 0…half from the half-length spectrum: X[k] = E[k] + w^k·O[k], where E and O are the spectra of the even and the odd samples.</summary>
    /// <param name="from">half elements.</param>
    /// <param name="to">Receives half + 1 elements, apart from those that come in.</param>
    /// <param name="lanes">1 or the numbers in a vector.</param>
    public void Untangle(Split<T> from, Split<T> to, int lanes)
    {
        if (lanes > 1)
        {
            if (lanes == Lanes512<T>.Width)
            {
                Untangle<Lanes512<T>>(from, to, to.From(half - (half / 2)), 0, (half / 2) + 1);
            }
            else
            {
                Untangle<Lanes256<T>>(from, to, to.From(half - (half / 2)), 0, (half / 2) + 1);
            }
        }
        else if (half < 2 * Lanes<T>.Count)
        {
            Untangle<One<T>>(from, to, to.From(half - (half / 2)), 0, (half / 2) + 1);
        }
        else
        {
            Untangle<One<T>>(from, to, to.From(half), 0, 1);
            if (Lanes<T>.Count == Lanes512<T>.Width)
            {
                UntangleAlong<Lanes512<T>>(from, to);
            }
            else
            {
                UntangleAlong<Lanes256<T>>(from, to);
            }
        }
    }

    /// <summary>The half-length spectrum from the bins 0…half, those two taken as real.</summary>
    /// <param name="from">half + 1 elements.</param>
    /// <param name="to">Receives half elements, apart from those that come in.</param>
    /// <param name="scale">A factor.</param>
    /// <param name="lanes">1 or the numbers in a vector.</param>
    public void Tangle(Split<T> from, Split<T> to, T scale, int lanes)
    {
        if (lanes == 1)
        {
            Tangle<One<T>>(from, to, scale);
        }
        else if (lanes == Lanes512<T>.Width)
        {
            Tangle<Lanes512<T>>(from, to, scale);
        }
        else
        {
            Tangle<Lanes256<T>>(from, to, scale);
        }
    }

    /// <summary>Even samples to real, odd ones to imaginary parts.</summary>
    public static void Part(ref T samples, Split<T> to, int half)
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i + Vector512<T>.Count <= half; i += Vector512<T>.Count)
            {
                var (a, b) = (Parted(ref samples, 2 * i), Parted(ref samples, (2 * i) + Vector512<T>.Count));
                Vector512.Create(a.GetLower(), b.GetLower()).StoreUnsafe(ref Unsafe.Add(ref to.Re, i));
                Vector512.Create(a.GetUpper(), b.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref to.Im, i));
            }
        }

        for (; i < half; i++)
        {
            Unsafe.Add(ref to.Re, i) = Unsafe.Add(ref samples, 2 * i);
            Unsafe.Add(ref to.Im, i) = Unsafe.Add(ref samples, (2 * i) + 1);
        }
    }

    /// <summary>Real parts to even, imaginary ones to odd samples.</summary>
    public static void Join(Split<T> from, ref T samples, int half)
    {
        for (var i = 0; i < half; i++)
        {
            Unsafe.Add(ref samples, 2 * i) = Unsafe.Add(ref from.Re, i);
            Unsafe.Add(ref samples, (2 * i) + 1) = Unsafe.Add(ref from.Im, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Parted(ref T samples, nint at)
    {
        var values = Vector512.LoadUnsafe(ref Unsafe.Add(ref samples, at));
        return typeof(T) == typeof(double)
            ? Vector512.Shuffle(values.AsDouble(), Vector512.Create(0L, 2, 4, 6, 1, 3, 5, 7)).As<double, T>()
            : Vector512.Shuffle(values.AsSingle(), Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15)).As<float, T>();
    }

    // Bins from first on to the beginning of up, their mirrored ones to the end of down.
    private void Untangle<TLane>(Split<T> from, Split<T> up, Split<T> down, nint first, nint count)
        where TLane : struct, ILane<TLane, T>
    {
        ref var cosine = ref MemoryMarshal.GetArrayDataReference(cosines);
        ref var sine = ref MemoryMarshal.GetArrayDataReference(sines);
        for (nint i = 0; i < count; i++)
        {
            var k = first + i;
            var mirrored = count - 1 - i;
            var there = half - k;
            Pair(
                TLane.Load(ref from.Re, k * from.Pitch),
                TLane.Load(ref from.Im, k * from.Pitch),
                TLane.Load(ref from.Re, (k == 0 ? 0 : there) * from.Pitch),
                TLane.Load(ref from.Im, (k == 0 ? 0 : there) * from.Pitch),
                TLane.Of(Unsafe.Add(ref cosine, k)),
                TLane.Of(Unsafe.Add(ref sine, k)),
                out var upRe,
                out var upIm,
                out var downRe,
                out var downIm);
            upRe.Store(ref up.Re, i * up.Pitch);
            upIm.Store(ref up.Im, i * up.Pitch);
            downRe.Store(ref down.Re, mirrored * down.Pitch);
            downIm.Store(ref down.Im, mirrored * down.Pitch);
        }
    }

    // Neighbouring bins make a vector; those mirrored about the middle are read and written backwards.
    private void UntangleAlong<TLane>(Split<T> from, Split<T> to)
        where TLane : struct, ILane<TLane, T>
    {
        ref var cosine = ref MemoryMarshal.GetArrayDataReference(cosines);
        ref var sine = ref MemoryMarshal.GetArrayDataReference(sines);
        for (nint k = 1; k <= half / 2; k += TLane.Width)
        {
            var there = half - k - TLane.Width + 1;
            Pair(
                TLane.Load(ref from.Re, k),
                TLane.Load(ref from.Im, k),
                TLane.Load(ref from.Re, there).Reversed(),
                TLane.Load(ref from.Im, there).Reversed(),
                TLane.Load(ref cosine, k),
                TLane.Load(ref sine, k),
                out var upRe,
                out var upIm,
                out var downRe,
                out var downIm);
            upRe.Store(ref to.Re, k);
            upIm.Store(ref to.Im, k);
            downRe.Reversed().Store(ref to.Re, there);
            downIm.Reversed().Store(ref to.Im, there);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<TLane>(TLane pr, TLane pi, TLane qr, TLane qi, TLane c, TLane s, out TLane upRe, out TLane upIm, out TLane downRe, out TLane downIm)
        where TLane : struct, ILane<TLane, T>
    {
        var middle = TLane.Of(Corner<T>.Half);
        var (er, ei) = (middle * (pr + qr), middle * (pi - qi));
        var (or, oi) = (middle * (pi + qi), middle * (qr - pr));
        var (tr, ti) = (TLane.SubtractProduct(oi, s, or * c), TLane.MultiplyAdd(or, s, oi * c));
        (upRe, upIm, downRe, downIm) = (er + tr, ei + ti, er - tr, ti - ei);
    }

    private void Tangle<TLane>(Split<T> from, Split<T> to, T scale)
        where TLane : struct, ILane<TLane, T>
    {
        var middle = TLane.Of(scale * Corner<T>.Half);
        for (nint k = 0; k <= half / 2; k++)
        {
            var (here, there) = (k * from.Pitch, (half - k) * from.Pitch);
            var (pr, pi) = (TLane.Load(ref from.Re, here), k == 0 ? TLane.Of(T.Zero) : TLane.Load(ref from.Im, here));
            var (qr, qi) = (TLane.Load(ref from.Re, there), k == 0 ? TLane.Of(T.Zero) : TLane.Load(ref from.Im, there));
            var (er, ei) = (middle * (pr + qr), middle * (pi - qi));
            var (dr, di) = (middle * (pr - qr), middle * (pi + qi));
            var (c, s) = (TLane.Of(cosines[k]), TLane.Of(sines[k]));
            var (or, oi) = (TLane.MultiplyAdd(di, s, dr * c), TLane.SubtractProduct(dr, s, di * c));
            (er - oi).Store(ref to.Re, k * to.Pitch);
            (ei + or).Store(ref to.Im, k * to.Pitch);
            if (k > 0)
            {
                (er + oi).Store(ref to.Re, (half - k) * to.Pitch);
                (or - ei).Store(ref to.Im, (half - k) * to.Pitch);
            }
        }
    }
}
