using MathNet.Numerics.LinearAlgebra;

namespace SignalLab.Analysis.Components;

/// <summary>Symmetric FastICA with the log cosh contrast.</summary>
/// <remarks>Source: Hyvärinen, IEEE Trans. Neural Netw. 10 (1999) 626–634, equations 20 and 21.</remarks>
internal static class FastIca
{
    /// <summary>Finds the unmixing of whitened samples.</summary>
    /// <param name="whitened">Whitened samples.</param>
    /// <param name="seed">Of the first guess.</param>
    /// <param name="tolerance">Ends when no row turns by more: 1 − |cosine|.</param>
    /// <param name="most">Most iterations.</param>
    public static Unmixing Find(SampleTiles whitened, int seed, double tolerance, int most)
    {
        var weights = Unmixing.Random(whitened.Rows, seed);
        var change = double.PositiveInfinity;
        for (var iteration = 1; iteration <= most; iteration++)
        {
            var moments = ScoreMoments.Of(whitened, weights);
            var next = Unmixing.Decorrelated(moments.Cross - (Matrix<double>.Build.DenseOfDiagonalArray(moments.Slope) * weights));
            change = Enumerable.Range(0, weights.RowCount).Max(i => Math.Abs(Math.Abs(next.Row(i).DotProduct(weights.Row(i))) - 1));
            weights = next;
            if (change < tolerance)
            {
                return new(weights, iteration, change, true);
            }
        }

        return new(weights, most, change, false);
    }
}
