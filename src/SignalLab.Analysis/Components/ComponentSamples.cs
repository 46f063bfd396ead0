using SignalLab.Analysis.Projections;
using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Activations of components, computed when read: unmixing · (channels − means).</summary>
/// <param name="source">The channels' samples.</param>
/// <param name="channels">Which of them.</param>
/// <param name="offsets">What each channel counts from, in its unit.</param>
/// <param name="weights">Components × channels.</param>
internal sealed class ComponentSamples(ISampleSource source, int[] channels, double[] offsets, double[][] weights) : ISampleSource
{
    private const int ChunkSamples = 4096;

    public int ChannelCount => weights.Length;

    public long Count(int channel) => source.Count(channels[0]);

    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    public void Read(ReadOnlySpan<int> components, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count(0), nameof(first));
        var size = Math.Min(ChunkSamples, count);
        var rows = LentArrays.Doubles.Rent(channels.Length * size);
        for (var at = 0; at < count; at += size)
        {
            var n = Math.Min(size, count - at);
            source.Read(channels, first + at, n, rows.AsSpan(0, channels.Length * n));
            for (var i = 0; i < components.Length; i++)
            {
                Activation(weights[components[i]], offsets, rows, n, into.Slice((i * count) + at, n));
            }
        }

        LentArrays.Doubles.Return(rows);
    }

    /// <summary>One component's activation.</summary>
    /// <param name="weights">A weight a channel.</param>
    /// <param name="offsets">What each channel counts from.</param>
    /// <param name="rows">channels × n samples.</param>
    /// <param name="n">Samples.</param>
    /// <param name="into">Receives n values.</param>
    public static void Activation(double[] weights, double[] offsets, double[] rows, int n, Span<double> into)
    {
        var level = 0.0;
        for (var c = 0; c < weights.Length; c++)
        {
            level -= weights[c] * offsets[c];
        }

        into.Fill(level);
        for (var c = 0; c < weights.Length; c++)
        {
            LinearCombination.AddScaled(weights[c], rows.AsSpan(c * n, n), into);
        }
    }
}
