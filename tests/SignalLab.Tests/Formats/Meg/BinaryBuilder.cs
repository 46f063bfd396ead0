using System.Buffers.Binary;
using System.Text;

namespace SignalLab.Tests.Formats.Meg;

/// <summary>Bytes of a made file, field by field.</summary>
internal sealed class BinaryBuilder(bool isBigEndian)
{
    private readonly List<byte> bytes = [];

    public int Length => bytes.Count;

    public byte[] ToArray() => [.. bytes];

    public BinaryBuilder Int16(params int[] values) => Each(values, 2, (span, v) =>
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteInt16BigEndian(span, (short)v);
        }
        else
        {
            BinaryPrimitives.WriteInt16LittleEndian(span, (short)v);
        }
    });

    public BinaryBuilder Int32(params int[] values) => Each(values, 4, (span, v) =>
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteInt32BigEndian(span, v);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(span, v);
        }
    });

    public BinaryBuilder Single(params float[] values) => Int32([.. values.Select(BitConverter.SingleToInt32Bits)]);

    public BinaryBuilder Double(params double[] values) => Each(values, 8, (span, v) =>
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteDoubleBigEndian(span, v);
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(span, v);
        }
    });

    public BinaryBuilder Text(string text, int room)
    {
        bytes.AddRange(Encoding.Latin1.GetBytes(text.PadRight(room, '\0')[..room]));
        return this;
    }

    public BinaryBuilder Zero(int count)
    {
        bytes.AddRange(new byte[count]);
        return this;
    }

    public BinaryBuilder PadTo(int position) => Zero(position - bytes.Count);

    public BinaryBuilder Align(int multiple) => PadTo((bytes.Count + multiple - 1) / multiple * multiple);

    public BinaryBuilder Add(byte[] more)
    {
        bytes.AddRange(more);
        return this;
    }

    private BinaryBuilder Each<T>(T[] values, int size, SpanWriter<T> write)
    {
        var buffer = new byte[size];
        foreach (var value in values)
        {
            write(buffer, value);
            bytes.AddRange(buffer);
        }

        return this;
    }

    private delegate void SpanWriter<T>(Span<byte> span, T value);
}
