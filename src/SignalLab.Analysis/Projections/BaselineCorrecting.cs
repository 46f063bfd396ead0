using SignalLab.Model;

namespace SignalLab.Analysis.Projections;

/// <summary>Takes the mean of a stretch of latency as an average's zero.</summary>
public static class BaselineCorrecting
{
    extension(Recording recording)
    {
        /// <summary>Subtracts from every channel its mean over a stretch of latency, both ends included, each taken at the nearest sample.</summary>
        /// <param name="fromSeconds">Start of the stretch in seconds of latency; null for the first sample.</param>
        /// <param name="toSeconds">End of the stretch, included; null for the last sample.</param>
        /// <returns>The corrected average.</returns>
        /// <exception cref="UnfitInputException">The recording is no average, or the stretch leaves it.</exception>
        public Recording BaselineCorrected(double? fromSeconds, double? toSeconds)
        {
            if (recording.Evoked is not { } evoked || recording.Channels.Count == 0 || recording.CommonRateHz is not { } rate)
            {
                throw new UnfitInputException("A baseline in latency needs an average on events (evoked file), all channels of one rate.");
            }

            var count = recording.Channels[0].SampleCount;
            var first = fromSeconds is { } from ? Math.Round((from - evoked.FirstLatencySeconds) * rate) : 0;
            var last = toSeconds is { } to ? Math.Round((to - evoked.FirstLatencySeconds) * rate) : count - 1;
            if (!(first >= 0 && last >= first && last < count))
            {
                throw new UnfitInputException(FormattableString.Invariant(
                    $"The baseline {fromSeconds ?? evoked.FirstLatencySeconds} s to {toSeconds ?? evoked.FirstLatencySeconds + ((count - 1) / rate)} s is no stretch of the average, which spans {evoked.FirstLatencySeconds} s to {evoked.FirstLatencySeconds + ((count - 1) / rate)} s."));
            }

            var baseline = (evoked.FirstLatencySeconds + (first / rate), evoked.FirstLatencySeconds + (last / rate));
            return recording with
            {
                Samples = new BaselinedSamples(recording.Samples, (long)first, (int)(last - first) + 1),
                Evoked = evoked with { Baseline = baseline },
                Provenance = recording.Provenance.Then(ProcessingStep.Of("baseline", ("from_s", baseline.Item1), ("to_s", baseline.Item2))),
            };
        }
    }

    private sealed class BaselinedSamples(ISampleSource source, long first, int count) : ISampleSource
    {
        private readonly Lazy<double>[] means = [.. Enumerable.Range(0, source.ChannelCount).Select(c => new Lazy<double>(() => Mean(source, c, first, count)))];

        public int ChannelCount => source.ChannelCount;

        public long Count(int channel) => source.Count(channel);

        public void Read(int channel, long from, Span<double> into)
        {
            source.Read(channel, from, into);
            Shift(into, means[channel].Value);
        }

        public void Read(ReadOnlySpan<int> channels, long from, int wanted, Span<double> into)
        {
            source.Read(channels, from, wanted, into);
            for (var i = 0; i < channels.Length; i++)
            {
                Shift(into.Slice(i * wanted, wanted), means[channels[i]].Value);
            }
        }

        private static void Shift(Span<double> values, double by)
        {
            foreach (ref var value in values)
            {
                value -= by;
            }
        }

        private static double Mean(ISampleSource source, int channel, long first, int count)
        {
            var values = new double[count];
            source.Read(channel, first, values);
            return values.Average();
        }
    }
}
