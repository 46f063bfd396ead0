using SignalLab.Model;

namespace SignalLab.Analysis.Selection;

/// <summary>Some channels of a source, in another order if wanted.</summary>
/// <param name="source">The samples.</param>
/// <param name="channels">Which of its channels, in the new order.</param>
internal sealed class PickedSamples(ISampleSource source, int[] channels) : ISampleSource
{
    public int ChannelCount => channels.Length;

    public long Count(int channel) => source.Count(channels[channel]);

    public void Read(int channel, long first, Span<double> into) => source.Read(channels[channel], first, into);

    public void Read(ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
    {
        var mapped = new int[wanted.Length];
        for (var i = 0; i < mapped.Length; i++)
        {
            mapped[i] = channels[wanted[i]];
        }

        source.Read(mapped, first, count, into);
    }
}
