using System.Buffers.Binary;
using System.Text;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Scp;

/// <summary>The body of one section; every field is checked against the section's length.</summary>
/// <param name="source">The file.</param>
/// <param name="id">The section's number.</param>
/// <param name="offset">Byte where its body begins, behind the header of 16 bytes.</param>
/// <param name="length">Bytes of the body.</param>
/// <param name="protocol">Protocol version, 13 or 20 for 1.3 and 2.0, 30 for 3.0.</param>
internal sealed class ScpSection(ByteSource source, int id, long offset, long length, int protocol)
{
    // No section is looked through farther than this; samples are read by themselves.
    private const long LargestHead = 1 << 20;

    private byte[]? head;

    public string Path => source.Path;

    public int Protocol => protocol;

    public long Length => length;

    public byte U8(long at, string field) => Head(at, 1, field)[0];

    public int U16(long at, string field) => BinaryPrimitives.ReadUInt16LittleEndian(Head(at, 2, field));

    public int I16(long at, string field) => BinaryPrimitives.ReadInt16LittleEndian(Head(at, 2, field));

    public long U32(long at, string field) => BinaryPrimitives.ReadUInt32LittleEndian(Head(at, 4, field));

    /// <summary>Text up to its closing zero; 3.0 is UTF-8, earlier versions Latin-1.</summary>
    public string Text(long at, int count, string field)
    {
        var bytes = Head(at, count, field);
        return (protocol >= 30 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes).Replace('\0', ' ').Trim();
    }

    /// <summary>Bytes that are read from the file each time.</summary>
    public byte[] Read(long at, int count, string field)
    {
        Require(at, count, field);
        return source.Read(offset + at, count, Name(field));
    }

    /// <summary>Samples that lie in the section as a table of numbers.</summary>
    public NumberSamples Table(NumberTable table, long at, long count, IReadOnlyList<NumberColumn> channels)
    {
        source.Require(offset + at, table.FrameBytes * count, Name("samples"));
        return new(source, table, offset + at, count, channels);
    }

    /// <summary>A fault of this section.</summary>
    public MalformedFileException Fault(long at, string field, string found, string expected) => new(Path, offset + at, Name(field), found, expected);

    private ReadOnlySpan<byte> Head(long at, int count, string field)
    {
        head ??= source.Read(offset, Math.Min(length, LargestHead), Name(field));
        Require(at, count, field);
        return at + count <= head.Length ? head.AsSpan((int)at, count) : throw Fault(at, field, "a section larger than is read", FormattableString.Invariant($"at most {LargestHead} bytes"));
    }

    private void Require(long at, int count, string field)
    {
        if (at < 0 || count < 0 || at > length - count)
        {
            throw Fault(Math.Clamp(at, 0, length), field, FormattableString.Invariant($"the section's end after {length} bytes"), FormattableString.Invariant($"{count} bytes from byte {at}"));
        }
    }

    private string Name(string field) => FormattableString.Invariant($"section {id}, {field}");
}
