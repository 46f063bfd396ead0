using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>Ruled ECG paper: a line every millimetre, a stronger one every five.</summary>
public static class MillimetrePaper
{
    private static readonly SKColor Fine = new(0xf6, 0xd5, 0xd0);
    private static readonly SKColor Strong = new(0xe8, 0xa2, 0x9a);

    /// <summary>Rules a rectangle from its upper left corner.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="area">The rectangle, in mm.</param>
    public static void Draw(Sheet sheet, SKRect area)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        Rule(sheet, area, 1, Fine, 0.08f);
        Rule(sheet, area, 5, Strong, 0.14f);
    }

    private static void Rule(Sheet sheet, SKRect area, int everyMm, SKColor colour, float widthMm)
    {
        using var lines = new SKPath();
        for (var k = 0; k * everyMm <= area.Width + 0.01f; k++)
        {
            lines.MoveTo(area.Left + (k * everyMm), area.Top);
            lines.LineTo(area.Left + (k * everyMm), area.Bottom);
        }

        for (var k = 0; k * everyMm <= area.Height + 0.01f; k++)
        {
            lines.MoveTo(area.Left, area.Top + (k * everyMm));
            lines.LineTo(area.Right, area.Top + (k * everyMm));
        }

        sheet.Stroke(lines, colour, widthMm);
    }
}
