namespace SignalLab.Model;

/// <summary>The locations a map has values at: sensors, a grid or a surface, and nothing else.</summary>
public abstract record Support
{
    private protected Support()
    {
    }

    /// <summary>The frame of the locations.</summary>
    public abstract Frame Frame { get; init; }

    /// <summary>Number of locations.</summary>
    public abstract long Count { get; }
}

/// <summary>Values at sensors.</summary>
/// <param name="Layout">The sensors.</param>
public sealed record SensorSupport(SensorLayout Layout) : Support
{
    /// <inheritdoc/>
    public override Frame Frame
    {
        get => Layout.Frame;
        init => Layout = Layout with { Frame = value };
    }

    /// <inheritdoc/>
    public override long Count => Layout.Sensors.Count;
}

/// <summary>Values at the nodes of a regular grid, first index fastest.</summary>
/// <param name="SizeX">Nodes along the first index.</param>
/// <param name="SizeY">Nodes along the second index.</param>
/// <param name="SizeZ">Nodes along the third index, 1 for a plane.</param>
/// <param name="ToMillimetres">From indices (i, j, k) of node centres to millimetres in the frame; RAS in anatomical frames.</param>
public sealed record GridSupport(int SizeX, int SizeY, int SizeZ, Affine ToMillimetres) : Support
{
    /// <inheritdoc/>
    public override Frame Frame { get; init; } = Frame.Scanner;

    /// <inheritdoc/>
    public override long Count => (long)SizeX * SizeY * SizeZ;

    /// <summary>Distance of neighbouring nodes along each index, in millimetres.</summary>
    public Point3 SpacingMm => new(ToMillimetres.Column(0).Norm, ToMillimetres.Column(1).Norm, ToMillimetres.Column(2).Norm);

    /// <summary>Position of a node among the values.</summary>
    /// <param name="i">First index.</param>
    /// <param name="j">Second index.</param>
    /// <param name="k">Third index.</param>
    public long IndexOf(int i, int j, int k) => i + ((long)SizeX * (j + ((long)SizeY * k)));
}

/// <summary>Values at the vertices of a triangulated surface.</summary>
/// <param name="Vertices">Positions in millimetres.</param>
/// <param name="Triangles">Three vertex numbers each.</param>
public sealed record SurfaceSupport(IReadOnlyList<Point3> Vertices, IReadOnlyList<(int A, int B, int C)> Triangles) : Support
{
    /// <inheritdoc/>
    public override Frame Frame { get; init; } = Frame.Mri;

    /// <inheritdoc/>
    public override long Count => Vertices.Count;
}
