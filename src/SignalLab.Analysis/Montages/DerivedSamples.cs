using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>Weighted sums of a source's channels, computed when read; each channel that takes part is read once a block.</summary>
/// <param name="source">The samples as recorded.</param>
/// <param name="rows">What each channel is made of.</param>
/// <param name="reference">The common reference that rows may subtract.</param>
internal sealed class DerivedSamples(ISampleSource source, IReadOnlyList<DerivedSamples.Row> rows, DerivedSamples.Share[] reference) : ISampleSource
{
    private const int BlockValues = 2 << 20;

    /// <summary>A channel's share in a sum.</summary>
    public readonly record struct Share(int Channel, double Weight);

    /// <summary>A sum of channels and of the reference.</summary>
    public sealed record Row(Share[] Shares, double ReferenceWeight = 0);

    /// <inheritdoc/>
    public int ChannelCount => rows.Count;

    /// <inheritdoc/>
    public long Count(int channel) => source.Count(rows[channel].Shares[0].Channel);

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        var inputs = new SortedSet<int>();
        var referenced = false;
        foreach (var channel in channels)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count(channel), nameof(first));
            inputs.UnionWith(rows[channel].Shares.Select(s => s.Channel));
            referenced |= rows[channel].ReferenceWeight != 0;
        }

        if (referenced)
        {
            inputs.UnionWith(reference.Select(s => s.Channel));
        }

        int[] needed = [.. inputs];
        var block = Math.Min(count, Math.Max(4096, BlockValues / Math.Max(1, needed.Length)));
        var samples = ArrayPool<double>.Shared.Rent((needed.Length + 1) * block);
        for (var start = 0; start < count; start += block)
        {
            var length = Math.Min(block, count - start);
            source.Read(needed, first + start, length, samples.AsSpan(0, needed.Length * length));
            var mean = samples.AsSpan(needed.Length * length, referenced ? length : 0);
            if (referenced)
            {
                Sum(reference, needed, samples, mean);
            }

            for (var i = 0; i < channels.Length; i++)
            {
                var row = rows[channels[i]];
                var target = into.Slice((i * count) + start, length);
                Sum(row.Shares, needed, samples, target);
                if (row.ReferenceWeight != 0)
                {
                    AddScaled(mean, row.ReferenceWeight, target);
                }
            }
        }

        ArrayPool<double>.Shared.Return(samples);
    }

    private static void Sum(Share[] shares, int[] needed, double[] samples, Span<double> into)
    {
        into.Clear();
        foreach (var share in shares)
        {
            AddScaled(samples.AsSpan(Array.BinarySearch(needed, share.Channel) * into.Length, into.Length), share.Weight, into);
        }
    }

    private static void AddScaled(ReadOnlySpan<double> values, double weight, Span<double> into)
    {
        var from = MemoryMarshal.Cast<double, Vector<double>>(values);
        var to = MemoryMarshal.Cast<double, Vector<double>>(into);
        var factor = new Vector<double>(weight);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = Vector.FusedMultiplyAdd(from[i], factor, to[i]);
        }

        for (var i = to.Length * Vector<double>.Count; i < into.Length; i++)
        {
            into[i] = Math.FusedMultiplyAdd(values[i], weight, into[i]);
        }
    }
}
