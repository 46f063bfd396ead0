using System.Globalization;
using System.Text.RegularExpressions;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Formats.OpenBci;

/// <summary>Raw text of the OpenBCI GUI (Cyton, Daisy, Ganglion): lines that begin with % state the rate, rows hold electrodes, accelerometer, digital and analogue inputs.</summary>
/// <remarks>Source: OpenBCI documentation, "GUI data format" (versions 3 to 6).</remarks>
public sealed partial class OpenBciFormat : IFormat
{
    /// <summary>Gaps told from the running number are believed where nine of ten rows follow each other.</summary>
    private const double MostLost = 0.1;

    /// <inheritdoc/>
    public string Name => "OpenBCI";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && head.Text.AsSpan().TrimStart('\uFEFF') is ['%', ..] && head.Text.Contains("OpenBCI", StringComparison.Ordinal) && Rate().IsMatch(head.Text);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var bytes = ByteSource.Open(path);
        var head = (bytes.Length == 0 ? null : DelimitedHead.Of(bytes)) ?? throw new MalformedFileException(path, 0, "table", bytes.Length == 0 ? "an empty file" : "no rows of numbers", "rows of samples below lines that begin with %");
        var said = string.Join('\n', head.Comments);
        if (!double.TryParse(Rate().Match(said).Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) || !(rate > 0))
        {
            throw new MalformedFileException(path, 0, "Sample Rate", "nothing", "a line \"%Sample Rate = 250 Hz\"");
        }

        var names = head.Header.Count > 0 ? head.Header : OldNames(said, head.Row.Count);
        var remarks = new List<string>();
        var rows = new DelimitedRows(bytes, head.Separator, head.FirstRow);
        var (number, stamp, marker) = (IndexOf(names, "Sample Index"), IndexOf(names, "Timestamp"), IndexOf(names, "Marker Channel"));
        var (numbers, markers, first) = (new RunningNumbers(), new List<(long Sample, string Code)>(), double.NaN);
        rows.Scan(cells =>
        {
            if (number >= 0)
            {
                numbers.Add(cells.Number(number));
            }

            if (marker >= 0 && cells.Number(marker) is not (0 or double.NaN) and var code)
            {
                markers.Add((rows.Count, code.ToString(CultureInfo.InvariantCulture)));
            }

            first = rows.Count == 0 && stamp >= 0 ? cells.Number(stamp) : first;
            return true;
        });
        var segments = numbers.Segments(rows.Count, rate, MostLost, remarks);
        int[] electrodes = [.. Columns(names, n => n.StartsWith("EXG", StringComparison.OrdinalIgnoreCase) || n.StartsWith("EEG", StringComparison.OrdinalIgnoreCase))];
        int[] others = [.. Columns(names, n => n.StartsWith("Accel", StringComparison.OrdinalIgnoreCase) || n.StartsWith("Digital", StringComparison.OrdinalIgnoreCase) || n.StartsWith("Analog", StringComparison.OrdinalIgnoreCase))];
        if (electrodes.Length == 0)
        {
            throw new MalformedFileException(path, head.FirstRow, "columns", $"\"{string.Join(", ", names)}\"", "columns of electrodes (EXG Channel 0, …)");
        }

        var made = new Recording([], new MemorySamples([]))
        {
            Segments = segments,
            Start = ColumnName.EpochScale(first) is { } scale ? ColumnName.Epoch(first * scale) : null,
            Comments = head.Comments,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        made = made with { Annotations = [.. markers.Select(m => new Annotation(RunningNumbers.TimeOf(segments, m.Sample, rate), 0, m.Code))] };
        Recording Of(int[] columns) => made with
        {
            Channels = [.. columns.Select(c => new Channel(names[c], KindOf(names[c]), electrodes.Contains(c) ? Unit.Microvolt : Unit.Unknown, rate, rows.Count))],
            Samples = new DelimitedSamples(rows, columns, _ => true),
            Segments = segments,
        };
        return new Study { Recordings = others.Length == 0 ? [Of(electrodes)] : [Of(electrodes), Of(others)], Format = Name, Remarks = remarks };
    }

    private static IEnumerable<int> Columns(IReadOnlyList<string> names, Func<string, bool> fits) => Enumerable.Range(0, names.Count).Where(c => fits(names[c]));

    private static int IndexOf(IReadOnlyList<string> names, string name) => Enumerable.Range(0, names.Count).Where(c => names[c].Equals(name, StringComparison.OrdinalIgnoreCase)).DefaultIfEmpty(-1).First();

    private static ChannelKind KindOf(string name) => name.StartsWith('E') ? ChannelKind.Eeg : name.StartsWith("Accel", StringComparison.OrdinalIgnoreCase) ? ChannelKind.Position : ChannelKind.Misc;

    // Before version 5 the columns had no names: running number, electrodes, three of acceleration, then times.
    private static string[] OldNames(string said, int columns)
    {
        var electrodes = Count().Match(said) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var n) ? Math.Clamp(n, 1, Math.Max(1, columns - 1)) : 8;
        return [.. Enumerable.Range(0, columns).Select(c =>
            c == 0 ? "Sample Index"
            : c <= electrodes ? FormattableString.Invariant($"EXG Channel {c - 1}")
            : c <= electrodes + 3 ? FormattableString.Invariant($"Accel Channel {c - electrodes - 1}")
            : c == columns - 1 ? "Timestamp" : FormattableString.Invariant($"column {c + 1}"))];
    }

    [GeneratedRegex(@"Sample Rate = (\d+(?:\.\d+)?) ?Hz", RegexOptions.IgnoreCase)]
    private static partial Regex Rate();

    [GeneratedRegex(@"Number of channels = (\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Count();
}
