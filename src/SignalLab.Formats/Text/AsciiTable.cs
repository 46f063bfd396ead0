using SignalLab.Model;

namespace SignalLab.Formats.Text;

/// <summary>How the numbers of a text data file are arranged.</summary>
/// <param name="Columns">Channels.</param>
/// <param name="IsVectorised">True where a line holds all data points of a channel; false where it holds all channels at a data point (multiplexed).</param>
/// <param name="Offset">Byte where the text begins.</param>
/// <param name="SkipLines">Lines before the first numbers.</param>
/// <param name="SkipColumns">Words before the first number of a line.</param>
/// <param name="DecimalSymbol">What stands before the fraction.</param>
internal sealed record AsciiLayout(int Columns, bool IsVectorised = false, long Offset = 0, long SkipLines = 0, long SkipColumns = 0, char DecimalSymbol = '.');

/// <summary>Where the numbers of a text data file lie: a place every so many of them, so that a stretch is read without what stands before it.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Layout">How its numbers are arranged.</param>
/// <param name="Count">Data points a channel.</param>
/// <param name="Places">Offsets of every <see cref="Step"/>-th line (multiplexed), or, row by row, of every <see cref="Step"/>-th number (vectorised).</param>
internal sealed record AsciiTable(ByteSource Bytes, AsciiLayout Layout, long Count, IReadOnlyList<IReadOnlyList<long>> Places)
{
    /// <summary>Data points from one place to the next.</summary>
    public const int Step = 512;

    /// <summary>Counts the data points of a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="layout">How its numbers are arranged.</param>
    /// <exception cref="MalformedFileException">Rows are missing, or of different lengths.</exception>
    public static AsciiTable Of(ByteSource bytes, AsciiLayout layout)
    {
        var cursor = new AsciiCursor(bytes, layout.Offset, layout.DecimalSymbol);
        var isInside = bytes.Length > layout.Offset;
        for (var skipped = 0L; skipped < layout.SkipLines && isInside; skipped++)
        {
            isInside = cursor.NextLine();
        }

        return layout.IsVectorised ? Rows(bytes, layout, cursor) : Frames(bytes, layout, cursor);
    }

    /// <summary>A cursor at the place nearest before a data point.</summary>
    /// <param name="row">The row; 0 in a multiplexed file.</param>
    /// <param name="first">The data point.</param>
    public AsciiCursor At(int row, long first) => new(Bytes, Places[row][(int)(first / Step)], Layout.DecimalSymbol);

    private static AsciiTable Frames(ByteSource bytes, AsciiLayout layout, AsciiCursor cursor)
    {
        var places = new List<long>();
        var count = 0L;
        do
        {
            var start = cursor.Offset;
            if (cursor.ToWord())
            {
                if (count++ % Step == 0)
                {
                    places.Add(start);
                }
            }
        }
        while (cursor.NextLine());
        return new(bytes, layout, count, [places]);
    }

    private static AsciiTable Rows(ByteSource bytes, AsciiLayout layout, AsciiCursor cursor)
    {
        var rows = new List<IReadOnlyList<long>>();
        long? count = null;
        do
        {
            var start = cursor.Offset;
            for (var skipped = 0L; skipped < layout.SkipColumns && cursor.ToWord(); skipped++)
            {
                cursor.SkipWord();
            }

            var places = new List<long>();
            var found = 0L;
            for (; cursor.ToWord(); found++)
            {
                if (found % Step == 0)
                {
                    places.Add(cursor.Offset);
                }

                cursor.SkipWord();
            }

            if (found == 0)
            {
                continue;
            }

            if (found != (count ??= found))
            {
                throw new MalformedFileException(bytes.Path, start, FormattableString.Invariant($"row {rows.Count + 1}"), FormattableString.Invariant($"{found} numbers"), FormattableString.Invariant($"{count}, as in the row before"));
            }

            rows.Add(places);
        }
        while (rows.Count < layout.Columns && cursor.NextLine());
        return rows.Count == layout.Columns
            ? new(bytes, layout, count ?? 0, rows)
            : throw new MalformedFileException(bytes.Path, bytes.Length, "rows", FormattableString.Invariant($"{rows.Count}"), FormattableString.Invariant($"one for each of the {layout.Columns} channels"));
    }
}
