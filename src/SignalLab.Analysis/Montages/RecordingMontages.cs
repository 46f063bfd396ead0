using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>Recordings seen through a montage.</summary>
public static class RecordingMontages
{
    extension(Recording recording)
    {
        /// <summary>
        /// Derives traces from the electrodes; nothing is computed until samples are read. The traces come first, in the montage's order and named as the recording spells its electrodes
        /// without prefix and suffix; channels of other kinds that take no part (ECG, EOG, respiration, triggers) follow unchanged, EEG channels that take no part are left out.
        /// A trace that needs a bad channel is bad itself.
        /// </summary>
        /// <param name="montage">The montage.</param>
        /// <returns>The recording of the derived traces.</returns>
        /// <exception cref="UnfitInputException">Every derivation lacks an electrode, or electrodes of one derivation differ in rate, length or quantity.</exception>
        public Recording Montage(Montage montage)
        {
            ArgumentNullException.ThrowIfNull(montage);
            var channels = recording.Channels;
            var electrodes = new Electrodes(recording);
            var resolution = montage.Resolve(electrodes);
            var used = resolution.Traces.SelectMany(t => t.Channels).Concat(resolution.Reference).ToHashSet();
            int[] kept = [.. Enumerable.Range(0, channels.Count).Where(c => !used.Contains(c) && !electrodes.Eeg.Contains(c))];
            var rows = new Rows(channels);
            return recording with
            {
                Channels = [.. resolution.Traces.Select(t => Derived(channels, t, resolution.Per)), .. kept.Select(c => channels[c])],
                Samples = new DerivedSamples(
                    recording.Samples,
                    [.. resolution.Traces.Select(t => rows.Of(t, resolution.Reference)), .. kept.Select(DerivedRow.Same)],
                    rows.Of(resolution)),
                Segments = recording.Segments,
                Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Remarks = [.. recording.Remarks, .. resolution.Remarks],
                Provenance = recording.Provenance.Then(ProcessingStep.Of(
                    "montage",
                    [
                        ("name", montage.Name), ("derivations", string.Join(",", resolution.Traces.Select(t => t.Label))),
                        ("reference", string.Join("+", resolution.Reference.Select(c => channels[c].Label))), .. resolution.Parameters,
                    ])),
            };
        }
    }

    /// <summary>What a channel's values are multiplied by in a sum that has another channel's unit.</summary>
    /// <exception cref="UnfitInputException">Rates, lengths or quantities differ.</exception>
    internal static double Factor(Channel from, Channel to, string label)
    {
        if (from.RateHz != to.RateHz || from.SampleCount != to.SampleCount)
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"{label} cannot be derived: '{from.Label}' has {from.SampleCount} samples at {from.RateHz} Hz, '{to.Label}' {to.SampleCount} at {to.RateHz} Hz; resample or leave one out."));
        }

        return from.Unit.ConvertsTo(to.Unit)
            ? from.Unit.To(to.Unit).Factor
            : throw new UnfitInputException($"{label} cannot be derived: '{from.Label}' is in '{from.Unit}', '{to.Label}' in '{to.Unit}'.");
    }

    private static Channel Derived(IReadOnlyList<Channel> channels, Resolution.Trace trace, Unit? per)
    {
        var about = channels[trace.About];
        var all = trace.Channels.Select(c => channels[c]).ToArray();
        return about with
        {
            Label = trace.Label,
            Unit = per is null ? about.Unit : about.Unit.Times(per, -2),
            Calibration = null,
            Sensor = trace.HasPlace && about.Sensor is { } sensor ? sensor with { Name = trace.Label } : null,
            Frame = trace.HasPlace ? about.Frame : null,
            IsBad = all.Any(c => c.IsBad),
            Transducer = all.All(c => c.Transducer == about.Transducer) ? about.Transducer : "",
            Prefilter = all.All(c => c.Prefilter == about.Prefilter) ? about.Prefilter : "",
        };
    }

    /// <summary>Weights brought to the units of the channels; dense traces keep the channel list they share.</summary>
    private sealed class Rows(IReadOnlyList<Channel> channels)
    {
        public DerivedRow Of(Resolution.Trace trace, int[] reference)
        {
            double[] weights = [.. trace.Channels.Select((c, i) => trace.Weights[i] * Factor(channels[c], channels[trace.About], trace.Label))];
            return new(trace.Channels, weights, trace.AgainstReference ? -Factor(channels[reference[0]], channels[trace.About], trace.Label) : 0);
        }

        public CommonSum Of(Resolution resolution)
        {
            var members = resolution.Reference;
            if (members.Length == 0)
            {
                return CommonSum.None;
            }

            double Weight(int i) => resolution.IsRobust ? 1 : resolution.ReferenceWeights?[i] ?? (1.0 / members.Length);
            return new(members, [.. members.Select((c, i) => Weight(i) * Factor(channels[c], channels[members[0]], "the common reference"))], resolution.IsRobust);
        }
    }
}
