using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>Envelope, phase and frequency of band-limited recordings; each uninterrupted stretch is transformed as a whole.</summary>
public static class RecordingHilbert
{
    private const long MostSamples = 1 << 23;

    private enum Part
    {
        Envelope,
        Phase,
        Frequency,
    }

    extension(Recording recording)
    {
        /// <summary>The envelope of each channel: filter to a band first.</summary>
        /// <returns>The recording as envelopes, in the channels' units.</returns>
        /// <exception cref="UnfitInputException">A stretch is too long to be transformed as a whole.</exception>
        public Recording Envelope() => Of(recording, Part.Envelope, u => u);

        /// <summary>The instantaneous phase of each channel, −π to π, 0 at a crest.</summary>
        /// <returns>The recording as phases, in radians.</returns>
        /// <exception cref="UnfitInputException">A stretch is too long to be transformed as a whole.</exception>
        public Recording InstantaneousPhase() => Of(recording, Part.Phase, _ => Unit.Parse("rad"));

        /// <summary>The instantaneous frequency of each channel, from each sample to the next.</summary>
        /// <returns>The recording as frequencies, in hertz.</returns>
        /// <exception cref="UnfitInputException">A stretch is too long to be transformed as a whole.</exception>
        public Recording InstantaneousFrequency() => Of(recording, Part.Frequency, _ => Unit.Hertz);
    }

    private static Recording Of(Recording recording, Part part, Func<Unit, Unit> unit)
    {
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            if (recording.Channels[c].Kind != ChannelKind.Stim && recording.Runs(c).Any(r => r.Count > MostSamples))
            {
                throw new UnfitInputException($"'{recording.Channels[c].Label}' has a stretch of more than {MostSamples} samples: the Hilbert transform takes a stretch as a whole, cut a shorter one out first.");
            }
        }

        return recording with
        {
            Channels = [.. recording.Channels.Select(c => c.Kind == ChannelKind.Stim ? c : c with { Unit = unit(c.Unit), Calibration = null })],
            Samples = new AnalyticSamples(recording, part),
            Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
            Provenance = recording.Provenance.Then(ProcessingStep.Of("hilbert", ("value", part.ToString().ToLowerInvariant()))),
        };
    }

    // Keeps the stretches that were transformed last, as many as a stated memory holds.
    private sealed class AnalyticSamples(Recording recording, Part part) : ISampleSource
    {
        private const long MostKept = 1 << 24;

        private readonly Lock gate = new();
        private readonly LinkedList<(int Channel, long First, double[] Values)> kept = [];

        public int ChannelCount => recording.Channels.Count;

        public long Count(int channel) => recording.Channels[channel].SampleCount;

        public void Read(int channel, long first, Span<double> into)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(first);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, Count(channel), nameof(first));
            if (recording.Channels[channel].Kind == ChannelKind.Stim)
            {
                recording.Samples.Read(channel, first, into);
                return;
            }

            foreach (var run in recording.Runs(channel).Where(r => r.Count > 0))
            {
                var (begin, end) = (Math.Max(first, run.FirstSample), Math.Min(first + into.Length, run.EndSample));
                if (begin < end)
                {
                    Stretch(channel, run).AsSpan((int)(begin - run.FirstSample), (int)(end - begin)).CopyTo(into[(int)(begin - first)..]);
                }
            }
        }

        private double[] Stretch(int channel, SampleRun run)
        {
            lock (gate)
            {
                for (var node = kept.First; node is not null; node = node.Next)
                {
                    if (node.Value.Channel == channel && node.Value.First == run.FirstSample)
                    {
                        kept.Remove(node);
                        kept.AddFirst(node);
                        return node.Value.Values;
                    }
                }
            }

            var (samples, values) = (new double[run.Count], new double[run.Count]);
            recording.Samples.Read(channel, run.FirstSample, samples);
            switch (part)
            {
                case Part.Envelope:
                    AnalyticSignal.Envelope(samples, values);
                    break;
                case Part.Phase:
                    AnalyticSignal.Phase(samples, values);
                    break;
                default:
                    AnalyticSignal.Frequency(samples, recording.Channels[channel].RateHz, values);
                    break;
            }

            lock (gate)
            {
                kept.AddFirst((channel, run.FirstSample, values));
                var total = kept.Sum(k => (long)k.Values.Length);
                while (total > MostKept && kept.Count > 1)
                {
                    total -= kept.Last!.Value.Values.Length;
                    kept.RemoveLast();
                }
            }

            return values;
        }
    }
}
