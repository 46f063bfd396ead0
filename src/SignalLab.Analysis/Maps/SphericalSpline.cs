using MathNet.Numerics.LinearAlgebra;
using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>
/// Splines on the unit sphere. Source: Perrin, Pernier, Bertrand and Echallier, Electroencephalogr Clin Neurophysiol 72 (1989) 184
/// (with the correction 76 (1990) 565), equations 1 to 5.
/// </summary>
/// <param name="Stiffness">The order m &gt; 1 of the spline: 2 follows the sensors with the least overshoot, 4 is the smoothest in use.</param>
/// <param name="LegendreTerms">Terms of the series.</param>
/// <param name="Regularisation">Added to the diagonal of g: 0 passes through every sensor.</param>
public sealed record SphericalSpline(int Stiffness = 4, int LegendreTerms = 50, double Regularisation = 1e-5)
{
    /// <summary>Potential kernel g of the angle between two directions.</summary>
    /// <param name="cosines">Cosines of angles, -1…1.</param>
    /// <param name="into">Receives g; may be the same span.</param>
    public void G(ReadOnlySpan<double> cosines, Span<double> into) => LegendreSeries.Sum(Factors(Stiffness), cosines, into);

    /// <summary>Current-density kernel h: the surface Laplacian of g with its sign changed.</summary>
    /// <param name="cosines">Cosines of angles, -1…1.</param>
    /// <param name="into">Receives h; may be the same span.</param>
    public void H(ReadOnlySpan<double> cosines, Span<double> into) => LegendreSeries.Sum(Factors(Stiffness - 1), cosines, into);

    /// <summary>The matrix that gives values at some directions from values at others.</summary>
    /// <param name="from">Directions of the known values, of any length &gt; 0, seen from the sphere's centre.</param>
    /// <param name="to">Directions wanted.</param>
    /// <returns>A row for each wanted direction, a column for each known one; every row sums to one.</returns>
    /// <exception cref="UnfitInputException">Two known directions coincide and there is no regularisation.</exception>
    public double[,] InterpolationWeights(ReadOnlySpan<Point3> from, ReadOnlySpan<Point3> to)
    {
        var inverse = InverseSystem(from);
        var weights = new double[to.Length, from.Length];
        var known = Units(from);
        for (var row = 0; row < to.Length; row++)
        {
            WeightsAt(known, inverse, to[row].Unit(), weights.AsRow(row));
        }

        return weights;
    }

    /// <summary>The matrix that gives the current source density at the sensors: the surface Laplacian of the spline with its sign changed.</summary>
    /// <param name="directions">Directions of the sensors seen from the sphere's centre.</param>
    /// <param name="radiusMetres">The sphere's radius.</param>
    /// <returns>A row for each sensor with a weight for each, per square metre; every row sums to zero, so that the reference drops out.</returns>
    /// <exception cref="UnfitInputException">Two sensors coincide and there is no regularisation.</exception>
    public double[][] CurrentDensityWeights(ReadOnlySpan<Point3> directions, double radiusMetres)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(radiusMetres);
        var (inverse, units, n) = (InverseSystem(directions), Units(directions), directions.Length);
        var weights = new double[n][];
        var kernel = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++)
            {
                kernel[k] = Math.Clamp(units[i].Dot(units[k]), -1, 1);
            }

            H(kernel, kernel);
            weights[i] = new double[n];
            for (var k = 0; k < n; k++)
            {
                Columns.AddScaled(weights[i], inverse.AsRow(k)[..n], kernel[k] / (radiusMetres * radiusMetres));
            }
        }

        return weights;
    }

    /// <summary>What each sensor differs by from the spline through all the others: the honest error of a map at a place without a sensor.</summary>
    /// <param name="directions">Directions of the sensors seen from the sphere's centre.</param>
    /// <param name="values">Their values.</param>
    /// <returns>Value minus prediction, per sensor.</returns>
    public double[] LeaveOneOutErrors(ReadOnlySpan<Point3> directions, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, directions.Length, nameof(values));
        var inverse = InverseSystem(directions);
        var errors = new double[values.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            var coefficient = 0.0;
            for (var j = 0; j < errors.Length; j++)
            {
                coefficient += inverse[i, j] * values[j];
            }

            errors[i] = coefficient / inverse[i, i];
        }

        return errors;
    }

    /// <summary>The inverse of the bordered system [g + λ, 1; 1, 0].</summary>
    internal double[,] InverseSystem(ReadOnlySpan<Point3> from)
    {
        var (units, n) = (Units(from), from.Length);
        var system = Matrix<double>.Build.Dense(n + 1, n + 1, 1);
        var row = new double[n];
        for (var i = 0; i < n; i++)
        {
            Kernel(units, units[i], row);
            row[i] += Regularisation;
            for (var j = 0; j < n; j++)
            {
                system[i, j] = row[j];
            }
        }

        system[n, n] = 0;
        var inverse = system.Inverse().ToArray();
        foreach (var value in inverse)
        {
            if (!double.IsFinite(value))
            {
                throw new UnfitInputException("Two sensors lie in one direction: a spline cannot pass through both; leave one out, or regularise.");
            }
        }

        return inverse;
    }

    /// <summary>The weights of the known values at one direction.</summary>
    internal void WeightsAt(ReadOnlySpan<Point3> knownUnits, double[,] inverse, Point3 unit, Span<double> into)
    {
        var n = knownUnits.Length;
        var kernel = new double[n];
        Kernel(knownUnits, unit, kernel);
        inverse.AsRow(n)[..n].CopyTo(into);
        for (var i = 0; i < n; i++)
        {
            Columns.AddScaled(into, inverse.AsRow(i)[..n], kernel[i]);
        }
    }

    internal static Point3[] Units(ReadOnlySpan<Point3> points)
    {
        var units = new Point3[points.Length];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = points[i].Unit();
        }

        return units;
    }

    private void Kernel(ReadOnlySpan<Point3> units, Point3 unit, Span<double> into)
    {
        for (var j = 0; j < units.Length; j++)
        {
            into[j] = Math.Clamp(unit.Dot(units[j]), -1, 1);
        }

        G(into, into);
    }

    private double[] Factors(int power)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LegendreTerms, 1);
        var factors = new double[LegendreTerms + 1];
        for (var n = 1; n < factors.Length; n++)
        {
            factors[n] = ((2 * n) + 1) / (Math.Pow(n * (n + 1.0), power) * 4 * Math.PI);
        }

        return factors;
    }
}
