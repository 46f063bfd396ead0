namespace SignalLab.Formats.Philips;

/// <summary>LZW with fixed 10-bit codes, most significant bit first; the highest code ends the stream, a full table stays as it is.</summary>
/// <remarks>Source: T. A. Welch, "A technique for high-performance data compression", Computer 17 (1984) 8–19.</remarks>
internal static class Lzw
{
    private const int Bits = 10;
    private const int End = (1 << Bits) - 1;

    /// <summary>Decodes a stream.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="mostBytes">Largest result.</param>
    /// <returns>The bytes; null where a code is not in the table or the result grows too large.</returns>
    public static byte[]? Decode(ReadOnlySpan<byte> codes, int mostBytes)
    {
        // A string is the string of another code and one more byte.
        var (parent, tail, first, length) = (new short[End], new byte[End], new byte[End], new short[End]);
        for (var i = 0; i < 256; i++)
        {
            (parent[i], tail[i], first[i], length[i]) = (-1, (byte)i, (byte)i, 1);
        }

        var bytes = new List<byte>();
        var (next, previous) = (256, -1);
        var total = (long)codes.Length * 8 / Bits;
        for (long n = 0; n < total; n++)
        {
            var code = CodeAt(codes, n * Bits);
            if (code == End)
            {
                break;
            }

            if (code > next || (code == next && (previous < 0 || next == End)))
            {
                return null;
            }

            if (previous >= 0 && next < End)
            {
                (parent[next], first[next], length[next]) = ((short)previous, first[previous], (short)(length[previous] + 1));
                tail[next] = code == next ? first[previous] : first[code];
                next++;
            }

            if (code >= next || bytes.Count + length[code] > mostBytes)
            {
                return null;
            }

            var at = bytes.Count + length[code];
            System.Runtime.InteropServices.CollectionsMarshal.SetCount(bytes, at);
            var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);
            for (int c = code; c >= 0; c = parent[c])
            {
                span[--at] = tail[c];
            }

            previous = code;
        }

        return [.. bytes];
    }

    private static int CodeAt(ReadOnlySpan<byte> bytes, long bit)
    {
        var at = (int)(bit / 8);
        var window = (bytes[at] << 8) | bytes[at + 1];
        return (window >> (16 - Bits - (int)(bit % 8))) & End;
    }
}
