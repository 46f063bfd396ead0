using MathNet.Numerics.LinearAlgebra;

namespace SignalLab.Analysis.Components;

/// <summary>What one pass over whitened samples z tells about an unmixing W, with y = W z.</summary>
/// <param name="Cross">E[tanh(y) zᵀ].</param>
/// <param name="Slope">E[1 − tanh²(y)] of each component.</param>
/// <param name="LogCosh">E[log cosh y] of each component.</param>
internal sealed record ScoreMoments(Matrix<double> Cross, double[] Slope, double[] LogCosh)
{
    /// <summary>Reads all samples once.</summary>
    /// <param name="whitened">Whitened samples.</param>
    /// <param name="unmixing">Square, one row a component.</param>
    public static ScoreMoments Of(SampleTiles whitened, Matrix<double> unmixing)
    {
        var (size, padded) = (whitened.Rows, whitened.PaddedRows);
        var weights = Padded(unmixing, padded);
        var sums = whitened.Sum((padded * padded) + (2 * padded), (t, into, scores) =>
        {
            var tile = whitened[t];
            TileProduct.Multiply(weights, padded, padded, tile, SampleTiles.Width, scores);
            for (var i = 0; i < size; i++)
            {
                var (slope, value) = Components.LogCosh.Tanh(scores.AsSpan(i * SampleTiles.Width, SampleTiles.Width));
                into[(padded * padded) + i] += slope;
                into[(padded * padded) + padded + i] += value;
            }

            TileProduct.AddOuter(scores, padded, tile, padded, SampleTiles.Width, into);
        });

        // The zeros that fill the last tile have slope 1 and add nothing else.
        var (count, empty) = ((double)whitened.Count, ((double)whitened.TileCount * SampleTiles.Width) - whitened.Count);
        return new(
            Matrix<double>.Build.Dense(size, size, (i, j) => sums[(i * padded) + j] / count),
            [.. Enumerable.Range(0, size).Select(i => (sums[(padded * padded) + i] - empty) / count)],
            [.. Enumerable.Range(0, size).Select(i => sums[(padded * padded) + padded + i] / count)]);
    }

    /// <summary>1 for components with a density more peaked than the normal one, −1 for flatter ones.</summary>
    /// <remarks>Source: Lee, Girolami and Sejnowski 1999, the stability criterion of equation 3.9.</remarks>
    public double[] Signs(Matrix<double> unmixing)
    {
        var signs = new double[Slope.Length];
        for (var i = 0; i < signs.Length; i++)
        {
            var row = unmixing.Row(i);
            signs[i] = (Slope[i] * row.DotProduct(row)) - Cross.Row(i).DotProduct(row) < 0 ? -1 : 1;
        }

        return signs;
    }

    /// <summary>A matrix row after row, with rows and columns of zeros up to a size.</summary>
    public static double[] Padded(Matrix<double> matrix, int size)
    {
        var values = new double[TileProduct.Padded(matrix.RowCount) * size];
        for (var i = 0; i < matrix.RowCount; i++)
        {
            for (var j = 0; j < matrix.ColumnCount; j++)
            {
                values[(i * size) + j] = matrix[i, j];
            }
        }

        return values;
    }
}
