using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SignalLab.Analysis.Components;

/// <summary>Products of small row-major matrices with tiles of samples: four rows by two vectors at a time, so that every load serves several multiplications.</summary>
internal static class TileProduct
{
    /// <summary>Rows and widths are multiples of this.</summary>
    public const int Step = 4;

    /// <summary>The number of rows to reserve for a number of rows.</summary>
    public static int Padded(int rows) => (rows + Step - 1) / Step * Step;

    /// <summary>into = weights · tile.</summary>
    /// <param name="weights">rows × inner values.</param>
    /// <param name="rows">Rows of the result, a multiple of four.</param>
    /// <param name="inner">Rows of the tile.</param>
    /// <param name="tile">inner × width values.</param>
    /// <param name="width">Samples, a multiple of four.</param>
    /// <param name="into">rows × width values.</param>
    public static void Multiply(ReadOnlySpan<double> weights, int rows, int inner, ReadOnlySpan<double> tile, int width, Span<double> into)
    {
        Check(weights.Length >= rows * inner && tile.Length >= inner * width && into.Length >= rows * width && rows % Step == 0 && width % Step == 0);
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var x = ref MemoryMarshal.GetReference(tile);
        ref var y = ref MemoryMarshal.GetReference(into);
        for (var i = 0; i < rows; i += Step)
        {
            var s = 0;
            for (; s + 8 <= width; s += 8)
            {
                FourRowsEight(ref Unsafe.Add(ref w, i * inner), inner, ref Unsafe.Add(ref x, s), width, ref Unsafe.Add(ref y, (i * width) + s));
            }

            for (; s < width; s += Step)
            {
                FourRowsFour(ref Unsafe.Add(ref w, i * inner), inner, ref Unsafe.Add(ref x, s), width, ref Unsafe.Add(ref y, (i * width) + s));
            }
        }
    }

    /// <summary>into += left · rightᵀ: sums of products over the samples.</summary>
    /// <param name="left">rows × width values.</param>
    /// <param name="rows">A multiple of four.</param>
    /// <param name="right">columns × width values.</param>
    /// <param name="columns">A multiple of four.</param>
    /// <param name="width">Samples, a multiple of four.</param>
    /// <param name="into">rows × columns values.</param>
    public static void AddOuter(ReadOnlySpan<double> left, int rows, ReadOnlySpan<double> right, int columns, int width, Span<double> into)
    {
        Check(left.Length >= rows * width && right.Length >= columns * width && into.Length >= rows * columns && rows % Step == 0 && columns % Step == 0 && width % Step == 0);
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        for (var i = 0; i < rows; i += Step)
        {
            for (var j = 0; j < columns; j += 2)
            {
                FourDotsTwo(ref Unsafe.Add(ref a, i * width), ref Unsafe.Add(ref b, j * width), width, into[((i * columns) + j)..], columns);
            }
        }
    }

    private static void FourRowsEight(ref double w, int inner, ref double x, int width, ref double y)
    {
        Vector256<double> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (var k = 0; k < inner; k++)
        {
            var x0 = Vector256.LoadUnsafe(ref x, (nuint)(k * width));
            var x1 = Vector256.LoadUnsafe(ref x, (nuint)((k * width) + 4));
            var weight = Vector256.Create(Unsafe.Add(ref w, k));
            (a0, a1) = (Vector256.FusedMultiplyAdd(weight, x0, a0), Vector256.FusedMultiplyAdd(weight, x1, a1));
            weight = Vector256.Create(Unsafe.Add(ref w, inner + k));
            (b0, b1) = (Vector256.FusedMultiplyAdd(weight, x0, b0), Vector256.FusedMultiplyAdd(weight, x1, b1));
            weight = Vector256.Create(Unsafe.Add(ref w, (2 * inner) + k));
            (c0, c1) = (Vector256.FusedMultiplyAdd(weight, x0, c0), Vector256.FusedMultiplyAdd(weight, x1, c1));
            weight = Vector256.Create(Unsafe.Add(ref w, (3 * inner) + k));
            (d0, d1) = (Vector256.FusedMultiplyAdd(weight, x0, d0), Vector256.FusedMultiplyAdd(weight, x1, d1));
        }

        a0.StoreUnsafe(ref y);
        a1.StoreUnsafe(ref y, 4);
        b0.StoreUnsafe(ref y, (nuint)width);
        b1.StoreUnsafe(ref y, (nuint)(width + 4));
        c0.StoreUnsafe(ref y, (nuint)(2 * width));
        c1.StoreUnsafe(ref y, (nuint)((2 * width) + 4));
        d0.StoreUnsafe(ref y, (nuint)(3 * width));
        d1.StoreUnsafe(ref y, (nuint)((3 * width) + 4));
    }

    private static void FourRowsFour(ref double w, int inner, ref double x, int width, ref double y)
    {
        for (var row = 0; row < Step; row++)
        {
            var sum = Vector256<double>.Zero;
            for (var k = 0; k < inner; k++)
            {
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref w, (row * inner) + k)), Vector256.LoadUnsafe(ref x, (nuint)(k * width)), sum);
            }

            sum.StoreUnsafe(ref y, (nuint)(row * width));
        }
    }

    private static void FourDotsTwo(ref double a, ref double b, int width, Span<double> into, int columns)
    {
        Vector256<double> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        for (var s = 0; s < width; s += Step)
        {
            var b0 = Vector256.LoadUnsafe(ref b, (nuint)s);
            var b1 = Vector256.LoadUnsafe(ref b, (nuint)(width + s));
            var row = Vector256.LoadUnsafe(ref a, (nuint)s);
            (s00, s01) = (Vector256.FusedMultiplyAdd(row, b0, s00), Vector256.FusedMultiplyAdd(row, b1, s01));
            row = Vector256.LoadUnsafe(ref a, (nuint)(width + s));
            (s10, s11) = (Vector256.FusedMultiplyAdd(row, b0, s10), Vector256.FusedMultiplyAdd(row, b1, s11));
            row = Vector256.LoadUnsafe(ref a, (nuint)((2 * width) + s));
            (s20, s21) = (Vector256.FusedMultiplyAdd(row, b0, s20), Vector256.FusedMultiplyAdd(row, b1, s21));
            row = Vector256.LoadUnsafe(ref a, (nuint)((3 * width) + s));
            (s30, s31) = (Vector256.FusedMultiplyAdd(row, b0, s30), Vector256.FusedMultiplyAdd(row, b1, s31));
        }

        into[0] += Vector256.Sum(s00);
        into[1] += Vector256.Sum(s01);
        into[columns] += Vector256.Sum(s10);
        into[columns + 1] += Vector256.Sum(s11);
        into[2 * columns] += Vector256.Sum(s20);
        into[(2 * columns) + 1] += Vector256.Sum(s21);
        into[3 * columns] += Vector256.Sum(s30);
        into[(3 * columns) + 1] += Vector256.Sum(s31);
    }

    private static void Check(bool fits)
    {
        if (!fits)
        {
            throw new ArgumentException("The spans do not hold the sizes stated, or a size is no multiple of four.");
        }
    }
}
