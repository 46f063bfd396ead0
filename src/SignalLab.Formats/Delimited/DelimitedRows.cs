using System.Globalization;
using System.Text;

namespace SignalLab.Formats.Delimited;

/// <summary>The rows of a table of text, found once; a place is kept every so many of them.</summary>
/// <param name="bytes">The file.</param>
/// <param name="separator">Between cells; a blank stands for any white space.</param>
/// <param name="firstRow">Byte where the first row of values begins.</param>
internal sealed class DelimitedRows(ByteSource bytes, char separator, long firstRow)
{
    private const int Step = 256;

    /// <summary>A line longer than this is no row.</summary>
    private const int LongestRow = 1 << 24;

    private readonly List<long> places = [];

    /// <summary>Rows that are samples.</summary>
    public long Count { get; private set; }

    /// <summary>Goes through the file.</summary>
    /// <param name="take">Looks at a row's cells; true where it is a sample.</param>
    public void Scan(Func<RowCells, bool> take)
    {
        foreach (var (offset, cells) in Walk(firstRow))
        {
            if (take(cells))
            {
                if (Count++ % Step == 0)
                {
                    places.Add(offset);
                }
            }
        }
    }

    /// <summary>Reads rows that are samples.</summary>
    /// <param name="first">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="isSample">The same question as when the file was gone through.</param>
    /// <param name="row">Receives a row's cells and its number from 0.</param>
    public void Read(long first, int count, Func<RowCells, bool> isSample, Action<RowCells, int> row)
    {
        var skipped = first % Step;
        var at = 0;
        foreach (var (_, cells) in Walk(places[(int)(first / Step)]))
        {
            if (!isSample(cells) || skipped-- > 0)
            {
                continue;
            }

            row(cells, at++);
            if (at == count)
            {
                return;
            }
        }
    }

    // Lines from a place on; empty ones and comments are passed over.
    private IEnumerable<(long Offset, RowCells Cells)> Walk(long from)
    {
        var buffer = new byte[1 << 16];
        var (start, filled) = (from, 0);
        var cells = new RowCells(separator);
        var isEnd = from >= bytes.Length;
        while (!isEnd)
        {
            var wanted = (int)Math.Min(buffer.Length - filled, bytes.Length - start - filled);
            bytes.ReadExactly(start + filled, buffer.AsSpan(filled, wanted), "rows");
            filled += wanted;
            isEnd = start + filled == bytes.Length;
            var used = 0;
            while (used < filled)
            {
                var length = buffer.AsSpan(used, filled - used).IndexOf((byte)'\n');
                if (length < 0 && !isEnd)
                {
                    break;
                }

                length = length < 0 ? filled - used : length;
                if (cells.Set(buffer, used, length))
                {
                    yield return (start + used, cells);
                }

                used = Math.Min(filled, used + length + 1);
            }

            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            (start, filled) = (start + used, filled - used);
            if (filled == buffer.Length)
            {
                if (filled >= LongestRow)
                {
                    throw new Model.MalformedFileException(bytes.Path, start, "row", "a line without end", FormattableString.Invariant($"lines of at most {LongestRow} bytes"));
                }

                Array.Resize(ref buffer, 2 * buffer.Length);
            }
        }
    }
}

/// <summary>The cells of one row; valid until the next row.</summary>
/// <param name="separator">Between cells.</param>
internal sealed class RowCells(char separator)
{
    private readonly List<(int Start, int Length)> cells = [];
    private byte[] buffer = [];

    /// <summary>Cells of the row.</summary>
    public int Count => cells.Count;

    /// <summary>A cell's bytes, trimmed; nothing where the row is shorter.</summary>
    /// <param name="column">Its column.</param>
    public ReadOnlySpan<byte> this[int column] => column < cells.Count ? buffer.AsSpan(cells[column].Start, cells[column].Length).Trim(" \t\r\""u8) : [];

    /// <summary>A cell as text.</summary>
    /// <param name="column">Its column.</param>
    public string Text(int column) => Encoding.UTF8.GetString(this[column]).Replace("\"\"", "\"", StringComparison.Ordinal);

    /// <summary>A cell as a number; not-a-number where it is empty or none.</summary>
    /// <param name="column">Its column.</param>
    public double Number(int column) => double.TryParse(this[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    /// <summary>Cuts a line.</summary>
    /// <returns>False where it says nothing: empty, or a comment.</returns>
    public bool Set(byte[] bytes, int start, int length)
    {
        buffer = bytes;
        cells.Clear();
        var line = bytes.AsSpan(start, length).TrimEnd("\r\n \0"u8);
        if (line.TrimStart(" \t"u8) is [] or [(byte)'#' or (byte)'%', ..])
        {
            return false;
        }

        var (from, isQuoted) = (0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            var isBlank = i < line.Length && separator == ' ' && line[i] is (byte)' ' or (byte)'\t';
            isQuoted ^= i < line.Length && line[i] == '"';
            if (i < line.Length && (isQuoted || !(isBlank || line[i] == separator)))
            {
                continue;
            }

            // White space in a row stands for one separator.
            if (separator != ' ' || i > from)
            {
                cells.Add((start + from, i - from));
            }

            from = i + 1;
        }

        return true;
    }
}
