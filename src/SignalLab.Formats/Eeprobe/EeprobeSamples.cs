using SignalLab.Model;

namespace SignalLab.Formats.Eeprobe;

/// <summary>Samples decoded block by block; the blocks used last are kept.</summary>
/// <param name="blocks">The compressed blocks.</param>
/// <param name="gains">Physical units a step, per channel.</param>
internal sealed class EeprobeSamples(EeprobeBlocks blocks, IReadOnlyList<double> gains) : ISampleSource
{
    private const int KeptBlocks = 4;

    private readonly Lock gate = new();
    private readonly List<(int Block, int[][] Values)> kept = [];

    /// <inheritdoc/>
    public int ChannelCount => gains.Count;

    /// <inheritdoc/>
    public long Count(int channel) => blocks.SampleCount;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, blocks.SampleCount - count);
        for (var at = first; at < first + count;)
        {
            var block = (int)(at / blocks.Length);
            var skip = (int)(at - ((long)block * blocks.Length));
            var values = Block(block);
            var length = (int)Math.Min(values[0].Length - skip, first + count - at);
            for (var i = 0; i < channels.Length; i++)
            {
                var (row, gain) = (values[channels[i]], gains[channels[i]]);
                var target = into.Slice((int)((i * (long)count) + at - first), length);
                for (var k = 0; k < length; k++)
                {
                    target[k] = row[skip + k] * gain;
                }
            }

            at += length;
        }
    }

    private int[][] Block(int block)
    {
        lock (gate)
        {
            var found = kept.FindIndex(k => k.Block == block);
            if (found >= 0)
            {
                var hit = kept[found];
                kept.RemoveAt(found);
                kept.Add(hit);
                return hit.Values;
            }
        }

        var values = blocks.Decode(block);
        lock (gate)
        {
            if (kept.Count == KeptBlocks)
            {
                kept.RemoveAt(0);
            }

            kept.Add((block, values));
        }

        return values;
    }
}
