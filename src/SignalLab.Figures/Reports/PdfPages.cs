using SkiaSharp;

namespace SignalLab.Figures.Reports;

/// <summary>Flows content down A4 pages; what is drawn is kept until the number of pages is known.</summary>
internal sealed class PdfPages
{
    public const float LeftMm = 18;
    public const float WidthMm = 210 - (2 * LeftMm);
    private const float TopMm = 16;
    private const float BottomMm = 297 - 18;

    private readonly List<(SKSize Size, List<Action<Sheet>> Content, FigureBlock? Whole)> pages = [];
    private float y;

    /// <summary>Height left on the page.</summary>
    public float Left => pages.Count == 0 || pages[^1].Whole is not null ? 0 : BottomMm - y;

    /// <summary>Takes room on the page, on a new one where it does not fit.</summary>
    /// <param name="heightMm">Height.</param>
    /// <param name="draw">Draws, given the top.</param>
    public void Take(float heightMm, Action<Sheet, float> draw)
    {
        if (Left < heightMm)
        {
            pages.Add((PageSize.A4, [], null));
            y = TopMm;
        }

        var top = y;
        pages[^1].Content.Add(sheet => draw(sheet, top));
        y += heightMm;
    }

    /// <summary>Leaves a space, unless the page has just begun.</summary>
    public void Space(float heightMm) => y += y > TopMm ? heightMm : 0;

    /// <summary>Begins a new page where less than this is left.</summary>
    public void Keep(float heightMm)
    {
        if (Left < heightMm)
        {
            y = BottomMm + 1;
        }
    }

    /// <summary>A heading, on the page of what follows it.</summary>
    /// <param name="text">The words.</param>
    /// <param name="followingMm">Height of what must stand on the same page.</param>
    public void Heading(string text, float followingMm)
    {
        Keep(MathF.Min(BottomMm - TopMm, followingMm + 15));
        Space(5);
        Paragraph(text, Style.Title);
    }

    public void Paragraph(string text, TextStyle style)
    {
        foreach (var line in Sheet.Wrap(text, WidthMm, style))
        {
            Take(style.LineMm, (sheet, top) => sheet.Text(line, LeftMm, top, style with { Upright = Upright.Top }));
        }

        Space(1.2f);
    }

    /// <summary>Height a figure takes in the flow of a page, or null where it needs a page of its own.</summary>
    public static float? HeightOf(Figure figure, string description)
    {
        var size = figure.SizeMm();
        var height = size.Height + CaptionMm(description) + 2;
        return size.Width > 210 || height > BottomMm - TopMm - 15 ? null : height;
    }

    /// <summary>A figure at its true scale: in the flow where it fits, else on a page of its own size.</summary>
    public void Figure(FigureBlock block)
    {
        var (figure, description) = (block.Figure, block.Description);
        if (HeightOf(figure, description) is not { } height)
        {
            Paragraph(description + " (next page)", Style.Label);
            pages.Add((default, [], block));
            y = BottomMm + 1;
            return;
        }

        var size = figure.SizeMm();
        var caption = Sheet.Wrap(description, WidthMm, Style.Note);
        Space(2);
        var left = size.Width - (2 * Style.MarginMm) <= WidthMm ? LeftMm - Style.MarginMm : (210 - size.Width) / 2;
        Take(height - 2, (sheet, top) =>
        {
            sheet.Canvas.Save();
            sheet.Canvas.Translate(left, top);
            figure.Draw(sheet.Canvas);
            sheet.Canvas.Restore();
            for (var i = 0; i < caption.Count; i++)
            {
                sheet.Text(caption[i], LeftMm, top + size.Height + (i * Style.Note.LineMm), Style.Note with { Upright = Upright.Top });
            }
        });
    }

    public byte[] ToBytes(string title, Colophon colophon)
    {
        using var memory = new MemoryStream();
        using (var document = PdfFigure.Open(memory, title, colophon))
        {
            for (var i = 0; i < pages.Count; i++)
            {
                var (size, content, whole) = pages[i];
                var how = whole?.Colophon ?? colophon;
                size = whole?.Figure.SizeMm(how) ?? size;
                var sheet = new Sheet(PdfFigure.Begin(document, size));
                whole?.Figure.Draw(sheet.Canvas, how);
                content.ForEach(draw => draw(sheet));
                DrawFoot(sheet, size, whole is null ? colophon : null, FormattableString.Invariant($"{i + 1} / {pages.Count}"));
                document.EndPage();
            }

            document.Close();
        }

        return memory.ToArray();
    }

    private static float CaptionMm(string description) => (Sheet.Wrap(description, WidthMm, Style.Note).Count * Style.Note.LineMm) + 2;

    private static void DrawFoot(Sheet sheet, SKSize size, Colophon? colophon, string number)
    {
        if (colophon is null)
        {
            sheet.Text(number, size.Width - Style.MarginMm, size.Height - 1.5f, Style.Note with { Across = Across.Right });
            return;
        }

        sheet.Line(LeftMm, 297 - 14, LeftMm + WidthMm, 297 - 14, Style.Guide, Style.HairMm);
        sheet.Text(number, LeftMm + WidthMm, 297 - 12.5f, Style.Note with { Across = Across.Right, Upright = Upright.Top });
        sheet.Text(Sheet.Elide(colophon.Line, WidthMm - 15, Style.Note), LeftMm, 297 - 12.5f, Style.Note with { Upright = Upright.Top });
    }
}
