using SignalLab.Formats.LabelTables;
using SignalLab.Model;

namespace SignalLab.Formats.Nifti;

/// <summary>From a header to the map: its claims are checked against the voxels' file before anything is read.</summary>
internal static class NiftiFiles
{
    /// <summary>The <c>.hdr</c> of an <c>.img</c> (gzip or not, either case), or null.</summary>
    public static string? HeaderBeside(string path) => Companion(path, ".img", ".hdr");

    public static Study Open(string path, string headerPath, ByteSource source, NiftiHeader raw)
    {
        var remarks = new List<string>();
        var type = NiftiDatatype.Of(raw.Datatype, headerPath, raw.OffsetOf("datatype"));
        var header = raw with { Dim = CheckedDimensions(headerPath, raw) };
        if (header.Bitpix != 8 * type.Size)
        {
            remarks.Add(FormattableString.Invariant($"bitpix says {header.Bitpix} bits, the data type {type.Name} has {8 * type.Size}: the data type is believed."));
        }

        var voxels = header.IsPair ? ByteSource.Open(VoxelsBeside(headerPath)) : source;
        var offset = VoxelOffset(headerPath, header, remarks);
        CheckExtensions(source, header, offset, remarks);
        CheckLength(headerPath, header, type, voxels, offset);

        var (toMillimetres, frame, between) = NiftiGeometry.Of(header, remarks);
        var axes = NiftiAxes.Of(header, type, remarks);
        var (quantity, unit, kind) = type.Colours > 1 ? (new Quantity("colour"), Unit.One, MapKind.Measured) : NiftiIntent.Of(header, remarks);
        var mayName = kind == MapKind.Label || (type.IsWhole && header.Scale is (0 or 1, 0) && axes.Count == 0 && kind == MapKind.Measured);
        var names = mayName ? LabelTable.Beside(path, kind == MapKind.Label) : new Dictionary<int, string>();
        (quantity, unit, kind) = names.Count > 0 ? (new("label"), Unit.One, MapKind.Label) : (quantity, unit, kind);
        var grid = new GridSupport((int)header.Dim[1], (int)header.Dim[2], (int)header.Dim[3], toMillimetres) { Frame = frame };
        var frames = axes.Aggregate(1, (n, axis) => n * axis.Length);
        var values = new NiftiValues(voxels, offset, type, header.IsLittleEndian, Scale(headerPath, header, type, remarks), grid.Count, frames);
        var map = new ParameterMap(quantity, unit, grid, values)
        {
            Axes = axes,
            Kind = kind,
            LabelNames = names,
            Window = header.Calibration is var (min, max) && max > min && double.IsFinite(max - min) ? ((min + max) / 2, max - min) : null,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, NameOf(header)),
        };
        return new() { Maps = [map], Format = NameOf(header), Transforms = between is null ? [] : [between], Remarks = remarks };
    }

    private static string NameOf(NiftiHeader header) => header.Version switch
    {
        NiftiVersion.Analyze => "Analyze 7.5",
        NiftiVersion.One => "NIfTI-1",
        _ => "NIfTI-2",
    };

    private static string VoxelsBeside(string headerPath) =>
        Companion(headerPath, ".hdr", ".img") ?? throw new MalformedFileException(headerPath, null, "the voxels' file", "no .img beside the header", "a pair of files of one name, .hdr and .img");

    private static string? Companion(string path, string ending, string other)
    {
        var gz = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[^3..] : "";
        var stem = path[..^gz.Length];
        if (!stem.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var wanted = stem.EndsWith(ending.ToUpperInvariant(), StringComparison.Ordinal) ? other.ToUpperInvariant() : other;
        return new[] { gz, gz.Length > 0 ? "" : ".gz" }.Select(g => stem[..^4] + wanted + g).FirstOrDefault(File.Exists);
    }

    private static long[] CheckedDimensions(string path, NiftiHeader header)
    {
        var offset = header.OffsetOf("dim");
        if (header.Dim[0] is < 1 or > 7)
        {
            throw new MalformedFileException(path, offset, "dim[0]", FormattableString.Invariant($"{header.Dim[0]}"), "1 to 7 dimensions");
        }

        var dim = (long[])header.Dim.Clone();
        for (var d = 1; d < 8; d++)
        {
            if (d > header.Dim[0])
            {
                dim[d] = 1;
            }
            else if (dim[d] is < 1 or > int.MaxValue)
            {
                var each = header.Version == NiftiVersion.Two ? 8 : 2;
                throw new MalformedFileException(path, offset + (each * d), FormattableString.Invariant($"dim[{d}]"), FormattableString.Invariant($"{dim[d]}"), "a size of 1 or more");
            }
        }

        return dim;
    }

    private static long VoxelOffset(string path, NiftiHeader header, List<string> remarks)
    {
        var offset = header.VoxOffset;
        if (!double.IsFinite(offset) || offset < 0 || offset > long.MaxValue / 2 || offset != Math.Floor(offset))
        {
            throw new MalformedFileException(path, header.OffsetOf("vox_offset"), "vox_offset", FormattableString.Invariant($"{offset}"), "a whole number of bytes");
        }

        var least = header.IsPair ? 0 : header.Size + 4;
        if (offset >= least)
        {
            return (long)offset;
        }

        remarks.Add(FormattableString.Invariant($"vox_offset {offset} lies inside the header: the voxels are read from byte {least}."));
        return least;
    }

    // Four bytes after the header say whether extensions follow, each with its own size, a multiple of 16.
    private static void CheckExtensions(ByteSource source, NiftiHeader header, long voxelOffset, List<string> remarks)
    {
        var end = header.IsPair ? source.Length : Math.Min(voxelOffset, source.Length);
        var at = header.Size + 4L;
        if (header.Version == NiftiVersion.Analyze || end < at + 8 || source.Read(header.Size, 1, "extension flag")[0] == 0)
        {
            return;
        }

        while (at + 8 <= end)
        {
            var size = new HeaderFields(source.Read(at, 4, "extension size"), header.IsLittleEndian).Int32(0);
            if (size < 16 || size % 16 != 0 || size > end - at)
            {
                remarks.Add(FormattableString.Invariant($"The header extension at byte {at} claims {size} bytes, which do not fit: extensions are not read."));
                return;
            }

            at += size;
        }
    }

    private static void CheckLength(string path, NiftiHeader header, NiftiDatatype type, ByteSource voxels, long offset)
    {
        var count = header.Dim.Skip(1).Aggregate((UInt128)1, (n, size) => UInt128.Min(n * (UInt128)size, (UInt128)1 << 90));
        var needed = count * (UInt128)type.Size;
        if (offset > voxels.Length || needed > (UInt128)(voxels.Length - offset))
        {
            var shape = string.Join(" x ", header.Dim.Skip(1).Take((int)header.Dim[0]));
            throw new MalformedFileException(
                voxels.Path, Math.Min(offset, voxels.Length), "voxels", FormattableString.Invariant($"{Math.Max(0, voxels.Length - offset)} bytes to the end of the file"),
                FormattableString.Invariant($"{needed} bytes for {shape} voxels of {type.Name}"));
        }

        var frames = count / (UInt128)header.Dim[1] / (UInt128)header.Dim[2] / (UInt128)header.Dim[3] * (UInt128)type.Colours;
        if (frames > int.MaxValue)
        {
            throw new MalformedFileException(path, header.OffsetOf("dim"), "dim", FormattableString.Invariant($"{frames} volumes"), FormattableString.Invariant($"at most {int.MaxValue}"));
        }
    }

    private static (double, double)? Scale(string path, NiftiHeader header, NiftiDatatype type, List<string> remarks)
    {
        var (slope, intercept) = header.Scale;
        if (header.Version == NiftiVersion.Analyze)
        {
            if (slope is not (0 or 1) && double.IsFinite(slope))
            {
                remarks.Add(FormattableString.Invariant($"The unused field funused1 holds {slope}, which SPM takes as a scale: the values are not scaled."));
            }

            return null;
        }

        if (slope == 0 || !double.IsFinite(slope) || type.Colours > 1 || (slope == 1 && intercept == 0))
        {
            return null;
        }

        return double.IsFinite(intercept)
            ? (slope, intercept)
            : throw new MalformedFileException(path, header.OffsetOf("scl_inter"), "scl_inter", FormattableString.Invariant($"{intercept}"), "a number, as scl_slope is one");
    }
}
