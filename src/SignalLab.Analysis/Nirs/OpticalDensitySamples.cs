using SignalLab.Model;

namespace SignalLab.Analysis.Nirs;

/// <summary>
/// Optical densities of light intensities, −ln(I / mean I), computed when read. The mean is that of the run in which a sample lies; the whole run is read for it
/// once, when the first of its samples is wanted. Light of 0 or below is none: it has no density (not a number) and takes no part in the mean.
/// </summary>
internal sealed class OpticalDensitySamples : ISampleSource
{
    private const int BlockValues = 1 << 20;

    // Below 0 stands for a mean that was not computed yet; one that does not exist is not a number.
    private const double Unasked = -1;

    private readonly ISampleSource source;
    private readonly IReadOnlyList<SampleRun>?[] runs;
    private readonly double[]?[] means;
    private readonly Lock gate = new();

    /// <param name="recording">The recording.</param>
    /// <param name="channels">Channels of light intensity; the others pass unchanged.</param>
    public OpticalDensitySamples(Recording recording, IReadOnlyList<int> channels)
    {
        source = recording.Samples;
        runs = new IReadOnlyList<SampleRun>?[recording.Channels.Count];
        means = new double[]?[recording.Channels.Count];
        foreach (var channel in channels)
        {
            runs[channel] = recording.Runs(channel);
            means[channel] = new double[runs[channel]!.Count];
            Array.Fill(means[channel]!, Unasked);
        }
    }

    /// <inheritdoc/>
    public int ChannelCount => source.ChannelCount;

    /// <inheritdoc/>
    public long Count(int channel) => source.Count(channel);

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        source.Read(channels, first, count, into);
        FindMeans(channels, first, count);
        for (var i = 0; i < channels.Length; i++)
        {
            for (var r = 0; runs[channels[i]] is { } own && r < own.Count; r++)
            {
                var (from, end) = (Math.Max(first, own[r].FirstSample), Math.Min(first + count, own[r].EndSample));
                if (from < end)
                {
                    ToDensity(into.Slice((i * count) + (int)(from - first), (int)(end - from)), means[channels[i]]![r]);
                }
            }
        }
    }

    /// <summary>Intensities to optical densities, in place.</summary>
    /// <param name="intensities">Intensities in any unit.</param>
    /// <param name="mean">Their mean, in the same unit.</param>
    internal static void ToDensity(Span<double> intensities, double mean)
    {
        foreach (ref var value in intensities)
        {
            value = value > 0 && double.IsFinite(value) ? -Math.Log(value / mean) : double.NaN;
        }
    }

    // Channels that lie together in a file are read together.
    private void FindMeans(ReadOnlySpan<int> channels, long first, int count)
    {
        lock (gate)
        {
            var missing = new Dictionary<SampleRun, List<(int Channel, int Run)>>();
            foreach (var channel in channels)
            {
                for (var r = 0; runs[channel] is { } own && r < own.Count; r++)
                {
                    if (own[r].FirstSample < first + count && own[r].EndSample > first && means[channel]![r] == Unasked)
                    {
                        (missing.TryGetValue(own[r], out var members) ? members : missing[own[r]] = []).Add((channel, r));
                    }
                }
            }

            foreach (var (run, members) in missing)
            {
                int[] together = [.. members.Select(m => m.Channel).Distinct()];
                var found = Means(together, run);
                foreach (var (channel, r) in members)
                {
                    means[channel]![r] = found[Array.IndexOf(together, channel)];
                }
            }
        }
    }

    private double[] Means(int[] channels, SampleRun run)
    {
        var (sums, counts) = (new double[channels.Length], new long[channels.Length]);
        var block = (int)Math.Min(run.Count, Math.Max(1024, BlockValues / channels.Length));
        var samples = LentArrays.Doubles.Rent(channels.Length * block);
        try
        {
            for (var at = run.FirstSample; at < run.EndSample; at += block)
            {
                var length = (int)Math.Min(block, run.EndSample - at);
                source.Read(channels, at, length, samples.AsSpan(0, channels.Length * length));
                for (var c = 0; c < channels.Length; c++)
                {
                    var part = 0.0;
                    foreach (var value in samples.AsSpan(c * length, length))
                    {
                        if (value > 0 && double.IsFinite(value))
                        {
                            part += value;
                            counts[c]++;
                        }
                    }

                    sums[c] += part;
                }
            }
        }
        finally
        {
            LentArrays.Doubles.Return(samples);
        }

        return [.. sums.Select((s, c) => counts[c] == 0 ? double.NaN : s / counts[c])];
    }
}
