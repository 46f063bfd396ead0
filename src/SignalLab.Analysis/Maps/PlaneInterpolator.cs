namespace SignalLab.Analysis.Maps;

/// <summary>Gives the value at a place of the plane as weights on the sensors' values.</summary>
internal interface IPlaneInterpolator
{
    /// <summary>Writes the weights of all sensors at a place.</summary>
    /// <param name="x">First coordinate, metres.</param>
    /// <param name="y">Second coordinate, metres.</param>
    /// <param name="into">One weight a sensor, overwritten.</param>
    /// <returns>False where the method has no value at the place.</returns>
    bool Weights(double x, double y, Span<double> into);
}

/// <summary>All weight on the nearest sensor, the first of equally near ones.</summary>
internal sealed class NearestSensor(IReadOnlyList<(double X, double Y)> sensors) : IPlaneInterpolator
{
    public bool Weights(double x, double y, Span<double> into)
    {
        into.Clear();
        var (best, distance) = (0, double.PositiveInfinity);
        for (var i = 0; i < sensors.Count; i++)
        {
            var (dx, dy) = (sensors[i].X - x, sensors[i].Y - y);
            if ((dx * dx) + (dy * dy) < distance)
            {
                (best, distance) = (i, (dx * dx) + (dy * dy));
            }
        }

        into[best] = 1;
        return true;
    }
}

/// <summary>The spherical spline through sensors whose directions are those of their points in the plane, so that it meets them there.</summary>
internal sealed class PlaneSpline : IPlaneInterpolator
{
    private readonly SphericalSpline spline;
    private readonly double radius;
    private readonly Model.Point3[] directions;
    private readonly double[,] inverse;

    public PlaneSpline(IReadOnlyList<(double X, double Y)> sensors, double radiusMetres, SphericalSpline spline)
    {
        (this.spline, radius) = (spline, radiusMetres);
        directions = [.. sensors.Select(s => PlaneProjection.Direction(s.X, s.Y, radiusMetres))];
        inverse = spline.InverseSystem(directions);
    }

    /// <summary>Value minus prediction from the other sensors, per sensor.</summary>
    public double[] LeaveOneOutErrors(ReadOnlySpan<double> values) => spline.LeaveOneOutErrors(directions, values);

    public bool Weights(double x, double y, Span<double> into)
    {
        spline.WeightsAt(directions, inverse, PlaneProjection.Direction(x, y, radius), into);
        return true;
    }
}
