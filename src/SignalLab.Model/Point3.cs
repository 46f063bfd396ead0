namespace SignalLab.Model;

/// <summary>A point or direction in space; metres for sensors, millimetres for images, as the holder says.</summary>
/// <param name="X">First coordinate (right, in head frames).</param>
/// <param name="Y">Second coordinate (front, in head frames).</param>
/// <param name="Z">Third coordinate (up, in head frames).</param>
public readonly record struct Point3(double X, double Y, double Z)
{
    /// <summary>Distance from the origin.</summary>
    public double Norm => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));

    /// <summary>Sum.</summary>
    public static Point3 operator +(Point3 a, Point3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>Difference.</summary>
    public static Point3 operator -(Point3 a, Point3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>Scaled.</summary>
    public static Point3 operator *(double s, Point3 a) => new(s * a.X, s * a.Y, s * a.Z);

    /// <summary>Scalar product.</summary>
    /// <param name="other">The other vector.</param>
    public double Dot(Point3 other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    /// <summary>Vector product.</summary>
    /// <param name="other">The other vector.</param>
    public Point3 Cross(Point3 other) => new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    /// <summary>The same direction with length one; the zero vector stays zero.</summary>
    public Point3 Unit() => Norm is > 0 and var n ? (1 / n) * this : this;

    /// <summary>Sum, for languages without operators.</summary>
    /// <param name="left">First.</param>
    /// <param name="right">Second.</param>
    public static Point3 Add(Point3 left, Point3 right) => left + right;

    /// <summary>Difference, for languages without operators.</summary>
    /// <param name="left">First.</param>
    /// <param name="right">Second.</param>
    public static Point3 Subtract(Point3 left, Point3 right) => left - right;

    /// <summary>Scaled, for languages without operators.</summary>
    /// <param name="left">Factor.</param>
    /// <param name="right">Vector.</param>
    public static Point3 Multiply(double left, Point3 right) => left * right;
}
