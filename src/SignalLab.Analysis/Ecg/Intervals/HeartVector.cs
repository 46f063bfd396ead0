using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>How the heart's vector (x to the left, y to the feet, z to the back) is made of eight leads.</summary>
public enum VectorMethod
{
    /// <summary>Regression on recorded Frank leads. Source: Kors et al. 1990, Eur Heart J 11:1083.</summary>
    Kors,

    /// <summary>Inverse of Dower's matrix. Source: Edenbrandt and Pahlm 1988, J Electrocardiol 21:361.</summary>
    InverseDower,
}

/// <summary>The vectorcardiogram of leads.</summary>
public static class HeartVector
{
    /// <summary>The leads it needs, in order.</summary>
    public static IReadOnlyList<string> Leads { get; } = ["I", "II", "V1", "V2", "V3", "V4", "V5", "V6"];

    private static readonly double[][] Kors =
    [
        [0.38, -0.07, -0.13, 0.05, -0.01, 0.14, 0.06, 0.54],
        [-0.07, 0.93, 0.06, -0.02, -0.05, 0.06, -0.17, 0.13],
        [0.11, -0.23, -0.43, -0.06, -0.14, -0.20, -0.11, 0.31],
    ];

    private static readonly double[][] InverseDower =
    [
        [0.156, -0.010, -0.172, -0.074, 0.122, 0.231, 0.239, 0.194],
        [-0.227, 0.887, 0.057, -0.019, -0.106, -0.022, 0.041, 0.048],
        [0.022, 0.102, -0.229, -0.310, -0.246, -0.063, 0.055, 0.108],
    ];

    /// <summary>The vector at each instant.</summary>
    /// <param name="leads">The eight leads in the order of <see cref="Leads"/>, of one length.</param>
    /// <param name="method">The matrix.</param>
    /// <returns>One vector a sample, in the leads' unit.</returns>
    public static Point3[] Of(IReadOnlyList<double[]> leads, VectorMethod method)
    {
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentOutOfRangeException.ThrowIfNotEqual(leads.Count, Leads.Count, nameof(leads));
        var rows = method == VectorMethod.Kors ? Kors : InverseDower;
        var vectors = new Point3[leads[0].Length];
        for (var i = 0; i < vectors.Length; i++)
        {
            Span<double> sums = [0, 0, 0];
            for (var row = 0; row < sums.Length; row++)
            {
                for (var lead = 0; lead < leads.Count; lead++)
                {
                    sums[row] += rows[row][lead] * leads[lead][i];
                }
            }

            vectors[i] = new(sums[0], sums[1], sums[2]);
        }

        return vectors;
    }

    /// <summary>Angle between two vectors.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    /// <returns>0 to 180 degrees; null where one has no length.</returns>
    public static double? AngleDegrees(Point3 a, Point3 b) =>
        a.Norm > 0 && b.Norm > 0 ? Math.Acos(Math.Clamp(a.Unit().Dot(b.Unit()), -1, 1)) * 180 / Math.PI : null;
}
