using MathNet.Numerics.LinearAlgebra;

namespace SignalLab.Analysis.Components;

/// <summary>Extended Infomax: natural gradient on small random batches, its step shortened whenever the direction turns.</summary>
/// <remarks>
/// Source: Bell and Sejnowski, Neural Comput. 7 (1995) 1129–1159; Lee, Girolami and Sejnowski, Neural Comput. 11 (1999) 417–441; annealing as described by
/// Makeig et al., EEGLAB (runica): when a pass turns by more than 60° from the one before, the step becomes 0.9 of itself. Which components are flatter than normal is decided
/// from all samples once a pass; the samples are centred, no bias is learnt.
/// </remarks>
internal static class Infomax
{
    private const double TurnDegrees = 60;
    private const double Anneal = 0.9;
    private const double Restart = 0.5;
    private const double Blown = 1e6;

    /// <summary>Finds the unmixing of whitened samples.</summary>
    /// <param name="whitened">Whitened samples.</param>
    /// <param name="seed">Of the first guess and of the batches' order.</param>
    /// <param name="tolerance">Ends when the squared change of all weights in one pass falls below it.</param>
    /// <param name="most">Most passes.</param>
    public static Unmixing Find(SampleTiles whitened, int seed, double tolerance, int most)
    {
        var count = (int)whitened.Count;
        var batch = Math.Clamp((int)Math.Sqrt(count / 3.0), 4, 2048);
        var start = Unmixing.Random(whitened.Rows, seed);
        for (var rate = 0.01 / Math.Log(Math.Max(3, whitened.Rows * (double)whitened.Rows)); ; rate *= Restart)
        {
            if (Descend(whitened, start, new Random(seed), rate, batch, tolerance, most) is { } found)
            {
                return found;
            }
        }
    }

    // Null where the weights grew beyond all bounds: the step was too long.
    private static Unmixing? Descend(SampleTiles whitened, Matrix<double> weights, Random random, double rate, int batch, double tolerance, int most)
    {
        var order = Enumerable.Range(0, (int)whitened.Count).ToArray();
        var step = new Step(whitened, batch);
        Matrix<double>? last = null;
        var change = double.PositiveInfinity;
        for (var pass = 1; pass <= most; pass++)
        {
            var signs = ScoreMoments.Of(whitened, weights).Signs(weights);
            random.Shuffle(order);
            var next = step.Pass(weights, signs, order, rate);
            var turned = next - weights;
            change = turned.PointwiseMultiply(turned).RowSums().Sum();
            if (!(change < Blown))
            {
                return null;
            }

            weights = next;
            if (change < tolerance)
            {
                return new(weights, pass, change, true);
            }

            var cosine = last is null ? 1 : turned.PointwiseMultiply(last).RowSums().Sum() / Math.Sqrt(change * last.PointwiseMultiply(last).RowSums().Sum());
            if (cosine < Math.Cos(TurnDegrees * Math.PI / 180))
            {
                rate *= Anneal;
                last = turned;
            }
            else
            {
                last ??= turned;
            }
        }

        return new(weights, most, change, false);
    }

    private sealed class Step(SampleTiles whitened, int batch)
    {
        private readonly int size = whitened.PaddedRows;
        private readonly int width = TileProduct.Padded(batch);
        private readonly double[] samples = new double[whitened.PaddedRows * TileProduct.Padded(batch)];
        private readonly double[] outputs = new double[whitened.PaddedRows * TileProduct.Padded(batch)];
        private readonly double[] scores = new double[whitened.PaddedRows * TileProduct.Padded(batch)];
        private readonly double[] direction = new double[whitened.PaddedRows * whitened.PaddedRows];
        private readonly double[] move = new double[whitened.PaddedRows * whitened.PaddedRows];

        // W += rate · (B·1 − S tanh(y) yᵀ − y yᵀ) W for each batch of B samples, y = W z.
        public Matrix<double> Pass(Matrix<double> weights, double[] signs, int[] order, double rate)
        {
            var w = ScoreMoments.Padded(weights, size);
            for (var first = 0; first + batch <= order.Length; first += batch)
            {
                whitened.Gather(order.AsSpan(first, batch), width, samples);
                TileProduct.Multiply(w, size, size, samples, width, outputs);
                for (var i = 0; i < whitened.Rows; i++)
                {
                    Score(i, signs[i]);
                }

                Array.Clear(direction);
                TileProduct.AddOuter(scores, size, outputs, size, width, direction);
                for (var i = 0; i < direction.Length; i++)
                {
                    direction[i] = -direction[i];
                }

                for (var i = 0; i < whitened.Rows; i++)
                {
                    direction[(i * size) + i] += batch;
                }

                TileProduct.Multiply(direction, size, size, w, size, move);
                for (var i = 0; i < w.Length; i++)
                {
                    w[i] += rate * move[i];
                }
            }

            return Matrix<double>.Build.Dense(whitened.Rows, whitened.Rows, (i, j) => w[(i * size) + j]);
        }

        private void Score(int row, double sign)
        {
            var from = outputs.AsSpan(row * width, width);
            var to = scores.AsSpan(row * width, width);
            from.CopyTo(to);
            LogCosh.Tanh(to);
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = (sign * to[i]) + from[i];
            }
        }
    }
}
