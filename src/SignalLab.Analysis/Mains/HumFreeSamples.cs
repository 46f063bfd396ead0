using SignalLab.Model;

namespace SignalLab.Analysis.Mains;

/// <summary>A recording's samples less the mains hum fitted to overlapping windows, computed when read; no window crosses a gap.</summary>
/// <remarks>The windows stand at fixed places of a run, so that a block is what a whole read gives, bit for bit. Between the centres of two windows their lines fade into each other.</remarks>
internal sealed class HumFreeSamples : ISampleSource
{
    private readonly ISampleSource source;
    private readonly Track?[] tracks;

    private sealed record Track(IReadOnlyList<SampleRun> Runs, IReadOnlyDictionary<int, MainsFit> Fits, int WindowLength, int Harmonics);

    /// <summary>Prepares the tapers for each rate and run.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="channels">Which channels; the others pass unchanged.</param>
    public HumFreeSamples(Recording recording, MainsOptions options, IReadOnlyList<int> channels)
    {
        source = recording.Samples;
        tracks = new Track?[recording.Channels.Count];
        var shared = new Dictionary<(double, long), Track>();
        foreach (var index in channels)
        {
            var key = (recording.Channels[index].RateHz, recording.Channels[index].SampleCount);
            if (!shared.TryGetValue(key, out var track))
            {
                shared[key] = track = Prepare(recording.Runs(index), key.RateHz, options);
            }

            tracks[index] = track;
        }
    }

    /// <inheritdoc/>
    public int ChannelCount => source.ChannelCount;

    /// <summary>Samples of a usual window of each channel, 0 for one that passes.</summary>
    public IReadOnlyList<int> WindowLengths => [.. tracks.Select(t => t?.WindowLength ?? 0)];

    /// <inheritdoc/>
    public long Count(int channel) => source.Count(channel);

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        source.Read(channels, first, count, into);
        var hum = new double[channels.Length][];
        var chosen = channels.ToArray();
        for (var i = 0; i < chosen.Length;)
        {
            var alike = i + 1;
            while (alike < chosen.Length && ReferenceEquals(tracks[chosen[alike]], tracks[chosen[i]]))
            {
                alike++;
            }

            if (tracks[chosen[i]] is { } track)
            {
                ReadAlike(track, chosen[i..alike], first, count, hum.AsSpan(i, alike - i));
            }

            i = alike;
        }

