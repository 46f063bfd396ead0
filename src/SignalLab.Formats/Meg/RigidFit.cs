using SignalLab.Model;

namespace SignalLab.Formats.Meg;

/// <summary>The rotation and move that lays points onto others best, least squares.</summary>
/// <remarks>Source: B. K. P. Horn, Closed-form solution of absolute orientation using unit quaternions, J. Opt. Soc. Am. A 4 (1987) 629–642.</remarks>
internal static class RigidFit
{
    private const int MostSweeps = 64;

    /// <summary>Fits a rigid transform.</summary>
    /// <param name="from">At least three points that do not lie on one line.</param>
    /// <param name="to">Where they should come to lie, in the same order.</param>
    /// <returns>The transform and the largest distance that remains, in the points' unit; null where there are fewer than three points or they do not span a plane.</returns>
    public static (Affine Matrix, double LargestResidual)? Between(IReadOnlyList<Point3> from, IReadOnlyList<Point3> to)
    {
        if (from.Count < 3 || from.Count != to.Count || from.Concat(to).Any(p => !double.IsFinite(p.Norm)) || IsLine(from) || IsLine(to))
        {
            return null;
        }

        var (a, b) = (Centre(from), Centre(to));
        var s = new double[3, 3];
        for (var k = 0; k < from.Count; k++)
        {
            var (p, q) = (from[k] - a, to[k] - b);
            double[] left = [p.X, p.Y, p.Z], right = [q.X, q.Y, q.Z];
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < 3; j++)
                {
                    s[i, j] += left[i] * right[j];
                }
            }
        }

        var (w, x, y, z) = LargestEigenvector(new[,]
        {
            { s[0, 0] + s[1, 1] + s[2, 2], s[1, 2] - s[2, 1], s[2, 0] - s[0, 2], s[0, 1] - s[1, 0] },
            { s[1, 2] - s[2, 1], s[0, 0] - s[1, 1] - s[2, 2], s[0, 1] + s[1, 0], s[2, 0] + s[0, 2] },
            { s[2, 0] - s[0, 2], s[0, 1] + s[1, 0], s[1, 1] - s[0, 0] - s[2, 2], s[1, 2] + s[2, 1] },
            { s[0, 1] - s[1, 0], s[2, 0] + s[0, 2], s[1, 2] + s[2, 1], s[2, 2] - s[0, 0] - s[1, 1] },
        });
        Point3 first = new((w * w) + (x * x) - (y * y) - (z * z), 2 * ((x * y) + (w * z)), 2 * ((x * z) - (w * y)));
        Point3 second = new(2 * ((x * y) - (w * z)), (w * w) - (x * x) + (y * y) - (z * z), 2 * ((y * z) + (w * x)));
        Point3 third = new(2 * ((x * z) + (w * y)), 2 * ((y * z) - (w * x)), (w * w) - (x * x) - (y * y) + (z * z));
        var move = b - ((a.X * first) + (a.Y * second) + (a.Z * third));
        var matrix = Affine.FromColumns(first, second, third, move);
        return (matrix, from.Zip(to).Max(p => (matrix.Apply(p.First) - p.Second).Norm));
    }

    private static Point3 Centre(IReadOnlyList<Point3> points) => 1.0 / points.Count * points.Aggregate((a, b) => a + b);

    private static bool IsLine(IReadOnlyList<Point3> points)
    {
        var longest = points.Select(p => p - points[0]).MaxBy(d => d.Norm);
        return points.Max(p => (p - points[0]).Cross(longest).Norm) <= 1e-6 * longest.Dot(longest);
    }

    // Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5).
    private static (double W, double X, double Y, double Z) LargestEigenvector(double[,] m)
    {
        var v = new double[4, 4];
        for (var i = 0; i < 4; i++)
        {
            v[i, i] = 1;
        }

        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            for (var p = 0; p < 3; p++)
            {
                for (var q = p + 1; q < 4; q++)
                {
                    Rotate(m, v, p, q);
                }
            }
        }

        var largest = Enumerable.Range(0, 4).MaxBy(i => m[i, i]);
        return (v[0, largest], v[1, largest], v[2, largest], v[3, largest]);
    }

    private static void Rotate(double[,] m, double[,] v, int p, int q)
    {
        if (m[p, q] == 0)
        {
            return;
        }

        var tau = (m[q, q] - m[p, p]) / (2 * m[p, q]);
        var t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        var c = 1 / Math.Sqrt(1 + (t * t));
        var s = t * c;
        for (var i = 0; i < 4; i++)
        {
            (m[i, p], m[i, q]) = ((c * m[i, p]) - (s * m[i, q]), (s * m[i, p]) + (c * m[i, q]));
        }

        for (var i = 0; i < 4; i++)
        {
            (m[p, i], m[q, i]) = ((c * m[p, i]) - (s * m[q, i]), (s * m[p, i]) + (c * m[q, i]));
            (v[i, p], v[i, q]) = ((c * v[i, p]) - (s * v[i, q]), (s * v[i, p]) + (c * v[i, q]));
        }
    }
}
