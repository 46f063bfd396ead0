namespace SignalLab.Formats.Eeprobe;

/// <summary>
/// The compression of EEProbe's raw3 blocks. Each channel of a block begins at a whole byte with its method: residuals of the first difference in time,
/// of the second, of the difference to the channel before, or plain values; of 16 or of 32 bits.
/// Residuals have a fixed number of bits; the most negative one stands for "the value follows in full".
/// </summary>
/// <remarks>Source: R. Nowagk and M. Grigutsch, EEP 3.x CNT file format (cnt_riff.txt); the field widths as libeep documents them.</remarks>
internal static class Raw3Decoder
{
    private const int Plain = 0, FirstDifference = 1, SecondDifference = 2, OtherChannel = 3;

    /// <summary>Decodes one channel of a block.</summary>
    /// <param name="block">The block's bytes.</param>
    /// <param name="at">Where the channel begins; moved behind it.</param>
    /// <param name="before">The channel decoded before it in this block; zeros for the first.</param>
    /// <param name="values">Receives the channel's values.</param>
    /// <returns>False where the bytes are no such channel.</returns>
    public static bool TryChannel(ReadOnlySpan<byte> block, ref int at, ReadOnlySpan<int> before, Span<int> values)
    {
        if (values.IsEmpty)
        {
            return true;
        }

        if (at < 0 || at >= block.Length)
        {
            return false;
        }

        var bits = new BitReader(block, at);
        var method = (int)bits.Unsigned(4);
        var isWide = (method & 8) != 0;
        var isDecoded = (method & 7) == Plain ? TryPlain(ref bits, isWide ? 32 : 16, values) : TryResiduals(ref bits, isWide, values);
        at = bits.NextByte;
        if (!isDecoded || bits.IsPastEnd)
        {
            return false;
        }

        return (method & 7) switch
        {
            Plain => true,
            FirstDifference => Sum(values),
            SecondDifference => SumTwice(values),
            OtherChannel => SumBeside(values, before),
            _ => false,
        };
    }

    private static bool TryPlain(ref BitReader bits, int width, Span<int> values)
    {
        bits.Unsigned(4);
        for (var i = 0; i < values.Length && !bits.IsPastEnd; i++)
        {
            values[i] = bits.Signed(width);
        }

        return true;
    }

    private static bool TryResiduals(ref BitReader bits, bool isWide, Span<int> values)
    {
        // Of 16 bits is said "0" where four bits tell the width.
        var (width, full) = isWide ? ((int)bits.Unsigned(6), (int)bits.Unsigned(6)) : (Sixteen(bits.Unsigned(4)), Sixteen(bits.Unsigned(4)));
        if (width is < 1 or > 32 || full is < 1 or > 32)
        {
            return false;
        }

        values[0] = bits.Signed(isWide ? 32 : 16);
        var exception = width == full ? long.MinValue : -(1L << (width - 1));
        for (var i = 1; i < values.Length && !bits.IsPastEnd; i++)
        {
            var residual = bits.Signed(width);
            values[i] = residual == exception ? bits.Signed(full) : residual;
        }

        return true;

        static int Sixteen(uint stated) => stated == 0 ? 16 : (int)stated;
    }

    private static bool Sum(Span<int> values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            values[i] = unchecked(values[i] + values[i - 1]);
        }

        return true;
    }

    private static bool SumTwice(Span<int> values)
    {
        if (values.Length > 1)
        {
            values[1] = unchecked(values[1] + values[0]);
        }

        for (var i = 2; i < values.Length; i++)
        {
            values[i] = unchecked(values[i] + (2 * values[i - 1]) - values[i - 2]);
        }

        return true;
    }

    private static bool SumBeside(Span<int> values, ReadOnlySpan<int> before)
    {
        for (var i = 1; i < values.Length; i++)
        {
            values[i] = unchecked(values[i] + values[i - 1] + before[i] - before[i - 1]);
        }

        return true;
    }
}
