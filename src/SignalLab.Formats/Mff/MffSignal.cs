using System.Buffers.Binary;
using System.Xml.Linq;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Mff;

/// <summary>A signal's file: blocks, each with a head (or a word that says it is as the last one's) and then channel after channel of singles.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Info">What <c>infoN.xml</c> says of it.</param>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="ChannelCount">Channels.</param>
/// <param name="Blocks">The blocks.</param>
internal sealed record MffSignal(ByteSource Bytes, XElement Info, int RateHz, int ChannelCount, IReadOnlyList<NumberBlock> Blocks)
{
    private const int MostChannels = 65536;

    private const int MostBlocks = 4_000_000;

    /// <summary>Samples a channel.</summary>
    public long SampleCount => Blocks.Count == 0 ? 0 : Blocks[^1].End;

    /// <summary>Reads the heads of the blocks.</summary>
    /// <param name="path">The file.</param>
    /// <param name="info">Its <c>infoN.xml</c>.</param>
    /// <exception cref="MalformedFileException">It is damaged or cut, or its blocks differ in channels or rate.</exception>
    public static MffSignal Read(string path, XElement info)
    {
        var bytes = ByteSource.OpenAsIs(path);
        var blocks = new List<NumberBlock>();
        Head? known = null;
        for (var at = 0L; at < bytes.Length;)
        {
            var flag = BinaryPrimitives.ReadInt32LittleEndian(bytes.Read(at, 4, "block"));
            var head = (flag, known) switch
            {
                (1, _) => HeadAt(bytes, at),
                (0, { } last) => last with { Bytes = 4 },
                _ => throw Fault(bytes, at, "block", flag, "1 (a head) or, after one, 0"),
            };
            if (known is { } first && (head.Channels, head.RateHz) != (first.Channels, first.RateHz))
            {
                throw Fault(bytes, at, "channels of a block", head.Channels, FormattableString.Invariant($"{first.Channels} at {first.RateHz} Hz, as before"));
            }

            bytes.Require(at, head.Bytes + head.DataBytes, "block");
            if (blocks.Count == MostBlocks)
            {
                throw Fault(bytes, at, "blocks", MostBlocks, "fewer blocks");
            }

            var samples = head.DataBytes / (sizeof(float) * head.Channels);
            if (samples > 0)
            {
                blocks.Add(new(at + head.Bytes, blocks.Count == 0 ? 0 : blocks[^1].End, samples));
            }

            known = head;
            at += head.Bytes + head.DataBytes;
        }

        return known is { } any ? new(bytes, info, any.RateHz, (int)any.Channels, blocks) : throw Fault(bytes, 0, "blocks", 0, "at least one");
    }

    /// <summary>The samples.</summary>
    /// <param name="gains">Factor of each channel, or null for none.</param>
    public NumberSamples Samples(IReadOnlyList<double>? gains) =>
        new(Bytes, new NumberTable(NumberType.Float32, ChannelCount, IsVectorised: true), Blocks, [.. Enumerable.Range(0, ChannelCount).Select(c => new NumberColumn(c, gains?[c] ?? 1))]);

    private static Head HeadAt(ByteSource bytes, long at)
    {
        var fixedPart = bytes.Read(at, 16, "head of a block");
        long I32(ReadOnlySpan<byte> from, int i) => BinaryPrimitives.ReadInt32LittleEndian(from[(4 * i)..]);
        var (head, data, channels) = (I32(fixedPart, 1), I32(fixedPart, 2), I32(fixedPart, 3));
        if (channels is < 1 or > MostChannels)
        {
            throw Fault(bytes, at + 12, "channels of a block", channels, FormattableString.Invariant($"1 to {MostChannels}"));
        }

        if (head < 16 + (8 * channels))
        {
            throw Fault(bytes, at + 4, "size of a block's head", head, FormattableString.Invariant($"at least {16 + (8 * channels)}"));
        }

        if (data < 0 || data % (sizeof(float) * channels) != 0)
        {
            throw Fault(bytes, at + 8, "size of a block", data, FormattableString.Invariant($"whole samples of {channels} channels"));
        }

        var table = bytes.Read(at + 16, 8 * channels, "head of a block");
        var rate = I32(table, (int)channels);
        for (var c = 0; c < channels; c++)
        {
            if (I32(table, c) != data / channels * c)
            {
                throw Fault(bytes, at + 16 + (4 * c), "place of a channel", I32(table, c), "channels one after the other, of one length");
            }

            if (I32(table, (int)channels + c) != rate || (rate & 0xFF) != 32 || rate >> 8 <= 0)
            {
                throw Fault(bytes, at + 16 + (4 * (channels + c)), "rate and depth", I32(table, (int)channels + c), "one positive rate, 32 bits");
            }
        }

        return new(head, data, channels, (int)(rate >> 8));
    }

    private static MalformedFileException Fault(ByteSource bytes, long offset, string field, long found, string expected) =>
        new(bytes.Path, offset, field, FormattableString.Invariant($"{found}"), expected);

    private readonly record struct Head(long Bytes, long DataBytes, long Channels, int RateHz);
}
