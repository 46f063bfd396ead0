using SignalLab.Figures.Colour;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Slices;

/// <summary>The values over time at the point that the slices show, with a cursor at their time.</summary>
internal static class LinkedGraph
{
    /// <summary>Height it takes in mm.</summary>
    public const float HeightMm = 34;

    private const float TickMm = 1;

    /// <summary>Draws the graph.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="place">Its place, axes and numbers included.</param>
    /// <param name="series">The values.</param>
    /// <param name="quantity">What the values measure, or empty.</param>
    /// <param name="cursor">The slices' place on the axis, or null.</param>
    public static void Draw(Sheet sheet, SKRect place, Series series, string quantity, double? cursor)
    {
        var finite = series.Values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (finite.Min(), finite.Max());
        var rim = high > low ? 0.06 * (high - low) : Math.Max(0.5, Math.Abs(high) * 0.05);
        (low, high) = (low - rim, high + rim);
        var (from, to) = series.Axis.Length > 1 ? (series.Axis.Values[0], series.Axis.Values[^1]) : (-1, 1);
        var up = Ticks(low, high, 5);
        var across = Ticks(from, to, 10);
        var left = up.Max(t => Sheet.Width(t.Text, Style.Small)) + Style.Small.LineMm + 3;
        var plot = new SKRect(place.Left + left, place.Top + 4.5f, place.Right - 3, place.Bottom - 8);
        float X(double v) => (float)(plot.Left + ((v - from) / (to - from) * plot.Width));
        float Y(double v) => (float)(plot.Bottom - ((v - low) / (high - low) * plot.Height));

        foreach (var (value, text) in up)
        {
            sheet.Line(plot.Left, Y(value), plot.Right, Y(value), Style.Guide, Style.HairMm);
            sheet.Line(plot.Left - TickMm, Y(value), plot.Left, Y(value), Style.Ink, Style.HairMm * 1.5f);
            sheet.Text(text, plot.Left - TickMm - 0.8f, Y(value), Style.Small with { Across = Across.Right, Upright = Upright.Middle });
        }

        foreach (var (value, text) in across)
        {
            sheet.Line(X(value), plot.Bottom, X(value), plot.Bottom + TickMm, Style.Ink, Style.HairMm * 1.5f);
            sheet.Text(text, X(value), plot.Bottom + TickMm + 0.8f, Style.Small with { Across = Across.Centre, Upright = Upright.Top });
        }

        sheet.Outline(plot, Style.Ink, Style.HairMm * 1.5f);
        DrawTrace(sheet, series, X, Y);
        if (cursor is { } at && at >= from && at <= to)
        {
            sheet.Line(X(at), plot.Top, X(at), plot.Bottom, Style.Mark, Style.LineMm);
        }

        sheet.Text(Sheet.Elide(series.Name, plot.Width, Style.Small), plot.Left, plot.Top - 1.2f, Style.Small);
        sheet.Text(AxisCaption(series.Axis), plot.MidX, place.Bottom, Style.Small with { Across = Across.Centre, Upright = Upright.Bottom });
        var upright = Style.Small with { TurnDegrees = -90, Across = Across.Centre, Upright = Upright.Top };
        sheet.Text(Sheet.Elide(PlainText.Titled(quantity, series.Unit).Trim(), place.Height, upright), place.Left, place.MidY, upright);
    }

    // A value that is missing leaves a gap in the line.
    private static void DrawTrace(Sheet sheet, Series series, Func<double, float> x, Func<double, float> y)
    {
        using var trace = new SKPath();
        var open = false;
        for (var n = 0; n < series.Values.Count; n++)
        {
            var value = series.Values[n];
            if (double.IsFinite(value))
            {
                var point = new SKPoint(x(series.Axis.Values[n]), y(value));
                if (open)
                {
                    trace.LineTo(point);
                }
                else
                {
                    trace.MoveTo(point);
                }
            }

            open = double.IsFinite(value);
        }

        sheet.Stroke(trace, Style.Series[0], Style.LineMm);
    }

    private static List<(double Value, string Text)> Ticks(double low, double high, int most)
    {
        var step = RoundTicks.Step(low, high, most);
        return [.. RoundTicks.Between(low, high, most).Select(v => (v, RoundTicks.Text(v, step)))];
    }

    private static string AxisCaption(Axis axis)
    {
        var name = axis.Kind switch
        {
            AxisKind.Time => "time",
            AxisKind.Latency => "latency",
            AxisKind.Frequency => "frequency",
            AxisKind.RrNumber => "RR interval",
            _ => "component",
        };
        return axis.Unit.IsKnown ? PlainText.Titled(name, axis.Unit) : name;
    }
}
