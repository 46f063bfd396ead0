using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Flac;

/// <summary>What a stream says of itself.</summary>
/// <param name="Channels">Channels.</param>
/// <param name="Depth">Bits a sample.</param>
/// <param name="Samples">Samples a channel; 0 where it is not stated.</param>
/// <param name="LargestBlock">Most samples of a frame.</param>
internal sealed record FlacInfo(int Channels, int Depth, long Samples, int LargestBlock);

/// <summary>A decoded frame.</summary>
/// <param name="First">Its first sample.</param>
/// <param name="Channels">Samples of each channel.</param>
internal sealed record FlacBlock(long First, int[][] Channels)
{
    public long End => First + Channels[0].Length;
}

/// <summary>A FLAC stream of samples, decoded frame by frame. Where frames begin is found once, as far as anybody reads.</summary>
/// <remarks>Source: RFC 9639 (2024), Free Lossless Audio Codec.</remarks>
internal sealed class FlacStream
{
    private const int InfoBytes = 34;
    private const int MostBlocks = 100_000;

    private readonly string path;
    private readonly long length;
    private readonly ReadBytes read;
    private readonly int largestFrame;
    private readonly List<(long Sample, long Offset)> frames = [];
    private readonly Lock gate = new();
    private FlacBlock? last;

    /// <summary>Reads the stream's header.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="read">Reads its bytes; called by one thread at a time.</param>
    /// <exception cref="MalformedFileException">It is no FLAC stream.</exception>
    public FlacStream(string path, long length, ReadBytes read)
    {
        (this.path, this.length, this.read) = (path, length, read);
        var head = Bytes(0, 8 + InfoBytes, "stream header");
        if (!head.AsSpan(0, 4).SequenceEqual("fLaC"u8) || (head[4] & 0x7f) != 0)
        {
            throw Fault(0, "stream header", $"bytes {Convert.ToHexStringLower(head, 0, 8)}", "\"fLaC\" and the stream's information");
        }

        var info = head.AsSpan(8);
        var packed = BinaryPrimitives.ReadUInt64BigEndian(info[10..]);
        Info = new((int)(packed >> 41 & 7) + 1, (int)(packed >> 36 & 31) + 1, (long)(packed & 0xf_ffff_ffff), BinaryPrimitives.ReadUInt16BigEndian(info[2..]));
        if (Info.Depth is < 4 or > 24)
        {
            throw Fault(20, "bits a sample", FormattableString.Invariant($"{Info.Depth}"), "4 to 24");
        }

        var stated = (info[7] << 16) | (info[8] << 8) | info[9];
        var possible = 64 + (Info.Channels * (8L + (((long)Info.LargestBlock * (Info.Depth + 1)) / 8)));
        largestFrame = (int)(stated > 0 ? Math.Min(stated, 2 * possible) : 2 * possible);
        frames.Add((0, AfterMetadata(4)));
    }

    /// <summary>Reads bytes of the file.</summary>
    public delegate void ReadBytes(long offset, Span<byte> into);

    public FlacInfo Info { get; }

    /// <summary>The frame that holds a sample; the last one is kept.</summary>
    /// <exception cref="MalformedFileException">The stream ends before it, or is damaged.</exception>
    public FlacBlock Block(long sample)
    {
        lock (gate)
        {
            if (last is { } kept && sample >= kept.First && sample < kept.End)
            {
                return kept;
            }

            while (frames[^1].Sample <= sample)
            {
                var (first, offset) = frames[^1];
                var (_, count, bytes) = Frame(offset, false);
                frames.Add((first + count, offset + bytes));
            }

            var (low, high) = (0, frames.Count - 2);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = frames[middle].Sample <= sample ? (middle, high) : (low, middle - 1);
            }

            return last = new(frames[low].Sample, Frame(frames[low].Offset, true).Channels);
        }
    }

    private (int[][] Channels, int Count, int Bytes) Frame(long offset, bool decode)
    {
        if (offset >= length)
        {
            throw Fault(offset, "frame", FormattableString.Invariant($"the end of the file after {frames[^1].Sample} samples"), "more samples");
        }

        // A poor encoder may need more than the samples themselves.
        var (usual, most) = (Math.Min(largestFrame, length - offset), Math.Min(16L * largestFrame, length - offset));
        return FlacFrame.Read(Bytes(offset, usual, "frame"), Info, decode)
            ?? (most > usual ? FlacFrame.Read(Bytes(offset, most, "frame"), Info, decode) : null)
            ?? throw Fault(offset, "frame", "bytes that are no whole frame of this stream", "a frame with a right checksum");
    }

    private long AfterMetadata(long at)
    {
        for (var n = 0; n < MostBlocks; n++)
        {
            var head = Bytes(at, 4, "metadata block");
            at += 4 + ((head[1] << 16) | (head[2] << 8) | head[3]);
            if ((head[0] & 0x80) != 0)
            {
                return at;
            }
        }

        throw Fault(at, "metadata block", "more blocks", FormattableString.Invariant($"at most {MostBlocks}"));
    }

    private byte[] Bytes(long at, long count, string field)
    {
        if (at < 0 || at > length - count)
        {
            throw Fault(Math.Min(at, length), field, "the end of the file", FormattableString.Invariant($"{count} bytes"));
        }

        var bytes = new byte[count];
        read(at, bytes);
        return bytes;
    }

    private MalformedFileException Fault(long at, string field, string found, string expected) => new(path, at, "FLAC " + field, found, expected);
}
