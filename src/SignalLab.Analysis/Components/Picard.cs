using MathNet.Numerics.LinearAlgebra;

namespace SignalLab.Analysis.Components;

/// <summary>Maximum likelihood by L-BFGS on the relative gradient, preconditioned with the Hessian that independent components would have.</summary>
/// <remarks>
/// Source: Ablin, Cardoso and Gramfort, IEEE Trans. Signal Process. 66 (2018) 4040–4049 (the simpler Hessian H̃¹), and ICASSP (2018) 4464–4468 for orthogonal unmixings, where the
/// step is turned into a rotation by Cayley's transform. Densities are those of extended Infomax: each component is peaked or flat by Lee's criterion.
/// </remarks>
internal sealed class Picard
{
    private const int Memory = 7;
    private const int Halvings = 10;
    private const double LeastCurvature = 0.01;

    private readonly SampleTiles whitened;
    private readonly bool orthogonal;
    private readonly Matrix<double> one;

    private Picard(SampleTiles whitened, bool orthogonal)
    {
        this.whitened = whitened;
        this.orthogonal = orthogonal;
        one = Matrix<double>.Build.DenseIdentity(whitened.Rows);
    }

    /// <summary>Finds the unmixing of whitened samples.</summary>
    /// <param name="whitened">Whitened samples.</param>
    /// <param name="seed">Of the first guess.</param>
    /// <param name="tolerance">Ends when no entry of the relative gradient is larger.</param>
    /// <param name="most">Most iterations.</param>
    /// <param name="orthogonal">True to keep the components uncorrelated.</param>
    public static Unmixing Find(SampleTiles whitened, int seed, double tolerance, int most, bool orthogonal) => new Picard(whitened, orthogonal).Descend(seed, tolerance, most);

    private Unmixing Descend(int seed, double tolerance, int most)
    {
        var at = Look(Unmixing.Random(whitened.Rows, seed));
        var signs = at.Moments.Signs(at.Weights);
        var gradient = Gradient(at, signs);
        var past = new List<(Matrix<double> Step, Matrix<double> Turn)>();
        for (var iteration = 1; ; iteration++)
        {
            var change = gradient.Enumerate().Max(Math.Abs);
            if (change < tolerance || iteration > most)
            {
                return new(at.Weights, iteration - 1, change, change < tolerance);
            }

            var now = at.Moments.Signs(at.Weights);
            if (!now.SequenceEqual(signs))
            {
                signs = now;
                gradient = Gradient(at, signs);
                past.Clear();
            }

            if (Search(at, signs, Direction(at, signs, gradient, past)) is not var (next, step))
            {
                if (past.Count == 0)
                {
                    return new(at.Weights, iteration, change, false);
                }

                // The memory misleads: the preconditioned gradient alone goes downhill.
                past.Clear();
                continue;
            }

            var slope = Gradient(next, signs);
            past.Add((step, slope - gradient));
            if (past.Count > Memory)
            {
                past.RemoveAt(0);
            }

            (at, gradient) = (next, slope);
        }
    }

    private Point Look(Matrix<double> weights) => new(weights, ScoreMoments.Of(whitened, weights));

    // Relative gradient E[ψ(y) yᵀ] − 1; for rotations its antisymmetric part.
    private Matrix<double> Gradient(Point at, double[] signs)
    {
        var scores = Matrix<double>.Build.DenseOfDiagonalArray(signs) * at.Moments.Cross.TransposeAndMultiply(at.Weights);
        return orthogonal ? 0.5 * (scores - scores.Transpose()) : scores + at.Weights.TransposeAndMultiply(at.Weights) - one;
    }

    private double Loss(Point at, double[] signs)
    {
        var sum = at.Moments.LogCosh.Zip(signs, (value, sign) => sign * value).Sum();
        return orthogonal ? sum : sum + (0.5 * at.Weights.PointwiseMultiply(at.Weights).RowSums().Sum()) - at.Weights.LU().U.Diagonal().Sum(u => Math.Log(Math.Abs(u)));
    }

    private (Point Next, Matrix<double> Step)? Search(Point at, double[] signs, Matrix<double> direction)
    {
        var loss = Loss(at, signs);
        for (var (halving, length) = (0, 1.0); halving < Halvings; halving++, length /= 2)
        {
            var step = length * direction;
            var moved = Look(orthogonal ? (one - (0.5 * step)).LU().Solve((one + (0.5 * step)) * at.Weights) : (one + step) * at.Weights);
            if (Loss(moved, signs) < loss + (1e-15 * Math.Abs(loss)))
            {
                return (moved, step);
            }
        }

        return null;
    }

    // The two loops of L-BFGS around the preconditioner.
    private Matrix<double> Direction(Point at, double[] signs, Matrix<double> gradient, List<(Matrix<double> Step, Matrix<double> Turn)> past)
    {
        var q = gradient.Clone();
        var shares = new double[past.Count];
        for (var k = past.Count - 1; k >= 0; k--)
        {
            shares[k] = Inner(past[k].Step, q) / Inner(past[k].Step, past[k].Turn);
            q -= shares[k] * past[k].Turn;
        }

        var z = Precondition(at, signs, q);
        for (var k = 0; k < past.Count; k++)
        {
            z += (shares[k] - (Inner(past[k].Turn, z) / Inner(past[k].Step, past[k].Turn))) * past[k].Step;
        }

        return -z;
    }

    private Matrix<double> Precondition(Point at, double[] signs, Matrix<double> q)
    {
        var size = q.RowCount;
        var powers = Enumerable.Range(0, size).Select(i => at.Weights.Row(i).DotProduct(at.Weights.Row(i))).ToArray();
        if (orthogonal)
        {
            var curvature = Enumerable.Range(0, size).Select(i => Math.Abs(at.Moments.Slope[i] - at.Moments.Cross.Row(i).DotProduct(at.Weights.Row(i)))).ToArray();
            return Matrix<double>.Build.Dense(size, size, (i, j) => q[i, j] / Math.Max(LeastCurvature, 0.5 * (curvature[i] + curvature[j])));
        }

        var slopes = Enumerable.Range(0, size).Select(i => (signs[i] * at.Moments.Slope[i]) + 1).ToArray();
        return Matrix<double>.Build.Dense(size, size, (i, j) =>
        {
            if (i == j)
            {
                return q[i, i] / (1 + (slopes[i] * powers[i]));
            }

            // The block of (i, j) and (j, i) is [[a, 1], [1, b]]; where it is not safely positive it is lifted.
            var (a, b) = (slopes[i] * powers[j], slopes[j] * powers[i]);
            var lift = Math.Max(0, LeastCurvature - (0.5 * (a + b - Math.Sqrt(((a - b) * (a - b)) + 4))));
            (a, b) = (a + lift, b + lift);
            return ((b * q[i, j]) - q[j, i]) / ((a * b) - 1);
        });
    }

    private static double Inner(Matrix<double> a, Matrix<double> b) => a.PointwiseMultiply(b).RowSums().Sum();

    private sealed record Point(Matrix<double> Weights, ScoreMoments Moments);
}
