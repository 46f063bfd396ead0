using SignalLab.Figures.Colour;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Maps;

/// <summary>One topographic map in its place: colours, contours, head, sensors, left and right.</summary>
internal static class MapPanel
{
    /// <summary>Draws it.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="map">The map.</param>
    /// <param name="values">Its values in the scale's unit.</param>
    /// <param name="cell">The piece of the plane that is shown.</param>
    /// <param name="place">Where on the page.</param>
    /// <param name="scale">The colours.</param>
    /// <param name="levels">Values of contour lines.</param>
    /// <param name="marks">How sensors are marked.</param>
    public static void Draw(Sheet sheet, Topography map, PlaneValues values, MapCell cell, SKRect place, ColourScale scale, IReadOnlyList<double> levels, SensorMarks marks)
    {
        var view = PlaneView.Upright((GridSupport)map.Grid.Support);
        var millimetre = place.Width / cell.WidthMm;
        SKPoint OnPage(double x, double y) => new((float)(place.Left + ((x - cell.LeftMm) * millimetre)), (float)(place.Top + ((cell.TopMm - y) * millimetre)));
        var (originRight, originUp) = view.Place(new Point3(0, 0, 0));
        var corner = OnPage(-originRight, view.HeightMm - originUp);
        var picture = SKRect.Create(corner.X, corner.Y, (float)(view.WidthMm * millimetre), (float)(view.HeightMm * millimetre));

        using (var area = MapOutline.Of(map.Grid, view, picture))
        {
            sheet.Canvas.Save();
            sheet.Canvas.ClipPath(area, SKClipOperation.Intersect, true);
            PlanePicture.Draw(sheet, picture, view, (right, up) =>
            {
                var (i, j) = view.NodeAt(right, up);
                return scale.ColourOf(values.Between(i, j)) ?? SKColors.Transparent;
            });
            ContourLines.Draw(sheet, picture, view, values, levels, scale);
            sheet.Canvas.Restore();
            sheet.Stroke(area, Style.Muted, Style.HairMm);
        }

        if (map.IsHead)
        {
            HeadOutline.Draw(sheet, OnPage(0, 0), (float)(1000 * map.HeadRadiusMetres * millimetre));
        }

        SensorDots.Draw(sheet, map, place.Width, OnPage, marks, scale);
        sheet.Text(map.IsHead ? "L" : "R", place.Left, place.Bottom, Style.Small with { Upright = Upright.Bottom });
        sheet.Text(map.IsHead ? "R" : "L", place.Right, place.Bottom, Style.Small with { Upright = Upright.Bottom, Across = Across.Right });
    }
}
