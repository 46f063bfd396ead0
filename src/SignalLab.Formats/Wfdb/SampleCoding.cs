using System.Buffers.Binary;

namespace SignalLab.Formats.Wfdb;

/// <summary>One sample of a signal file's byte block; a type a format, so that the decoding loop is compiled for each.</summary>
/// <remarks>Source: WFDB Applications Guide, signal(5).</remarks>
internal interface ISampleCoding
{
    /// <summary>The value that stands for "no valid sample".</summary>
    static abstract int Invalid { get; }

    /// <summary>Sample number <paramref name="index"/> of a block that begins with a whole group.</summary>
    static abstract int At(ReadOnlySpan<byte> block, int index);
}

internal readonly struct Coding16 : ISampleCoding
{
    public static int Invalid => short.MinValue;

    public static int At(ReadOnlySpan<byte> block, int index) => BinaryPrimitives.ReadInt16LittleEndian(block[(2 * index)..]);
}

internal readonly struct Coding61 : ISampleCoding
{
    public static int Invalid => short.MinValue;

    public static int At(ReadOnlySpan<byte> block, int index) => BinaryPrimitives.ReadInt16BigEndian(block[(2 * index)..]);
}

internal readonly struct Coding160 : ISampleCoding
{
    public static int Invalid => short.MinValue;

    public static int At(ReadOnlySpan<byte> block, int index) => BinaryPrimitives.ReadUInt16LittleEndian(block[(2 * index)..]) - 32768;
}

internal readonly struct Coding80 : ISampleCoding
{
    public static int Invalid => sbyte.MinValue;

    public static int At(ReadOnlySpan<byte> block, int index) => block[index] - 128;
}

internal readonly struct Coding24 : ISampleCoding
{
    public static int Invalid => -8388608;

    public static int At(ReadOnlySpan<byte> block, int index)
    {
        var b = block.Slice(3 * index, 3);
        return b[0] | (b[1] << 8) | ((sbyte)b[2] << 16);
    }
}

internal readonly struct Coding32 : ISampleCoding
{
    public static int Invalid => int.MinValue;

    public static int At(ReadOnlySpan<byte> block, int index) => BinaryPrimitives.ReadInt32LittleEndian(block[(4 * index)..]);
}

internal readonly struct Coding212 : ISampleCoding
{
    public static int Invalid => -2048;

    public static int At(ReadOnlySpan<byte> block, int index)
    {
        var at = (index >> 1) * 3;
        var raw = (index & 1) == 0
            ? block[at] | ((block[at + 1] & 0x0f) << 8)
            : block[at + 2] | ((block[at + 1] & 0xf0) << 4);
        return (raw << 20) >> 20;
    }
}

internal readonly struct Coding310 : ISampleCoding
{
    public static int Invalid => -512;

    public static int At(ReadOnlySpan<byte> block, int index)
    {
        var (word, place) = Math.DivRem(index, 3);
        var at = 4 * word;
        var raw = place switch
        {
            0 => BinaryPrimitives.ReadUInt16LittleEndian(block[at..]) >> 1,
            1 => BinaryPrimitives.ReadUInt16LittleEndian(block[(at + 2)..]) >> 1,
            _ => (block[at + 1] >> 3) | ((block[at + 3] >> 3) << 5),
        };
        return (raw << 22) >> 22;
    }
}

internal readonly struct Coding311 : ISampleCoding
{
    public static int Invalid => -512;

    public static int At(ReadOnlySpan<byte> block, int index)
    {
        var (word, place) = Math.DivRem(index, 3);
        var at = (4 * word) + place;
        var raw = BinaryPrimitives.ReadUInt16LittleEndian(block[at..]) >> (2 * place);
        return (raw << 22) >> 22;
    }
}
