using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>How much a cleaning took from a channel.</summary>
/// <param name="Channel">Its label.</param>
/// <param name="VarianceRemoved">Variance of what was taken away divided by that of what was there, within windows of two seconds; NaN for a channel without variance.</param>
/// <param name="ShareOfTimeChanged">Part of the windows in which anything was taken away.</param>
public sealed record ChannelCleaning(string Channel, double VarianceRemoved, double ShareOfTimeChanged);

/// <summary>What a cleaning took away.</summary>
public static class CleaningReport
{
    private const double Seconds = 2;
    private const double Changed = 1e-9;

    extension(Recording recording)
    {
        /// <summary>Compares the recording with itself after a cleaning, reading both once.</summary>
        /// <param name="cleaned">The same channels and samples after cleaning.</param>
        /// <returns>For each EEG and MEG channel what was taken away.</returns>
        /// <exception cref="UnfitInputException">The two do not have the same channels.</exception>
        public IReadOnlyList<ChannelCleaning> RemovedBy(Recording cleaned)
        {
            ArgumentNullException.ThrowIfNull(cleaned);
            if (cleaned.Channels.Count != recording.Channels.Count || !cleaned.Channels.Zip(recording.Channels).All(p => p.First.Label == p.Second.Label && p.First.SampleCount == p.Second.SampleCount))
            {
                throw new UnfitInputException("Before and after cleaning must have the same channels and samples.");
            }

            var results = new ChannelCleaning?[recording.Channels.Count];
            foreach (var group in Enumerable.Range(0, recording.Channels.Count)
                .Where(c => recording.Channels[c].Kind is ChannelKind.Eeg or ChannelKind.Mag or ChannelKind.Grad)
                .GroupBy(c => (recording.Channels[c].RateHz, recording.Channels[c].SampleCount)))
            {
                Compare(recording, cleaned, [.. group], results);
            }

            return [.. results.OfType<ChannelCleaning>()];
        }

        /// <summary>The recording with what its cleaning took away written into its provenance.</summary>
        /// <param name="removed">What was taken away.</param>
        public Recording WithRemoved(IReadOnlyList<ChannelCleaning> removed)
        {
            ArgumentNullException.ThrowIfNull(removed);
            return recording with
            {
                Segments = recording.Segments,
                Provenance = recording.Provenance.Then(ProcessingStep.Of(
                    "removed", ("window_s", Seconds), ("share_of_variance", string.Join(",", removed.Select(r => FormattableString.Invariant($"{r.Channel}={r.VarianceRemoved:0.######}")))))),
            };
        }
    }

    private static void Compare(Recording before, Recording after, int[] channels, ChannelCleaning?[] results)
    {
        var window = Math.Max(1, (int)Math.Round(Seconds * before.Channels[channels[0]].RateHz));
        var block = Math.Max(window, (1 << 20) / channels.Length / window * window);
        var (whole, removed, changed) = (new double[channels.Length], new double[channels.Length], new long[channels.Length]);
        var windows = 0L;
        foreach (var run in before.Runs(channels[0]))
        {
            for (var at = 0L; at < run.Count; at += block)
            {
                var count = (int)Math.Min(block, run.Count - at);
                var rented = LentArrays.Doubles.Rent(2 * count * channels.Length);
                before.Samples.Read(channels, run.FirstSample + at, count, rented.AsSpan(0, count * channels.Length));
                after.Samples.Read(channels, run.FirstSample + at, count, rented.AsSpan(count * channels.Length, count * channels.Length));
                windows += (count + window - 1) / window;
                Parallel.For(0, channels.Length, c =>
                {
                    for (var w = 0; w < count; w += window)
                    {
                        var length = Math.Min(window, count - w);
                        var (x, y) = (Moments(rented, (c * count) + w, length), Difference(rented, (c * count) + w, count * channels.Length, length));
                        whole[c] += double.IsFinite(x) ? x : 0;
                        removed[c] += double.IsFinite(y) ? y : 0;
                        changed[c] += y > Changed * x ? 1 : 0;
                    }
                });
                LentArrays.Doubles.Return(rented);
            }
        }

        for (var c = 0; c < channels.Length; c++)
        {
            results[channels[c]] = new(before.Channels[channels[c]].Label, whole[c] > 0 ? removed[c] / whole[c] : double.NaN, windows == 0 ? 0 : (double)changed[c] / windows);
        }
    }

    private static double Moments(double[] values, int from, int length)
    {
        var (mean, sum) = (0.0, 0.0);
        for (var i = from; i < from + length; i++)
        {
            mean += values[i] / length;
        }

        for (var i = from; i < from + length; i++)
        {
            sum += (values[i] - mean) * (values[i] - mean);
        }

        return sum;
    }

    private static double Difference(double[] values, int from, int apart, int length)
    {
        var (mean, sum) = (0.0, 0.0);
        for (var i = from; i < from + length; i++)
        {
            mean += (values[i] - values[i + apart]) / length;
        }

        for (var i = from; i < from + length; i++)
        {
            var difference = values[i] - values[i + apart] - mean;
            sum += difference * difference;
        }

        return sum;
    }
}
