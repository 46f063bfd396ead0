using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SignalLab.Analysis.Montages;

/// <summary>A dense matrix of weights times a tile of channels: four rows by sixteen samples in registers at a time.</summary>
internal sealed class DenseWeights
{
    /// <summary>Samples that one step computes.</summary>
    public const int Columns = 16;

    private const int Rows = 4;

    private readonly int rows;
    private readonly int terms;
    private readonly double[] packed;

    /// <param name="weights">Rows of equal length.</param>
    public DenseWeights(double[][] weights)
    {
        (rows, terms) = (weights.Length, weights[0].Length);
        packed = new double[(rows + Rows - 1) / Rows * Rows * terms];
        for (var r = 0; r < rows; r++)
        {
            for (var k = 0; k < terms; k++)
            {
                packed[((r / Rows) * Rows * terms) + (k * Rows) + (r % Rows)] = weights[r][k];
            }
        }
    }

    /// <summary>Multiplies.</summary>
    /// <param name="tile">Terms × length samples.</param>
    /// <param name="length">Samples of each term.</param>
    /// <param name="into">Receives the rows.</param>
    /// <param name="outputs">Number of each row in <paramref name="into"/>.</param>
    /// <param name="offset">Where in a row the tile begins.</param>
    /// <param name="stride">Samples of a row.</param>
    public void Multiply(ReadOnlySpan<double> tile, int length, Span<double> into, int[] outputs, int offset, int stride)
    {
        // What the last group lacks is computed into a row that nobody reads.
        Span<double> spare = stackalloc double[Columns];
        for (var group = 0; group < rows; group += Rows)
        {
            var weights = packed.AsSpan(group * terms, Rows * terms);
            for (var column = 0; column < length; column += Columns)
            {
                var width = Math.Min(Columns, length - column);
                var a = Target(group, column, into, spare);
                var b = Target(group + 1, column, into, spare);
                var c = Target(group + 2, column, into, spare);
                var d = Target(group + 3, column, into, spare);
                if (width == Columns)
                {
                    Step(weights, tile[column..], length, a, b, c, d);
                }
                else
                {
                    Rest(weights, tile[column..], length, width, a, b, c, d);
                }
            }
        }

        Span<double> Target(int row, int column, Span<double> whole, Span<double> unused) =>
            row < rows ? whole.Slice((outputs[row] * stride) + offset + column, Math.Min(Columns, length - column)) : unused;
    }

    private static void Step(ReadOnlySpan<double> weights, ReadOnlySpan<double> tile, int stride, Span<double> a, Span<double> b, Span<double> c, Span<double> d)
    {
        var (a0, a1, b0, b1) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (c0, c1, d0, d1) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        ref var x = ref MemoryMarshal.GetReference(tile);
        for (var k = 0; k < weights.Length / Rows; k++)
        {
            var x0 = Vector512.LoadUnsafe(ref x, (nuint)(k * stride));
            var x1 = Vector512.LoadUnsafe(ref x, (nuint)((k * stride) + 8));
            var w = weights.Slice(k * Rows, Rows);
            var (wa, wb, wc, wd) = (Vector512.Create(w[0]), Vector512.Create(w[1]), Vector512.Create(w[2]), Vector512.Create(w[3]));
            (a0, a1) = (Vector512.FusedMultiplyAdd(wa, x0, a0), Vector512.FusedMultiplyAdd(wa, x1, a1));
            (b0, b1) = (Vector512.FusedMultiplyAdd(wb, x0, b0), Vector512.FusedMultiplyAdd(wb, x1, b1));
            (c0, c1) = (Vector512.FusedMultiplyAdd(wc, x0, c0), Vector512.FusedMultiplyAdd(wc, x1, c1));
            (d0, d1) = (Vector512.FusedMultiplyAdd(wd, x0, d0), Vector512.FusedMultiplyAdd(wd, x1, d1));
        }

        Store(a0, a1, a);
        Store(b0, b1, b);
        Store(c0, c1, c);
        Store(d0, d1, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> low, Vector512<double> high, Span<double> into)
    {
        low.CopyTo(into);
        high.CopyTo(into[8..]);
    }

    private static void Rest(ReadOnlySpan<double> weights, ReadOnlySpan<double> tile, int stride, int width, Span<double> a, Span<double> b, Span<double> c, Span<double> d)
    {
        for (var i = 0; i < width; i++)
        {
            var (sa, sb, sc, sd) = (0.0, 0.0, 0.0, 0.0);
            for (var k = 0; k < weights.Length / Rows; k++)
            {
                var x = tile[(k * stride) + i];
                (sa, sb) = (Math.FusedMultiplyAdd(weights[k * Rows], x, sa), Math.FusedMultiplyAdd(weights[(k * Rows) + 1], x, sb));
                (sc, sd) = (Math.FusedMultiplyAdd(weights[(k * Rows) + 2], x, sc), Math.FusedMultiplyAdd(weights[(k * Rows) + 3], x, sd));
            }

            (a[i], b[i], c[i], d[i]) = (sa, sb, sc, sd);
        }
    }
}
