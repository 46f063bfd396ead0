using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.FreeSurfer;

/// <summary>FreeSurfer's triangulated surfaces (<c>lh.white</c>, <c>inner_skull.surf</c>): vertices in millimetres of surface RAS.</summary>
/// <remarks>Source: FreeSurfer wiki, "Surface file format", triangle files: FF FF FE, two lines of text, numbers of vertices and triangles, big-endian floats and integers.</remarks>
public sealed class FreeSurferSurface : IFormat
{
    private const int LongestText = 4096;

    /// <inheritdoc/>
    public string Name => "FreeSurfer surface";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && !head.IsGzip && Begins(head.Bytes);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = ByteSource.OpenAsIs(path);
        var head = bytes.Read(0, Math.Min(bytes.Length, LongestText), "header");
        var first = head.AsSpan().IndexOf((byte)'\n');
        var second = first < 0 ? -1 : head.AsSpan(first + 1).IndexOf((byte)'\n');
        if (!Begins(head) || second < 0)
        {
            throw new MalformedFileException(path, 0, "header", Convert.ToHexStringLower(head.AsSpan(0, Math.Min(3, head.Length))), "FF FF FE and two lines of text");
        }

        var start = first + second + 2;
        var counts = bytes.Read(start, 8, "numbers of vertices and triangles");
        var (vertices, triangles) = (BinaryPrimitives.ReadInt32BigEndian(counts), BinaryPrimitives.ReadInt32BigEndian(counts.AsSpan(4)));
        bytes.Require(start + 8, vertices < 0 || triangles < 0 ? -1 : 12L * ((long)vertices + triangles), "vertices and triangles");
        var points = Points(bytes, start + 8, vertices);
        var corners = Corners(bytes, start + 8 + (12L * vertices), triangles, vertices);
        bytes.Close();
        return new Study
        {
            Surfaces = [new(Path.GetFileName(path), new SurfaceSupport(points, corners) { Frame = Frame.Mri }) { Provenance = Provenance.OfFile(path, Name) }],
            Format = Name,
        };
    }

    // Three bytes alone may begin any table of numbers: the first line is text.
    private static bool Begins(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xff, 0xfe]))
        {
            return false;
        }

        var line = bytes[3..].IndexOf((byte)'\n');
        return line >= 0 && !bytes.Slice(3, line).ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }

    private static Point3[] Points(ByteSource bytes, long offset, int count)
    {
        var content = bytes.Read(offset, 12L * count, "vertices");
        var points = new Point3[count];
        for (var i = 0; i < count; i++)
        {
            var at = content.AsSpan(12 * i);
            points[i] = new(BinaryPrimitives.ReadSingleBigEndian(at), BinaryPrimitives.ReadSingleBigEndian(at[4..]), BinaryPrimitives.ReadSingleBigEndian(at[8..]));
            if (!double.IsFinite(points[i].Norm))
            {
                throw new MalformedFileException(bytes.Path, offset + (12L * i), "vertex", "no number", "finite coordinates");
            }
        }

        return points;
    }

    private static (int A, int B, int C)[] Corners(ByteSource bytes, long offset, int count, int vertices)
    {
        var content = bytes.Read(offset, 12L * count, "triangles");
        var corners = new (int A, int B, int C)[count];
        for (var i = 0; i < count; i++)
        {
            corners[i] = (Vertex(i, 0), Vertex(i, 1), Vertex(i, 2));
        }

        return corners;

        int Vertex(int triangle, int corner)
        {
            var vertex = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan((12 * triangle) + (4 * corner)));
            return vertex >= 0 && vertex < vertices
                ? vertex
                : throw new MalformedFileException(bytes.Path, offset + (12L * triangle), "triangle", FormattableString.Invariant($"the vertex {vertex}"), FormattableString.Invariant($"0 to {vertices - 1}"));
        }
    }
}
