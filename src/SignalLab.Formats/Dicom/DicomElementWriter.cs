using System.Buffers.Binary;
using System.Text;

namespace SignalLab.Formats.Dicom;

/// <summary>Writes elements one after the other; sequences and items end by delimiters.</summary>
/// <param name="stream">Receives them.</param>
/// <param name="isExplicit">Elements carry their value representation.</param>
/// <param name="isBigEndian">Byte order of tags, lengths and numbers.</param>
/// <remarks>Source: DICOM PS3.5, 7.1 and 7.5.</remarks>
internal sealed class DicomElementWriter(Stream stream, bool isExplicit, bool isBigEndian)
{
    private const uint Undefined = 0xffffffff;
    private const int BlockBytes = 1 << 16;

    /// <summary>An element of text, padded to an even length.</summary>
    public void Text(DicomTag tag, string vr, string text)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(text)];
        Value(tag, vr, bytes.Length % 2 == 0 ? bytes : [.. bytes, vr == "UI" ? (byte)0 : (byte)' ']);
    }

    /// <summary>An element of an even number of bytes.</summary>
    public void Value(DicomTag tag, string vr, ReadOnlySpan<byte> bytes)
    {
        Head(tag, vr, (uint)bytes.Length);
        stream.Write(bytes);
    }

    /// <summary>An element as it stands in a file of the same byte order.</summary>
    public void Copy(DicomTag tag, DicomElement element, ByteSource source)
    {
        Head(tag, element.Vr, (uint)element.Length);
        var block = new byte[Math.Min(BlockBytes, element.Length)];
        for (long done = 0; done < element.Length; done += block.Length)
        {
            var part = block.AsSpan(0, (int)Math.Min(block.Length, element.Length - done));
            source.ReadExactly(element.Offset + done, part, tag.ToString());
            stream.Write(part);
        }
    }

    /// <summary>A sequence.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="items">Write the elements of an item each.</param>
    public void Sequence(DicomTag tag, IEnumerable<Action> items)
    {
        Head(tag, "SQ", Undefined);
        foreach (var item in items)
        {
            Mark(DicomTag.Item, Undefined);
            item();
            Mark(DicomTag.ItemEnd, 0);
        }

        Mark(DicomTag.SequenceEnd, 0);
    }

    private void Head(DicomTag tag, string vr, uint length)
    {
        if (!isExplicit)
        {
            Mark(tag, length);
            return;
        }

        Tag(tag);
        stream.Write(Encoding.ASCII.GetBytes(vr));
        if (DicomVr.HasLongLength(vr))
        {
            UInt16(0);
            UInt32(length);
        }
        else
        {
            UInt16(checked((ushort)length));
        }
    }

    private void Mark(DicomTag tag, uint length)
    {
        Tag(tag);
        UInt32(length);
    }

    private void Tag(DicomTag tag)
    {
        UInt16(tag.Group);
        UInt16(tag.Element);
    }

    private void UInt16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        }

        stream.Write(bytes);
    }

    private void UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }

        stream.Write(bytes);
    }
}
