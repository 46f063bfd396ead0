using SignalLab.Model;

namespace SignalLab.Analysis.Selection;

/// <summary>A stretch of each channel of a source.</summary>
/// <param name="source">The samples.</param>
/// <param name="firsts">Per channel, the first sample kept.</param>
/// <param name="counts">Per channel, how many are kept.</param>
internal sealed class CroppedSamples(ISampleSource source, long[] firsts, long[] counts) : ISampleSource
{
    public int ChannelCount => firsts.Length;

    public long Count(int channel) => counts[channel];

    public void Read(int channel, long first, Span<double> into)
    {
        Check(channel, first, into.Length);
        source.Read(channel, firsts[channel] + first, into);
    }

    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        var together = true;
        foreach (var channel in channels)
        {
            Check(channel, first, count);
            together &= firsts[channel] == firsts[channels[0]];
        }

        if (together && channels.Length > 0)
        {
            source.Read(channels, firsts[channels[0]] + first, count, into);
            return;
        }

        for (var i = 0; i < channels.Length; i++)
        {
            source.Read(channels[i], firsts[channels[i]] + first, into.Slice(i * count, count));
        }
    }

    private void Check(int channel, long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, counts[channel], nameof(first));
    }
}
