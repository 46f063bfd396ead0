using System.Globalization;

namespace SignalLab.Formats.Delimited;

/// <summary>What the columns of a table are: times, values, words.</summary>
/// <param name="Time">The column of times, or null.</param>
/// <param name="SecondsOfTime">Seconds in its unit; 0 where its values tell (a time of day, a count from 1970).</param>
/// <param name="Values">Columns of numbers.</param>
/// <param name="Words">Columns of events and words.</param>
internal sealed record DelimitedPlan(int? Time, double SecondsOfTime, IReadOnlyList<(int Column, ColumnName Name)> Values, IReadOnlyList<int> Words)
{
    private static readonly string[] EventNames = ["marker", "markers", "event", "events", "annotation", "annotations", "elements", "label", "comment"];

    /// <summary>Tells the columns from a table's beginning.</summary>
    /// <param name="head">The beginning.</param>
    /// <param name="remarks">Receives what was guessed.</param>
    public static DelimitedPlan Of(DelimitedHead head, List<string> remarks)
    {
        var count = Math.Max(head.Header.Count, head.Row.Count);
        var hasHeader = head.Header.Count > 0;
        ColumnName[] names = [.. Enumerable.Range(0, count).Select(c => c < head.Header.Count ? ColumnName.Of(head.Header[c]) : new ColumnName(count == 1 ? "value" : FormattableString.Invariant($"column {c + 1}"), null))];
        int? time = Array.FindIndex(names, n => hasHeader && n.SecondsOfTime is not null) is >= 0 and var found ? found : null;
        if (!hasHeader)
        {
            remarks.Add(count == 1 ? "The file names neither channel nor unit." : "The table has no header: columns are numbered.");
        }

        var (values, words) = (new List<(int, ColumnName)>(), new List<int>());
        for (var c = 0; c < count; c++)
        {
            if (c == time || (hasHeader && names[c].Name.Length == 0))
            {
                continue;
            }

            var isEvent = Array.IndexOf(EventNames, names[c].Name.ToLowerInvariant()) >= 0;
            var isNumber = c >= head.Row.Count || head.Row[c].Length == 0 || head.Row[c].Equals("n/a", StringComparison.OrdinalIgnoreCase) || double.TryParse(head.Row[c], NumberStyles.Float, CultureInfo.InvariantCulture, out _);
            if (!isNumber || (isEvent && names[c].UnitText is null))
            {
                words.Add(c);
            }
            else
            {
                values.Add((c, names[c]));
            }
        }

        return new(time, time is { } t ? names[t].SecondsOfTime!.Value : 0, values, words);
    }

    /// <summary>True for a row that holds a value at least, and its time; others hold words alone or were cut.</summary>
    /// <param name="cells">The row.</param>
    public bool IsSample(RowCells cells) =>
        HasValue(cells) && (Time is not { } time || double.IsFinite(cells.Number(time)) || (SecondsOfTime == 0 && ColumnName.Moment(cells.Text(time)) is not null));

    /// <summary>True for a row that holds a value at least.</summary>
    /// <param name="cells">The row.</param>
    public bool HasValue(RowCells cells)
    {
        foreach (var (column, _) in Values)
        {
            if (!cells[column].IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
