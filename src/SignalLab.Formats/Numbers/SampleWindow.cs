using SignalLab.Model;

namespace SignalLab.Formats.Numbers;

/// <summary>A stretch of a source's samples.</summary>
/// <param name="source">The source.</param>
/// <param name="stretches">First sample and number of samples of each channel.</param>
internal sealed class SampleWindow(ISampleSource source, IReadOnlyList<(long First, long Count)> stretches) : ISampleSource
{
    /// <inheritdoc/>
    public int ChannelCount => stretches.Count;

    /// <inheritdoc/>
    public long Count(int channel) => stretches[channel].Count;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, stretches[channel].Count, nameof(first));
        source.Read(channel, stretches[channel].First + first, into);
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        var areAlike = true;
        foreach (var channel in channels)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, stretches[channel].Count, nameof(first));
            areAlike &= stretches[channel].First == stretches[channels[0]].First;
        }

        if (areAlike && !channels.IsEmpty)
        {
            source.Read(channels, stretches[channels[0]].First + first, count, into);
            return;
        }

        for (var i = 0; i < channels.Length; i++)
        {
            source.Read(channels[i], stretches[channels[i]].First + first, into.Slice(i * count, count));
        }
    }
}
