using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Montages;

/// <summary>Samples that are read as those of a file are: never in their own arrays. Counts what was read.</summary>
internal sealed class CountingCopy(ISampleSource source) : ISampleSource
{
    private long read;

    public long SamplesRead => read;

    public int ChannelCount => source.ChannelCount;

    public long Count(int channel) => source.Count(channel);

    public void Read(int channel, long first, Span<double> into)
    {
        Interlocked.Add(ref read, into.Length);
        source.Read(channel, first, into);
    }
}
