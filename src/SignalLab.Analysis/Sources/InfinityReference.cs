using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SignalLab.Model;

namespace SignalLab.Analysis.Sources;

/// <summary>The potential of infinity as a weighted mean of scalp electrodes.</summary>
public static class InfinityReference
{
    /// <summary>Dipoles of the layer that stands for any source inside it.</summary>
    public const int DipoleCount = CapCount + DiscCount;

    /// <summary>Singular values of the lead field below this part of the largest take no part.</summary>
    public const double RelativeTolerance = 1e-6;

    private const int CapCount = 2600;
    private const int DiscCount = 400;
    private const double LayerRadius = 0.869;
    private const double LayerBottom = -0.076;

    /// <summary>
    /// Weights r, summing to one, for which Σ r V is the potential of infinity against the reference that V was recorded with. With the lead field G of a closed layer of
    /// dipoles, its mean g over electrodes and Ga = G − g: r·V = mean(V) − g Ga⁺ (V − mean(V)).
    /// </summary>
    /// <param name="electrodes">Directions of the electrodes from the sphere's centre, x right, y front, z up.</param>
    /// <returns>A weight for each electrode.</returns>
    /// <remarks>Source: Yao, Physiol Meas 22 (2001) 693: shells of radius 0.87, 0.92, 1 and conductivity 1, 0.0125, 1; radial dipoles on the sphere of radius 0.869
    /// above the plane z = −0.076 and dipoles normal to that plane, 3000 together.</remarks>
    public static double[] Weights(ReadOnlySpan<Point3> electrodes)
    {
        var n = electrodes.Length;
        var leadField = LeadField(electrodes);
        var mean = leadField.ColumnSums() / n;
        var centred = Matrix<double>.Build.Dense(n, DipoleCount, (i, j) => leadField[i, j] - mean[j]);
        // Ga = RᵀQᵀ with orthonormal Q, so that g Ga⁺ = (g Q)(Rᵀ)⁺ and only an n × n matrix is taken apart.
        var qr = centred.Transpose().QR(QRMethod.Thin);
        var svd = qr.R.Transpose().Svd();
        var projected = svd.VT * (qr.Q.TransposeThisAndMultiply(mean));
        for (var k = 0; k < n; k++)
        {
            projected[k] = svd.S[k] > RelativeTolerance * svd.S[0] ? projected[k] / svd.S[k] : 0;
        }

        var gain = svd.U * projected;
        var common = gain.Sum() / n;
        return [.. Enumerable.Range(0, n).Select(i => (1.0 / n) - (gain[i] - common))];
    }

    /// <summary>The layer: places and unit moments, radius of the head 1.</summary>
    internal static IEnumerable<(Point3 Place, Point3 Moment)> Layer()
    {
        // A spiral of equal areas: each turn adds the golden angle.
        var golden = Math.PI * (3 - Math.Sqrt(5));
        var bottom = LayerBottom / LayerRadius;
        for (var i = 0; i < CapCount; i++)
        {
            var z = 1 - ((1 - bottom) * (i + 0.5) / CapCount);
            var across = Math.Sqrt(1 - (z * z));
            var outward = new Point3(across * Math.Cos(i * golden), across * Math.Sin(i * golden), z);
            yield return (LayerRadius * outward, outward);
        }

        var rim = Math.Sqrt((LayerRadius * LayerRadius) - (LayerBottom * LayerBottom));
        for (var i = 0; i < DiscCount; i++)
        {
            var across = rim * Math.Sqrt((i + 0.5) / DiscCount);
            yield return (new(across * Math.Cos(i * golden), across * Math.Sin(i * golden), LayerBottom), new(0, 0, -1));
        }
    }

    private static Matrix<double> LeadField(ReadOnlySpan<Point3> electrodes)
    {
        var head = new ConcentricShells([0.87, 0.92, 1], [1, 0.0125, 1]);
        var places = electrodes.ToArray();
        (Point3 Place, Point3 Moment)[] layer = [.. Layer()];
        var columns = new double[layer.Length][];
        Parallel.For(0, layer.Length, d => head.Potentials(layer[d].Place, layer[d].Moment, places, columns[d] = new double[places.Length]));
        return Matrix<double>.Build.DenseOfColumnArrays(columns);
    }
}
