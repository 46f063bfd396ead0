using System.Globalization;
using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>One row of <c>events.tsv</c>.</summary>
/// <param name="Annotation">When, how long and what.</param>
/// <param name="Value">Its code (column <c>value</c>), or nothing.</param>
internal readonly record struct BidsEvent(Annotation Annotation, string Value);

/// <summary>Reads <c>events.tsv</c>: onset, duration, what happened (<c>trial_type</c>, else <c>value</c>); every other column is kept as text.</summary>
/// <remarks>Source: BIDS 1.10, "Events"; HED in sidecars: "Hierarchical Event Descriptors".</remarks>
internal sealed class BidsEvents
{
    private readonly BidsTable table;
    private readonly Recording recording;
    private readonly IReadOnlyList<SampleRun> runs;
    private readonly double rateHz;
    private readonly HashSet<string> labels;
    private readonly (int Onset, int Duration, int Type, int Value, int Sample, int Channel) columns;
    private readonly (string Name, int Column)[] others;
    private readonly Dictionary<int, JsonElement> hed = [];
    private readonly Origin origin;
    private int unplaced;
    private int apart;
    private int negative;

    private BidsEvents(BidsTable table, BidsDescription description, Recording recording)
    {
        (this.table, this.recording) = (table, recording);
        columns = (table.Require("onset"), table.Column("duration"), table.Column("trial_type"), table.Column("value"), table.Column("sample"), table.Column("channel"));
        int[] known = [columns.Onset, columns.Duration, columns.Type, columns.Sample, columns.Channel];
        others = [.. table.Columns.Select((name, i) => (name, i)).Where(c => !known.Contains(c.i))];
        origin = new(OriginKind.File, Path.GetFileName(table.Path));
        labels = [.. recording.Channels.Select(c => c.Label)];

        // Sample numbers count on the fastest clock: slow channels stand beside what was recorded.
        var fastest = recording.Channels.Count == 0 ? -1 : Enumerable.Range(0, recording.Channels.Count).MaxBy(c => recording.Channels[c].RateHz);
        rateHz = fastest < 0 ? 0 : recording.Channels[fastest].RateHz;
        runs = fastest < 0 || columns.Sample < 0 ? [] : recording.Runs(fastest);
        for (var c = 0; c < table.Columns.Count; c++)
        {
            if (description.Value(table.Columns[c]) is { ValueKind: JsonValueKind.Object } column && column.TryGetProperty("HED", out var tags))
            {
                hed[c] = tags;
            }
        }
    }

    /// <summary>Reads the events.</summary>
    /// <param name="table">The table.</param>
    /// <param name="description">What describes its columns.</param>
    /// <param name="recording">The recording: its clock and its channels.</param>
    /// <param name="remarks">Receives what does not fit together.</param>
    /// <exception cref="MalformedFileException">The table has no onsets, or something else than numbers where they belong.</exception>
    public static IReadOnlyList<BidsEvent> Read(BidsTable table, BidsDescription description, Recording recording, List<string> remarks)
    {
        var reading = new BidsEvents(table, description, recording);
        BidsEvent[] events = [.. table.Rows.Select(reading.One).Where(e => e is not null).Select(e => e!.Value)];
        var file = Path.GetFileName(table.Path);
        Say(reading.unplaced, "rows without an onset and without a sample number: they are left out");
        Say(reading.apart, "rows whose sample number is at another time than their onset, which counts");
        Say(reading.negative, "rows with a negative duration: they are taken as instants");
        return events;

        void Say(int count, string what)
        {
            if (count > 0)
            {
                remarks.Add(FormattableString.Invariant($"{file} has {count} {what}."));
            }
        }
    }

    private BidsEvent? One(BidsRow row)
    {
        var atSample = TimeOfSample(row);
        var onset = table.Number(row, columns.Onset);
        if ((onset ?? atSample) is not { } time)
        {
            unplaced++;
            return null;
        }

        apart += onset is { } stated && atSample is { } counted && recording.Segments.Count <= 1 && Math.Abs(stated - counted) > 1.5 / rateHz ? 1 : 0;
        var duration = table.Number(row, columns.Duration) ?? 0;
        negative += duration < 0 ? 1 : 0;
        var (type, value) = (BidsTable.Text(row, columns.Type), BidsTable.Text(row, columns.Value));
        var channel = BidsTable.Text(row, columns.Channel);
        var isOne = channel is not null && labels.Contains(channel);
        var annotation = new Annotation(time, Math.Max(0, duration), type ?? value ?? "n/a", isOne ? channel : null)
        {
            Origin = origin,
            Details = Details(row, type is not null, isOne ? null : channel),
        };
        return new(annotation, value ?? "");
    }

    // A number that is not whole counts too: some write the onset times the rate.
    private double? TimeOfSample(BidsRow row)
    {
        if (runs.Count == 0 || BidsTable.Text(row, columns.Sample) is not { } text || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var sample) || !double.IsFinite(sample))
        {
            return null;
        }

        var run = 0;
        while (run + 1 < runs.Count && runs[run + 1].FirstSample <= sample)
        {
            run++;
        }

        return runs[run].OnsetSeconds + ((sample - runs[run].FirstSample) / rateHz);
    }

    private string Details(BidsRow row, bool typeIsText, string? channels)
    {
        var parts = new List<string>();
        foreach (var (name, column) in others)
        {
            if (BidsTable.Text(row, column) is { } cell && (column != columns.Value || typeIsText))
            {
                parts.Add($"{name}: {cell}");
            }
        }

        if (channels is not null)
        {
            parts.Add($"channel: {channels}");
        }

        foreach (var (column, tags) in hed)
        {
            if (BidsTable.Text(row, column) is { } cell && Tags(tags, cell) is { } text)
            {
                parts.Add($"HED: {text}");
            }
        }

        return string.Join("; ", parts);
    }

    // For a column of words each has its tags; for one of numbers the number's place is marked.
    private static string? Tags(JsonElement tags, string cell) => tags.ValueKind switch
    {
        JsonValueKind.String => tags.GetString()!.Replace("#", cell, StringComparison.Ordinal),
        JsonValueKind.Object when tags.TryGetProperty(cell, out var level) && level.ValueKind == JsonValueKind.String => level.GetString(),
        _ => null,
    };
}
