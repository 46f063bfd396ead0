using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Surfaces of boundary-element models, heads and helmets.</summary>
internal static class FiffSurfaces
{
    private static readonly (int Id, string Name)[] Names =
        [(1, "inner skull"), (2, "cerebrospinal fluid"), (3, "outer skull"), (4, "head"), (101, "left hemisphere"), (102, "right hemisphere"), (201, "helmet")];

    /// <summary>Reads the surfaces of every model in a file.</summary>
    public static IReadOnlyList<Surface> Read(FiffFile file) => [.. file.Root.All(BlockKind.Bem).SelectMany(m => m.All(BlockKind.BemSurface).Select(s => Read(file, m, s)))];

    /// <summary>What a number of a surface or source space means, or empty.</summary>
    public static string NameOf(int id) => Names.FirstOrDefault(n => n.Id == id).Name ?? "";

    private static Surface Read(FiffFile file, FiffBlock model, FiffBlock block)
    {
        var nodes = Required(file, block, TagKind.BemNodes, "surface's nodes");
        var count = file.Int(Required(file, block, TagKind.BemNodeCount, "number of nodes"), "number of nodes");
        var triangleTag = Required(file, block, TagKind.BemTriangles, "surface's triangles");
        // Metres in the file, millimetres in a support.
        var mesh = new SurfaceSupport(file.Points(nodes, count, 1000, "surface's nodes"), file.Triangles(triangleTag, count, "surface's triangles"))
        {
            Frame = file.FrameOf(block.Find(TagKind.MneFrame) ?? model.Find(TagKind.BemFrame)),
        };
        if (block.Find(TagKind.BemTriangleCount) is { } claim && file.Int(claim, "number of triangles") is var claimed && claimed != mesh.Triangles.Count)
        {
            throw new MalformedFileException(file.Path, claim.Data, "number of triangles", FormattableString.Invariant($"{claimed} with {mesh.Triangles.Count} listed"), "as many as are listed");
        }

        var id = block.Find(TagKind.BemSurfaceId) is { } idTag ? file.Int(idTag, "surface's number") : 0;
        var name = block.Find(TagKind.BemSurfaceName) is { } nameTag ? file.Text(nameTag, "surface's name") : NameOf(id);
        return new(name.Length > 0 ? name : FormattableString.Invariant($"surface {id}"), mesh)
        {
            Normals = block.Find(TagKind.BemNormals) is { } normals ? file.Points(normals, count, 1, "surface's normals") : null,
            ConductivitySiemensPerMetre = block.Find(TagKind.BemConductivity) is { } sigma && file.Real(sigma, "conductivity") is > 0 and < double.PositiveInfinity and var value ? value : null,
            Provenance = Provenance.OfFile(file.Path, FiffFormat.FormatName),
        };
    }

    private static FiffTag Required(FiffFile file, FiffBlock block, int kind, string field) =>
        block.Find(kind) ?? throw new MalformedFileException(file.Path, null, field, "none", "nodes and triangles of every surface");
}
