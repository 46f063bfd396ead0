using System.Buffers.Binary;

namespace SignalLab.Formats.Eeprobe;

/// <summary>Numbers of any width up to 32 bits, the most significant bit first.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="start">The byte to begin at.</param>
internal ref struct BitReader(ReadOnlySpan<byte> bytes, int start)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private long position = 8L * start;

    /// <summary>True once more bits were asked for than there are; those read as zero.</summary>
    public readonly bool IsPastEnd => position > 8L * bytes.Length;

    /// <summary>The first byte that was not touched.</summary>
    public readonly int NextByte => (int)Math.Min((position + 7) / 8, int.MaxValue);

    /// <summary>The next bits as a number without sign.</summary>
    /// <param name="width">1 to 32.</param>
    public uint Unsigned(int width)
    {
        var at = (int)(position >> 3);
        var shift = (int)(position & 7);
        position += width;
        ulong window;
        if (at <= bytes.Length - 8)
        {
            window = BinaryPrimitives.ReadUInt64BigEndian(bytes[at..]);
        }
        else
        {
            window = 0;
            for (var i = 0; i < 8; i++)
            {
                window = (window << 8) | (at + i < bytes.Length ? bytes[at + i] : 0u);
            }
        }

        return (uint)(window << shift >> (64 - width));
    }

    /// <summary>The next bits as a number in two's complement.</summary>
    /// <param name="width">1 to 32.</param>
    public int Signed(int width) => (int)(Unsigned(width) << (32 - width)) >> (32 - width);
}
