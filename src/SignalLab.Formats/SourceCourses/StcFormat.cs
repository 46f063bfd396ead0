using System.Buffers.Binary;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.SourceCourses;

/// <summary>Source time courses on a surface (<c>-lh.stc</c>, <c>-rh.stc</c>): a channel a vertex.</summary>
/// <remarks>Source: MNE manual, "The stc file": big-endian first time and interval in ms (floats), number of vertices, their numbers, number of samples, samples as floats, all vertices at a time.</remarks>
public sealed class StcFormat : IFormat
{
    private const int HeadBytes = 12, MostVertices = 1_000_000;

    /// <inheritdoc/>
    public string Name => "Source time courses";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (head.IsDirectory || head.IsGzip || head.Bytes.Length < HeadBytes + 8 || head.Length % 4 != 0)
        {
            return false;
        }

        var bytes = head.Bytes;
        var (first, interval, vertices) = (BinaryPrimitives.ReadSingleBigEndian(bytes), BinaryPrimitives.ReadSingleBigEndian(bytes[4..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]));
        if (!(Math.Abs(first) < 1e7) || !(interval > 1e-4) || !(interval < 1e5) || vertices is 0 or > MostVertices || (head.Length / 4 - 4 - vertices) % vertices != 0 || head.Length / 4 < 4 + vertices)
        {
            return false;
        }

        var previous = -1L;
        for (var i = 0; i < vertices && HeadBytes + (4 * i) + 4 <= bytes.Length; i++)
        {
            var vertex = BinaryPrimitives.ReadUInt32BigEndian(bytes[(HeadBytes + (4 * i))..]);
            if (vertex <= previous || vertex > int.MaxValue)
            {
                return false;
            }

            previous = vertex;
        }

        return true;
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = ByteSource.OpenAsIs(path);
        var fields = bytes.Read(0, HeadBytes, "header");
        var (first, interval) = (BinaryPrimitives.ReadSingleBigEndian(fields), BinaryPrimitives.ReadSingleBigEndian(fields.AsSpan(4)));
        var vertices = BinaryPrimitives.ReadUInt32BigEndian(fields.AsSpan(8));
        if (!float.IsFinite(first) || !(interval > 0) || !double.IsFinite(1000.0 / interval) || vertices is 0 or > MostVertices)
        {
            throw new MalformedFileException(path, 0, "header", FormattableString.Invariant($"{first} ms, every {interval} ms, {vertices} vertices"), FormattableString.Invariant($"times and 1 to {MostVertices} vertices"));
        }

        var numbers = bytes.Read(HeadBytes, (4L * vertices) + 4, "numbers of the vertices");
        var samples = BinaryPrimitives.ReadUInt32BigEndian(numbers.AsSpan((int)(4 * vertices)));
        var start = HeadBytes + (4L * vertices) + 4;
        if ((Int128)samples * vertices * 4 != bytes.Length - start)
        {
            throw new MalformedFileException(path, start - 4, "number of samples", FormattableString.Invariant($"{samples} at {vertices} vertices in {bytes.Length} bytes"), "a number that fits the file's length");
        }

        Channel[] channels =
        [
            .. Enumerable.Range(0, (int)vertices).Select(i => new Channel(
                FormattableString.Invariant($"vertex {BinaryPrimitives.ReadUInt32BigEndian(numbers.AsSpan(4 * i))}"), ChannelKind.Other, Unit.Unknown, 1000.0 / interval, samples)),
        ];
        var table = new NumberTable(NumberType.Float32, channels.Length, IsBigEndian: true);
        return new Study
        {
            Recordings =
            [
                new Recording(channels, new NumberSamples(bytes, table, start, samples, [.. Enumerable.Range(0, channels.Length).Select(i => new NumberColumn(i))]))
                {
                    Remarks = [FormattableString.Invariant($"The first sample lies at the latency {first / 1000.0:0.######} s. The file states neither the unit of its values nor the surface of its vertices.")],
                    Provenance = Provenance.OfFile(path, Name),
                },
            ],
            Format = Name,
        };
    }
}
