using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>
/// Keeps the last blocks that were computed and, where short reads follow one another, computes further ahead: for sources whose blocks cost a margin on either side.
/// All sources keep theirs in one room, so that views that nobody looks at any longer give theirs up.
/// </summary>
/// <param name="inner">The source that computes.</param>
/// <param name="aheadSamples">For each channel how far a following read reaches, in samples.</param>
internal sealed class RecentBlocks(ISampleSource inner, IReadOnlyList<int> aheadSamples) : ISampleSource
{
    private const int Kept = 4;
    private const long LargestBytes = 12L << 20;
    private const long RoomBytes = 48L << 20;

    private static readonly Lock Gate = new();
    private static readonly LinkedList<Block> Room = [];
    private static long roomTaken;

    private readonly LinkedList<Block> recent = [];

    private sealed class Block(int[] channels, long first, int count, double[] samples)
    {
        public int[] Channels => channels;

        public long First => first;

        public int Count => count;

        public long End => first + count;

        /// <summary>Channel by channel; null once the room was needed.</summary>
        public double[]? Samples { get; set; } = samples;

        /// <summary>Its place in the room.</summary>
        public LinkedListNode<Block>? Place { get; set; }

        public long Bytes { get; } = 8L * samples.Length;

        public bool Has(ReadOnlySpan<int> channels)
        {
            if (Samples is null)
            {
                return false;
            }

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
        var samples = LentArrays.Doubles.Rent(wanted * channels.Length);
        var computed = new Block(channels.ToArray(), first + done, wanted, samples);
        inner.Read(channels, computed.First, wanted, samples.AsSpan(0, wanted * channels.Length));
        computed.Copy(channels, computed.First, rest, into, done, count);
        Keep(computed);
    }

    // Copies under the lock, so that a block's array may serve again as soon as the block is forgotten.
    private bool CopyKept(ReadOnlySpan<int> channels, long first, int count, Span<double> into, ref int done)
    {
        lock (Gate)
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
        lock (Gate)
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
        lock (Gate)
        {
            recent.AddFirst(block);
            block.Place = Room.AddFirst(block);
            roomTaken += block.Bytes;
            while (recent.Count > Kept)
            {
                Forget(recent.Last!.Value);
                recent.RemoveLast();
            }

            while (roomTaken > RoomBytes)
            {
                Forget(Room.Last!.Value);
            }
        }
    }

    private static void Forget(Block block)
    {
        if (block.Samples is { } samples)
        {
            block.Samples = null;
            Room.Remove(block.Place!);
            roomTaken -= block.Bytes;
            LentArrays.Doubles.Return(samples);
        }
    }
}
