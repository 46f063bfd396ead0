using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>One row of a table.</summary>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Cells">As many as the table has columns, without the white space around them.</param>
internal readonly record struct BidsRow(int Line, string[] Cells);

/// <summary>A table with named columns, separated by tabs. Rows are cut when they are asked for.</summary>
/// <remarks>Source: BIDS 1.10, "Tabular files": UTF-8, tabs, a header line, <c>n/a</c> for what is missing.</remarks>
internal sealed class BidsTable
{
    /// <summary>A table may be this large.</summary>
    public const long LargestBytes = 32_000_000;

    /// <summary>A table may have so many rows.</summary>
    public const int MostRows = 500_000;

    private const int MostColumns = 1000;

    private readonly byte[] bytes;
    private readonly Encoding encoding;

    private BidsTable(string path, byte[] bytes)
    {
        Path = path;
        this.bytes = bytes;
        encoding = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1;
        Columns = [.. Lines().Take(1).SelectMany(l => Cut(l.Text))];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows below the header, empty lines left out.</summary>
    /// <exception cref="MalformedFileException">A row has another number of cells than the header, or there are too many.</exception>
    public IEnumerable<BidsRow> Rows
    {
        get
        {
            var count = 0;
            foreach (var (line, text) in Lines().Skip(1))
            {
                if (++count > MostRows)
                {
                    throw new MalformedFileException(Path, null, At(line), "another row", FormattableString.Invariant($"at most {MostRows} rows"));
                }

                var cells = Cut(text);
                while (cells.Length > Columns.Count && cells[^1].Length == 0)
                {
                    cells = cells[..^1];
                }

                yield return cells.Length == Columns.Count
                    ? new(line, cells)
                    : throw new MalformedFileException(Path, null, At(line), FormattableString.Invariant($"{cells.Length} cells"), FormattableString.Invariant($"{Columns.Count}, as the header has"));
            }
        }
    }

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MalformedFileException">It is too large, or no text.</exception>
    public static BidsTable Read(string path)
    {
        var source = ByteSource.OpenAsIs(path);
        try
        {
            if (source.Length > LargestBytes)
            {
                throw new MalformedFileException(path, null, "length", FormattableString.Invariant($"{source.Length} bytes"), FormattableString.Invariant($"a table of at most {LargestBytes}"));
            }

            var bytes = source.Read(0, source.Length, "table");
            for (var i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] is < 32 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 127)
                {
                    throw new MalformedFileException(path, null, At(1 + bytes.AsSpan(0, i).Count((byte)'\n')), FormattableString.Invariant($"the byte {bytes[i]}"), "a table in plain text");
                }
            }

            var table = new BidsTable(path, bytes);
            return table.Columns.Count is > 0 and <= MostColumns
                ? table
                : throw new MalformedFileException(path, null, "line 1", FormattableString.Invariant($"{table.Columns.Count} columns"), FormattableString.Invariant($"a header of 1 to {MostColumns} columns"));
        }
        finally
        {
            source.Close();
        }
    }

    /// <summary>True where a cell says that nothing is known.</summary>
    /// <param name="cell">The cell.</param>
    public static bool IsMissing(string cell) => cell.Length == 0 || cell.Equals("n/a", StringComparison.OrdinalIgnoreCase) || cell.Equals("nan", StringComparison.OrdinalIgnoreCase);

    /// <summary>A column by its name in any case, or -1.</summary>
    /// <param name="name">The name.</param>
    public int Column(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A column that the table must have.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="MalformedFileException">It has not.</exception>
    public int Require(string name) => Column(name) is >= 0 and var column
        ? column
        : throw new MalformedFileException(Path, null, "line 1", $"the columns {string.Join(", ", Columns)}", $"a column named {name}");

    /// <summary>What stands in a column, or null where it is missing or the table has no such column.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column, or -1.</param>
    public static string? Text(BidsRow row, int column) => column < 0 || IsMissing(row.Cells[column]) ? null : row.Cells[column];

    /// <summary>A finite number, or null where it is missing or the table has no such column.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column, or -1.</param>
    /// <exception cref="MalformedFileException">Something else stands there.</exception>
    public double? Number(BidsRow row, int column) => Text(row, column) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
        : throw Fault(row, column, "a number or n/a");

    /// <summary>The fault of a cell.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="expected">What should stand there.</param>
    public MalformedFileException Fault(BidsRow row, int column, string expected) =>
        new(Path, null, $"{At(row.Line)} ({Columns[column]})", $"\"{row.Cells[column]}\"", expected);

    private static string At(int line) => FormattableString.Invariant($"line {line}");

    private static string[] Cut(string line) => line.Split('\t', StringSplitOptions.TrimEntries);

    private IEnumerable<(int Line, string Text)> Lines()
    {
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        for (var line = 1; start < bytes.Length; line++)
        {
            var length = bytes.AsSpan(start).IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var end ? end : bytes.Length - start;
            var text = encoding.GetString(bytes, start, length);
            start += length + (bytes.AsSpan(start + length).StartsWith("\r\n"u8) ? 2 : 1);
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return (line, text);
            }
        }
    }
}
