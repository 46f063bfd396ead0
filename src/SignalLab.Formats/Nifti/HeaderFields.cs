using System.Buffers.Binary;
using System.Text;

namespace SignalLab.Formats.Nifti;

/// <summary>The numbers and texts of a binary header in its own byte order.</summary>
internal readonly ref struct HeaderFields(ReadOnlySpan<byte> bytes, bool littleEndian)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    public byte Byte(int offset) => bytes[offset];

    public short Int16(int offset) =>
        littleEndian ? BinaryPrimitives.ReadInt16LittleEndian(bytes[offset..]) : BinaryPrimitives.ReadInt16BigEndian(bytes[offset..]);

    public int Int32(int offset) =>
        littleEndian ? BinaryPrimitives.ReadInt32LittleEndian(bytes[offset..]) : BinaryPrimitives.ReadInt32BigEndian(bytes[offset..]);

    public long Int64(int offset) =>
        littleEndian ? BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]) : BinaryPrimitives.ReadInt64BigEndian(bytes[offset..]);

    public double Single(int offset) =>
        littleEndian ? BinaryPrimitives.ReadSingleLittleEndian(bytes[offset..]) : BinaryPrimitives.ReadSingleBigEndian(bytes[offset..]);

    public double Double(int offset) =>
        littleEndian ? BinaryPrimitives.ReadDoubleLittleEndian(bytes[offset..]) : BinaryPrimitives.ReadDoubleBigEndian(bytes[offset..]);

    public double[] Singles(int offset, int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Single(offset + (4 * i));
        }

        return values;
    }

    public double[] Doubles(int offset, int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Double(offset + (8 * i));
        }

        return values;
    }

    /// <summary>Text up to the first zero byte.</summary>
    public string Text(int offset, int length)
    {
        var field = bytes.Slice(offset, length);
        var end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]).Trim();
    }
}
