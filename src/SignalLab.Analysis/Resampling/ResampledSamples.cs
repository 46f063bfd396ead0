using SignalLab.Model;

namespace SignalLab.Analysis.Resampling;

/// <summary>A recording's samples at another rate, computed when read. A block is bit for bit what a whole read gives; no stretch touches the next one across a gap.</summary>
internal sealed class ResampledSamples : ISampleSource
{
    private readonly ISampleSource source;
    private readonly Track[] tracks;

    private sealed record Track(long Count, IReadOnlyList<Stretch> Stretches);

    private sealed record Stretch(ResampledStretch? Samples, long First, long Count);

    /// <summary>Resamples every channel; one that has the rate already passes unchanged.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="rateHz">The new rate.</param>
    /// <param name="options">The low-pass.</param>
    public ResampledSamples(Recording recording, double rateHz, ResamplingOptions options)
    {
        source = recording.Samples;
        var counts = ResampledCounts.Of(recording, rateHz);
        var shared = new Dictionary<(double, long, bool), Track>();
        tracks = new Track[recording.Channels.Count];
        for (var c = 0; c < tracks.Length; c++)
        {
            var channel = recording.Channels[c];
            var key = (channel.RateHz, channel.SampleCount, channel.Kind == ChannelKind.Stim);
            if (!shared.TryGetValue(key, out var track))
            {
                shared[key] = track = TrackOf(recording, c, rateHz, counts[c], options);
            }

            tracks[c] = track;
        }
    }

    /// <inheritdoc/>
    public int ChannelCount => source.ChannelCount;

    /// <inheritdoc/>
    public long Count(int channel) => tracks[channel].Count;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        for (var i = 0; i < channels.Length;)
        {
            var alike = i + 1;
            while (alike < channels.Length && ReferenceEquals(tracks[channels[alike]], tracks[channels[i]]))
            {
                alike++;
            }

            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count(channels[i]), nameof(first));
            ReadAlike(tracks[channels[i]], channels[i..alike], first, count, into.Slice(i * count, (alike - i) * count));
            i = alike;
        }
    }

    private void ReadAlike(Track track, ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        foreach (var stretch in track.Stretches)
        {
            var (from, end) = (Math.Max(first, stretch.First), Math.Min(first + count, stretch.First + stretch.Count));
            if (from >= end)
            {
                continue;
            }

            if (stretch.Samples is null)
            {
                source.Read(channels, first, count, into);
                return;
            }

            stretch.Samples.Read(channels, from - stretch.First, (int)(end - from), into[(int)(from - first)..], count);
        }
    }

    private static Track TrackOf(Recording recording, int channel, double rateHz, long count, ResamplingOptions options)
    {
        var old = recording.Channels[channel];
        if (old.RateHz == rateHz)
        {
            return new(count, [new(null, 0, count)]);
        }

        var isCode = old.Kind == ChannelKind.Stim;
        OutputKernel kernel = isCode ? new NearestSample(old.RateHz / rateHz) : OutputKernel.Between(old.RateHz, rateHz, options);
        var runs = (recording with { Channels = [old with { RateHz = rateHz, SampleCount = count }] }).Runs(0);
        return new(count,
        [
            .. recording.Runs(channel).Zip(runs).Where(p => p.First.Count > 0 && p.Second.Count > 0)
                .Select(p => new Stretch(new(recording.Samples, kernel, p.First, isCode ? null : options.Edges), p.Second.FirstSample, p.Second.Count)),
        ]);
    }
}
