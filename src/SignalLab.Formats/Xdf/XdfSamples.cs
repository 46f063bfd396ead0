using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Xdf;

/// <summary>Samples of the regular streams, one stream's channels after the other's, decoded when read.</summary>
internal sealed class XdfSamples : ISampleSource
{
    private readonly ByteSource bytes;
    private readonly (XdfStream Stream, int Column)[] channels;

    public XdfSamples(ByteSource bytes, IReadOnlyList<XdfStream> streams)
    {
        this.bytes = bytes;
        channels = [.. streams.SelectMany(s => Enumerable.Range(0, s.Header.Channels.Count).Select(c => (s, c)))];
    }

    /// <inheritdoc/>
    public int ChannelCount => channels.Length;

    /// <inheritdoc/>
    public long Count(int channel) => channels[channel].Stream.Count;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        foreach (var channel in wanted)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first, channels[channel].Stream.Count - count);
        }

        // Neighbours that belong to one stream are read together.
        for (var i = 0; i < wanted.Length && count > 0;)
        {
            var end = i + 1;
            while (end < wanted.Length && channels[wanted[end]].Stream == channels[wanted[i]].Stream)
            {
                end++;
            }

            ReadStream(channels[wanted[i]].Stream, wanted[i..end], first, count, into[(i * count)..]);
            i = end;
        }
    }

    private void ReadStream(XdfStream stream, ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
    {
        var (size, type) = (stream.NumberType.Bytes(), stream.NumberType);
        byte[] buffer = [];
        for (var b = BlockOf(stream, first); b < stream.Blocks.Count && stream.Blocks[b].First < first + count; b++)
        {
            var block = stream.Blocks[b];
            if (buffer.Length < block.Bytes)
            {
                buffer = new byte[block.Bytes];
            }

            bytes.ReadExactly(block.Offset, buffer.AsSpan(0, block.Bytes), "samples");
            for (var (i, at) = (0, 0); i < block.Count; i++, at += stream.ValueBytes)
            {
                at += buffer[at] == 0 ? 1 : 9;
                var sample = block.First + i - first;
                if (sample < 0 || sample >= count)
                {
                    continue;
                }

                for (var w = 0; w < wanted.Length; w++)
                {
                    into[(w * count) + (int)sample] = NumberDecoder.One(buffer.AsSpan(at + (channels[wanted[w]].Column * size)), type, false);
                }
            }
        }
    }

    private static int BlockOf(XdfStream stream, long sample)
    {
        var (low, high) = (0, stream.Blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = stream.Blocks[middle].First <= sample ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
