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
            var electrodes = new Electrodes(channels);
            var resolution = montage.Resolve(electrodes);
            var used = resolution.Traces.SelectMany(t => t.Channels).Concat(resolution.Reference).ToHashSet();
            int[] kept = [.. Enumerable.Range(0, channels.Count).Where(c => !used.Contains(c) && !electrodes.Eeg.Contains(c))];
            var reference = resolution.Reference.Length == 0 ? [] : Shares(channels, resolution.Reference, [.. resolution.Reference.Select(_ => 1.0 / resolution.Reference.Length)], "the common reference");
            List<DerivedSamples.Row> rows = [];
            List<Channel> derived = [];
            foreach (var trace in resolution.Traces)
            {
                var toReference = trace.AgainstReference ? Factor(channels[resolution.Reference[0]], channels[trace.Channels[0]], trace.Label) : 0;
                rows.Add(new(Shares(channels, trace.Channels, trace.Weights, trace.Label), -toReference));
                derived.Add(Derived(channels, trace));
            }

            return recording with
            {
                Channels = [.. derived, .. kept.Select(c => channels[c])],
                Samples = new DerivedSamples(recording.Samples, [.. rows, .. kept.Select(c => new DerivedSamples.Row([new(c, 1)]))], reference),
                Segments = recording.Segments,
                Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Remarks = [.. recording.Remarks, .. resolution.Remarks],
                Provenance = recording.Provenance.Then(ProcessingStep.Of(
                    "montage", ("name", montage.Name), ("derivations", string.Join(",", resolution.Traces.Select(t => t.Label))), ("reference", string.Join("+", resolution.Reference.Select(c => channels[c].Label))))),
            };
        }
    }

    private static DerivedSamples.Share[] Shares(IReadOnlyList<Channel> channels, int[] indices, double[] weights, string label) =>
        [.. indices.Select((c, i) => new DerivedSamples.Share(c, weights[i] * Factor(channels[c], channels[indices[0]], label)))];

    private static double Factor(Channel from, Channel to, string label)
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

    private static Channel Derived(IReadOnlyList<Channel> channels, Resolution.Trace trace)
    {
        var active = channels[trace.Channels[0]];
        var all = trace.Channels.Select(c => channels[c]).ToArray();
        return active with
        {
            Label = trace.Label,
            Calibration = null,
            Sensor = all.Length == 1 && active.Sensor is { } sensor ? sensor with { Name = trace.Label } : null,
            Frame = all.Length == 1 ? active.Frame : null,
            IsBad = all.Any(c => c.IsBad),
            Transducer = all.All(c => c.Transducer == active.Transducer) ? active.Transducer : "",
            Prefilter = all.All(c => c.Prefilter == active.Prefilter) ? active.Prefilter : "",
        };
    }
}
