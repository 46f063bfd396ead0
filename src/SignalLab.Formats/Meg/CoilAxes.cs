using SignalLab.Model;

namespace SignalLab.Formats.Meg;

/// <summary>Axes of round coils, whose turn about the normal means nothing.</summary>
internal static class CoilAxes
{
    /// <summary>A right-handed frame on a normal: the axis of the normal's smallest component, laid into the coil's plane, becomes x.</summary>
    /// <param name="normal">Direction of the coil, of any length above 0.</param>
    public static (Point3 Ex, Point3 Ey, Point3 Ez) Around(Point3 normal)
    {
        var ez = normal.Unit();
        var axis = ez.Y < ez.Z
            ? ez.X < ez.Y ? new Point3(1, 0, 0) : new Point3(0, 1, 0)
            : ez.X < ez.Z ? new Point3(1, 0, 0) : new Point3(0, 0, 1);
        return With(ez, axis);
    }

    /// <summary>A right-handed frame on a normal with x towards a direction.</summary>
    /// <param name="normal">Direction of the coil.</param>
    /// <param name="towards">A direction that is not the normal's.</param>
    public static (Point3 Ex, Point3 Ey, Point3 Ez) With(Point3 normal, Point3 towards)
    {
        var ez = normal.Unit();
        var ex = (towards - (towards.Dot(ez) * ez)).Unit();
        return (ex, ez.Cross(ex), ez);
    }
}
