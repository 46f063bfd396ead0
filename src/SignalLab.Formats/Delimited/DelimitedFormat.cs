using SignalLab.Formats.Labels;
using SignalLab.Model;

namespace SignalLab.Formats.Delimited;

/// <summary>Recordings as tables of text (CSV, TSV, columns between blanks): a column of times tells rate and gaps, headings tell names and units.</summary>
/// <remarks>Source: RFC 4180 for quoting; <see cref="RecordingTable"/> for the headings that this program writes.</remarks>
public sealed class DelimitedFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "CSV";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return DelimitedHead.Of(head) is { } table && (IsRecording(table) || DelimitedScan.RateIn(head.Path) is not null);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var bytes = ByteSource.Open(path);
        var head = (bytes.Length == 0 ? null : DelimitedHead.Of(bytes))
            ?? throw new MalformedFileException(path, 0, "table", bytes.Length == 0 ? "an empty file" : "no rows of numbers", "a table of samples in plain text");
        var remarks = new List<string>();
        var plan = DelimitedPlan.Of(head, remarks);
        var rows = new DelimitedRows(bytes, head.Separator, head.FirstRow);
        var scan = new DelimitedScan(plan);
        rows.Scan(scan.Take);
        var times = scan.Times(path, rows.Count, remarks);
        var kindOf = ChannelLabels.KindsAmong(plan.Values.Select(v => v.Name.Name));
        var recording = new Recording(
            [.. plan.Values.Select(v => new Channel(v.Name.Name, kindOf(v.Name.Name, v.Name.Unit), v.Name.Unit, times.RateHz, rows.Count))],
            new DelimitedSamples(rows, [.. plan.Values.Select(v => v.Column)], plan.IsSample))
        {
            Segments = times.Segments,
            Annotations = scan.Annotations(times),
            Start = scan.Start,
            Comments = head.Comments,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }

    // Tables of events, subjects and spectra are no recordings: samples stand beside times, and no other axis.
    private static bool IsRecording(DelimitedHead table)
    {
        var plan = DelimitedPlan.Of(table, []);
        return plan.Time is not null && plan.Values.Count > 0 && !table.Header.Contains("frequency_hz");
    }
}
