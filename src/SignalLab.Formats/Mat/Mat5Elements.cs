using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Mat;

/// <summary>Where one data element lies.</summary>
/// <param name="Type">The element's type number (miINT8 …).</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Data">Offset of its first byte.</param>
/// <param name="Next">Offset of the element after it, padding passed.</param>
internal readonly record struct MatTag(int Type, long Size, long Data, long Next);

/// <summary>Walks the data elements of a stretch of bytes; nothing is read or allocated past its end.</summary>
/// <param name="source">The bytes: the file, or one inflated variable.</param>
/// <param name="isBig">True where numbers are big-endian.</param>
/// <param name="end">End of the stretch; null for the end of the bytes.</param>
internal sealed class Mat5Elements(ByteSource source, bool isBig, long? end)
{
    /// <summary>Most dimensions an array may have.</summary>
    private const int MostDimensions = 32;

    public long End { get; } = end ?? source.Length;

    public ByteSource Source => source;

    public bool IsBig => isBig;

    /// <summary>The same bytes up to a nearer end.</summary>
    public Mat5Elements Within(long nearer) => new(source, isBig, nearer);

    /// <summary>The element that begins at an offset.</summary>
    public MatTag Tag(long at, string field)
    {
        Span<byte> head = stackalloc byte[8];
        if (at > End - head.Length)
        {
            throw Fault(Math.Min(at, End), field, "the end of the data", "a data element of at least 8 bytes");
        }

        source.ReadExactly(at, head, field);
        var first = Word(head);
        if (first >> 16 != 0)
        {
            var size = (int)(first >> 16);
            return size <= 4 ? new((int)(first & 0xffff), size, at + 4, at + 8) : throw Fault(at, field, FormattableString.Invariant($"a short element of {size} bytes"), "at most 4");
        }

        var bytes = (long)Word(head[4..]);
        if (bytes > End - at - 8)
        {
            throw Fault(at + 4, field, FormattableString.Invariant($"an element of {bytes} bytes"), FormattableString.Invariant($"at most the {End - at - 8} bytes that follow"));
        }

        return new((int)first, bytes, at + 8, Math.Min(End, at + 8 + ((bytes + 7) / 8 * 8)));
    }

    public uint UInt32(long at, string field)
    {
        Span<byte> four = stackalloc byte[4];
        source.ReadExactly(at, four, field);
        return Word(four);
    }

    public byte[] Bytes(MatTag tag, string field) => source.Read(tag.Data, tag.Size, field);

    /// <summary>The sizes of an array; their product fits an index.</summary>
    public long[] Dimensions(MatTag tag)
    {
        if (tag.Size % 4 != 0 || tag.Size < 8 || tag.Size > 4 * MostDimensions)
        {
            throw Fault(tag.Data, "dimensions", FormattableString.Invariant($"{tag.Size} bytes"), FormattableString.Invariant($"2 to {MostDimensions} sizes of 4 bytes"));
        }

        var sizes = new long[tag.Size / 4];
        var product = 1L;
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = UInt32(tag.Data + (4 * i), "dimensions");
            if (sizes[i] > int.MaxValue || (product *= sizes[i]) > 1L << 40)
            {
                throw Fault(tag.Data, "dimensions", FormattableString.Invariant($"size {sizes[i]}"), "sizes that fit the file");
            }
        }

        return sizes;
    }

    /// <summary>The characters of an element in the coding that its type states.</summary>
    public string Text(MatTag tag, string field)
    {
        var bytes = Bytes(tag, field);
        return tag.Type switch
        {
            16 => Encoding.UTF8.GetString(bytes),
            4 or 17 => (isBig ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes),
            18 => new UTF32Encoding(isBig, false).GetString(bytes),
            1 or 2 => Encoding.Latin1.GetString(bytes),
            _ => throw Fault(tag.Data, field, FormattableString.Invariant($"an element of type {tag.Type}"), "characters"),
        };
    }

    public MalformedFileException Fault(long at, string field, string found, string expected) => new(source.Path, at, field, found, expected);

    private uint Word(ReadOnlySpan<byte> four) => isBig ? BinaryPrimitives.ReadUInt32BigEndian(four) : BinaryPrimitives.ReadUInt32LittleEndian(four);
}
