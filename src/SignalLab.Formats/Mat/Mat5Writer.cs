using System.Buffers.Binary;
using System.Text;

namespace SignalLab.Formats.Mat;

/// <summary>
/// Writes one MAT file of version 5, little-endian, uncompressed. Arrays are made as bytes; large numbers are announced by their size and written by the caller where they belong.
/// Source: MathWorks, MAT-File Format, chapter 1 (level 5).
/// </summary>
internal static class Mat5Writer
{
    /// <summary>Most bytes of one array: its size is a 32-bit number, and MATLAB itself stops at 2 GB.</summary>
    public const long LargestArray = int.MaxValue;

    private const int Int8 = 1;
    private const int Int32 = 5;
    private const int UInt32 = 6;
    private const int Single = 7;
    private const int Double = 9;
    private const int Matrix = 14;
    private const int Utf8 = 16;
    private const int CellClass = 1;
    private const int StructClass = 2;
    private const int CharClass = 4;
    private const int DoubleClass = 6;
    private const int SingleClass = 7;
    private const int FieldNameLength = 32;

    /// <summary>The 128 bytes before the first array.</summary>
    /// <param name="text">What made the file; at most 95 ASCII characters count.</param>
    public static byte[] Header(string text)
    {
        var header = new byte[128];
        header.AsSpan(0, 116).Fill((byte)' ');
        var line = Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, " + text);
        line.AsSpan(0, Math.Min(line.Length, 116)).CopyTo(header);
        ((ReadOnlySpan<byte>)[0, 1, (byte)'I', (byte)'M']).CopyTo(header.AsSpan(124));
        return header;
    }

    /// <summary>Numbers in column-major order.</summary>
    public static byte[] Doubles(int rows, int columns, params ReadOnlySpan<double> values)
    {
        var bytes = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * i), values[i]);
        }

        return Array(DoubleClass, "", rows, columns, Element(Double, bytes));
    }

    /// <summary>One number.</summary>
    public static byte[] Number(double value) => Doubles(1, 1, value);

    /// <summary>No numbers: what MATLAB writes as <c>[]</c>.</summary>
    public static byte[] Nothing() => Doubles(0, 0);

    /// <summary>No cells: what MATLAB writes as <c>{}</c>.</summary>
    public static byte[] NoCells() => Array(CellClass, "", 0, 0, []);

    /// <summary>A line of text in UTF-8, as MATLAB and SciPy write it; a character beyond 16 bits, which they count differently, becomes the replacement character.</summary>
    public static byte[] Text(string text)
    {
        var plain = string.Concat(text.EnumerateRunes().Select(r => r.IsBmp ? r.ToString() : "\uFFFD"));
        return Array(CharClass, "", plain.Length == 0 ? 0 : 1, plain.Length, Element(Utf8, Encoding.UTF8.GetBytes(plain)));
    }

    /// <summary>The beginning of an array of single precision whose numbers follow.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="total">Bytes of the whole array, its numbers and the padding after them included.</param>
    /// <param name="padding">Zero bytes to write after the numbers.</param>
    public static byte[] SinglesHead(int rows, long columns, out long total, out int padding)
    {
        var size = sizeof(float) * rows * columns;
        padding = (int)((8 - (size % 8)) % 8);
        var head = Head(SingleClass, "", rows, (int)columns);
        total = 8 + head.Length + 8 + size + padding;
        return [.. Tag(Matrix, total - 8), .. head, .. Tag(Single, size)];
    }

    /// <summary>An array of structures.</summary>
    /// <param name="count">Elements.</param>
    /// <param name="fields">Field names.</param>
    /// <param name="values">The fields of each element, one element after the other.</param>
    public static byte[] Structs(int count, IReadOnlyList<string> fields, IReadOnlyList<byte[]> values)
    {
        using var content = new MemoryStream();
        content.Write(StructHead(fields));
        foreach (var value in values)
        {
            content.Write(value);
        }

        return Array(StructClass, "", count == 0 ? 0 : 1, count, content.ToArray());
    }

    /// <summary>The beginning of one named structure whose fields' values follow in order.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="fields">Field names.</param>
    /// <param name="valueBytes">Bytes of all values together.</param>
    public static byte[] StructHead(string name, IReadOnlyList<string> fields, long valueBytes)
    {
        byte[] inside = [.. Head(StructClass, name, 1, 1), .. StructHead(fields)];
        return [.. Tag(Matrix, inside.Length + valueBytes), .. inside];
    }

    private static byte[] StructHead(IReadOnlyList<string> fields)
    {
        var names = new byte[FieldNameLength * fields.Count];
        for (var i = 0; i < fields.Count; i++)
        {
            Encoding.ASCII.GetBytes(fields[i]).CopyTo(names, FieldNameLength * i);
        }

        return [.. Element(Int32, [FieldNameLength, 0, 0, 0]), .. Element(Int8, names)];
    }

    private static byte[] Array(int arrayClass, string name, int rows, int columns, byte[] content)
    {
        var head = Head(arrayClass, name, rows, columns);
        return [.. Tag(Matrix, head.Length + content.Length), .. head, .. content];
    }

    private static byte[] Head(int arrayClass, string name, int rows, int columns)
    {
        var sizes = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(sizes, rows);
        BinaryPrimitives.WriteInt32LittleEndian(sizes.AsSpan(4), columns);
        return [.. Element(UInt32, [(byte)arrayClass, 0, 0, 0, 0, 0, 0, 0]), .. Element(Int32, sizes), .. Element(Int8, Encoding.ASCII.GetBytes(name))];
    }

    // Data of up to four bytes stand in the tag itself.
    private static byte[] Element(int type, byte[] data) => data.Length is > 0 and <= 4
        ? [(byte)type, 0, (byte)data.Length, 0, .. data, .. new byte[4 - data.Length]]
        : [.. Tag(type, data.Length), .. data, .. new byte[(8 - (data.Length % 8)) % 8]];

    private static byte[] Tag(int type, long size)
    {
        var tag = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(tag, type);
        BinaryPrimitives.WriteUInt32LittleEndian(tag.AsSpan(4), checked((uint)size));
        return tag;
    }
}
