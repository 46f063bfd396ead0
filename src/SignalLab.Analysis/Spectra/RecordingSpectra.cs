using System.Buffers;
using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>Spectra of recordings; no segment ever crosses a gap.</summary>
public static class RecordingSpectra
{
    private const int BlockValues = 2 << 20;

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
                    results[places[i]] = Result(recording, all[places[i]], spectra[i], length, chosen.Step);
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

    private static IEnumerable<int> Signals(Recording recording) =>
        Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c].Kind != ChannelKind.Stim);

    private static SegmentSpectra[] Gather(Recording recording, int[] channels, double[] weights, int step, Averaging averaging)
    {
        var first = recording.Channels[channels[0]];
        var runs = recording.Runs(channels[0]);
        if (!runs.Any(r => r.Count >= weights.Length))
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"'{first.Label}' has no uninterrupted stretch of {weights.Length / first.RateHz} s, the longest is {runs.Select(r => r.Count).DefaultIfEmpty(0).Max() / first.RateHz} s: choose shorter segments."));
        }

        var spectra = Array.ConvertAll(channels, _ => new SegmentSpectra(weights, first.RateHz, averaging));
        var perBlock = Math.Max(8, (BlockValues / channels.Length - weights.Length) / step / 8 * 8);
        foreach (var run in runs.Where(r => r.Count >= weights.Length))
        {
            var segments = ((run.Count - weights.Length) / step) + 1;
            for (var done = 0L; done < segments; done += perBlock)
            {
                var length = (int)((Math.Min(perBlock, segments - done) - 1) * step) + weights.Length;
                var samples = ArrayPool<double>.Shared.Rent(length * channels.Length);
                recording.Samples.Read(channels, run.FirstSample + (done * step), length, samples.AsSpan(0, length * channels.Length));
                Parallel.For(0, channels.Length, c => spectra[c].Add(samples.AsSpan(c * length, length), step));
                ArrayPool<double>.Shared.Return(samples);
            }
        }

        return spectra;
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
        return Result(recording, channel, spectrum, samples.Length, ProcessingStep.Of("periodogram", ("window", taper.ToString().ToLowerInvariant()), ("detrend", "constant")));
    }

    private static Spectrum Result(Recording recording, int channel, SegmentSpectra spectrum, int length, ProcessingStep step)
    {
        var source = recording.Channels[channel];
        var power = source.Unit.Squared();
        var frequencies = Axis.Uniform(AxisKind.Frequency, Unit.Hertz, 0, source.RateHz / length, (length / 2) + 1);
        var density = new Series(source.Label, frequencies, spectrum.Density(), power.Times(Unit.Hertz, -1)) { Provenance = recording.Provenance.Then(step) };
        return new(channel, density, power, spectrum.Count);
    }
}
