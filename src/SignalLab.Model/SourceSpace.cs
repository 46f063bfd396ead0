namespace SignalLab.Model;

/// <summary>How the places of sources are arranged.</summary>
public enum SourceSpaceKind
{
    /// <summary>Vertices of a cortical surface.</summary>
    Surface,

    /// <summary>Nodes of a regular grid.</summary>
    Volume,

    /// <summary>Single dipoles.</summary>
    Discrete,
}

/// <summary>Where sources may lie: points with normals, of which some are used.</summary>
/// <param name="Kind">How they are arranged.</param>
/// <param name="Frame">The frame of the points.</param>
/// <param name="PositionsMetres">Every point.</param>
/// <param name="Normals">A unit vector for each: the surface's, or the dipole's direction.</param>
/// <param name="Used">Indices of the points that take part, ascending.</param>
public sealed record SourceSpace(SourceSpaceKind Kind, Frame Frame, IReadOnlyList<Point3> PositionsMetres, IReadOnlyList<Point3> Normals, IReadOnlyList<int> Used)
{
    /// <summary>Which it is: <c>left hemisphere</c>, a region of a segmentation; empty where not stated.</summary>
    public string Name { get; init; } = "";

    /// <summary>Three points each; none where the points are no surface.</summary>
    public IReadOnlyList<(int A, int B, int C)> Triangles { get; init; } = [];

    /// <summary>Triangles between the used points only, as indices among all points; none where not stated.</summary>
    public IReadOnlyList<(int A, int B, int C)> UsedTriangles { get; init; } = [];

    /// <summary>For each point the used one that is nearest along the surface, or null.</summary>
    public IReadOnlyList<int>? Nearest { get; init; }

    /// <summary>The grid whose nodes the points are, in millimetres, or null.</summary>
    public GridSupport? Grid { get; init; }

    /// <summary>The subject's name for the source, or empty.</summary>
    public string SubjectId { get; init; } = "";

    /// <summary>Where it came from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;
}
