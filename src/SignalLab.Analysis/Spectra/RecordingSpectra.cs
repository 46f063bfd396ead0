using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>Spectra of recordings; no segment ever crosses a gap.</summary>
public static class RecordingSpectra
{
    private const int MultitaperValues = 1 << 22;

    extension(Recording recording)
    {
        /// <summary>Power spectral densities by Welch's method: constant detrend, periodic taper, one-sided.</summary>
        /// <param name="options">Segments, taper and average; null for two-second Hann segments.</param>
        /// <param name="channels">Indices of the channels, or null for all but trigger channels.</param>
        /// <returns>A spectrum a channel, in that order, each with its own frequency axis.</returns>
        /// <exception cref="UnfitInputException">A channel has no uninterrupted stretch as long as a segment, or the options do not fit.</exception>
        public IReadOnlyList<Spectrum> Welch(WelchOptions? options = null, IReadOnlyList<int>? channels = null)
        {
            var chosen = options ?? WelchOptions.Default;
            int[] all = [.. channels ?? Signals(recording)];
            var results = new Spectrum[all.Length];
            foreach (var group in Enumerable.Range(0, all.Length).GroupBy(i => (recording.Channels[all[i]].RateHz, recording.Channels[all[i]].SampleCount)))
            {
                int[] places = [.. group];
                var (length, step) = chosen.SamplesAt(recording.Channels[all[places[0]]]);
                var spectra = Gather(recording, [.. places.Select(p => all[p])], Tapers.Weights(chosen.Taper, length), step, chosen.Averaging);
                for (var i = 0; i < places.Length; i++)
                {
                    results[places[i]] = Result(recording, all[places[i]], spectra[i].Density(), spectra[i].Count, length, chosen.Step);
                }
            }

            return results;
        }

        /// <summary>The spectrum of each channel's longest uninterrupted stretch as a whole: the finest bins, but no averaging.</summary>
        /// <param name="taper">The taper.</param>
        /// <param name="channels">Indices of the channels, or null for all but trigger channels.</param>
        /// <returns>A spectrum a channel, in that order.</returns>
        /// <exception cref="UnfitInputException">A channel is shorter than two samples, or longer than 2^26: use Welch's method.</exception>
        public IReadOnlyList<Spectrum> Periodogram(Taper taper = Taper.Rectangular, IReadOnlyList<int>? channels = null) =>
            [.. (channels ?? Signals(recording)).Select(c => Whole(recording, c, taper))];

        /// <summary>Power spectral densities by Thomson's multitaper method: constant detrend, Slepian tapers weighted by their concentration or adaptively, one-sided.</summary>
        /// <param name="options">Bandwidth, weights and segments; null for the longest stretch as a whole with a time times half bandwidth of 4.</param>
        /// <param name="channels">Indices of the channels, or null for all but trigger channels.</param>
        /// <returns>A spectrum a channel, in that order.</returns>
        /// <exception cref="UnfitInputException">A channel has no uninterrupted stretch as long as a segment, the bandwidth does not fit, or the tapers would be too many and too long.</exception>
        public IReadOnlyList<Spectrum> Multitaper(MultitaperOptions? options = null, IReadOnlyList<int>? channels = null)
        {
            var chosen = options ?? MultitaperOptions.Default;
            int[] all = [.. channels ?? Signals(recording)];
            var results = new Spectrum[all.Length];
            foreach (var group in Enumerable.Range(0, all.Length).GroupBy(i => (recording.Channels[all[i]].RateHz, recording.Channels[all[i]].SampleCount)))
            {
                int[] places = [.. group];
                var first = all[places[0]];
                var (length, step) = chosen.SegmentSeconds is { } seconds ? chosen.Segments(seconds).SamplesAt(recording.Channels[first]) : LongestStretch(recording, first);
                RequireStretch(recording, first, length);
                var tapers = chosen.Tapers(recording.Channels[first], length);
                // So many channels at once as fit the memory.
                foreach (var some in places.Chunk(Math.Max(1, MultitaperValues / length)))
                {
                    var spectra = Gather(recording, [.. some.Select(p => all[p])], tapers, step, chosen);
                    for (var i = 0; i < some.Length; i++)
                    {
                        results[some[i]] = Result(recording, all[some[i]], spectra[i].Density(), spectra[i].Count, length, chosen.Step(tapers, recording.Channels[first].RateHz));
                    }
                }
            }

            return results;
        }

