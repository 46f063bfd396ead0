using SkiaSharp;

namespace SignalLab.Figures;

/// <summary>A picture with a size in millimetres: title and subtitle above, the body, notes and the colophon's line below.</summary>
public abstract class Figure
{
    /// <summary>What is shown.</summary>
    public virtual string Title { get; init; } = "";

    /// <summary>Of whom, when, under which conditions.</summary>
    public virtual string Subtitle { get; init; } = "";

    /// <summary>What the reader must know to trust it: scales, conventions, left-out channels. One paragraph each.</summary>
    public virtual IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Fixed page such as A4, or null for a page as large as the body needs.</summary>
    public SKSize? PageMm { get; init; }

    /// <summary>Width and height the body needs, in mm; on a fixed page it gets what is left there.</summary>
    protected abstract SKSize BodyMm { get; }

    /// <summary>Draws the body.</summary>
    /// <param name="sheet">The sheet, in mm.</param>
    /// <param name="body">The place for the body on it.</param>
    protected abstract void DrawBody(Sheet sheet, SKRect body);

    /// <summary>The page's width and height in mm.</summary>
    /// <param name="colophon">How the figure is made: its line takes room.</param>
    public SKSize SizeMm(Colophon? colophon = null) => Plan(colophon).Page;

    /// <summary>Draws the whole figure.</summary>
    /// <param name="canvas">A canvas whose unit is one millimetre, its origin the page's upper left corner.</param>
    /// <param name="colophon">How the figure is made, or null to print no line about it.</param>
    /// <returns>The sheet, with every text it holds.</returns>
    public Sheet Draw(SKCanvas canvas, Colophon? colophon = null)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        var plan = Plan(colophon);
        var sheet = new Sheet(canvas);
        sheet.Fill(SKRect.Create(plan.Page), Style.Paper);
        var y = Style.MarginMm;
        foreach (var (line, style) in plan.Head)
        {
            sheet.Text(line, Style.MarginMm, y, style with { Upright = Upright.Top });
            y += style.LineMm;
        }

        canvas.Save();
        DrawBody(sheet, plan.Body);
        canvas.Restore();
        y = plan.Body.Bottom + FootGapMm;
        foreach (var line in plan.Foot)
        {
            sheet.Text(line, Style.MarginMm, y, Style.Note with { Upright = Upright.Top });
            y += Style.Note.LineMm;
        }

        return sheet;
    }

    private const float HeadGapMm = 2;
    private const float FootGapMm = 2;

    private PagePlan Plan(Colophon? colophon)
    {
        var body = BodyMm;
        var width = Math.Max(30, PageMm is { } fixedPage ? fixedPage.Width - (2 * Style.MarginMm) : body.Width);
        List<(string Line, TextStyle Style)> head =
        [
            .. Sheet.Wrap(Title, width, Style.Title).Take(2).Select(line => (line, Style.Title)),
            .. Sheet.Wrap(Subtitle, width, Style.Subtitle).Take(3).Select(line => (line, Style.Subtitle)),
        ];
        IEnumerable<string> notes = colophon is null ? Notes : [.. Notes, colophon.Line];
        List<string> foot = [.. notes.SelectMany(note => Sheet.Wrap(note, width, Style.Note))];
        var top = Style.MarginMm + head.Sum(h => h.Style.LineMm) + (head.Count > 0 ? HeadGapMm : 0);
        var below = foot.Count == 0 ? 0 : FootGapMm + (foot.Count * Style.Note.LineMm);
        var height = PageMm is { } page ? page.Height - top - below - Style.MarginMm : body.Height;
        return new(
            PageMm ?? new SKSize(width + (2 * Style.MarginMm), top + height + below + Style.MarginMm),
            SKRect.Create(Style.MarginMm, top, width, height), head, foot);
    }

    private sealed record PagePlan(SKSize Page, SKRect Body, List<(string Line, TextStyle Style)> Head, List<string> Foot);
}
