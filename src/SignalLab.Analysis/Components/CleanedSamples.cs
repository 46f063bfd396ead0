using SignalLab.Analysis.Projections;
using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Samples less the part of some components, computed when read: x − A·W·(x − means). Channels that were not decomposed pass unchanged.</summary>
/// <param name="source">The recording's samples.</param>
/// <param name="channels">The decomposed channels.</param>
/// <param name="offsets">What each counts from, in its unit.</param>
/// <param name="weights">Removed components × channels.</param>
/// <param name="maps">Removed components × channels: what one unit of the component adds to each.</param>
internal sealed class CleanedSamples(ISampleSource source, int[] channels, double[] offsets, double[][] weights, double[][] maps) : ISampleSource
{
    private const int ChunkSamples = 4096;

    private readonly Dictionary<int, int> places = channels.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i);

    public int ChannelCount => source.ChannelCount;

    public long Count(int channel) => source.Count(channel);

    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    public void Read(ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
    {
        source.Read(wanted, first, count, into);
        var touched = false;
        foreach (var channel in wanted)
        {
            touched |= places.ContainsKey(channel);
        }

        if (!touched || weights.Length == 0)
        {
            return;
        }

        var size = Math.Min(ChunkSamples, count);
        var rows = LentArrays.Doubles.Rent(channels.Length * size);
        var activation = LentArrays.Doubles.Rent(size);
        for (var at = 0; at < count; at += size)
        {
            var n = Math.Min(size, count - at);
            source.Read(channels, first + at, n, rows.AsSpan(0, channels.Length * n));
            for (var k = 0; k < weights.Length; k++)
            {
                ComponentSamples.Activation(weights[k], offsets, rows, n, activation.AsSpan(0, n));
                for (var i = 0; i < wanted.Length; i++)
                {
                    if (places.TryGetValue(wanted[i], out var place))
                    {
                        LinearCombination.AddScaled(-maps[k][place], activation.AsSpan(0, n), into.Slice((i * count) + at, n));
                    }
                }
            }
        }

        LentArrays.Doubles.Return(activation);
        LentArrays.Doubles.Return(rows);
    }
}
