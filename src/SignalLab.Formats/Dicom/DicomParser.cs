using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>Walks through the elements of a data set; every length is checked against what holds it, sequences nest to a limit.</summary>
/// <remarks>Source: DICOM PS3.5, 7 (data sets and sequences) and annex A.4 (encapsulated pixels).</remarks>
internal sealed class DicomParser(ByteSource source, bool isBigEndian)
{
    private const int DeepestNesting = 16;
    private const uint Undefined = 0xffffffff;

    private readonly byte[] window = new byte[4096];
    private long windowStart;
    private int windowLength;

    /// <summary>Where the parser stands.</summary>
    public long Position { get; private set; }

    /// <summary>Reads a whole data set up to its pixel data, which close it.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="isExplicit">Elements carry their value representation.</param>
    /// <param name="onlyGroup">Stop before the first element of another group, or null.</param>
    public DicomDataset Read(long start, bool isExplicit, ushort? onlyGroup = null)
    {
        Position = start;
        var set = new DicomDataset(source, isBigEndian, null);
        while (Position < source.Length && !IsPadding())
        {
            if (onlyGroup is { } group && ReadTag(Position).Group != group)
            {
                break;
            }

            var tag = ReadElement(set, source.Length, isExplicit, 0);
            if (tag.IsPixels)
            {
                break;
            }
        }

        return set;
    }

    // Nothing but zeros to the end: some writers fill up their last block.
    private bool IsPadding()
    {
        var left = source.Length - Position;
        return left < 8 && !source.Read(Position, left, "padding").AsSpan().ContainsAnyExcept((byte)0);
    }

    private DicomTag ReadElement(DicomDataset set, long end, bool isExplicit, int depth)
    {
        var at = Position;
        Within(at, 8, end, "element");
        var tag = ReadTag(at);
        string vr;
        uint length;
        if (isExplicit && tag.Group != 0xfffe)
        {
            vr = Encoding.Latin1.GetString(Peek(at + 4, 2));
            if (!DicomVr.IsKnown(vr))
            {
                throw new MalformedFileException(source.Path, at + 4, $"value representation of {tag}", $"\"{vr}\"", "one of DICOM's, such as US or LO");
            }

            var hasLongLength = DicomVr.HasLongLength(vr);
            Within(at, hasLongLength ? 12 : 8, end, tag.ToString());
            length = hasLongLength ? UInt32(at + 8) : UInt16(at + 6);
            Position = at + (hasLongLength ? 12 : 8);
        }
        else
        {
            vr = DicomVr.OfImplicit(tag);
            length = UInt32(at + 4);
            Position = at + 8;
        }

        if (tag.IsPixels && length == Undefined)
        {
            set[tag] = ReadFragments(vr, end);
        }
        else if (vr == "SQ" || length == Undefined)
        {
            // An unknown element of undefined length is a sequence in implicit form (PS3.5, 6.2.2).
            set[tag] = ReadSequence(set, length, end, isExplicit && vr != "UN", depth + 1);
        }
        else
        {
            Within(Position, length, end, tag.ToString());
            set[tag] = new(vr, Position, length);
            Position += length;
        }

        return tag;
    }

    private DicomElement ReadSequence(DicomDataset parent, uint length, long end, bool isExplicit, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new MalformedFileException(source.Path, Position, "sequence", FormattableString.Invariant($"more than {DeepestNesting} sequences in each other"), "fewer");
        }

        var items = new List<DicomDataset>();
        var start = Position;
        var last = length == Undefined ? end : start + length;
        Within(start, last - start, end, "sequence");
        while (Position < last)
        {
            Within(Position, 8, last, "sequence item");
            var tag = ReadTag(Position);
            var itemLength = UInt32(Position + 4);
            if (tag == DicomTag.SequenceEnd)
            {
                Position += 8;
                return new("SQ", start, 0) { Items = items };
            }

            if (tag != DicomTag.Item)
            {
                throw new MalformedFileException(source.Path, Position, "sequence", tag.ToString(), $"an item {DicomTag.Item}");
            }

            Position += 8;
            items.Add(ReadItem(parent, itemLength, last, isExplicit, depth));
        }

        return length == Undefined
            ? throw new MalformedFileException(source.Path, start, "sequence", "no end to it", $"an item {DicomTag.SequenceEnd}")
            : new("SQ", start, 0) { Items = items };
    }

    private DicomDataset ReadItem(DicomDataset parent, uint length, long end, bool isExplicit, int depth)
    {
        var set = new DicomDataset(source, isBigEndian, parent);
        var start = Position;
        var last = length == Undefined ? end : start + length;
        Within(start, last - start, end, "sequence item");
        while (Position < last)
        {
            Within(Position, 8, last, "element of an item");
            if (ReadTag(Position) == DicomTag.ItemEnd)
            {
                Position += 8;
                return set;
            }

            ReadElement(set, last, isExplicit, depth);
        }

        return length == Undefined
            ? throw new MalformedFileException(source.Path, start, "sequence item", "no end to it", $"an item {DicomTag.ItemEnd}")
            : set;
    }

    private DicomElement ReadFragments(string vr, long end)
    {
        var fragments = new List<(long, long)>();
        var start = Position;
        while (true)
        {
            Within(Position, 8, end, "pixel data fragment");
            var tag = ReadTag(Position);
            var length = UInt32(Position + 4);
            Position += 8;
            if (tag == DicomTag.SequenceEnd)
            {
                return new(vr, start, Position - start) { Fragments = fragments };
            }

            if (tag != DicomTag.Item)
            {
                throw new MalformedFileException(source.Path, Position - 8, "pixel data fragment", tag.ToString(), $"an item {DicomTag.Item} or the end {DicomTag.SequenceEnd}");
            }

            Within(Position, length, end, "pixel data fragment");
            fragments.Add((Position, length));
            Position += length;
        }
    }

    private void Within(long at, long count, long end, string field)
    {
        if (count < 0 || count > end - at)
        {
            throw new MalformedFileException(
                source.Path, at, field, FormattableString.Invariant($"{Math.Max(0, end - at)} bytes left"), FormattableString.Invariant($"{count} bytes, as its length claims"));
        }
    }

    private DicomTag ReadTag(long at)
    {
        Within(at, 4, source.Length, "tag");
        return new(UInt16(at), UInt16(at + 2));
    }

    private ushort UInt16(long at) => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(Peek(at, 2)) : BinaryPrimitives.ReadUInt16LittleEndian(Peek(at, 2));

    private uint UInt32(long at) => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(Peek(at, 4)) : BinaryPrimitives.ReadUInt32LittleEndian(Peek(at, 4));

    private ReadOnlySpan<byte> Peek(long at, int count)
    {
        if (at < windowStart || at + count > windowStart + windowLength)
        {
            windowLength = (int)Math.Min(window.Length, source.Length - at);
            windowStart = at;
            source.ReadExactly(at, window.AsSpan(0, windowLength), "element");
        }

        return window.AsSpan((int)(at - windowStart), count);
    }
}
