using MathNet.Numerics.LinearAlgebra;

namespace SignalLab.Analysis.Components;

/// <summary>What a method found for whitened samples.</summary>
/// <param name="Weights">Components × whitened rows.</param>
/// <param name="Iterations">Passes over the samples or steps taken.</param>
/// <param name="Change">The method's measure of what was left to do at its end.</param>
/// <param name="Converged">True where that fell below what was asked for.</param>
internal sealed record Unmixing(Matrix<double> Weights, int Iterations, double Change, bool Converged)
{
    /// <summary>A random rotation that is the same for the same seed.</summary>
    public static Matrix<double> Random(int size, int seed)
    {
        var random = new Random(seed);

        // Box and Muller 1958.
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Decorrelated(Matrix<double>.Build.Dense(size, size, (_, _) => Normal()));
    }

    /// <summary>The nearest matrix with orthonormal rows: (M Mᵀ)^−½ M.</summary>
    public static Matrix<double> Decorrelated(Matrix<double> matrix)
    {
        var eigen = matrix.TransposeAndMultiply(matrix).Evd(Symmetricity.Symmetric);
        var scaled = Matrix<double>.Build.Dense(matrix.RowCount, matrix.RowCount, (i, j) => eigen.EigenVectors[i, j] / Math.Sqrt(Math.Max(eigen.EigenValues[j].Real, double.Epsilon)));
        return scaled.TransposeAndMultiply(eigen.EigenVectors) * matrix;
    }
}
