using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Artifact-subspace reconstruction (ASR).</summary>
public static class SubspaceReconstruction
{
    private const int LeastChannels = 4;

    extension(Recording recording)
    {
        /// <summary>
        /// Rebuilds, window by window, components that are far larger than in clean data from those that are not. Nothing is delayed, nothing crosses a gap, and a block is what a whole read gives.
        /// Clean data are found in the recording itself (calibration reads at most 240 s of it). Components are judged by all frequencies alike: the spectral weighting of the original is left out.
        /// Usual amplitudes are medians and median absolute deviations, where the original fits a truncated generalised Gaussian.
        /// </summary>
        /// <param name="options">Cut-off and windows; null for the usual ones.</param>
        /// <param name="channels">Channels of one kind and rate; null for all good EEG channels, or the magnetometers, or the gradiometers.</param>
        /// <returns>The recording, high-passed as the options say, with the channels cleaned; the others pass.</returns>
        /// <exception cref="UnfitInputException">Fewer than four channels, different rates, or too little clean data.</exception>
        /// <remarks>Source: Mullen et al., IEEE Trans. Biomed. Eng. 62 (2015) 2553–2567; Chang et al., Conf. Proc. IEEE EMBC (2018) 1242–1245.</remarks>
        public Recording ReconstructSubspaces(AsrOptions? options = null, IReadOnlyList<int>? channels = null)
        {
            var chosen = options ?? AsrOptions.Default;
            if (!(chosen.Cutoff > 0 && chosen.WindowSeconds > 0))
            {
                throw new UnfitInputException(FormattableString.Invariant($"A cut-off of {chosen.Cutoff} standard deviations in windows of {chosen.WindowSeconds} s is not possible: both must be above 0."));
            }

            int[] picked = [.. channels ?? Usual(recording)];
            if (picked.Length < LeastChannels)
            {
                throw new UnfitInputException(FormattableString.Invariant($"Artifact-subspace reconstruction needs at least {LeastChannels} good channels of one kind, there are {picked.Length}."));
            }

            var lead = recording.Channels[picked[0]];
            if (picked.FirstOrDefault(c => recording.Channels[c].RateHz != lead.RateHz || recording.Channels[c].SampleCount != lead.SampleCount, -1) is >= 0 and var other)
            {
                throw new UnfitInputException($"'{lead.Label}' and '{recording.Channels[other].Label}' are sampled differently: resample them to one rate first.");
            }

            double[] factors = [.. picked.Select(c => recording.Channels[c].Unit.Equals(lead.Unit) ? 1 : recording.Channels[c].Unit.To(lead.Unit).Factor)];
            var high = chosen.HighpassHz is { } cutoff ? recording.Filter(FilterDesign.Butterworth(FilterBand.Highpass(cutoff), 2), Phase.Zero, picked) : recording;
            var calibration = AsrCalibration.Of(high, picked, factors, chosen);
            var ahead = new int[recording.Channels.Count];
            Array.Fill(ahead, (int)Math.Min(1 << 16, 16 * lead.RateHz));
            return high with
            {
                Channels = [.. high.Channels.Select((c, i) => picked.Contains(i) ? c with { Calibration = null } : c)],
                Samples = new RecentBlocks(new AsrSamples(high, picked, factors, calibration, chosen), ahead),
                Segments = high.Segments,
                Evoked = high.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Provenance = high.Provenance.Then(ProcessingStep.Of(
                    "artifact-subspace reconstruction", ("cutoff_sd", chosen.Cutoff), ("window_s", chosen.WindowSeconds), ("most_rebuilt", chosen.MostRebuilt), ("most_outliers", chosen.MostOutliers), ("outlier_z", chosen.OutlierZ),
                    ("clean_s", calibration.CleanSeconds), ("channels", string.Join(",", picked.Select(c => recording.Channels[c].Label))))),
            };
        }
    }

    private static int[] Usual(Recording recording) => new[] { ChannelKind.Eeg, ChannelKind.Mag, ChannelKind.Grad }
        .Select(kind => Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c].Kind == kind && !recording.Channels[c].IsBad).ToArray())
        .FirstOrDefault(found => found.Length > 0) ?? [];
}
