namespace SignalLab.Formats.Scp;

/// <summary>Section 5 or 6: the scale, the sampling interval and a stretch of coded bytes for each lead.</summary>
/// <remarks>Source: EN 1064:2005+A1:2007, 5.8, 5.9 and annex C.</remarks>
internal sealed class ScpSignal
{
    private readonly ScpSection section;
    private readonly ScpHuffman? huffman;
    private readonly long[] offsets;
    private readonly int[] lengths;

    public ScpSignal(ScpSection section, int leads, ScpHuffman? huffman)
    {
        this.section = section;
        this.huffman = huffman;
        NanovoltsPerStep = section.U16(0, "amplitude multiplier");
        IntervalMicroseconds = section.U16(2, "sampling interval");
        Differences = section.U8(4, "difference coding");
        IsBimodal = section.U8(5, "bimodal coding") == 1 && section.Protocol < 30;
        if (IntervalMicroseconds == 0 || NanovoltsPerStep == 0 || Differences > 2)
        {
            throw section.Fault(0, "scale", FormattableString.Invariant($"{NanovoltsPerStep} nV, {IntervalMicroseconds} us, differences of order {Differences}"), "a multiplier and an interval above 0, differences of order 0 to 2");
        }

        (offsets, lengths) = (new long[leads], new int[leads]);
        var at = 6L + (2 * leads);
        for (var i = 0; i < leads; i++)
        {
            (offsets[i], lengths[i]) = (at, section.U16(6 + (2 * i), "bytes of a lead"));
            at += lengths[i];
        }

        if (at > section.Length)
        {
            throw section.Fault(6, "bytes of the leads", FormattableString.Invariant($"a section of {section.Length} bytes"), FormattableString.Invariant($"{at}, as the leads claim"));
        }
    }

    public int NanovoltsPerStep { get; }

    public int IntervalMicroseconds { get; }

    /// <summary>Order of the differences that are coded, 0 to 2.</summary>
    public int Differences { get; }

    /// <summary>Samples outside the protected areas were decimated.</summary>
    public bool IsBimodal { get; }

    public double MicrovoltsPerStep => NanovoltsPerStep / 1000.0;

    public double RateHz => 1e6 / IntervalMicroseconds;

    /// <summary>Most samples that a lead's bytes can hold: a coded one takes a bit, another one two bytes.</summary>
    public long MostSamples(int lead) => huffman is null ? lengths[lead] / 2 : 8L * lengths[lead];

    /// <summary>Decodes a lead.</summary>
    /// <param name="lead">Its index in section 3.</param>
    /// <param name="count">Samples that are stored.</param>
    /// <returns>Steps.</returns>
    public int[] Decode(int lead, int count)
    {
        var bytes = section.Read(offsets[lead], lengths[lead], "samples");
        var values = new int[count];
        var decoded = huffman?.Decode(bytes, values) ?? Plain(bytes, values);
        if (decoded < count)
        {
            throw section.Fault(offsets[lead], "samples", FormattableString.Invariant($"{decoded} samples in {bytes.Length} bytes"), FormattableString.Invariant($"{count}"));
        }

        for (var i = 1; Differences == 1 && i < count; i++)
        {
            values[i] += values[i - 1];
        }

        for (var i = 2; Differences == 2 && i < count; i++)
        {
            values[i] += (2 * values[i - 1]) - values[i - 2];
        }

        return values;
    }

    private static int Plain(ReadOnlySpan<byte> bytes, Span<int> into)
    {
        var count = Math.Min(bytes.Length / 2, into.Length);
        for (var i = 0; i < count; i++)
        {
            into[i] = System.Buffers.Binary.BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]);
        }

        return count;
    }
}
