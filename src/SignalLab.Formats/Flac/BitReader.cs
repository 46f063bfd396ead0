using System.Numerics;

namespace SignalLab.Formats.Flac;

/// <summary>Bits of a block of bytes, the most significant first. Behind the end it gives zeros and says so.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Bits read so far.</summary>
    public long Position { get; private set; }

    /// <summary>True after a read behind the end.</summary>
    public readonly bool IsPastEnd => Position > 8L * bytes.Length;

    /// <summary>An unsigned number of 0 to 32 bits.</summary>
    public uint Unsigned(int count)
    {
        var value = 0UL;
        var (at, skip) = ((int)(Position >> 3), (int)(Position & 7));
        for (var have = -skip; have < count; have += 8)
        {
            value = (value << 8) | (at < bytes.Length ? bytes[at] : 0u);
            at++;
        }

        var surplus = (int)((8 - ((skip + count) & 7)) & 7);
        Position += count;
        return count == 0 ? 0 : (uint)((value >> surplus) & (ulong.MaxValue >> (64 - count)));
    }

    /// <summary>A signed number of 0 to 32 bits.</summary>
    public int Signed(int count) => count == 0 ? 0 : (int)(Unsigned(count) << (32 - count)) >> (32 - count);

    /// <summary>Zeros before the next one, which is taken too.</summary>
    public int Unary()
    {
        var zeros = 0;
        while (!IsPastEnd)
        {
            var (at, skip) = ((int)(Position >> 3), (int)(Position & 7));
            var rest = at < bytes.Length ? (uint)(byte)(bytes[at] << skip) : 0;
            if (rest != 0)
            {
                var run = BitOperations.LeadingZeroCount(rest) - 24;
                Position += run + 1;
                return zeros + run;
            }

            zeros += 8 - skip;
            Position += 8 - skip;
        }

        return zeros;
    }

    /// <summary>Leaves out bits.</summary>
    public void Skip(long count) => Position += count;

    /// <summary>Leaves out the bits up to the next whole byte.</summary>
    public void Align() => Position = (Position + 7) & ~7L;
}
