namespace SignalLab.Formats.Scp;

/// <summary>Huffman tables of section 2: codes whose further bits may hold the value, and codes that change the table.</summary>
/// <remarks>Source: EN 1064:2005+A1:2007, 5.5 and table C.1 (default table).</remarks>
internal sealed class ScpHuffman
{
    private const int DefaultTable = 19999;
    private const int CodeBytes = 9;
    private const int LongestCode = 32;

    private readonly List<List<Node>> tables = [];

    private sealed record Leaf(int ExtraBits, bool IsValue, int Base);

    private record struct Node(int Zero, int One, Leaf? Leaf);

    /// <summary>The tables of a file, or null where its samples are not coded.</summary>
    public static ScpHuffman? Of(ScpSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var count = section.U16(0, "number of tables");
        var huffman = new ScpHuffman();
        if (count == DefaultTable)
        {
            huffman.AddDefault();
            return huffman;
        }

        if (count == 0)
        {
            return null;
        }

        var at = 2L;
        for (var t = 0; t < count; t++)
        {
            var table = NewTable();
            var codes = section.U16(at, "number of codes");
            at += 2;
            for (var c = 0; c < codes; c++, at += CodeBytes)
            {
                var (prefix, total) = (section.U8(at, "prefix bits"), section.U8(at + 1, "total bits"));
                if (prefix is 0 or > LongestCode || total < prefix || total - prefix > LongestCode
                    || !Add(table, prefix, (uint)section.U32(at + 5, "code"), new(total - prefix, section.U8(at + 2, "mode") != 0, section.I16(at + 3, "base value"))))
                {
                    throw section.Fault(at, "code", FormattableString.Invariant($"{prefix} of {total} bits, or a code that begins another"), FormattableString.Invariant($"a prefix code of 1 to {LongestCode} bits"));
                }
            }

            huffman.tables.Add(table);
        }

        return huffman;
    }

    /// <summary>Decodes a lead; the first bit is the most significant one of the first byte.</summary>
    /// <param name="bytes">The lead's bytes.</param>
    /// <param name="into">Receives as many values as it holds.</param>
    /// <returns>Values decoded; fewer where the bits end or a code is not in the table.</returns>
    public int Decode(ReadOnlySpan<byte> bytes, Span<int> into)
    {
        var (bit, bits, count) = (0L, 8L * bytes.Length, 0);
        var table = tables[0];
        while (count < into.Length)
        {
            var node = 0;
            while (table[node].Leaf is null)
            {
                if (bit == bits)
                {
                    return count;
                }

                node = BitAt(bytes, bit++) ? table[node].One : table[node].Zero;
                if (node <= 0)
                {
                    return count;
                }
            }

            var leaf = table[node].Leaf!;
            if (!leaf.IsValue)
            {
                if (leaf.Base < 1 || leaf.Base > tables.Count)
                {
                    return count;
                }

                table = tables[leaf.Base - 1];
                continue;
            }

            if (bit + leaf.ExtraBits > bits)
            {
                return count;
            }

            into[count++] = leaf.Base + Signed(bytes, bit, leaf.ExtraBits);
            bit += leaf.ExtraBits;
        }

        return count;
    }

    private static int Signed(ReadOnlySpan<byte> bytes, long bit, int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++)
        {
            value = (value << 1) | (BitAt(bytes, bit + i) ? 1 : 0);
        }

        return count is 0 or 32 ? value : value << (32 - count) >> (32 - count);
    }

    private static bool BitAt(ReadOnlySpan<byte> bytes, long bit) => (bytes[(int)(bit >> 3)] & (0x80 >> (int)(bit & 7))) != 0;

    private static List<Node> NewTable() => [new(-1, -1, null)];

    // The code's bits stand in the order of transmission, the first in the lowest place.
    private static bool Add(List<Node> table, int length, uint code, Leaf leaf)
    {
        var node = 0;
        for (var i = 0; i < length; i++)
        {
            if (table[node].Leaf is not null)
            {
                return false;
            }

            var isOne = ((code >> i) & 1) != 0;
            var next = isOne ? table[node].One : table[node].Zero;
            if (next < 0)
            {
                next = table.Count;
                table.Add(new(-1, -1, null));
                table[node] = isOne ? table[node] with { One = next } : table[node] with { Zero = next };
            }

            node = next;
        }

        if (table[node] is not { Leaf: null, Zero: < 0, One: < 0 })
        {
            return false;
        }

        table[node] = table[node] with { Leaf = leaf };
        return true;
    }

    // 0 is one bit; n ones, a zero and the sign for ±n up to 8; ten ones with the last bit telling 8 or 16 bits of value.
    private void AddDefault()
    {
        var table = NewTable();
        Add(table, 1, 0, new(0, true, 0));
        for (var n = 1; n <= 8; n++)
        {
            var ones = (1u << n) - 1;
            Add(table, n + 2, ones, new(0, true, n));
            Add(table, n + 2, ones | (1u << (n + 1)), new(0, true, -n));
        }

        Add(table, 10, 0b01_1111_1111, new(8, true, 0));
        Add(table, 10, 0b11_1111_1111, new(16, true, 0));
        tables.Add(table);
    }
}
