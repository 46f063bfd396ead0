using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SignalLab.Analysis.Resampling;

/// <summary>Scalar products of samples with rows of taps, several at a time so that none waits for another; each is summed in one order, alone or among others.</summary>
internal static class TapProducts
{
    /// <summary>The number of taps of a row is a multiple of this.</summary>
    public const int Lanes = 8;

    /// <summary>Four products.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="at">Four first samples.</param>
    /// <param name="taps">All taps.</param>
    /// <param name="row">Four first taps.</param>
    /// <param name="width">Taps of a row.</param>
    /// <param name="into">Receives four values.</param>
    public static void Four(ReadOnlySpan<double> samples, ReadOnlySpan<int> at, ReadOnlySpan<double> taps, ReadOnlySpan<int> row, int width, Span<double> into)
    {
        Check(samples, Math.Max(Math.Max(at[0], at[1]), Math.Max(at[2], at[3])), Math.Min(Math.Min(at[0], at[1]), Math.Min(at[2], at[3])), taps, row, width);
        ref var x = ref MemoryMarshal.GetReference(samples);
        ref var h = ref MemoryMarshal.GetReference(taps);
        ref var x0 = ref Unsafe.Add(ref x, at[0]);
        ref var x1 = ref Unsafe.Add(ref x, at[1]);
        ref var x2 = ref Unsafe.Add(ref x, at[2]);
        ref var x3 = ref Unsafe.Add(ref x, at[3]);
        ref var h0 = ref Unsafe.Add(ref h, row[0]);
        ref var h1 = ref Unsafe.Add(ref h, row[1]);
        ref var h2 = ref Unsafe.Add(ref h, row[2]);
        ref var h3 = ref Unsafe.Add(ref h, row[3]);
        var (a, b, c, d) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (nuint j = 0; j < (nuint)width; j += Lanes)
        {
            a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x0, j), Vector512.LoadUnsafe(ref h0, j), a);
            b = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x1, j), Vector512.LoadUnsafe(ref h1, j), b);
            c = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x2, j), Vector512.LoadUnsafe(ref h2, j), c);
            d = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x3, j), Vector512.LoadUnsafe(ref h3, j), d);
        }

        (into[0], into[1], into[2], into[3]) = (Vector512.Sum(a), Vector512.Sum(b), Vector512.Sum(c), Vector512.Sum(d));
    }

    /// <summary>Eight products with the same taps, which are loaded once for all.</summary>
    /// <param name="samples">The samples, from the first product's first.</param>
    /// <param name="step">Samples from one product's first to the next one's.</param>
    /// <param name="taps">The row of taps.</param>
    /// <param name="into">Receives eight values.</param>
    public static void Eight(ReadOnlySpan<double> samples, int step, ReadOnlySpan<double> taps, Span<double> into)
    {
        ref var x0 = ref MemoryMarshal.GetReference(samples[..((7 * step) + taps.Length)]);
        ref var x1 = ref Unsafe.Add(ref x0, step);
        ref var x2 = ref Unsafe.Add(ref x1, step);
        ref var x3 = ref Unsafe.Add(ref x2, step);
        ref var x4 = ref Unsafe.Add(ref x3, step);
        ref var x5 = ref Unsafe.Add(ref x4, step);
        ref var x6 = ref Unsafe.Add(ref x5, step);
        ref var x7 = ref Unsafe.Add(ref x6, step);
        ref var h = ref MemoryMarshal.GetReference(taps);
        var (a, b, c, d) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (e, f, g, i) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (nuint j = 0; j < (nuint)taps.Length; j += Lanes)
        {
            var tap = Vector512.LoadUnsafe(ref h, j);
            a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x0, j), tap, a);
            b = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x1, j), tap, b);
            c = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x2, j), tap, c);
            d = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x3, j), tap, d);
            e = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x4, j), tap, e);
            f = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x5, j), tap, f);
            g = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x6, j), tap, g);
            i = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x7, j), tap, i);
        }

        (into[0], into[1], into[2], into[3]) = (Vector512.Sum(a), Vector512.Sum(b), Vector512.Sum(c), Vector512.Sum(d));
        (into[4], into[5], into[6], into[7]) = (Vector512.Sum(e), Vector512.Sum(f), Vector512.Sum(g), Vector512.Sum(i));
    }

    /// <summary>One product.</summary>
    /// <param name="samples">The samples, from the first that counts.</param>
    /// <param name="taps">A row of taps.</param>
    public static double One(ReadOnlySpan<double> samples, ReadOnlySpan<double> taps)
    {
        ref var x = ref MemoryMarshal.GetReference(samples[..taps.Length]);
        ref var h = ref MemoryMarshal.GetReference(taps);
        var sum = Vector512<double>.Zero;
        for (nuint j = 0; j < (nuint)taps.Length; j += Lanes)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, j), Vector512.LoadUnsafe(ref h, j), sum);
        }

        return Vector512.Sum(sum);
    }

    /// <summary>Scales a row of taps so that it sums to one.</summary>
    /// <param name="row">The row.</param>
    public static void SumToOne(Span<double> row)
    {
        var sum = 0.0;
        foreach (var tap in row)
        {
            sum += tap;
        }

        foreach (ref var tap in row)
        {
            tap /= sum;
        }
    }

    private static void Check(ReadOnlySpan<double> samples, int highest, int lowest, ReadOnlySpan<double> taps, ReadOnlySpan<int> row, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(highest, samples.Length - width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(Math.Max(row[0], row[1]), Math.Max(row[2], row[3])), taps.Length - width);
        ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(Math.Min(row[0], row[1]), Math.Min(row[2], row[3])));
    }
}
