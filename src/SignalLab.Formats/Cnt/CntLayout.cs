using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Cnt;

/// <summary>How the samples lie: their width, and whether samples or whole stretches of the channels alternate.</summary>
/// <param name="Header">The file's header.</param>
/// <param name="Type">16 or 32 bits.</param>
/// <param name="SampleCount">Samples a channel.</param>
/// <param name="BlockSamples">Samples of one channel in a row; 1 where the file is multiplexed by sample.</param>
internal sealed record CntLayout(CntHeader Header, NumberType Type, long SampleCount, int BlockSamples)
{
    // A look at the data settles what the header leaves open or gets wrong.
    private const int LookBytes = 1 << 15;

    private const int IsWideAt = 52;

    /// <summary>Bytes of all channels at one sample.</summary>
    public long FrameBytes => (long)Type.Bytes() * Header.ChannelCount;

    /// <summary>Tells the layout of a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static CntLayout Of(ByteSource bytes, CntHeader header, List<string> remarks)
    {
        var end = header.EventTable >= header.DataOffset ? header.EventTable
            : header.NextFile > header.DataOffset && header.NextFile < bytes.Length ? header.NextFile : bytes.Length;
        bytes.Require(header.DataOffset, end - header.DataOffset, "samples");
        var room = end - header.DataOffset;
        var type = TypeOf(bytes, header, room, remarks);
        var plain = new CntLayout(header, type, 0, 1);
        plain = plain with { SampleCount = room / plain.FrameBytes };
        if (header.ClaimedSamples != plain.SampleCount)
        {
            if (header.EventTable < header.DataOffset && header.ClaimedSamples > plain.SampleCount)
            {
                throw new MalformedFileException(
                    bytes.Path, bytes.Length, "samples", FormattableString.Invariant($"the end of the file at byte {bytes.Length}"), FormattableString.Invariant($"{header.ClaimedSamples} samples of {header.ChannelCount} channels"));
            }

            remarks.Add(FormattableString.Invariant($"The header counts {header.ClaimedSamples} samples; the file holds {plain.SampleCount}, which are read."));
        }

        return header.ChannelOffset > type.Bytes() && header.ChannelCount > 1 ? plain.Blocked(bytes, room, remarks) : plain;
    }

    /// <summary>The samples in microvolts.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="electrodes">The channels' scales.</param>
    public ISampleSource Samples(ByteSource bytes, CntElectrode[] electrodes)
    {
        if (BlockSamples == 1)
        {
            return new NumberSamples(
                bytes, new(Type, electrodes.Length), Header.DataOffset, SampleCount,
                [.. electrodes.Select((e, c) => new NumberColumn(c, e.MicrovoltsPerStep, -e.Baseline * e.MicrovoltsPerStep))]);
        }

        var stretch = (long)BlockSamples * Type.Bytes();
        return new RecordSamples(
            bytes, Header.DataOffset, stretch * electrodes.Length, SampleCount / BlockSamples,
            [.. electrodes.Select((e, c) => new RecordColumn(c * stretch, BlockSamples, Type, e.MicrovoltsPerStep, -e.Baseline * e.MicrovoltsPerStep))]);
    }

    private static NumberType TypeOf(ByteSource bytes, CntHeader header, long room, List<string> remarks)
    {
        var width = header.ClaimedSamples > 0 ? room / (header.ClaimedSamples * header.ChannelCount) : 0;
        if (width is not (2 or 4) && header.NextFile > header.DataOffset && header.NextFile + IsWideAt < bytes.Length)
        {
            Span<byte> isWide = [0];
            bytes.ReadExactly(header.NextFile + IsWideAt, isWide, "width of a sample");
            width = isWide[0] == 1 ? 4 : 2;
        }

        if (width is not (2 or 4))
        {
            remarks.Add("The file does not tell the width of its samples; 16 bits are taken.");
        }

        return width == 4 ? NumberType.Int32 : NumberType.Int16;
    }

    // Files exist that state blocks and are multiplexed by sample. Blocks are believed where they fill the data and the signals do not run twice as
    // rough as without them; else only where they run at least twice as smooth.
    private CntLayout Blocked(ByteSource bytes, long room, List<string> remarks)
    {
        var block = Header.ChannelOffset / Type.Bytes();
        var blockBytes = block * FrameBytes;
        var blocks = room / blockBytes;
        if (blocks == 0)
        {
            remarks.Add(FormattableString.Invariant($"The header states blocks of {block} samples a channel, more than the file holds; it is read sample by sample."));
            return this;
        }

        var (byBlock, bySample) = (1.0, 1.0);
        if (blockBytes <= LookBytes)
        {
            var frames = block * (int)Math.Min(blocks, LookBytes / blockBytes);
            (byBlock, bySample) = (Roughness(bytes, frames, block), Roughness(bytes, frames, 1));
        }

        var fills = room % blockBytes == 0;
        if (fills ? byBlock > 2 * bySample : byBlock >= bySample / 2)
        {
            remarks.Add(FormattableString.Invariant($"The header states blocks of {block} samples a channel, but the samples of the channels alternate one by one; they are read so."));
            return this;
        }

        if (!fills)
        {
            remarks.Add(FormattableString.Invariant($"The last block is not whole: {SampleCount - (blocks * block)} samples a channel are left out."));
        }

        return this with { SampleCount = blocks * block, BlockSamples = block };
    }

    // Sum over channels of the distance from each sample to the next.
    private double Roughness(ByteSource bytes, int frames, int block)
    {
        var part = bytes.Read(Header.DataOffset, frames * FrameBytes, "samples");
        var size = Type.Bytes();
        var sum = 0.0;
        var one = new double[frames];
        for (var c = 0; c < Header.ChannelCount; c++)
        {
            for (var b = 0; b < frames / block; b++)
            {
                var stride = block == 1 ? (int)FrameBytes : size;
                NumberDecoder.Decode(part.AsSpan((int)((b * block * FrameBytes) + (c * block * size))), Type, false, stride, 1, 0, one.AsSpan(b * block, block));
            }

            for (var i = 1; i < frames; i++)
            {
                sum += Math.Abs(one[i] - one[i - 1]);
            }
        }

        return sum;
    }
}
