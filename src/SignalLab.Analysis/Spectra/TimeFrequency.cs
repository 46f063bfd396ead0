using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>Power over time and frequency, computed column by column while it is read: a day of it never stands in memory.</summary>
public sealed class TimeFrequency
{
    private readonly Func<IEnumerable<TimeFrequencyColumn>> columns;

    internal TimeFrequency(Recording recording, IReadOnlyList<int> channels, Axis frequencies, Func<Unit, Unit> unit, ProcessingStep step, TimeGrid grid, Func<IEnumerable<TimeFrequencyColumn>> columns)
    {
        (Channels, Frequencies, this.columns) = (channels, frequencies, columns);
        (FirstSeconds, LastSeconds, StepSeconds, ColumnCount) = (grid.FirstSeconds, grid.LastSeconds, grid.StepSeconds, grid.Count);
        Names = [.. channels.Select(c => recording.Channels[c].Label)];
        Units = [.. channels.Select(c => unit(recording.Channels[c].Unit))];
        Provenance = recording.Provenance.Then(step);
    }

    /// <summary>Indices of the channels in their recording; all of one rate.</summary>
    public IReadOnlyList<int> Channels { get; }

    /// <summary>Names of the channels.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Units of the channels' values.</summary>
    public IReadOnlyList<Unit> Units { get; }

    /// <summary>The frequencies, rising.</summary>
    public Axis Frequencies { get; }

    /// <summary>Number of columns.</summary>
    public long ColumnCount { get; }

    /// <summary>Time of the first column.</summary>
    public double FirstSeconds { get; }

    /// <summary>Time of the last column.</summary>
    public double LastSeconds { get; }

    /// <summary>Time from one column to the next within a stretch.</summary>
    public double StepSeconds { get; }

    /// <summary>Where it came from.</summary>
    public Provenance Provenance { get; }

    /// <summary>The columns in order of time. Each enumeration computes anew.</summary>
    public IEnumerable<TimeFrequencyColumn> Columns() => columns();

    internal static void RequireOneRate(Recording recording, int[] channels)
    {
        if (channels.Length == 0)
        {
            throw new UnfitInputException("The recording has no channel with a signal: there is nothing to show over time and frequency.");
        }

        var first = recording.Channels[channels[0]];
        if (Array.Find(channels, c => recording.Channels[c].RateHz != first.RateHz || recording.Channels[c].SampleCount != first.SampleCount) is > 0 and var other)
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"'{first.Label}' ({first.RateHz} Hz) and '{recording.Channels[other].Label}' ({recording.Channels[other].RateHz} Hz) do not share their times: pick channels of one rate and length."));
        }
    }
}

/// <summary>When there are columns: every so many samples of each stretch that holds any.</summary>
/// <param name="FirstSeconds">Time of the first.</param>
/// <param name="LastSeconds">Time of the last.</param>
/// <param name="StepSeconds">Distance within a stretch.</param>
/// <param name="Count">How many.</param>
internal readonly record struct TimeGrid(double FirstSeconds, double LastSeconds, double StepSeconds, long Count)
{
    /// <summary>The columns of a channel.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="length">Samples a stretch must have for its first column.</param>
    /// <param name="step">Samples from one column to the next.</param>
    /// <param name="last">Samples that need not lie behind the last column.</param>
    /// <param name="offset">Samples from the stretch's first to its first column's middle.</param>
    public static TimeGrid Of(Recording recording, int channel, int length, int step, int last, double offset)
    {
        var rateHz = recording.Channels[channel].RateHz;
        var runs = recording.Runs(channel).Where(r => r.Count >= length).Select(r => (r.OnsetSeconds, Columns: ((r.Count - length + last) / step) + 1)).ToList();
        return new(runs[0].OnsetSeconds + (offset / rateHz), runs[^1].OnsetSeconds + ((((runs[^1].Columns - 1) * step) + offset) / rateHz), step / rateHz, runs.Sum(r => r.Columns));
    }
}

/// <summary>Power at one time.</summary>
/// <param name="TimeSeconds">Seconds since the recording's first sample.</param>
/// <param name="Values">channels × frequencies, one channel after the other; valid until the next column is asked for, NaN where samples were missing.</param>
public readonly record struct TimeFrequencyColumn(double TimeSeconds, ReadOnlyMemory<double> Values);
