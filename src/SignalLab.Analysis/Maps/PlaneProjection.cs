using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>
/// Azimuthal equidistant projection about the vertex of a head sphere: angle from the vertex becomes distance from the centre,
/// each sensor with its own distance from the sphere's centre, so that the equator of a sensor on the sphere falls on the head outline.
/// Source: Snyder, Map Projections, USGS Professional Paper 1395 (1987), chapter 25.
/// </summary>
internal static class PlaneProjection
{
    private const double QuarterTurn = Math.PI / 2;

    /// <summary>A place's point in the plane, metres about the head outline's centre.</summary>
    public static (double X, double Y) Project(Point3 positionMetres, Point3 centreMetres)
    {
        var ray = positionMetres - centreMetres;
        var flat = double.Hypot(ray.X, ray.Y);
        if (flat == 0)
        {
            return (0, 0);
        }

        var distance = ray.Norm * Math.Atan2(flat, ray.Z) / QuarterTurn;
        return (distance * ray.X / flat, distance * ray.Y / flat);
    }

    /// <summary>The direction on a sphere of that radius whose projection is a point of the plane.</summary>
    public static Point3 Direction(double x, double y, double radiusMetres)
    {
        var distance = double.Hypot(x, y);
        if (distance == 0)
        {
            return new(0, 0, 1);
        }

        var (sin, cos) = Math.SinCos(Math.Min(Math.PI, distance / radiusMetres * QuarterTurn));
        return new(sin * x / distance, sin * y / distance, cos);
    }
}
