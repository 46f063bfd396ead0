using System.Buffers;
using SignalLab.Formats.Numbers;
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

        var columns = new NumberColumn[channels.Length];
        double[]? gains = null;
        for (var b = BufferOf(first); b < buffers.Count && buffers[b].First < first + wanted; b++)
        {
            var buffer = buffers[b];
            for (var i = 0; i < columns.Length && gains != buffer.Gains; i++)
            {
                columns[i] = new(channels[i], buffer.Gains[channels[i]]);
            }

            gains = buffer.Gains;
            var from = (int)Math.Max(0, first - buffer.First);
            var to = (int)Math.Min(buffer.Count, first + wanted - buffer.First);
            Copy(buffer, from, to, columns, into[(int)(buffer.First + from - first)..], wanted);
        }
    }

    private void Copy(RawBuffer buffer, int from, int to, NumberColumn[] columns, Span<double> into, int wanted)
    {
        var type = SampleCode.TypeOf(buffer.Type);
        var row = type.Bytes() * channelCount;
        var rows = Math.Max(1, ChunkBytes / row);
        var chunk = ArrayPool<byte>.Shared.Rent(Math.Min(rows, to - from) * row);
        try
        {
            for (var at = 0; from < to; from += rows, at += rows)
            {
                var n = Math.Min(rows, to - from);
                var bytes = chunk.AsSpan(0, n * row);
                buffer.Bytes.ReadExactly(buffer.Offset + ((long)from * row), bytes, "data buffer");
                NumberDecoder.DecodeFrames(bytes, row, type, isBigEndian: true, columns, n, into[at..], wanted);
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
