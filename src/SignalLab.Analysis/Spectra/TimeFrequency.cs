using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>Power over time and frequency, computed column by column while it is read: a day of it never stands in memory.</summary>
public sealed class TimeFrequency
{
    private readonly Func<IEnumerable<TimeFrequencyColumn>> columns;

    internal TimeFrequency(Recording recording, IReadOnlyList<int> channels, Axis frequencies, Func<Unit, Unit> unit, ProcessingStep step, long columnCount, Func<IEnumerable<TimeFrequencyColumn>> columns)
    {
        (Channels, Frequencies, ColumnCount, this.columns) = (channels, frequencies, columnCount, columns);
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

/// <summary>Power at one time.</summary>
/// <param name="TimeSeconds">Seconds since the recording's first sample.</param>
/// <param name="Values">channels × frequencies, one channel after the other; valid until the next column is asked for, NaN where samples were missing.</param>
public readonly record struct TimeFrequencyColumn(double TimeSeconds, ReadOnlyMemory<double> Values);
