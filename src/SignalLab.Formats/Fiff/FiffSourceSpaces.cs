using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Source spaces: vertices of a cortex, nodes of a grid, single dipoles.</summary>
internal static class FiffSourceSpaces
{
    private const int VoxelFrame = 2001;

    /// <summary>Reads the source spaces in a block, in file order.</summary>
    public static IReadOnlyList<SourceSpace> Read(FiffFile file, FiffBlock block) => [.. block.All(BlockKind.SourceSpace).Select(s => ReadOne(file, s))];

    private static SourceSpace ReadOne(FiffFile file, FiffBlock block)
    {
        if (block.Find(TagKind.SourceCount) is not { } countTag || block.Find(TagKind.SourcePoints) is not { } pointTag || block.Find(TagKind.SourceNormals) is not { } normalTag)
        {
            throw new MalformedFileException(file.Path, null, "source space", "no number of points, no points or no normals", "all three");
        }

        var count = file.Int(countTag, "number of source points");
        var points = file.Points(pointTag, count, 1, "source points");
        var kind = (block.Find(TagKind.SourceSpaceType) is { } typeTag ? file.Int(typeTag, "type of source space") : 1) switch
        {
            1 => SourceSpaceKind.Surface,
            2 => SourceSpaceKind.Volume,
            3 => SourceSpaceKind.Discrete,
            var other => throw new MalformedFileException(file.Path, countTag.Data, "type of source space", FormattableString.Invariant($"{other}"), "1 (surface), 2 (volume) or 3 (discrete)"),
        };
        var frame = file.FrameOf(block.Find(TagKind.MneFrame));
        var id = block.Find(TagKind.SourceSpaceId) is { } idTag ? file.Int(idTag, "number of the source space") : 0;
        return new(kind, frame, points, file.Points(normalTag, count, 1, "source normals"), Used(file, block, count))
        {
            Name = block.Find(TagKind.Comment) is { } comment ? file.Text(comment, "name of the source space") : FiffSurfaces.NameOf(id),
            Triangles = block.Find(TagKind.SourceTriangles) is { } all ? file.Triangles(all, count, "triangles") : [],
            UsedTriangles = block.Find(TagKind.SourceUsedTriangles) is { } some && some.Size > 12 ? file.Triangles(some, count, "triangles of used points") : [],
            Nearest = Nearest(file, block, count),
            Grid = kind == SourceSpaceKind.Volume ? Grid(file, block, count, frame) : null,
            SubjectId = block.Find(TagKind.HospitalId) is { } subject ? file.Text(subject, "subject") : "",
            Provenance = Provenance.OfFile(file.Path, FiffFormat.FormatName),
        };
    }

    private static int[] Used(FiffFile file, FiffBlock block, int count)
    {
        int[] used = [];
        if (block.Find(TagKind.SourceSelection) is { } selection)
        {
            var flags = Counted(file, selection, count, "points in use");
            used = [.. Enumerable.Range(0, count).Where(i => flags[i] != 0)];
        }

        return block.Find(TagKind.SourceUsedCount) is not { } claimTag || file.Int(claimTag, "number of points in use") is var claim && claim == used.Length
            ? used
            : throw new MalformedFileException(file.Path, claimTag.Data, "number of points in use", FormattableString.Invariant($"{claim} with {used.Length} flagged"), "as many as are flagged");
    }

    private static int[]? Nearest(FiffFile file, FiffBlock block, int count)
    {
        if (block.Find(TagKind.SourceNearest) is not { } tag)
        {
            return null;
        }

        var values = Counted(file, tag, count, "nearest points in use");
        return values.All(v => v >= 0 && v < count && v == Math.Floor(v))
            ? [.. values.Select(v => (int)v)]
            : throw new MalformedFileException(file.Path, tag.Data, "nearest points in use", "a number beyond the points", FormattableString.Invariant($"0 to {count - 1}"));
    }

    private static double[] Counted(FiffFile file, FiffTag tag, int count, string field) => file.Numbers(tag, field) is { } values && values.Length == count
        ? values
        : throw new MalformedFileException(file.Path, tag.Data, field, FormattableString.Invariant($"{tag.Size} bytes"), FormattableString.Invariant($"{count} numbers"));

    // The first index runs fastest; the transform leads from indices to metres.
    private static GridSupport? Grid(FiffFile file, FiffBlock block, int count, Frame frame)
    {
        if (block.Find(TagKind.SourceVoxelCounts) is not { } tag || file.Numbers(tag, "size of the grid") is not { Length: 3 } size || size[0] * size[1] * size[2] != count || size.Any(n => n < 1))
        {
            return null;
        }

        var voxels = FiffFrames.Of(VoxelFrame);
        return FiffTransform.ReadAll(file, block.Tags).FirstOrDefault(t => t.From == voxels && t.To == frame) is { Matrix: var m }
            ? new GridSupport((int)size[0], (int)size[1], (int)size[2], Affine.FromColumns(1000 * m.Column(0), 1000 * m.Column(1), 1000 * m.Column(2), 1000 * m.Column(3))) { Frame = frame }
            : null;
    }
}
