namespace SignalLab.Figures.Reports;

/// <summary>Lays a table down the pages of a PDF: cells wrap, the heading is repeated on every page.</summary>
internal static class PdfTable
{
    private const float GapMm = 3;
    private const float PadMm = 0.8f;
    private static readonly TextStyle Cell = Style.Small;
    private static readonly TextStyle Head = Style.Small with { Bold = true };

    public static void Add(PdfPages pages, TableBlock table)
    {
        if (table.Columns.Count == 0)
        {
            return;
        }

        var widths = Widths(table);
        IReadOnlyList<string>[] head = [.. table.Columns.Select((c, i) => Sheet.Wrap(c.Heading, widths[i], Head))];
        var headMm = Height(head, Head) + 0.6f;
        pages.Space(2);
        pages.Keep(headMm + 20);
        pages.Paragraph(table.Caption, Style.Label with { Bold = true });
        void AddHead() => pages.Take(headMm, (sheet, top) =>
        {
            Draw(sheet, top, table, widths, head, Head);
            sheet.Line(PdfPages.LeftMm, top + headMm - 0.6f, PdfPages.LeftMm + PdfPages.WidthMm, top + headMm - 0.6f, Style.Ink);
        });
        AddHead();
        for (var r = 0; r < table.Rows.Count; r++)
        {
            var style = table.Flagged.Contains(r) ? Cell with { Bold = true, Colour = Style.Mark } : Cell;
            IReadOnlyList<string>[] cells = [.. table.Columns.Select((_, c) => Sheet.Wrap(c < table.Rows[r].Count ? table.Rows[r][c] : "", widths[c], style))];
            var height = Height(cells, style) + PadMm;
            if (pages.Left < height)
            {
                // A heading without a row below it is none: both go to the next page.
                pages.Keep(headMm + height + pages.Left);
                AddHead();
            }

            pages.Take(height, (sheet, top) =>
            {
                Draw(sheet, top + PadMm, table, widths, cells, style);
                sheet.Line(PdfPages.LeftMm, top + height, PdfPages.LeftMm + PdfPages.WidthMm, top + height, Style.Guide, Style.HairMm);
            });
        }

        pages.Space(2);
    }

    private static float Height(IReadOnlyList<string>[] cells, TextStyle style) => Math.Max(1, cells.Max(c => c.Count)) * style.LineMm;

    private static void Draw(Sheet sheet, float top, TableBlock table, float[] widths, IReadOnlyList<string>[] cells, TextStyle style)
    {
        var x = PdfPages.LeftMm;
        for (var c = 0; c < cells.Length; c++)
        {
            for (var i = 0; i < cells[c].Count; i++)
            {
                var number = table.Columns[c].IsNumber;
                sheet.Text(cells[c][i], number ? x + widths[c] : x, top + (i * style.LineMm), style with { Upright = Upright.Top, Across = number ? Across.Right : Across.Left });
            }

            x += widths[c] + GapMm;
        }
    }

    // Every column as wide as it wants while that fits; else the widest give way to one common width.
    private static float[] Widths(TableBlock table)
    {
        float[] wanted = [.. table.Columns.Select((column, c) => 0.2f + Math.Max(
            Sheet.Width(Typeface.OneLine(column.Heading), Head),
            table.Rows.Where(r => c < r.Count).Select(r => Sheet.Width(Typeface.OneLine(r[c]), Head)).DefaultIfEmpty(0).Max()))];
        var room = PdfPages.WidthMm - (GapMm * (wanted.Length - 1));
        var (low, high) = (0f, Math.Max(wanted.Max(), 1));
        for (var i = 0; i < 40 && wanted.Sum() > room; i++)
        {
            var limit = (low + high) / 2;
            (low, high) = wanted.Sum(w => Math.Min(w, limit)) > room ? (low, limit) : (limit, high);
        }

        return wanted.Sum() > room ? [.. wanted.Select(w => Math.Min(w, low))] : wanted;
    }
}
