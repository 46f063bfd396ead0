using SignalLab.Model;

namespace SignalLab.Analysis.Resampling;

/// <summary>How many samples the channels of a recording have at another rate.</summary>
internal static class ResampledCounts
{
    /// <summary>
    /// The number for each channel: up to the end of its last stretch, the last new sample standing before the end of the last old one.
    /// Channels that end together (within a sample of their own) get one number, so that they can share a table.
    /// </summary>
    /// <param name="recording">The recording; its segments are those of the result.</param>
    /// <param name="rateHz">The new rate.</param>
    public static long[] Of(Recording recording, double rateHz)
    {
        var own = new long[recording.Channels.Count];
        for (var c = 0; c < own.Length; c++)
        {
            var channel = recording.Channels[c];
            own[c] = channel.RateHz == rateHz ? channel.SampleCount : CountOf(recording, c, rateHz);
        }

        if (own.Length == 0)
        {
            return own;
        }

        var last = Enumerable.Range(0, own.Length).MaxBy(Duration);
        int[] together = [.. Enumerable.Range(0, own.Length).Where(c => Duration(last) - Duration(c) <= (1 / recording.Channels[c].RateHz) + (1 / recording.Channels[last].RateHz))];

        // The fastest channel knows best when they end; one that has the new rate already is not touched.
        var kept = together.Where(c => recording.Channels[c].RateHz == rateHz).Select(c => own[c]).DefaultIfEmpty(-1).Max();
        var common = kept >= 0 ? kept : own[together.MaxBy(c => recording.Channels[c].RateHz)];
        foreach (var c in together.Where(c => recording.Channels[c].RateHz != rateHz && recording.Channels[c].SampleCount > 0))
        {
            own[c] = common;
        }

        return own;

        double Duration(int channel) => recording.Channels[channel].SampleCount / recording.Channels[channel].RateHz;
    }

    private static long CountOf(Recording recording, int channel, double rateHz)
    {
        var old = recording.Channels[channel];
        var runs = recording.Runs(channel);
        if (runs.Count == 0)
        {
            return 0;
        }

        var stretches = recording.SegmentsOf(channel);
        var beforeLast = stretches.Take(stretches.Count - 1).Sum(s => s.DurationSeconds);
        var last = runs[^1].Count;
        return (stretches.Count > 1 ? (long)Math.Round(beforeLast * rateHz) : 0) + CountOf(last, old.RateHz, rateHz);
    }

    /// <summary>New samples of a stretch: those that stand before the end of its last old sample.</summary>
    /// <param name="count">Old samples.</param>
    /// <param name="fromHz">Old rate.</param>
    /// <param name="toHz">New rate.</param>
    public static long CountOf(long count, double fromHz, double toHz) =>
        RateRatio.Of(fromHz, toHz) is { } r ? ((count * r.Up) + r.Down - 1) / r.Down : (long)Math.Ceiling(count * (toHz / fromHz));
}
