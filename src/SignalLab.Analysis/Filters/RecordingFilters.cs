using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>Filtered recordings: nothing is computed until samples are read, nothing crosses a gap.</summary>
public static class RecordingFilters
{
    extension(Recording recording)
    {
        /// <summary>Keeps a band: one Butterworth filter of 2 · order poles.</summary>
        /// <param name="lowHz">Lower cut-off.</param>
        /// <param name="highHz">Upper cut-off.</param>
        /// <param name="order">Order of the prototype per pass.</param>
        /// <param name="phase">Zero phase, or causal.</param>
        /// <exception cref="UnfitInputException">The cut-offs or the order do not fit, or not the channels' rates.</exception>
        public Recording Bandpass(double lowHz, double highHz, int order = 4, Phase phase = Phase.Zero) =>
            recording.Filter(FilterDesign.Butterworth(FilterBand.Bandpass(lowHz, highHz), order), phase);

        /// <summary>Keeps what is above a frequency (Butterworth).</summary>
        /// <param name="cutoffHz">Cut-off.</param>
        /// <param name="order">Order per pass.</param>
        /// <param name="phase">Zero phase, or causal.</param>
        /// <exception cref="UnfitInputException">The cut-off or the order do not fit, or not the channels' rates.</exception>
        public Recording Highpass(double cutoffHz, int order = 4, Phase phase = Phase.Zero) =>
            recording.Filter(FilterDesign.Butterworth(FilterBand.Highpass(cutoffHz), order), phase);

        /// <summary>Keeps what is below a frequency (Butterworth).</summary>
        /// <param name="cutoffHz">Cut-off.</param>
        /// <param name="order">Order per pass.</param>
        /// <param name="phase">Zero phase, or causal.</param>
        /// <exception cref="UnfitInputException">The cut-off or the order do not fit, or not the channels' rates.</exception>
        public Recording Lowpass(double cutoffHz, int order = 4, Phase phase = Phase.Zero) =>
            recording.Filter(FilterDesign.Butterworth(FilterBand.Lowpass(cutoffHz), order), phase);

        /// <summary>Takes one frequency out.</summary>
        /// <param name="frequencyHz">The frequency, for example that of the mains.</param>
        /// <param name="quality">Frequency divided by the width of the notch.</param>
        /// <param name="phase">Zero phase, or causal.</param>
        /// <exception cref="UnfitInputException">The frequency does not fit the channels' rates.</exception>
        public Recording Notch(double frequencyHz, double quality = 30, Phase phase = Phase.Zero) =>
            recording.Filter(FilterDesign.Notch(frequencyHz, quality), phase);

        /// <summary>Puts channels behind a filter.</summary>
        /// <param name="design">The filter.</param>
        /// <param name="phase">Zero phase, or causal.</param>
        /// <param name="channels">Indices of the channels to filter, or null for all but trigger channels; the others pass unchanged.</param>
        /// <returns>The recording as it reads behind the filter.</returns>
        /// <exception cref="UnfitInputException">A channel's rate is too low for the filter.</exception>
        public Recording Filter(FilterDesign design, Phase phase = Phase.Zero, IReadOnlyList<int>? channels = null)
        {
            ArgumentNullException.ThrowIfNull(design);
            int[] chosen = [.. channels ?? Enumerable.Range(0, recording.Channels.Count).Where(i => recording.Channels[i].Kind != ChannelKind.Stim)];
            foreach (var channel in chosen.Select(i => recording.Channels[i]))
            {
                if (!(design.HighestHz < channel.RateHz / 2))
                {
                    throw new UnfitInputException(FormattableString.Invariant(
                        $"Channel '{channel.Label}' has {channel.RateHz} samples/s, too few for a filter at {design.HighestHz} Hz: choose a cut-off below {channel.RateHz / 2} Hz, or other channels."));
                }
            }

            var samples = new FilteredSamples(recording, design, phase, chosen);
            var filtered = chosen.ToHashSet();
            return recording with
            {
                Channels = [.. recording.Channels.Select((c, i) => filtered.Contains(i) ? Behind(c, design) : c)],
                Samples = new RecentBlocks(samples, [.. samples.Margins.Select(m => 2 * m)]),
                Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Remarks = [.. recording.Remarks, .. phase == Phase.Zero ? ShortRuns(recording, design, chosen) : []],
                Provenance = recording.Provenance.Then(Named(design.Step(phase), recording, channels)),
            };
        }
    }

    private static Channel Behind(Channel channel, FilterDesign design) => channel with
    {
        Calibration = null,
        Prefilter = channel.Prefilter.Length == 0 ? design.Prefilter : channel.Prefilter + " " + design.Prefilter,
    };

    private static ProcessingStep Named(ProcessingStep step, Recording recording, IReadOnlyList<int>? channels) => channels is null
        ? step
        : step with { Parameters = new Dictionary<string, string>(step.Parameters) { ["channels"] = string.Join(",", channels.Select(c => recording.Channels[c].Label)) } };

    private static IEnumerable<string> ShortRuns(Recording recording, FilterDesign design, int[] channels)
    {
        foreach (var group in channels.GroupBy(c => (recording.Channels[c].RateHz, recording.Channels[c].SampleCount)))
        {
            var padding = design.For(group.Key.RateHz).PadLength;
            var count = recording.Runs(group.First()).Count(r => r.Count > 0 && r.Count <= padding);
            if (count > 0)
            {
                yield return FormattableString.Invariant(
                    $"{count} segment(s) of '{recording.Channels[group.First()].Label}' are shorter than the {padding + 1} samples that the {design.Step(Phase.Zero).Name} filter mirrors at each end: they were filtered with as much as there is.");
            }
        }
    }
}
