using System.Buffers;
using SignalLab.Model;

namespace SignalLab.Formats.Eeglab;

/// <summary>Samples of a dataset of MAT version 7.3, point by point, read in blocks when asked for.</summary>
/// <param name="table">Where they lie.</param>
internal sealed class EeglabSamples(EeglabSampleTable table) : ISampleSource
{
    private const int ChunkElements = 1 << 17;

    public int ChannelCount => table.ChannelCount;

    public long Count(int channel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, table.ChannelCount);
        return table.SampleCount;
    }

    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        foreach (var channel in channels)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first, Count(channel) - count);
        }

        if (count == 0 || channels.Length == 0)
        {
            return;
        }

        var width = table.ChannelCount;
        var points = Math.Min(count, Math.Max(1, ChunkElements / width));
        var chunk = ArrayPool<double>.Shared.Rent(points * width);
        try
        {
            for (var at = 0; at < count; at += points)
            {
                var n = Math.Min(points, count - at);
                table.Numbers.Read((first + at) * width, chunk.AsSpan(0, n * width));
                for (var i = 0; i < channels.Length; i++)
                {
                    var row = into.Slice((i * count) + at, n);
                    for (int p = 0, from = channels[i]; p < n; p++, from += width)
                    {
                        row[p] = chunk[from];
                    }
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(chunk);
        }
    }
}
