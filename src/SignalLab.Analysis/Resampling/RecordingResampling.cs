using SignalLab.Model;

namespace SignalLab.Analysis.Resampling;

/// <summary>Recordings at another sampling rate: nothing is computed until samples are read, nothing crosses a gap, nothing is delayed.</summary>
public static class RecordingResampling
{
    /// <summary>Rates further apart than this are refused.</summary>
    private const double LargestRatio = 10_000;

    extension(Recording recording)
    {
        /// <summary>
        /// Every channel at one rate. Each stretch between gaps is resampled by itself and keeps its time; annotations stay where they are.
        /// Trigger channels take the nearest sample: a code shorter than a new sample may be lost. Channels that have the rate already stay as they are.
        /// </summary>
        /// <param name="rateHz">The new rate, above 0.</param>
        /// <param name="options">The low-pass; <see cref="ResamplingOptions.Default"/> where null.</param>
        /// <returns>The recording as it reads at that rate; channels that end together have one number of samples.</returns>
        /// <exception cref="UnfitInputException">The rate is more than 10,000 times higher or lower than a channel's, or no rate.</exception>
        public Recording Resample(double rateHz, ResamplingOptions? options = null)
        {
            options ??= ResamplingOptions.Default;
            options.Check();
            if (!(rateHz > 0 && double.IsFinite(rateHz)))
            {
                throw new UnfitInputException(FormattableString.Invariant($"{rateHz} Hz is no sampling rate: give a number above 0."));
            }

            if (recording.Channels.FirstOrDefault(c => !(rateHz / c.RateHz <= LargestRatio && c.RateHz / rateHz <= LargestRatio)) is { } far)
            {
                throw new UnfitInputException(FormattableString.Invariant(
                    $"Channel '{far.Label}' has {far.RateHz} samples/s; {rateHz} is too far from that: a rate between {far.RateHz / LargestRatio} and {far.RateHz * LargestRatio} Hz can be made."));
            }

            if (recording.Channels.All(c => c.RateHz == rateHz))
            {
                return recording;
            }

            var samples = new ResampledSamples(recording, rateHz, options);
            return recording with
            {
                Channels = [.. recording.Channels.Select((c, i) => c.RateHz == rateHz ? c : c with { RateHz = rateHz, SampleCount = samples.Count(i), Calibration = null })],
                Samples = samples,
                Segments = recording.Segments,
                Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Provenance = recording.Provenance.Then(ProcessingStep.Of(
                    "resample", ("rate_hz", rateHz), ("half_length_samples", options.HalfLength), ("kaiser_beta", options.KaiserBeta), ("cutoff_of_half_rate", options.Cutoff), ("edges", options.Edges.ToString().ToLowerInvariant()))),
            };
        }
    }
}
