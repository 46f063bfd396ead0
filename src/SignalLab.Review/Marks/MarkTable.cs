using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Review.Marks;

/// <summary>Annotations as a table: <c>onset_s,duration_s,text,channel,origin,by,made</c>. Source: RFC 4180.</summary>
internal static class MarkTable
{
    private static readonly string[] Columns = ["onset_s", "duration_s", "text", "channel", "origin", "by", "made"];

    /// <summary>Writes a table.</summary>
    public static byte[] Write(IEnumerable<Mark> marks)
    {
        var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
        foreach (var m in marks)
        {
            text.AppendJoin(',', Number(m.Onset), Number(m.Duration), Cell(m.Text), Cell(m.Channel ?? ""), m.Origin, Cell(m.By), m.Made).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads a table with at least an onset and a text; columns are known by name (<c>onset_s</c> or <c>onset</c>, <c>duration_s</c> or <c>duration</c>, <c>text</c>, <c>description</c> or <c>trial_type</c>, <c>channel</c>).</summary>
    /// <param name="name">Name of the table, for errors.</param>
    /// <param name="text">The table; commas, semicolons or tabs part its cells.</param>
    /// <exception cref="MalformedFileException">A column is missing, or a cell is no number.</exception>
    public static IReadOnlyList<Mark> Read(string name, string text)
    {
        var separator = text.Split('\n')[0] is var first && first.Contains('\t') ? '\t' : first.Contains(';') ? ';' : ',';
        var rows = Rows(text, separator);
        if (rows.Count == 0)
        {
            throw new MalformedFileException(name, 0, "first line", "nothing", "names of columns");
        }

        string[] header = [.. rows[0].Select(c => c.Trim().ToLowerInvariant())];
        var onset = Column("onset_s", "onset");
        var words = Column("text", "description", "trial_type", "annotation");
        if (onset < 0 || words < 0)
        {
            throw new MalformedFileException(name, 0, "first line", string.Join(',', rows[0]), "columns onset_s and text, with duration_s and channel where there are any");
        }

        var (duration, channel) = (Column("duration_s", "duration"), Column("channel"));
        var marks = new List<Mark>();
        for (var r = 1; r < rows.Count; r++)
        {
            if (rows[r] is [{ Length: 0 }])
            {
                continue;
            }

            var length = duration >= 0 && At(r, duration) is { Length: > 0 } and not "n/a" ? Parsed(r, duration) : 0;
            marks.Add(new(0, Parsed(r, onset), length, At(r, words), channel >= 0 && At(r, channel).Length > 0 ? At(r, channel) : null, "person", "", ""));
        }

        return marks;

        int Column(params string[] names) => Array.FindIndex(header, h => names.Contains(h));
        string At(int row, int column) => column < rows[row].Count ? rows[row][column] : "";
        double Parsed(int row, int column) => double.TryParse(At(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new MalformedFileException(name, null, FormattableString.Invariant($"line {row + 1}, {header[column]}"), $"\"{At(row, column)}\"", "a number of seconds");
    }

    private static List<List<string>> Rows(string text, char separator)
    {
        var rows = new List<List<string>>();
        var (row, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append(text[++i]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator || c == '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else if (c is not ('\r' or '\uFEFF'))
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            row.Add(cell.ToString());
            rows.Add(row);
        }

        return rows;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
