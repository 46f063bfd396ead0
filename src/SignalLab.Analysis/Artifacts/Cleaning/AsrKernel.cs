using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics.LinearAlgebra;

namespace SignalLab.Analysis.Artifacts;

/// <summary>The arithmetic of artifact-subspace reconstruction.</summary>
internal static class AsrKernel
{
    /// <summary>Sum over samples of the products of all pairs of rows.</summary>
    /// <param name="rows">Row after row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="stride">Samples from one row's start to the next one's.</param>
    /// <param name="from">First sample.</param>
    /// <param name="end">End, excluded.</param>
    /// <returns>count × count, symmetric.</returns>
    public static double[] Products(double[] rows, int count, int stride, int from, int end)
    {
        var products = new double[count * count];
        for (var a = 0; a < count; a++)
        {
            var row = rows.AsSpan((a * stride) + from, end - from);
            for (var b = a; b < count; b++)
            {
                var product = Dot(row, rows.AsSpan((b * stride) + from, end - from));
                (products[(a * count) + b], products[(b * count) + a]) = (product, product);
            }
        }

        return products;
    }

    /// <summary>Sum of products.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var x = MemoryMarshal.Cast<double, Vector512<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector512<double>>(b);
        var sums = Vector512<double>.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            sums = Vector512.FusedMultiplyAdd(x[i], y[i], sums);
        }

        var sum = Vector512.Sum(sums);
        for (var i = 8 * x.Length; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>The matrix that rebuilds components above their limits from those below.</summary>
    /// <param name="covariance">Of the window.</param>
    /// <param name="calibration">What is usual.</param>
    /// <param name="most">Most components to rebuild.</param>
    /// <returns>Row after row; null where all components stay as they are.</returns>
    /// <remarks>Source: Mullen et al., IEEE Trans. Biomed. Eng. 62 (2015) 2553–2567, section II.D: R = M · (VᵀM)⁺ · Vᵀ with the rows of large components set to zero.</remarks>
    public static double[]? Reconstruction(Matrix<double> covariance, AsrCalibration calibration, int most)
    {
        // Where the limits exceed the covariance in every direction, no component can be large: cheaper to know than to find them.
        if (IsPositive(calibration.LimitEnergy - covariance))
        {
            return null;
        }

        var n = covariance.RowCount;
        var eigen = covariance.Evd(Symmetricity.Symmetric);
        var kept = new List<int>(n);
        for (var k = 0; k < n; k++)
        {
            var direction = eigen.EigenVectors.Column(k);
            var limit = calibration.Limits.Multiply(direction).DotProduct(calibration.Limits.Multiply(direction)) + calibration.Tiny;
            if (eigen.EigenValues[k].Real < limit || k < n - most)
            {
                kept.Add(k);
            }
        }

        if (kept.Count == n)
        {
            return null;
        }

        var vectors = Matrix<double>.Build.DenseOfColumnVectors(kept.Select(k => eigen.EigenVectors.Column(k)));
        var seen = vectors.TransposeThisAndMultiply(calibration.Mixing);
        var gram = seen.TransposeAndMultiply(seen);
        var ridge = 1e-10 * gram.Trace() / kept.Count;
        for (var k = 0; k < kept.Count; k++)
        {
            gram[k, k] += ridge;
        }

        var rebuilt = calibration.Mixing * seen.Transpose() * gram.Cholesky().Solve(vectors.Transpose());
        return rebuilt.ToRowMajorArray();
    }

    // Cholesky without a result: false as soon as a pivot is not above 0.
    private static bool IsPositive(Matrix<double> matrix)
    {
        var n = matrix.RowCount;
        var lower = matrix.ToRowMajorArray();
        for (var j = 0; j < n; j++)
        {
            var row = lower.AsSpan(j * n, j);
            var pivot = lower[(j * n) + j] - Dot(row, row);
            if (!(pivot > 0))
            {
                return false;
            }

            var root = Math.Sqrt(pivot);
            for (var i = j + 1; i < n; i++)
            {
                lower[(i * n) + j] = (lower[(i * n) + j] - Dot(lower.AsSpan(i * n, j), row)) / root;
            }
        }

        return true;
    }
}
