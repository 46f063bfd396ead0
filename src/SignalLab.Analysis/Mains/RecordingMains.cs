using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Analysis.Mains;

/// <summary>Recordings without their mains hum: fitted and subtracted, so that what else lives at those frequencies stays.</summary>
public static class RecordingMains
{
    private const int WindowsTold = 8;

    extension(Recording recording)
    {
        /// <summary>Subtracts the sinusoids at the mains frequency and its harmonics that stand out in windows of the signal.</summary>
        /// <param name="options">Frequency, window and certainty; null for 50 Hz in windows of 10 s.</param>
        /// <param name="channels">Indices of the channels to clean, or null for all but trigger channels; the others pass unchanged.</param>
        /// <returns>The recording as it reads without the hum; a remark tells what eight windows held. Windows with missing values stay as they are.</returns>
        /// <exception cref="UnfitInputException">The frequency is not below half of a channel's rate, or an option is out of range.</exception>
        public Recording RemoveMains(MainsOptions? options = null, IReadOnlyList<int>? channels = null)
        {
            options = (options ?? new()).Checked();
            int[] chosen = [.. channels ?? Enumerable.Range(0, recording.Channels.Count).Where(i => recording.Channels[i].Kind != ChannelKind.Stim)];
            foreach (var channel in chosen.Select(i => recording.Channels[i]))
            {
                if (!(options.FrequencyHz + options.ToleranceHz < channel.RateHz / 2))
                {
                    throw new UnfitInputException(FormattableString.Invariant(
                        $"Channel '{channel.Label}' has {channel.RateHz} samples/s and cannot hold a hum of {options.FrequencyHz} Hz: choose other channels."));
                }
            }

            var samples = new HumFreeSamples(recording, options, chosen);
            var cleaned = chosen.ToHashSet();
            return recording with
            {
                Channels = [.. recording.Channels.Select((c, i) => cleaned.Contains(i) ? c with { Calibration = null } : c)],
                Samples = new RecentBlocks(samples, [.. samples.WindowLengths.Select(n => 2 * n)]),
                Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Remarks = [.. recording.Remarks, .. Told(recording, samples, options, chosen)],
                Provenance = recording.Provenance.Then(ProcessingStep.Of(
                    "mains", ("frequency_hz", options.FrequencyHz), ("harmonics", options.Harmonics), ("window_s", options.WindowSeconds), ("tolerance_hz", options.ToleranceHz),
                    ("significance", options.Significance), ("channels", channels is null ? null : string.Join(",", chosen.Select(c => recording.Channels[c].Label))))),
            };
        }
    }

    private static IEnumerable<string> Told(Recording recording, HumFreeSamples samples, MainsOptions options, int[] channels)
    {
        foreach (var group in channels.GroupBy(c => (recording.Channels[c].RateHz, recording.Channels[c].SampleCount, recording.Channels[c].Unit)))
        {
            int[] alike = [.. group];
            var windows = samples.SomeWindows(alike[0], WindowsTold).Select(w => (w.Length, Lines: samples.Lines(alike, w.First, w.Length))).ToList();
            if (windows.Count == 0)
            {
                if (group.Key.SampleCount > 0)
                {
                    yield return $"'{recording.Channels[alike[0]].Label}' has no stretch long enough to fit mains hum: nothing was taken out.";
                }

                continue;
            }

            double AmplitudeOf(int c, int h) => Median(windows.Select(w => w.Lines[c][h].Amplitude.Magnitude));
            var text = new List<string>();
            for (var h = 0; h < windows[0].Lines[0].Length; h++)
            {
                var amplitudes = alike.Select((_, c) => AmplitudeOf(c, h)).ToArray();
                var strongest = Array.IndexOf(amplitudes, amplitudes.Max());
                var most = alike.Length == 1 || amplitudes[strongest] == 0 ? "" : FormattableString.Invariant($" (most in {recording.Channels[alike[strongest]].Label}: {amplitudes[strongest]:G3})");
                text.Add(FormattableString.Invariant($"{options.FrequencyHz * (h + 1)} Hz {Median(amplitudes):G3} {group.Key.Unit}{most}"));
            }

            yield return $"Mains hum taken out, amplitude as the median of {windows.Count} windows and of the channels: {string.Join(", ", text)}.";
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
