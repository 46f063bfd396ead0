using SignalLab.Model;

namespace SignalLab.Formats.Numbers;

/// <summary>Sources with the same channels that follow each other in time, read as one: the parts of a recording that was split into files.</summary>
/// <param name="parts">The sources and how many samples of each count, from its first on.</param>
internal sealed class ConsecutiveSamples(IReadOnlyList<(ISampleSource Samples, long Count)> parts) : ISampleSource
{
    private readonly long total = parts.Sum(p => p.Count);

    /// <inheritdoc/>
    public int ChannelCount => parts.Count == 0 ? 0 : parts[0].Samples.ChannelCount;

    /// <inheritdoc/>
    public long Count(int channel) => total;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, total, nameof(first));
        var start = 0L;
        foreach (var (samples, length) in parts)
        {
            var from = Math.Max(first, start);
            var n = (int)(Math.Min(first + count, start + length) - from);
            if (n == count && count > 0)
            {
                samples.Read(channels, from - start, n, into);
                return;
            }

            for (var i = 0; i < channels.Length && n > 0; i++)
            {
                samples.Read(channels[i], from - start, into.Slice((i * count) + (int)(from - first), n));
            }

            start += length;
        }
    }
}
