namespace SignalLab.Model;

/// <summary>A triangulated surface on its own: a boundary between tissues, the scalp, a helmet.</summary>
/// <param name="Name">What it bounds, for example <c>inner skull</c>.</param>
/// <param name="Mesh">Vertices in millimetres and triangles, in one frame; a triangle's corners run so that its normal points outwards.</param>
public sealed record Surface(string Name, SurfaceSupport Mesh)
{
    /// <summary>Unit vectors outwards, one a vertex, or null where the source has none.</summary>
    public IReadOnlyList<Point3>? Normals { get; init; }

    /// <summary>Conductivity inside it in S/m, or null where not stated.</summary>
    public double? ConductivitySiemensPerMetre { get; init; }

    /// <summary>Where it came from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;
}
