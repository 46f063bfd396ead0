namespace SignalLab.Model;

/// <summary>An affine map of space, 3 × 4 in row-major order: p' = M·p + t.</summary>
public sealed record Affine
{
    private readonly double[] rows;

    /// <summary>From twelve numbers, row by row; the fourth row is 0 0 0 1.</summary>
    /// <param name="rows">m00 m01 m02 tx m10 m11 m12 ty m20 m21 m22 tz.</param>
    public Affine(ReadOnlySpan<double> rows)
    {
        if (rows.Length is not (12 or 16))
        {
            throw new ArgumentException($"An affine needs 12 (or 16) numbers, got {rows.Length}.", nameof(rows));
        }

        this.rows = rows[..12].ToArray();
    }

    /// <summary>Leaves every point where it is.</summary>
    public static Affine Identity { get; } = new([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);

    /// <summary>Element of the matrix.</summary>
    /// <param name="row">0…2 (3 gives 0 0 0 1).</param>
    /// <param name="column">0…3, 3 being the translation.</param>
    public double this[int row, int column] => row == 3 ? (column == 3 ? 1 : 0) : rows[(4 * row) + column];

    /// <summary>Determinant of the 3 × 3 part; negative where left and right are exchanged.</summary>
    public double Determinant => Column(0).Dot(Column(1).Cross(Column(2)));

    /// <summary>Column 0…2 of the matrix, or 3 for the translation.</summary>
    /// <param name="index">Column number.</param>
    public Point3 Column(int index) => new(rows[index], rows[4 + index], rows[8 + index]);

    /// <summary>From three columns and a translation.</summary>
    /// <param name="x">Image of (1,0,0) less the translation.</param>
    /// <param name="y">Image of (0,1,0) less the translation.</param>
    /// <param name="z">Image of (0,0,1) less the translation.</param>
    /// <param name="t">Image of the origin.</param>
    public static Affine FromColumns(Point3 x, Point3 y, Point3 z, Point3 t) =>
        new([x.X, y.X, z.X, t.X, x.Y, y.Y, z.Y, t.Y, x.Z, y.Z, z.Z, t.Z]);

    /// <summary>The image of a point.</summary>
    /// <param name="p">The point.</param>
    public Point3 Apply(Point3 p) => new(
        (rows[0] * p.X) + (rows[1] * p.Y) + (rows[2] * p.Z) + rows[3],
        (rows[4] * p.X) + (rows[5] * p.Y) + (rows[6] * p.Z) + rows[7],
        (rows[8] * p.X) + (rows[9] * p.Y) + (rows[10] * p.Z) + rows[11]);

    /// <summary>The image of a direction: without the translation.</summary>
    /// <param name="d">The direction.</param>
    public Point3 ApplyDirection(Point3 d) => Apply(d) - Column(3);

    /// <summary>This map after another: x → this(first(x)).</summary>
    /// <param name="first">The map applied first.</param>
    public Affine After(Affine first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return FromColumns(ApplyDirection(first.Column(0)), ApplyDirection(first.Column(1)), ApplyDirection(first.Column(2)), Apply(first.Column(3)));
    }

    /// <summary>The map back.</summary>
    /// <exception cref="UnfitInputException">The matrix is singular: it flattens space.</exception>
    public Affine Inverse()
    {
        var (a, b, c) = (Column(0), Column(1), Column(2));
        var det = Determinant;
        if (det == 0 || !double.IsFinite(det))
        {
            throw new UnfitInputException("The affine transform cannot be inverted: its axes do not span space.");
        }

        var (ra, rb, rc) = ((1 / det) * b.Cross(c), (1 / det) * c.Cross(a), (1 / det) * a.Cross(b));
        var t = Column(3);
        return new([ra.X, ra.Y, ra.Z, -ra.Dot(t), rb.X, rb.Y, rb.Z, -rb.Dot(t), rc.X, rc.Y, rc.Z, -rc.Dot(t)]);
    }

    /// <inheritdoc/>
    public bool Equals(Affine? other) => other is not null && rows.AsSpan().SequenceEqual(other.rows);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(rows[0], rows[3], rows[5], rows[7], rows[10], rows[11]);

    /// <summary>The sixteen numbers, row by row.</summary>
    public double[] ToArray() => [.. rows, 0, 0, 0, 1];
}
