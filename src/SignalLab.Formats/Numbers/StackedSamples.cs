using SignalLab.Model;

namespace SignalLab.Formats.Numbers;

/// <summary>Several sources as one: the channels of the second follow those of the first, and so on.</summary>
/// <param name="parts">The sources.</param>
internal sealed class StackedSamples(IReadOnlyList<ISampleSource> parts) : ISampleSource
{
    private readonly (int Part, int Channel)[] places = [.. parts.SelectMany((p, i) => Enumerable.Range(0, p.ChannelCount).Select(c => (i, c)))];

    /// <inheritdoc/>
    public int ChannelCount => places.Length;

    /// <inheritdoc/>
    public long Count(int channel) => parts[places[channel].Part].Count(places[channel].Channel);

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => parts[places[channel].Part].Read(places[channel].Channel, first, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        // Runs of channels of one source are read at once.
        for (var from = 0; from < channels.Length;)
        {
            var part = places[channels[from]].Part;
            var to = from + 1;
            while (to < channels.Length && places[channels[to]].Part == part)
            {
                to++;
            }

            var own = new int[to - from];
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = places[channels[from + i]].Channel;
            }

            parts[part].Read(own, first, count, into.Slice(from * count, own.Length * count));
            from = to;
        }
    }
}