        for (var i = 0; i < hum.Length; i++)
        {
            for (var t = 0; hum[i] is { } line && t < count; t++)
            {
                into[(i * count) + t] -= line[t];
            }
        }
    }

    /// <summary>The lines of the window at a place of a run, for channels of one rate.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="first">First sample of the window.</param>
    /// <param name="length">Samples of the window: those of its run's windows.</param>
    /// <returns>For each channel its lines, one a harmonic.</returns>
    public HumLine[][] Lines(int[] channels, long first, int length)
    {
        var track = tracks[channels[0]]!;
        var fit = track.Fits[length];
        var samples = new double[channels.Length * length];
        source.Read(channels, first, length, samples);
        var lines = new HumLine[channels.Length][];
        Parallel.For(0, channels.Length, c =>
        {
            lines[c] = new HumLine[track.Harmonics];
            fit.Find(samples.AsSpan(c * length, length), lines[c]);
        });
        return lines;
    }

    /// <summary>Windows spread over a channel's runs, at most so many, with their lengths.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="most">How many.</param>
    public IEnumerable<(long First, int Length)> SomeWindows(int channel, int most)
    {
        if (tracks[channel] is not { } track)
        {
            return [];
        }

        var all = track.Runs.Select(r => (Run: r, Length: WindowOf(track, r))).Where(p => p.Length > 0).Select(p => (p.Run, p.Length, Windows: WindowCount(p.Run.Count, p.Length))).ToList();
        var total = all.Sum(p => p.Windows);
        var chosen = Enumerable.Range(0, (int)Math.Min(most, total)).Select(i => i * total / Math.Min(most, total));
        return chosen.Select(number =>
        {
            foreach (var (run, length, windows) in all)
            {
                if (number < windows)
                {
                    return (run.FirstSample + WindowStart(run.Count, length, number), length);
                }

                number -= windows;
            }

            return (0, 0);
        });
    }

    private static Track Prepare(IReadOnlyList<SampleRun> runs, double rateHz, MainsOptions options)
    {
        var fundamental = 2 * Math.PI * options.FrequencyHz / rateHz;
        var possible = (int)Math.Ceiling(rateHz / 2 / (options.FrequencyHz + options.ToleranceHz)) - 1;
        var harmonics = Math.Min(options.Harmonics ?? possible, possible);
        double[] nominal = [.. Enumerable.Range(1, harmonics).Select(h => h * fundamental)];
        var usual = (int)Math.Min(1 << 22, Math.Round(options.WindowSeconds * rateHz));
        var fits = new Dictionary<int, MainsFit>();
        foreach (var run in runs)
        {
            var length = (int)Math.Min(usual, run.Count);
            if (length >= MainsFit.ShortestLength(fundamental) && !fits.ContainsKey(length))
            {
                fits[length] = new(length, nominal, 2 * Math.PI * options.ToleranceHz / rateHz, options.Significance);
            }
        }

        return new(runs, fits, usual, harmonics);
    }

    private static int WindowOf(Track track, SampleRun run)
    {
        var length = (int)Math.Min(track.WindowLength, run.Count);
        return track.Fits.ContainsKey(length) ? length : 0;
    }

    // Windows begin every half window; the last one ends with the run.
    private static long WindowCount(long samples, int length) => 1 + ((samples - length + (length / 2) - 1) / (length / 2));

    private static long WindowStart(long samples, int length, long number) => Math.Min(number * (length / 2), samples - length);

    private void ReadAlike(Track track, int[] channels, long first, int count, Span<double[]> hum)
    {
        for (var c = 0; c < channels.Length; c++)
        {
            hum[c] = new double[count];
        }

        var into = hum.ToArray();
        foreach (var run in track.Runs)
        {
            var (from, end) = (Math.Max(first, run.FirstSample), Math.Min(first + count, run.EndSample));
            if (from < end && WindowOf(track, run) is > 0 and var length)
            {
                AddRun(channels, run, length, from, end, first, into);
            }
        }
    }

    private void AddRun(int[] channels, SampleRun run, int length, long from, long end, long origin, double[][] hum)
    {
        var (half, last) = (length / 2, WindowCount(run.Count, length) - 1);
        double Centre(long number) => run.FirstSample + WindowStart(run.Count, length, number) + (length / 2.0);
        for (var number = Math.Clamp(((from - run.FirstSample) / half) - 2, 0, last); number <= last; number++)
        {
            var (before, here, after) = (number == 0 ? double.NegativeInfinity : Centre(number - 1), Centre(number), number == last ? double.PositiveInfinity : Centre(number + 1));
            var (low, high) = (Math.Max(from, double.IsFinite(before) ? (long)Math.Ceiling(before) : from), Math.Min(end, double.IsFinite(after) ? (long)Math.Ceiling(after) : end));
            if (low >= high)
            {
                if (before >= end)
                {
                    break;
                }

                continue;
            }

            var start = run.FirstSample + WindowStart(run.Count, length, number);
            var lines = Lines(channels, start, length);
            double Weight(int t)
            {
                var at = low + t;
                var far = at < here ? (here - at) / (here - before) : (at - here) / (after - here);
                var cosine = Math.Cos(Math.PI / 2 * far);
                return cosine * cosine;
            }

            double[] weights = [.. Enumerable.Range(0, (int)(high - low)).Select(Weight)];
            Parallel.For(0, channels.Length, c =>
            {
                foreach (var line in lines[c])
                {
                    MainsFit.Add(hum[c].AsSpan((int)(low - origin), (int)(high - low)), (int)(low - start), line, weights);
                }
            });
        }
    }
}
