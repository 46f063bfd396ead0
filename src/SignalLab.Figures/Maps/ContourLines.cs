using SignalLab.Figures.Colour;
using SkiaSharp;

namespace SignalLab.Figures.Maps;

/// <summary>Contour lines on the page: solid above zero, dashed below, zero itself heavier.</summary>
internal static class ContourLines
{
    private const float WidthMm = 0.14f;
    private const float ZeroWidthMm = 0.28f;
    private const float DashMm = 0.9f;
    private const float SpaceMm = 0.6f;

    /// <summary>Draws the lines of all levels.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="place">The view's place on the page.</param>
    /// <param name="view">How the plane lies.</param>
    /// <param name="values">The values the colours are made from.</param>
    /// <param name="levels">The levels, in the values' unit.</param>
    /// <param name="scale">The colours the lines lie on.</param>
    public static void Draw(Sheet sheet, SKRect place, PlaneView view, PlaneValues values, IReadOnlyList<double> levels, ColourScale scale)
    {
        foreach (var level in levels)
        {
            using var path = new SKPath();
            foreach (var line in Isolines.At(values.Nodes, values.SizeX, level))
            {
                var closed = line[0] == line[^1];
                path.AddPoly([.. line.Take(line.Count - (closed ? 1 : 0)).Select(p => PlanePicture.OnPage(place, view, view.Place(p.I, p.J)))], closed);
            }

            using var drawn = level < 0 ? Dashed(path) : new SKPath(path);
            sheet.Stroke(drawn, scale.InkOn(level), level == 0 ? ZeroWidthMm : WidthMm);
        }
    }

    // Cut into dashes here, for the SVG writer would turn an effect into filled shapes.
    private static SKPath Dashed(SKPath path)
    {
        var dashes = new SKPath();
        using var measure = new SKPathMeasure(path);
        do
        {
            for (var at = 0f; at < measure.Length; at += DashMm + SpaceMm)
            {
                measure.GetSegment(at, Math.Min(at + DashMm, measure.Length), dashes, true);
            }
        }
        while (measure.NextContour());
        return dashes;
    }
}