        /// <summary>Band power at every located, good channel of a kind.</summary>
        /// <param name="band">The band.</param>
        /// <param name="kind">Which channels: electrodes and coils do not share a map.</param>
        /// <param name="options">How the spectra are estimated.</param>
        /// <returns>A map over the channels' sensors.</returns>
        /// <exception cref="UnfitInputException">No channel of that kind has a position, their units differ in kind, or a spectrum does not hold the band.</exception>
        public ParameterMap BandMap(FrequencyBand band, ChannelKind kind = ChannelKind.Eeg, WelchOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(band);
            var located = recording.Located(kind);
            var spectra = recording.Welch(options, located);
            var unit = spectra[0].PowerUnit;
            double[] values = [.. spectra.Select(s => s.PowerUnit.Convert(s.Power(band), unit))];
            return new ParameterMap(Quantity.Power, unit, new SensorSupport(recording.LayoutOf(located)), new MemoryValues(values, values.Length))
            {
                Kind = MapKind.Derived,
                Subject = recording.Subject,
                Start = recording.Start,
                Provenance = recording.Provenance.Then((options ?? WelchOptions.Default).Step)
                    .Then(ProcessingStep.Of("band power", ("band", band.Name), ("low_hz", band.LowHz), ("high_hz", band.HighHz))),
            };
        }
    }

    internal static IEnumerable<int> Signals(Recording recording) =>
        Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c].Kind != ChannelKind.Stim);

    private static SegmentSpectra[] Gather(Recording recording, int[] channels, double[] weights, int step, Averaging averaging)
    {
        RequireStretch(recording, channels[0], weights.Length);
        var spectra = Array.ConvertAll(channels, _ => new SegmentSpectra(weights, recording.Channels[channels[0]].RateHz, averaging));
        foreach (var block in SegmentBlocks.Of(recording, channels, weights.Length, step))
        {
            block.Each((c, samples) => spectra[c].Add(samples, step));
        }

        return spectra;
    }

    private static MultitaperSpectra[] Gather(Recording recording, int[] channels, SlepianTapers tapers, int step, MultitaperOptions options)
    {
        var spectra = Array.ConvertAll(channels, _ => new MultitaperSpectra(tapers, recording.Channels[channels[0]].RateHz, options.Adaptive));
        foreach (var block in SegmentBlocks.Of(recording, channels, tapers.Length, step))
        {
            block.Each((c, samples) =>
            {
                for (var start = 0; start + tapers.Length <= samples.Length; start += step)
                {
                    spectra[c].Add(samples.Slice(start, tapers.Length));
                }
            });
            if (options.SegmentSeconds is null)
            {
                break;
            }
        }

        return spectra;
    }

    internal static void RequireStretch(Recording recording, int channel, int length, string what = "a segment: choose shorter ones")
    {
        var (first, runs) = (recording.Channels[channel], recording.Runs(channel));
        if (!runs.Any(r => r.Count >= length))
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"'{first.Label}' has no uninterrupted stretch of {length / first.RateHz} s, the longest is {runs.Select(r => r.Count).DefaultIfEmpty(0).Max() / first.RateHz} s: that is the length of {what}."));
        }
    }

    private static (int Length, int Step) LongestStretch(Recording recording, int channel)
    {
        var count = recording.Runs(channel).Select(r => r.Count).DefaultIfEmpty(0).Max();
        return count is >= 2 and <= 1 << 22
            ? ((int)count, (int)count)
            : throw new UnfitInputException(FormattableString.Invariant(
                $"The multitaper spectrum of '{recording.Channels[channel].Label}' as a whole would take {count} samples at once, 2 to {1 << 22} are possible: {(count < 2 ? "there is too little" : "choose segments (--segment)")}."));
    }

    private static Spectrum Whole(Recording recording, int channel, Taper taper)
    {
        var run = recording.Runs(channel).MaxBy(r => r.Count);
        if (run.Count is < 2 or > 1 << 26)
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"The periodogram of '{recording.Channels[channel].Label}' would take {run.Count} samples at once, 2 to {1 << 26} are possible: {(run.Count < 2 ? "there is too little" : "use Welch's method")}."));
        }

        var samples = new double[run.Count];
        recording.Samples.Read(channel, run.FirstSample, samples);
        var spectrum = new SegmentSpectra(Tapers.Weights(taper, samples.Length), recording.Channels[channel].RateHz, Averaging.Mean);
        spectrum.Add(samples, samples.Length);
        return Result(recording, channel, spectrum.Density(), spectrum.Count, samples.Length, ProcessingStep.Of("periodogram", ("window", taper.ToString().ToLowerInvariant()), ("detrend", "constant")));
    }

    private static Spectrum Result(Recording recording, int channel, double[] values, int count, int length, ProcessingStep step)
    {
        var source = recording.Channels[channel];
        var power = source.Unit.Squared();
        var frequencies = Axis.Uniform(AxisKind.Frequency, Unit.Hertz, 0, source.RateHz / length, (length / 2) + 1);
        var density = new Series(source.Label, frequencies, values, power.Times(Unit.Hertz, -1)) { Provenance = recording.Provenance.Then(step) };
        return new(channel, density, power, count);
    }
}
