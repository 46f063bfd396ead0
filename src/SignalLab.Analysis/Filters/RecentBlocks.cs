using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>Keeps the last blocks that were computed and, where short reads follow one another, computes further ahead: for sources whose blocks cost a margin on either side.</summary>
/// <param name="inner">The source that computes.</param>
/// <param name="aheadSamples">For each channel how far a following read reaches, in samples.</param>
internal sealed class RecentBlocks(ISampleSource inner, IReadOnlyList<int> aheadSamples) : ISampleSource
{
    private const int Kept = 4;
    private const long LargestBytes = 12L << 20;

    private readonly Lock gate = new();
    private readonly LinkedList<Block> recent = [];

    private sealed record Block(int[] Channels, long First, int Count, double[] Samples)
    {
        public long End => First + Count;

        public bool Has(ReadOnlySpan<int> channels)
        {
            foreach (var channel in channels)
            {
                if (!Channels.Contains(channel))
                {
                    return false;
                }
            }

            return true;
        }

        public void Copy(ReadOnlySpan<int> channels, long first, int length, Span<double> into, int offset, int stride)
        {
            for (var i = 0; i < channels.Length; i++)
            {
                var from = (Array.IndexOf(Channels, channels[i]) * Count) + (int)(first - First);
                Samples.AsSpan(from, length).CopyTo(into.Slice((i * stride) + offset, length));
            }
        }
    }

    /// <inheritdoc/>
    public int ChannelCount => inner.ChannelCount;

    /// <inheritdoc/>
    public long Count(int channel) => inner.Count(channel);

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        if (channels.IsEmpty || count == 0 || 8L * channels.Length * count > LargestBytes)
        {
            inner.Read(channels, first, count, into);
            return;
        }

        var follows = false;
        var done = 0;
        while (done < count && CopyKept(channels, first, count, into, ref done))
        {
            follows = true;
        }

        if (done == count)
        {
            return;
        }

        follows |= Precedes(channels, first + done);
        var rest = count - done;
        var stored = inner.Count(channels[0]) - first - done;
        var ahead = follows ? Math.Min(aheadSamples[channels[0]], LargestBytes / 8 / channels.Length) : 0;
        var wanted = (int)Math.Max(rest, Math.Min(ahead, stored));
        var computed = new Block(channels.ToArray(), first + done, wanted, LentArrays.Doubles.Rent(wanted * channels.Length));
        inner.Read(channels, computed.First, wanted, computed.Samples.AsSpan(0, wanted * channels.Length));
        computed.Copy(channels, computed.First, rest, into, done, count);
        Keep(computed);
    }

    // Copies under the lock, so that a block's array may serve again as soon as the block is forgotten.
    private bool CopyKept(ReadOnlySpan<int> channels, long first, int count, Span<double> into, ref int done)
    {
        lock (gate)
        {
            foreach (var block in recent)
            {
                var sample = first + done;
                if (block.First <= sample && sample < block.End && block.Has(channels))
                {
                    var length = (int)Math.Min(count - done, block.End - sample);
                    block.Copy(channels, sample, length, into, done, count);
                    done += length;
                    return true;
                }
            }
        }

        return false;
    }

    private bool Precedes(ReadOnlySpan<int> channels, long sample)
    {
        lock (gate)
        {
            foreach (var block in recent)
            {
                if (block.End == sample && block.Has(channels))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Keep(Block block)
    {
        lock (gate)
        {
            recent.AddFirst(block);
            while (recent.Count > Kept)
            {
                LentArrays.Doubles.Return(recent.Last!.Value.Samples);
                recent.RemoveLast();
            }
        }
    }
}
