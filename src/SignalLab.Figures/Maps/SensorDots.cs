using SignalLab.Figures.Colour;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Maps;

/// <summary>Sensors on a map: a dot each, visible on light and dark, and its name where asked for.</summary>
internal static class SensorDots
{
    private const float DotMm = 0.45f;

    /// <summary>Draws the sensors of a map.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="map">The map.</param>
    /// <param name="widthMm">Width of the map on the page.</param>
    /// <param name="onPage">The page's point of a place in the plane, in mm.</param>
    /// <param name="marks">What is drawn.</param>
    /// <param name="scale">The colours that the names lie on.</param>
    public static void Draw(Sheet sheet, Topography map, float widthMm, Func<double, double, SKPoint> onPage, SensorMarks marks, ColourScale scale)
    {
        if (marks == SensorMarks.None)
        {
            return;
        }

        var size = Math.Clamp(widthMm / 45, 0.3f, 1) * DotMm;
        var sensors = map.PlaneSensors.Sensors;
        var shared = SharedStart(sensors);
        var name = Style.Note with { SizeMm = Math.Clamp(widthMm / (4.5f * MathF.Sqrt(sensors.Count)), 0.9f, 2.1f), Across = Across.Centre, Upright = Upright.Bottom };
        for (var n = 0; n < sensors.Count; n++)
        {
            var at = onPage(1000 * sensors[n].PositionMetres.X, 1000 * sensors[n].PositionMetres.Y);
            using var dot = new SKPath();
            dot.AddCircle(at.X, at.Y, size);
            sheet.Stroke(dot, Style.Paper, 0.3f);
            sheet.Fill(dot, Style.Ink);
            if (marks == SensorMarks.Names)
            {
                var ink = scale.InkOn(map.Grid.Unit.Convert(map.SensorValues[n], scale.Unit));
                sheet.Text(sensors[n].Name[shared..], at.X, at.Y - size, name with { Colour = ink });
            }
        }
    }

    // "MEG 0111" and "MEG 0121" are told apart by their numbers: the kind before the blank is left out where all have it.
    private static int SharedStart(IReadOnlyList<Sensor> sensors)
    {
        var length = sensors.Count < 2 ? 0 : sensors[0].Name.IndexOf(' ', StringComparison.Ordinal) + 1;
        return sensors.All(s => s.Name.Length > length && s.Name.AsSpan(0, length).SequenceEqual(sensors[0].Name.AsSpan(0, length))) ? length : 0;
    }
}
