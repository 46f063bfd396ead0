using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>A recording's samples behind a filter, computed when read; no run of samples ever touches the next one across a gap.</summary>
/// <remarks>A block equals the same samples of a whole read to about 1e−13 of the signal's swing: each block is computed with the margins that decide it, in which a recursive filter forgets where it began.</remarks>
internal sealed class FilteredSamples : ISampleSource
{
    // Long enough that margins cost little, short enough for the cache.
    private const int WindowsAMargin = 12;
    private const long WindowBytes = 128L << 20;

    // No power of two: rows of such a length would all fall on one place of the cache.
    private const int LongestWindow = 250_000;

    private readonly ISampleSource source;
    private readonly Track?[] tracks;

    private sealed record Track(PieceFilter Filter, int Before, int After, IReadOnlyList<SampleRun> Runs);

    /// <summary>Filters channels at their own rates.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="design">The filter.</param>
    /// <param name="phase">One pass or two.</param>
    /// <param name="channels">Which channels are filtered; the others pass unchanged.</param>
    public FilteredSamples(Recording recording, FilterDesign design, Phase phase, IReadOnlyList<int> channels)
    {
        source = recording.Samples;
        tracks = new Track?[recording.Channels.Count];
        var shared = new Dictionary<(double, long), Track>();
        foreach (var index in channels)
        {
            var key = (recording.Channels[index].RateHz, recording.Channels[index].SampleCount);
            if (!shared.TryGetValue(key, out var track))
            {
                var filter = design.For(key.RateHz);
                var (before, after) = filter.Reach(phase);
                shared[key] = track = new(filter.Over(phase), before, after, recording.Runs(index));
            }

            tracks[index] = track;
        }
    }

    /// <summary>Samples on the longer side that a block of each channel needs; 0 for a channel that is not filtered.</summary>
    public IReadOnlyList<int> Margins => [.. tracks.Select(t => t is null ? 0 : Math.Max(t.Before, t.After))];

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
        for (var i = 0; i < channels.Length;)
        {
            var alike = i + 1;
            while (alike < channels.Length && ReferenceEquals(tracks[channels[alike]], tracks[channels[i]]))
            {
                alike++;
            }

            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, source.Count(channels[i]), nameof(first));
            ReadAlike(channels[i..alike], first, count, into.Slice(i * count, (alike - i) * count));
            i = alike;
        }
    }

    private void ReadAlike(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        if (tracks[channels[0]] is not { } track)
        {
            source.Read(channels, first, count, into);
            return;
        }

        foreach (var run in track.Runs)
        {
            var (from, end) = (Math.Max(first, run.FirstSample), Math.Min(first + count, run.EndSample));
            if (from < end)
            {
                ReadRun(track, channels, run, from, end, into, (int)(from - first), count);
            }
        }
    }

    // In windows of bounded size, as many channels at once as one window may hold.
    private void ReadRun(Track track, ReadOnlySpan<int> channels, SampleRun run, long from, long end, Span<double> into, int offset, int stride)
    {
        var margins = (long)track.Before + track.After;
        var roomy = Math.Min(LongestWindow, WindowBytes / 8 / channels.Length) - margins;
        var block = Math.Clamp(WindowsAMargin * margins, 4096, Math.Max(Math.Max(roomy, margins), 4096));
        var longest = Math.Min(run.Count, Math.Min(block, end - from) + margins);
        var together = (int)Math.Clamp(WindowBytes / 8 / longest / BiquadKernel.Lanes * BiquadKernel.Lanes, BiquadKernel.Lanes, Math.Max(BiquadKernel.Lanes, channels.Length));
        for (var c = 0; c < channels.Length; c += together)
        {
            var chosen = channels.Slice(c, Math.Min(together, channels.Length - c));
            for (var at = from; at < end; at += block)
            {
                var length = (int)Math.Min(block, end - at);
                ReadWindow(track, chosen, run, at, length, into[(c * stride)..], offset + (int)(at - from), stride);
            }
        }
    }

    private void ReadWindow(Track track, ReadOnlySpan<int> channels, SampleRun run, long at, int length, Span<double> into, int offset, int stride)
    {
        var low = Math.Max(run.FirstSample, at - track.Before);
        var high = Math.Min(run.EndSample, at + length + track.After);
        var window = (int)(high - low);
        var before = (int)(at - low);
        var edges = new Edges(low == run.FirstSample, high == run.EndSample);

        // Where channels are read as cheaply one by one, each group is read by the core that filters it; else all are read at once.
        var group = source.IsDivisible ? BiquadKernel.Lanes : channels.Length;
        var all = channels.ToArray();
        var groups = new double[]?[(all.Length + group - 1) / group];
        void Group(int g)
        {
            var some = all.AsSpan(g * group, Math.Min(group, all.Length - (g * group)));
            var samples = LentArrays.Doubles.Rent(some.Length * window);
            source.Read(some, low, window, samples.AsSpan(0, some.Length * window));
            track.Filter(samples, some.Length, window, before, length, edges);
            Volatile.Write(ref groups[g], samples);
        }

        var (handedOn, next) = (new bool[groups.Length], -1);
        void Work()
        {
            for (int g; (g = Interlocked.Increment(ref next)) < groups.Length;)
            {
                Group(g);
            }
        }

        // The other cores filter; this one filters too and hands on what is ready.
        var others = new Task[(long)channels.Length * window > 32768 ? Math.Min(groups.Length, Environment.ProcessorCount) - 1 : 0];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = Task.Run(Work);
        }

        try
        {
            for (int g; (g = Interlocked.Increment(ref next)) < groups.Length;)
            {
                Group(g);
                HandOn(into);
            }
        }
        finally
        {
            Task.WaitAll(others);
        }

        HandOn(into);
        void HandOn(Span<double> into)
        {
            for (var g = 0; g < groups.Length; g++)
            {
                if (!handedOn[g] && Volatile.Read(ref groups[g]) is { } samples)
                {
                    for (var c = g * group; c < Math.Min(all.Length, (g + 1) * group); c++)
                    {
                        samples.AsSpan((c % group * window) + before, length).CopyTo(into.Slice((c * stride) + offset, length));
                    }

                    handedOn[g] = true;
                    LentArrays.Doubles.Return(samples);
                }
            }
        }
    }
}
