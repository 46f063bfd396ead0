using System.Text;

namespace SignalLab.Formats.Parquet;

/// <summary>A structure in Thrift's compact protocol, as Parquet's footer and page headers are made of. Fields are given in rising order of their numbers.</summary>
/// <remarks>Source: Apache Thrift, "Thrift compact protocol encoding".</remarks>
internal sealed class ThriftStruct
{
    /// <summary>Types of list elements.</summary>
    public const int Int32 = 5, Binary = 8, Struct = 12;

    private const int Int64 = 6, List = 9, LongList = 15;
    private readonly List<byte> bytes = [];
    private int last;

    /// <summary>A number of 32 bits.</summary>
    public ThriftStruct Put(int field, int value) => Field(field, Int32).Number(value);

    /// <summary>A number of 64 bits.</summary>
    public ThriftStruct Put(int field, long value) => Field(field, Int64).Number(value);

    /// <summary>A text in UTF-8.</summary>
    public ThriftStruct Put(int field, string value) => Field(field, Binary).Text(value);

    /// <summary>A structure inside.</summary>
    public ThriftStruct Put(int field, ThriftStruct value)
    {
        Field(field, Struct).bytes.AddRange(value.End());
        return this;
    }

    /// <summary>A list of structures.</summary>
    public ThriftStruct Put(int field, IReadOnlyCollection<ThriftStruct> values)
    {
        Head(field, Struct, values.Count);
        foreach (var value in values)
        {
            bytes.AddRange(value.End());
        }

        return this;
    }

    /// <summary>A list of numbers of 32 bits.</summary>
    public ThriftStruct Put(int field, IReadOnlyCollection<int> values)
    {
        Head(field, Int32, values.Count);
        foreach (var value in values)
        {
            Number(value);
        }

        return this;
    }

    /// <summary>A list of texts.</summary>
    public ThriftStruct Put(int field, IReadOnlyCollection<string> values)
    {
        Head(field, Binary, values.Count);
        foreach (var value in values)
        {
            Text(value);
        }

        return this;
    }

    /// <summary>All bytes, with the mark of the end.</summary>
    public byte[] End() => [.. bytes, 0];

    private ThriftStruct Field(int field, int type)
    {
        bytes.Add((byte)(((field - last) << 4) | type));
        last = field;
        return this;
    }

    private void Head(int field, int type, int count)
    {
        Field(field, List);
        if (count < LongList)
        {
            bytes.Add((byte)((count << 4) | type));
            return;
        }

        bytes.Add((byte)((LongList << 4) | type));
        Variable((ulong)count);
    }

    private ThriftStruct Text(string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        Variable((ulong)text.Length);
        bytes.AddRange(text);
        return this;
    }

    // Zigzag: small numbers of either sign are short.
    private ThriftStruct Number(long value)
    {
        Variable((ulong)((value << 1) ^ (value >> 63)));
        return this;
    }

    private void Variable(ulong value)
    {
        for (; value > 0x7f; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }
}
