using SignalLab.Model;

namespace SignalLab.Analysis.Averages;

/// <summary>An epoch counted in samples about its event.</summary>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="First">Offset of the first sample from the event's.</param>
/// <param name="Count">Samples.</param>
/// <param name="BaselineFirst">First sample of the baseline within the epoch.</param>
/// <param name="BaselineCount">Samples of the baseline, 0 for none.</param>
internal readonly record struct EpochGrid(double RateHz, int First, int Count, int BaselineFirst, int BaselineCount)
{
    private const double LongestSamples = 1 << 24;

    /// <summary>Every time at its nearest sample, both ends included.</summary>
    public static EpochGrid Of(Recording recording, double fromSeconds, double toSeconds, (double? From, double? To)? baseline)
    {
        if (recording.CommonRateHz is not { } rate || recording.Channels.Any(c => c.SampleCount != recording.Channels[0].SampleCount))
        {
            throw new UnfitInputException(recording.Channels.Count == 0
                ? "The recording has no channel to cut epochs from."
                : $"Epochs need channels of one sampling rate, here are {string.Join(", ", recording.Channels.CountBy(c => c.RateHz).Select(g => FormattableString.Invariant($"{g.Value} at {g.Key} Hz")))}: pick those of one rate, or resample.");
        }

        var (first, last) = (Math.Round(fromSeconds * rate), Math.Round(toSeconds * rate));
        if (!(first <= last && last - first < LongestSamples && Math.Abs(first) < LongestSamples))
        {
            throw new UnfitInputException(FormattableString.Invariant($"No epoch reaches from {fromSeconds} s to {toSeconds} s: the start must not lie after the end, and at most {LongestSamples} samples are possible."));
        }

        if (baseline is not var (from, to))
        {
            return new(rate, (int)first, (int)(last - first) + 1, 0, 0);
        }

        var (low, high) = (from is { } f ? Math.Round(f * rate) : first, to is { } t ? Math.Round(t * rate) : last);
        return low >= first && high <= last && low <= high
            ? new(rate, (int)first, (int)(last - first) + 1, (int)(low - first), (int)(high - low) + 1)
            : throw new UnfitInputException(FormattableString.Invariant(
                $"The baseline {low / rate:0.####} s to {high / rate:0.####} s is no stretch of the epoch, which spans {first / rate:0.####} s to {last / rate:0.####} s: give one inside it, or none."));
    }

    /// <summary>The grid that epochs were cut on.</summary>
    public static EpochGrid Of(Epochs epochs) => Of(epochs.Recording, epochs.FromSeconds, epochs.ToSeconds, epochs.Baseline is var (from, to) ? (from, to) : null);

    /// <summary>First stored sample of an event's epoch, or why there is none.</summary>
    /// <param name="runs">The recording's runs.</param>
    /// <param name="onsetSeconds">Real time of the event.</param>
    /// <param name="start">First stored sample.</param>
    public EpochFault? Locate(IReadOnlyList<SampleRun> runs, double onsetSeconds, out long start)
    {
        start = 0;
        for (var r = 0; r < runs.Count; r++)
        {
            var sample = Math.Round((onsetSeconds - runs[r].OnsetSeconds) * RateHz);
            if (!(sample >= 0 && sample < runs[r].Count))
            {
                continue;
            }

            var from = (long)sample + First;
            start = runs[r].FirstSample + from;
            return from < 0 ? (r == 0 ? EpochFault.NoData : EpochFault.Gap)
                : from + Count > runs[r].Count ? (r == runs.Count - 1 ? EpochFault.NoData : EpochFault.Gap)
                : null;
        }

        return runs.Count > 0 && onsetSeconds > runs[0].OnsetSeconds && onsetSeconds < runs[^1].OnsetSeconds ? EpochFault.Gap : EpochFault.NoData;
    }

    /// <summary>Takes the mean of the baseline as one channel's zero.</summary>
    /// <param name="row">An epoch of the channel.</param>
    public void SubtractBaseline(Span<double> row)
    {
        if (BaselineCount == 0)
        {
            return;
        }

        var sum = 0.0;
        foreach (var value in row.Slice(BaselineFirst, BaselineCount))
        {
            sum += value;
        }

        var mean = sum / BaselineCount;
        foreach (ref var value in row)
        {
            value -= mean;
        }
    }
}
