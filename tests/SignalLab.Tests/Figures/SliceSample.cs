using SignalLab.Model;

namespace SignalLab.Tests.Figures;

/// <summary>Made planes whose values are known everywhere in millimetres.</summary>
internal static class SliceSample
{
    /// <summary>A plane of given directions through a point; the value at a node is that of its place.</summary>
    public static ParameterMap Plane(Point3 i, Point3 j, Func<Point3, double> value, int sizeX = 40, int sizeY = 30, Point3 centre = default, Frame? frame = null)
    {
        var normal = i.Unit().Cross(j.Unit());
        var origin = centre - ((sizeX - 1) / 2.0 * i) - ((sizeY - 1) / 2.0 * j);
        var affine = Affine.FromColumns(i, j, normal, origin);
        var values = new double[sizeX * sizeY];
        for (var n = 0; n < values.Length; n++)
        {
            values[n] = value(affine.Apply(new(n % sizeX, n / sizeX, 0)));
        }

        return new(Quantity.Intensity, Unit.Unknown, new GridSupport(sizeX, sizeY, 1, affine) { Frame = frame ?? Frame.Scanner }, new MemoryValues(values, values.Length));
    }

    /// <summary>A colour picture as it is stored.</summary>
    public static ParameterMap Picture(int sizeX, int sizeY, Func<int, int, (double R, double G, double B)> colour)
    {
        var values = new double[3 * sizeX * sizeY];
        for (var n = 0; n < sizeX * sizeY; n++)
        {
            (values[n], values[n + (sizeX * sizeY)], values[n + (2 * sizeX * sizeY)]) = colour(n % sizeX, n / sizeX);
        }

        return new(Quantity.Intensity, Unit.One, new GridSupport(sizeX, sizeY, 1, Affine.Identity) { Frame = Frame.Detector }, new MemoryValues(values, sizeX * sizeY))
        {
            Axes = [Axis.Uniform(AxisKind.Colour, Unit.One, 0, 1, 3)],
        };
    }
}
