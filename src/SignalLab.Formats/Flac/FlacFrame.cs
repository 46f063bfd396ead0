namespace SignalLab.Formats.Flac;

/// <summary>One frame: a block of samples of every channel.</summary>
/// <remarks>Source: RFC 9639 (2024), 9.1 to 9.3.</remarks>
internal static class FlacFrame
{
    private const int MostChannels = 8;

    /// <summary>Decodes a frame, or walks over it.</summary>
    /// <param name="bytes">From the frame's first byte on, at least to its end.</param>
    /// <param name="info">What the stream says of all frames.</param>
    /// <param name="decode">False to find its length only.</param>
    /// <returns>The samples of each channel (none when walking), their number and the frame's bytes; null where it is no whole frame.</returns>
    public static (int[][] Channels, int Count, int Bytes)? Read(ReadOnlySpan<byte> bytes, FlacInfo info, bool decode)
    {
        var bits = new BitReader(bytes);
        if (bits.Unsigned(15) != 0b111_1111_1111_1100)
        {
            return null;
        }

        bits.Skip(1);
        var (sizeCode, rateCode, assignment, depthCode) = ((int)bits.Unsigned(4), (int)bits.Unsigned(4), (int)bits.Unsigned(4), (int)bits.Unsigned(3));
        bits.Skip(1);

        // The frame's number, coded as UTF-8 codes a character; positions are counted instead.
        var first = bits.Unsigned(8);
        var further = first < 0x80 ? 0 : System.Numerics.BitOperations.LeadingZeroCount(~(first << 24)) - 1;
        bits.Skip(8 * Math.Max(0, further));
        var count = sizeCode switch { 0 => 0, 1 => 192, <= 5 => 576 << (sizeCode - 2), 6 => (int)bits.Unsigned(8) + 1, 7 => (int)bits.Unsigned(16) + 1, _ => 256 << (sizeCode - 8) };
        bits.Skip(rateCode switch { 12 => 8, 13 or 14 => 16, _ => 0 });
        bits.Skip(8);
        var depth = depthCode switch { 0 => info.Depth, 1 => 8, 2 => 12, 4 => 16, 5 => 20, 6 => 24, _ => 0 };
        var channels = assignment < MostChannels ? assignment + 1 : 2;
        if (assignment > 10 || channels != info.Channels || depth != info.Depth || count == 0 || count > info.LargestBlock)
        {
            return null;
        }

        var values = new int[decode ? channels : 0][];
        for (var c = 0; c < channels; c++)
        {
            int[] block = decode ? values[c] = new int[count] : [];
            var isSide = (assignment is 8 or 10 && c == 1) || (assignment == 9 && c == 0);
            if (!FlacSubframe.Read(ref bits, depth + (isSide ? 1 : 0), count, block) || bits.IsPastEnd)
            {
                return null;
            }
        }

        bits.Align();
        var length = (int)(bits.Position / 8);
        if (bits.Unsigned(16) != Crc16(bytes[..Math.Min(length, bytes.Length)]) || bits.IsPastEnd)
        {
            return null;
        }

        if (decode)
        {
            Unite(values, assignment);
        }

        return (values, count, length + 2);
    }

    private static void Unite(int[][] values, int assignment)
    {
        for (var i = 0; assignment >= MostChannels && i < values[0].Length; i++)
        {
            var (a, b) = (values[0][i], values[1][i]);
            var middle = (a << 1) | (b & 1);
            (values[0][i], values[1][i]) = assignment switch { 8 => (a, a - b), 9 => (a + b, b), _ => ((middle + b) >> 1, (middle - b) >> 1) };
        }
    }

    private static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        foreach (var b in bytes)
        {
            sum = ((sum << 8) ^ Table[((sum >> 8) ^ b) & 0xff]) & 0xffff;
        }

        return (ushort)sum;
    }

    private static readonly int[] Table = [.. Enumerable.Range(0, 256).Select(i =>
    {
        var sum = i << 8;
        for (var bit = 0; bit < 8; bit++)
        {
            sum = (sum & 0x8000) != 0 ? (sum << 1) ^ 0x8005 : sum << 1;
        }

        return sum & 0xffff;
    })];
}
