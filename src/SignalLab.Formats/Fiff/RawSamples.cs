using System.Buffers;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Samples of a raw recording, read from its buffers when asked for.</summary>
/// <param name="buffers">In order, without overlap.</param>
/// <param name="channelCount">Channels in every buffer.</param>
internal sealed class RawSamples(IReadOnlyList<RawBuffer> buffers, int channelCount) : ISampleSource
{
    private const int ChunkBytes = 1 << 18;

    private readonly long count = buffers.Count == 0 ? 0 : buffers[^1].First + buffers[^1].Count;

    public int ChannelCount => channelCount;

    public long Count(int channel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, channelCount);
        return count;
    }

    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    public void Read(ReadOnlySpan<int> channels, long first, int wanted, Span<double> into)
    {
        foreach (var channel in channels)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(first);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first, Count(channel) - wanted);
        }

        if (wanted == 0 || channels.Length == 0)
        {
            return;
        }

        for (var b = BufferOf(first); b < buffers.Count && buffers[b].First < first + wanted; b++)
        {
            var buffer = buffers[b];
            var from = (int)Math.Max(0, first - buffer.First);
            var to = (int)Math.Min(buffer.Count, first + wanted - buffer.First);
            Copy(buffer, from, to, channels, into, wanted, (int)(buffer.First + from - first));
        }
    }

    private void Copy(RawBuffer buffer, int from, int to, ReadOnlySpan<int> channels, Span<double> into, int wanted, int at)
    {
        var size = DataType.SizeOf(buffer.Type);
        var row = size * channelCount;
        var rows = Math.Max(1, ChunkBytes / row);
        var chunk = ArrayPool<byte>.Shared.Rent(Math.Min(rows, to - from) * row);
        try
        {
            for (; from < to; from += rows)
            {
                var n = Math.Min(rows, to - from);
                var bytes = chunk.AsSpan(0, n * row);
                buffer.Bytes.ReadExactly(buffer.Offset + ((long)from * row), bytes, "data buffer");
                for (var i = 0; i < channels.Length; i++)
                {
                    SampleCode.Decode(buffer.Type, bytes[(channels[i] * size)..], channelCount, into.Slice((i * wanted) + at, n), buffer.Gains[channels[i]]);
                }

                at += n;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    // The buffer that holds a sample.
    private int BufferOf(long sample)
    {
        var (low, high) = (0, buffers.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = buffers[middle].First <= sample ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
