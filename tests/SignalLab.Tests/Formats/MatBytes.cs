using System.IO.Compression;
using System.Text;

namespace SignalLab.Tests.Formats;

/// <summary>MAT files of version 5 made element by element, as the format's description says; the program does not write them.</summary>
/// <param name="isBig">True for big-endian files.</param>
internal sealed class MatBytes(bool isBig = false)
{
    private readonly List<byte> file = [.. Header(isBig)];

    public byte[] ToArray() => [.. file];

    /// <summary>Adds a variable as it stands or compressed.</summary>
    public MatBytes Add(byte[] matrix, bool isCompressed = false)
    {
        if (!isCompressed)
        {
            file.AddRange(matrix);
            return this;
        }

        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(matrix);
        }

        file.AddRange([.. Word(15), .. Word((uint)packed.Length), .. packed.ToArray()]);
        return this;
    }

    public byte[] Doubles(string name, int[] dimensions, params double[] values) => Matrix(6, name, dimensions, Element(9, [.. values.SelectMany(v => Ordered(BitConverter.GetBytes(v)))]));

    public byte[] Singles(string name, int[] dimensions, params float[] values) => Matrix(7, name, dimensions, Element(7, [.. values.SelectMany(v => Ordered(BitConverter.GetBytes(v)))]));

    /// <summary>Numbers of an integer class, given as their bytes.</summary>
    public byte[] Stored(string name, int matrixClass, int type, int[] dimensions, byte[] bytes) => Matrix(matrixClass, name, dimensions, Element(type, bytes));

    public byte[] Text(string name, string text) => Matrix(4, name, [text.Length > 0 ? 1 : 0, text.Length], Element(4, [.. text.SelectMany(c => Ordered(BitConverter.GetBytes((ushort)c)))]));

    public byte[] Cells(string name, int[] dimensions, params byte[][] items) => Matrix(1, name, dimensions, [.. items.SelectMany(i => i)]);

    public byte[] Struct(string name, int[] dimensions, string[] fields, params byte[][] items) => Matrix(
        2, name, dimensions,
        [.. Element(5, Word(32)), .. Element(1, [.. fields.SelectMany(f => Encoding.ASCII.GetBytes(f.PadRight(32, '\0')))]), .. items.SelectMany(i => i)]);

    public byte[] Sparse(string name) => Matrix(5, name, [3, 3], [.. Element(5, Word(0)), .. Element(5, [.. Word(0), .. Word(1)]), .. Element(9, new byte[8])]);

    public byte[] Element(int type, byte[] data) => data.Length is > 0 and <= 4
        ? [.. Word((uint)(type | (data.Length << 16))), .. data, .. new byte[4 - data.Length]]
        : [.. Word((uint)type), .. Word((uint)data.Length), .. data, .. new byte[(8 - (data.Length % 8)) % 8]];

    private byte[] Matrix(int matrixClass, string name, int[] dimensions, byte[] content)
    {
        byte[] inside =
        [
            .. Element(6, [.. Word((uint)matrixClass), .. Word(0)]), .. Element(5, [.. dimensions.SelectMany(d => Word((uint)d))]), .. Element(1, Encoding.ASCII.GetBytes(name)), .. content,
        ];
        return Element(14, inside);
    }

    private byte[] Word(uint value) => Ordered(BitConverter.GetBytes(value));

    private byte[] Ordered(byte[] little) => isBig ? [.. little.Reverse()] : little;

    private static byte[] Header(bool isBig)
    {
        var header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, made for a test".PadRight(116)).CopyTo(header, 0);
        (isBig ? "\x01\0MI"u8 : "\0\x01IM"u8).CopyTo(header.AsSpan(124));
        return header;
    }
}
