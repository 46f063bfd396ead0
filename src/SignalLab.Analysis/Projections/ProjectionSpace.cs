using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace SignalLab.Analysis.Projections;

/// <summary>An orthonormal basis of what projection vectors span.</summary>
internal static class ProjectionSpace
{
    /// <summary>A direction whose singular value is below this share of the largest lies in the span of the others already.</summary>
    public const double DependentBelow = 1e-2;

    /// <summary>Scales vectors to unit length and finds the orthonormal basis of their span.</summary>
    /// <param name="vectors">Vectors × channels; all zero ones are left out.</param>
    /// <returns>Basis × channels: the left singular vectors, largest first.</returns>
    /// <remarks>Source: Uusitalo &amp; Ilmoniemi 1997, Med Biol Eng Comput 35:135–140, eq. 9 (P = I − UUᵀ).</remarks>
    public static double[][] Basis(IReadOnlyList<double[]> vectors)
    {
        double[][] unit = [.. vectors.Select(Normalised).Where(v => v.Any(x => x != 0))];
        if (unit.Length == 0)
        {
            return [];
        }

        // Singular vectors from the small Gram matrix: vectors are few, channels many.
        var gram = DenseMatrix.Create(unit.Length, unit.Length, (i, j) => Dot(unit[i], unit[j]));
        var eigen = gram.Evd(Symmetricity.Symmetric);
        var largest = eigen.EigenValues.Real().Maximum();
        var basis = new List<double[]>();
        for (var k = unit.Length - 1; k >= 0; k--)
        {
            var value = eigen.EigenValues[k].Real;
            if (value <= 0 || Math.Sqrt(value / largest) <= DependentBelow)
            {
                continue;
            }

            var direction = new double[unit[0].Length];
            for (var v = 0; v < unit.Length; v++)
            {
                LinearCombination.AddScaled(eigen.EigenVectors[v, k] / Math.Sqrt(value), unit[v], direction);
            }

            basis.Add(direction);
        }

        return [.. basis];
    }

    private static double[] Normalised(double[] vector)
    {
        var norm = Math.Sqrt(Dot(vector, vector));
        return norm > 0 ? [.. vector.Select(x => x / norm)] : vector;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
