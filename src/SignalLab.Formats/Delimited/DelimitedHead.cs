using System.Globalization;
using System.Text;

namespace SignalLab.Formats.Delimited;

/// <summary>How a table of text is made, told from its beginning.</summary>
/// <param name="Comments">Lines before the table that begin with # or %.</param>
/// <param name="Header">Names of the columns; empty where the table has none.</param>
/// <param name="FirstRow">Byte where the first row of values begins.</param>
/// <param name="Separator">Between cells; a blank stands for any white space.</param>
/// <param name="Row">Cells of the first row of values.</param>
internal sealed record DelimitedHead(IReadOnlyList<string> Comments, IReadOnlyList<string> Header, long FirstRow, char Separator, IReadOnlyList<string> Row)
{
    private const int UsualHead = 1 << 16;

    private const int LongestHead = 1 << 22;

    private static readonly char[] Separators = ['\t', ';', ',', ' '];

    /// <summary>Looks at the beginning of a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <returns>Null where it is no table of numbers.</returns>
    public static DelimitedHead? Of(ByteSource bytes) =>
        Of(bytes.Read(0, Math.Min(bytes.Length, UsualHead), "table"), bytes.Length <= UsualHead)
        ?? (bytes.Length > UsualHead ? Of(bytes.Read(0, Math.Min(bytes.Length, LongestHead), "table"), bytes.Length <= LongestHead) : null);

    /// <summary>Looks at the beginning of a file.</summary>
    /// <param name="head">The beginning.</param>
    public static DelimitedHead? Of(FileHead head) => head.IsDirectory ? null : Of(head.Bytes, head.Bytes.Length < FileHead.Size);

    private static DelimitedHead? Of(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        foreach (var b in bytes)
        {
            if (b is < 32 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 127)
            {
                return null;
            }
        }

        var (comments, header) = (new List<string>(), new List<string>());
        var start = bytes.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        for (var separator = '\0'; start < bytes.Length;)
        {
            var length = bytes[start..].IndexOf((byte)'\n');
            if (length < 0 && !isWhole)
            {
                return null;
            }

            var line = Encoding.UTF8.GetString(bytes.Slice(start, length < 0 ? bytes.Length - start : length)).Trim('\r', ' ', '\0');
            if (line.Length == 0 || line[0] is '#' or '%')
            {
                comments.Add(line.TrimStart('#', '%').Trim());
                start += length < 0 ? bytes.Length : length + 1;
                continue;
            }

            separator = separator == '\0' ? SeparatorOf(line) : separator;
            var cells = Cut(line, separator);
            if (cells.Any(c => IsNumber(c)) && !cells.Any(c => c.Contains('[', StringComparison.Ordinal)))
            {
                return header.Count == 0 || cells.Count > 1 || header.Count == 1 ? new([.. comments.Where(c => c.Length > 0)], header, start, separator, cells) : null;
            }

            if (header.Count > 0)
            {
                return null;
            }

            header = cells;
            start += length < 0 ? bytes.Length : length + 1;
        }

        return null;
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static char SeparatorOf(string line) => Array.Find(Separators, s => Cut(line, s).Count > 1) is var found && found != '\0' ? found : ',';

    private static List<string> Cut(string line, char separator)
    {
        var cells = new RowCells(separator);
        var bytes = Encoding.UTF8.GetBytes(line);
        return cells.Set(bytes, 0, bytes.Length) ? [.. Enumerable.Range(0, cells.Count).Select(cells.Text)] : [];
    }
}
