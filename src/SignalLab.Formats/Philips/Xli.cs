using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Philips;

/// <summary>Philips' XLI compression: a chunk a lead, LZW of 10-bit codes over the high bytes and then the low bytes of adaptive second differences.</summary>
/// <remarks>Source: C. Watford, "XLI compression" (sierra-ecg-tools wiki, 2012); T. A. Welch, Computer 17 (1984) 8–19 (LZW).</remarks>
internal static class Xli
{
    private const int HeaderBytes = 8;
    private const int DifferenceOffset = 64;

    /// <summary>Decodes the first chunks; what follows them (spare channels) is left.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="bytes">All chunks: length, two numbers of which the second is the first difference, codes.</param>
    /// <param name="leads">Chunks wanted.</param>
    /// <param name="count">Samples a chunk must have; more are left out.</param>
    public static int[][] Decode(string path, ReadOnlySpan<byte> bytes, int leads, int count)
    {
        var decoded = new int[leads][];
        for (var lead = 0; lead < leads; lead++)
        {
            var size = bytes.Length >= HeaderBytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : -1;
            if (size < 0 || size > bytes.Length - HeaderBytes)
            {
                throw new MalformedFileException(path, null, FormattableString.Invariant($"XLI chunk {lead + 1}"), FormattableString.Invariant($"{bytes.Length} bytes left"), size < 0 ? "a chunk with a length" : FormattableString.Invariant($"{size} bytes, as its length claims"));
            }

            var first = BinaryPrimitives.ReadInt16LittleEndian(bytes[6..]);
            var packed = Lzw.Decode(bytes.Slice(HeaderBytes, size), 4 * (Math.Min(count, int.MaxValue / 16) + 1));
            if (packed is null)
            {
                throw new MalformedFileException(path, null, FormattableString.Invariant($"XLI chunk {lead + 1}"), "codes that do not decode, or far more samples than stated", FormattableString.Invariant($"{count} samples"));
            }

            decoded[lead] = Differences(packed, first);
            bytes = bytes[(HeaderBytes + size)..];
        }

        // Without a stated length the shortest lead decides.
        var length = Math.Min(count, decoded.Min(d => d.Length));
        var required = decoded.Max(d => d.Length) < count ? length : count;
        return decoded.FirstOrDefault(d => d.Length < required) is { } shorter
            ? throw new MalformedFileException(path, null, "XLI chunk", FormattableString.Invariant($"{shorter.Length} samples"), FormattableString.Invariant($"{count}, as the duration states"))
            : [.. decoded.Select(d => d[..length])];
    }

    private static int[] Differences(byte[] packed, short first)
    {
        var count = packed.Length / 2;
        var values = new int[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (short)((packed[i] << 8) | packed[count + i]);
        }

        if (count < 3)
        {
            return values;
        }

        var (before, last, difference) = (values[0], values[1], (int)first);
        for (var i = 2; i < count; i++)
        {
            var next = (short)((2 * last) - before - difference);
            difference = values[i] - DifferenceOffset;
            values[i] = next;
            (before, last) = (last, next);
        }

        return values;
    }
}
