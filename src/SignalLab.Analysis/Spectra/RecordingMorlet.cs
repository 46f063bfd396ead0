using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>Which wavelets, and how many of their values are kept.</summary>
public sealed record MorletOptions
{
    /// <summary>Frequencies, rising.</summary>
    public IReadOnlyList<double> FrequenciesHz { get; init; } = [.. Enumerable.Range(2, 39)];

    /// <summary>Numbers of cycles: one for all, one each, or none for half the frequency, which gives all wavelets one length.</summary>
    public IReadOnlyList<double> Cycles { get; init; } = [];

    /// <summary>Every how many samples a value is kept.</summary>
    public int Every { get; init; } = 1;

    internal ProcessingStep Step => ProcessingStep.Of(
        "morlet",
        ("frequencies_hz", string.Join(' ', FrequenciesHz.Select(f => f.ToString(CultureInfo.InvariantCulture)))),
        ("cycles", string.Join(' ', CyclesOrHalf.Select(c => c.ToString(CultureInfo.InvariantCulture)))),
        ("every_samples", Every),
        ("zero_mean", true),
        ("value", "power"));

    internal IReadOnlyList<double> CyclesOrHalf => Cycles.Count > 0 ? Cycles : [.. FrequenciesHz.Select(f => f / 2)];
}

/// <summary>Morlet power of recordings; no wavelet reaches across a gap.</summary>
public static class RecordingMorlet
{
    private const int BlockValues = 4 << 20;

    extension(Recording recording)
    {
        /// <summary>Power by complex Morlet wavelets at every sample, or every so many. At a stretch's ends the signal is taken as 0 beyond.</summary>
        /// <param name="options">Frequencies and cycles; null for 2 to 40 Hz in steps of 1 with half as many cycles.</param>
        /// <param name="channels">Indices of channels of one rate, or null for all but trigger channels.</param>
        /// <returns>Power in the square of the channels' units; nothing is computed before its columns are asked for.</returns>
        /// <exception cref="UnfitInputException">The channels differ in rate, a frequency does not fit, or no stretch is as long as the longest wavelet.</exception>
        public TimeFrequency MorletPower(MorletOptions? options = null, IReadOnlyList<int>? channels = null)
        {
            var chosen = options ?? new();
            ArgumentOutOfRangeException.ThrowIfLessThan(chosen.Every, 1, nameof(options));
            int[] all = [.. channels ?? RecordingSpectra.Signals(recording)];
            TimeFrequency.RequireOneRate(recording, all);
            var wavelets = new MorletWavelets(recording.Channels[all[0]].RateHz, chosen.FrequenciesHz, chosen.CyclesOrHalf);
            var longest = (2 * wavelets.Reach) + 1;
            RecordingSpectra.RequireStretch(recording, all[0], longest, "the longest wavelet; fewer cycles or higher frequencies make it shorter");
            return new(
                recording, all, new Axis(AxisKind.Frequency, Unit.Hertz, wavelets.FrequenciesHz), u => u.Squared(), chosen.Step, TimeGrid.Of(recording, all[0], longest, chosen.Every, longest - 1, 0), () => Columns(recording, all, wavelets, chosen.Every));
        }
    }

    private static IEnumerable<TimeFrequencyColumn> Columns(Recording recording, int[] channels, MorletWavelets wavelets, int every)
    {
        var (rateHz, reach, size) = (wavelets.RateHz, wavelets.Reach, channels.Length * wavelets.FrequenciesHz.Count);
        var runs = recording.Runs(channels[0]).Where(r => r.Count > 2 * reach).ToList();
        var perBlock = (int)Math.Min(Math.Clamp(BlockValues / size, 64, 1 << 16), runs.Max(r => r.Count));
        var transform = new MorletTransform(wavelets, perBlock);
        foreach (var run in runs)
        {
            for (var done = 0L; done < run.Count; done += perBlock)
            {
                var count = (int)Math.Min(perBlock, run.Count - done);
                var (before, after) = ((int)Math.Min(reach, done), (int)Math.Min(reach, run.Count - done - count));
                var stored = before + count + after;
                var samples = LentArrays.Doubles.Rent(channels.Length * stored);
                var power = LentArrays.Doubles.Rent(size * count);
                recording.Samples.Read(channels, run.FirstSample + done - before, stored, samples.AsSpan(0, channels.Length * stored));
                transform.Power(samples.AsMemory(0, channels.Length * stored), channels.Length, power.AsMemory(0, size * count), before, after);
                LentArrays.Doubles.Return(samples);
                var column = new double[size];
                for (var t = (int)((every - (done % every)) % every); t < count; t += every)
                {
                    for (var i = 0; i < size; i++)
                    {
                        column[i] = power[(i * count) + t];
                    }

                    yield return new(run.OnsetSeconds + ((done + t) / rateHz), column);
                }

                LentArrays.Doubles.Return(power);
            }
        }
    }
}
