using SignalLab.Model;

namespace SignalLab.Analysis.Selection;

/// <summary>Takes some channels of a recording.</summary>
public static class Picking
{
    extension(Recording recording)
    {
        /// <summary>The channels of those indices, in that order; annotations about other channels are left out.</summary>
        /// <param name="channels">Channel indices; one may come twice.</param>
        /// <returns>A recording that reads the same samples.</returns>
        /// <exception cref="ArgumentOutOfRangeException">An index is not a channel's.</exception>
        /// <exception cref="UnfitInputException">No channel is asked for.</exception>
        public Recording Pick(IReadOnlyList<int> channels)
        {
            ArgumentNullException.ThrowIfNull(channels);
            if (channels.Count == 0)
            {
                throw new UnfitInputException($"No channel is picked: choose from {Summary(recording)}.");
            }

            int[] picked = [.. channels];
            foreach (var channel in picked)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(channel, nameof(channels));
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, recording.Channels.Count, nameof(channels));
            }

            Channel[] kept = [.. picked.Select(c => recording.Channels[c])];
            var labels = kept.Select(c => c.Label).ToHashSet(StringComparer.Ordinal);
            return OnOneClock(recording with
            {
                Channels = kept,
                Samples = new PickedSamples(recording.Samples, picked),
                Segments = recording.Segments,
                Annotations = [.. recording.Annotations.Where(a => a.Channel is null || labels.Contains(a.Channel))],
                Evoked = recording.Evoked is { StandardError: { } error } evoked ? evoked with { StandardError = new PickedSamples(error, picked) } : recording.Evoked,
                Provenance = recording.Provenance.Then(ProcessingStep.Of("pick", ("channels", string.Join(',', kept.Select(c => c.Label))))),
            });
        }

        /// <summary>The channels that fit, in their order.</summary>
        /// <param name="fits">True for a channel that is wanted.</param>
        /// <returns>A recording that reads the same samples.</returns>
        /// <exception cref="UnfitInputException">No channel fits.</exception>
        public Recording Pick(Func<Channel, bool> fits)
        {
            ArgumentNullException.ThrowIfNull(fits);
            return recording.Pick([.. Enumerable.Range(0, recording.Channels.Count).Where(c => fits(recording.Channels[c]))]);
        }

        /// <summary>The channels of some kinds, bad ones included, in their order.</summary>
        /// <param name="kinds">The kinds wanted.</param>
        /// <returns>A recording that reads the same samples.</returns>
        /// <exception cref="UnfitInputException">There is none.</exception>
        public Recording OfKind(params ReadOnlySpan<ChannelKind> kinds)
        {
            ChannelKind[] wanted = [.. kinds];
            return recording.Pick(c => wanted.Contains(c.Kind));
        }
    }

    // Channels of one stream among several become a recording by themselves: its time counts from their first sample.
    private static Recording OnOneClock(Recording recording)
    {
        if (recording.Channels[0].Segments is not { Count: > 0 } own || !recording.Channels.All(c => c.Segments is not null && c.Segments.SequenceEqual(own)))
        {
            return recording;
        }

        var zero = own[0].OnsetSeconds;
        return recording with
        {
            Channels = [.. recording.Channels.Select(c => c with { Segments = null })],
            Segments = [.. own.Select(s => s with { OnsetSeconds = s.OnsetSeconds - zero })],
            Annotations = [.. recording.Annotations.Select(a => a with { OnsetSeconds = a.OnsetSeconds - zero })],
            Start = recording.Start?.AddTicks((long)Math.Round(zero * TimeSpan.TicksPerSecond)),
        };
    }

    private static string Summary(Recording recording) => recording.Channels.Count == 0
        ? "a recording without channels"
        : string.Join(", ", recording.Channels.CountBy(c => c.Kind).Select(k => $"{k.Value} {k.Key.ToString().ToLowerInvariant()}"));
}
