using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>The map of a stretch of time.</summary>
public static class MeanMap
{
    private const int Block = 1 << 15;

    extension(Recording recording)
    {
        /// <summary>The mean over a stretch at every located, good channel of one kind.</summary>
        /// <param name="fromSeconds">Start, in seconds since the first sample.</param>
        /// <param name="toSeconds">End, in seconds since the first sample; the sample there takes part.</param>
        /// <param name="kind">Which channels.</param>
        /// <returns>A map over the channels' sensors; gaps take no part.</returns>
        /// <exception cref="UnfitInputException">No such channel has a position, or the stretch holds no sample.</exception>
        public ParameterMap MapOver(double fromSeconds, double toSeconds, ChannelKind kind = ChannelKind.Eeg)
        {
            var chosen = recording.Located(kind);
            var unit = recording.Channels[chosen[0]].Unit;
            var values = new double[chosen.Length];
            var buffer = new double[Block];
            for (var i = 0; i < chosen.Length; i++)
            {
                var channel = recording.Channels[chosen[i]];
                var first = recording.SampleAt(chosen[i], fromSeconds);
                var end = Math.Min(channel.SampleCount, recording.SampleAt(chosen[i], toSeconds + (2e-6 / channel.RateHz)));
                if (end < channel.SampleCount && recording.TimeOf(chosen[i], end) <= toSeconds + (1e-6 / channel.RateHz))
                {
                    end++;
                }

                if (end <= first)
                {
                    throw new UnfitInputException(FormattableString.Invariant($"Nothing was recorded from {fromSeconds} s to {toSeconds} s: the recording spans 0 to {recording.DurationSeconds} s, gaps excluded."));
                }

                var sum = 0.0;
                for (var at = first; at < end; at += Block)
                {
                    var part = buffer.AsSpan(0, (int)Math.Min(Block, end - at));
                    recording.Samples.Read(chosen[i], at, part);
                    foreach (var value in part)
                    {
                        sum += value;
                    }
                }

                values[i] = channel.Unit.Convert(sum / (end - first), unit);
            }

            return new ParameterMap(Quantity.Of(recording.Channels[chosen[0]]), unit, new SensorSupport(recording.LayoutOf(chosen)), new MemoryValues(values, chosen.Length))
            {
                Kind = MapKind.Derived,
                Subject = recording.Subject,
                Provenance = recording.Provenance.Then(ProcessingStep.Of("mean map", ("from_s", fromSeconds), ("to_s", toSeconds))),
            };
        }
    }
}
