using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SignalLab.Analysis.Fourier;

/// <summary>Transposes blocks of numbers through registers, eight rows of eight at a time.</summary>
internal static class Tiles
{
    private const int Side = 8;

    /// <summary>Writes rows as columns.</summary>
    /// <param name="from">The first row's first number.</param>
    /// <param name="fromPitch">Numbers from one row to the next.</param>
    /// <param name="to">Receives the first row's first number; the second one follows a pitch later.</param>
    /// <param name="toPitch">Numbers from one column to the next.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public static void Transpose<T>(ref T from, nint fromPitch, ref T to, nint toPitch, int rows, int columns)
        where T : unmanaged
    {
        if (rows < Side || columns < Side || !(typeof(T) == typeof(double) ? Avx512F.IsSupported : Avx.IsSupported))
        {
            Plain(ref from, fromPitch, ref to, toPitch, rows, columns);
            return;
        }

        // Blocks at the ends begin earlier and are written twice.
        for (nint c = 0; ;)
        {
            for (nint r = 0; ;)
            {
                Block(ref Unsafe.Add(ref from, (r * fromPitch) + c), fromPitch, ref Unsafe.Add(ref to, (c * toPitch) + r), toPitch);
                if (r == rows - Side)
                {
                    break;
                }

                r = Math.Min(r + Side, rows - Side);
            }

            if (c == columns - Side)
            {
                break;
            }

            c = Math.Min(c + Side, columns - Side);
        }
    }

    private static void Plain<T>(ref T from, nint fromPitch, ref T to, nint toPitch, int rows, int columns)
        where T : unmanaged
    {
        for (nint r = 0; r < rows; r++)
        {
            for (nint c = 0; c < columns; c++)
            {
                Unsafe.Add(ref to, (c * toPitch) + r) = Unsafe.Add(ref from, (r * fromPitch) + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block<T>(ref T from, nint fromPitch, ref T to, nint toPitch)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            Block(ref Unsafe.As<T, double>(ref from), fromPitch, ref Unsafe.As<T, double>(ref to), toPitch);
        }
        else
        {
            Block(ref Unsafe.As<T, float>(ref from), fromPitch, ref Unsafe.As<T, float>(ref to), toPitch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(ref double from, nint fromPitch, ref double to, nint toPitch)
    {
        // Rows r and r + 4 share a register by halves; two rounds of exchanges within it finish the block.
        var a = Halves(ref from, fromPitch, 0, 0);
        var b = Halves(ref from, fromPitch, 1, 0);
        var c = Halves(ref from, fromPitch, 2, 0);
        var d = Halves(ref from, fromPitch, 3, 0);
        Columns(a, b, c, d, ref to, toPitch);
        a = Halves(ref from, fromPitch, 0, 4);
        b = Halves(ref from, fromPitch, 1, 4);
        c = Halves(ref from, fromPitch, 2, 4);
        d = Halves(ref from, fromPitch, 3, 4);
        Columns(a, b, c, d, ref Unsafe.Add(ref to, 4 * toPitch), toPitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Halves(ref double from, nint pitch, nint row, nint column) => Vector512.Create(
        Vector256.LoadUnsafe(ref Unsafe.Add(ref from, (row * pitch) + column)),
        Vector256.LoadUnsafe(ref Unsafe.Add(ref from, ((row + 4) * pitch) + column)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d, ref double to, nint pitch)
    {
        var (low, high) = (Vector512.Create(0L, 1, 8, 9, 4, 5, 12, 13), Vector512.Create(2L, 3, 10, 11, 6, 7, 14, 15));
        var (ab, ba) = (Avx512F.UnpackLow(a, b), Avx512F.UnpackHigh(a, b));
        var (cd, dc) = (Avx512F.UnpackLow(c, d), Avx512F.UnpackHigh(c, d));
        Avx512F.PermuteVar8x64x2(ab, low, cd).StoreUnsafe(ref to);
        Avx512F.PermuteVar8x64x2(ba, low, dc).StoreUnsafe(ref Unsafe.Add(ref to, pitch));
        Avx512F.PermuteVar8x64x2(ab, high, cd).StoreUnsafe(ref Unsafe.Add(ref to, 2 * pitch));
        Avx512F.PermuteVar8x64x2(ba, high, dc).StoreUnsafe(ref Unsafe.Add(ref to, 3 * pitch));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(ref float from, nint fromPitch, ref float to, nint toPitch)
    {
        Columns(ref from, fromPitch, ref to, toPitch);
        Columns(ref Unsafe.Add(ref from, 4), fromPitch, ref Unsafe.Add(ref to, 4 * toPitch), toPitch);
    }

    // Four columns of eight rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(ref float from, nint pitch, ref float to, nint toPitch)
    {
        var (a, b) = (Halves(ref from, pitch, 0), Halves(ref from, pitch, 1));
        var (c, d) = (Halves(ref from, pitch, 2), Halves(ref from, pitch, 3));
        var (ab, ba) = (Avx.UnpackLow(a, b).AsDouble(), Avx.UnpackHigh(a, b).AsDouble());
        var (cd, dc) = (Avx.UnpackLow(c, d).AsDouble(), Avx.UnpackHigh(c, d).AsDouble());
        Avx.UnpackLow(ab, cd).AsSingle().StoreUnsafe(ref to);
        Avx.UnpackHigh(ab, cd).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, toPitch));
        Avx.UnpackLow(ba, dc).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, 2 * toPitch));
        Avx.UnpackHigh(ba, dc).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, 3 * toPitch));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(ref float from, nint pitch, nint row) => Vector256.Create(
        Vector128.LoadUnsafe(ref Unsafe.Add(ref from, row * pitch)),
        Vector128.LoadUnsafe(ref Unsafe.Add(ref from, (row + 4) * pitch)));
}
