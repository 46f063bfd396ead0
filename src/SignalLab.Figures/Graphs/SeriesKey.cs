using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>Which line is which: colours and names beside a plot where they can be told apart, one style for all where there are too many.</summary>
internal static class SeriesKey
{
    /// <summary>More lines than these share one style.</summary>
    public const int MostNamed = 8;

    public const float WidthMm = 34;

    /// <summary>Colour and width of a line.</summary>
    public static (SKColor Colour, float WidthMm) StyleOf(int index, int count, IReadOnlyList<SKColor>? colours) => (colours, count) switch
    {
        ({ } given, _) when index < given.Count => (given[index], count > MostNamed ? 0.15f : 0.3f),
        (_, > MostNamed) => (Style.Series[0].WithAlpha(0x70), 0.15f),
        (_, 1) => (Style.Ink, 0.3f),
        _ => (Style.Series[index % Style.Series.Count], 0.3f),
    };

    /// <summary>Draws the key down the right of a plot.</summary>
    public static void Draw(Sheet sheet, float left, float top, IReadOnlyList<string> names, IReadOnlyList<SKColor>? colours)
    {
        var style = Style.Small with { Upright = Upright.Middle };
        if (names.Count > MostNamed)
        {
            sheet.Text(FormattableString.Invariant($"{names.Count} lines:"), left, top + 2, style);
            var shown = string.Join(", ", names);
            var lines = Sheet.Wrap(shown, WidthMm - 2, style with { SizeMm = 2.1f });
            for (var i = 0; i < Math.Min(lines.Count, 16); i++)
            {
                sheet.Text(i == 15 && lines.Count > 16 ? "…" : lines[i], left, top + 5.5f + (i * 2.8f), style with { SizeMm = 2.1f, Colour = Style.Muted });
            }

            return;
        }

        for (var i = 0; i < names.Count; i++)
        {
            var y = top + 2 + (i * 4);
            var (colour, width) = StyleOf(i, names.Count, colours);
            sheet.Line(left, y, left + 5, y, colour, width * 1.6f);
            sheet.Text(Sheet.Elide(names[i], WidthMm - 8, style), left + 6.5f, y, style);
        }
    }
}
