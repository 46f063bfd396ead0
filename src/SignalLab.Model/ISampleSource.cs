namespace SignalLab.Model;

/// <summary>
/// Samples of a recording, read on demand in the channels' units. Sample indices count stored samples of that channel, gaps excluded.
/// Every member may be called by many threads at once; a block read gives bit for bit what a whole read gives.
/// </summary>
public interface ISampleSource
{
    /// <summary>Number of channels.</summary>
    int ChannelCount { get; }

    /// <summary>Stored samples of a channel.</summary>
    /// <param name="channel">Channel index.</param>
    long Count(int channel);

    /// <summary>True where reading channels in several calls, at once, costs no more than reading them in one: nothing is computed or decoded for all of them together.</summary>
    bool IsDivisible => false;

    /// <summary>Reads consecutive samples of one channel.</summary>
    /// <param name="channel">Channel index.</param>
    /// <param name="first">First sample; <c>first + into.Length</c> must not exceed <see cref="Count"/>.</param>
    /// <param name="into">Receives the samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the channel.</exception>
    /// <exception cref="MalformedFileException">The file does not hold what its header promised.</exception>
    void Read(int channel, long first, Span<double> into);

    /// <summary>Reads the same range of several channels (of one rate) at once: one pass over the file.</summary>
    /// <param name="channels">Channel indices.</param>
    /// <param name="first">First sample.</param>
    /// <param name="count">Samples per channel.</param>
    /// <param name="into">channels × count values, one channel after the other.</param>
    void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        for (var i = 0; i < channels.Length; i++)
        {
            Read(channels[i], first, into.Slice(i * count, count));
        }
    }
}

/// <summary>Samples held in memory: one array a channel.</summary>
/// <param name="samples">Per channel, its samples in its unit; kept, not copied.</param>
public sealed class MemorySamples(IReadOnlyList<double[]> samples) : ISampleSource
{
    /// <inheritdoc/>
    public int ChannelCount => samples.Count;

    /// <inheritdoc/>
    public bool IsDivisible => true;

    /// <inheritdoc/>
    public long Count(int channel) => samples[channel].Length;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, samples[channel].Length, nameof(first));
        samples[channel].AsSpan((int)first, into.Length).CopyTo(into);
    }

    /// <summary>Samples of one channel where they lie, without a copy.</summary>
    /// <param name="channel">Channel index.</param>
    /// <param name="first">First sample.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the channel.</exception>
    public ReadOnlySpan<double> Slice(int channel, long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, samples[channel].Length, nameof(first));
        return samples[channel].AsSpan((int)first, count);
    }
}
