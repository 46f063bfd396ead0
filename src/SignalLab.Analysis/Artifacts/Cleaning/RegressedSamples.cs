using SignalLab.Analysis.Projections;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Samples less a linear combination of regressors.</summary>
/// <param name="source">The samples.</param>
/// <param name="regressors">Channel indices.</param>
/// <param name="coefficients">For each corrected channel a number a regressor.</param>
internal sealed class RegressedSamples(ISampleSource source, int[] regressors, IReadOnlyDictionary<int, double[]> coefficients) : ISampleSource
{
    private const int ChunkSamples = 8192;

    public int ChannelCount => source.ChannelCount;

    public long Count(int channel) => source.Count(channel);

    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        source.Read(channels, first, count, into);
        var corrected = false;
        foreach (var channel in channels)
        {
            corrected |= coefficients.ContainsKey(channel);
        }

        for (var at = 0; at < count && corrected; at += ChunkSamples)
        {
            var n = Math.Min(ChunkSamples, count - at);
            var rows = LentArrays.Doubles.Rent(regressors.Length * n);
            source.Read(regressors, first + at, n, rows.AsSpan(0, regressors.Length * n));
            for (var c = 0; c < channels.Length; c++)
            {
                if (coefficients.TryGetValue(channels[c], out var row))
                {
                    for (var r = 0; r < row.Length; r++)
                    {
                        LinearCombination.AddScaled(-row[r], rows.AsSpan(r * n, n), into.Slice((c * count) + at, n));
                    }
                }
            }

            LentArrays.Doubles.Return(rows);
        }
    }
}
