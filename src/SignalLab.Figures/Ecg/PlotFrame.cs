using SignalLab.Figures.Colour;
using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>A frame with two linear axes on a sheet.</summary>
/// <param name="frame">The frame, mm.</param>
/// <param name="x">Limits across.</param>
/// <param name="y">Limits along the height.</param>
internal sealed class PlotFrame(SKRect frame, (double Low, double High) x, (double Low, double High) y)
{
    /// <summary>Room left of a frame for numbers and the title.</summary>
    public const float LeftMm = 14;

    /// <summary>Room below a frame for numbers and the title.</summary>
    public const float BottomMm = 9;

    private const float TickMm = 1;
    private static readonly TextStyle Below = Style.Small with { Across = Across.Centre, Upright = Upright.Top };
    private static readonly TextStyle Beside = Style.Small with { Across = Across.Right, Upright = Upright.Middle };

    /// <summary>The frame, mm.</summary>
    public SKRect Frame => frame;

    /// <summary>Millimetres a unit of x.</summary>
    public double MmPerX => frame.Width / (x.High - x.Low);

    public float X(double value) => (float)(frame.Left + ((value - x.Low) * MmPerX));

    public float Y(double value) => (float)(frame.Bottom - ((value - y.Low) / (y.High - y.Low) * frame.Height));

    /// <summary>Numbers, ticks and guides along the height, with the title turned beside them.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="title">What is measured, with its unit; empty for none.</param>
    /// <param name="most">Most numbers.</param>
    public void DrawUpright(Sheet sheet, string title, int most)
    {
        var step = RoundTicks.Step(y.Low, y.High, most);
        foreach (var tick in RoundTicks.Between(y.Low, y.High, most))
        {
            sheet.Line(frame.Left, Y(tick), frame.Right, Y(tick), Style.Guide, Style.HairMm);
            sheet.Line(frame.Left - TickMm, Y(tick), frame.Left, Y(tick), Style.Ink, Style.TraceMm);
            sheet.Text(RoundTicks.Text(tick, step), frame.Left - TickMm - 0.5f, Y(tick), Beside);
        }

        sheet.Text(title, frame.Left - LeftMm + 0.5f, frame.MidY, Style.Small with { TurnDegrees = -90, Across = Across.Centre, Upright = Upright.Top });
    }

    /// <summary>Round numbers, ticks and guides across, with the title below them.</summary>
    public void DrawAcross(Sheet sheet, string title, int most)
    {
        var step = RoundTicks.Step(x.Low, x.High, most);
        DrawAcross(sheet, title, [.. RoundTicks.Between(x.Low, x.High, most).Select(t => (t, RoundTicks.Text(t, step)))]);
    }

    /// <summary>Guides at places across, without numbers.</summary>
    public void DrawGuides(Sheet sheet, IReadOnlyList<(double At, string Text)> ticks)
    {
        foreach (var (at, _) in ticks)
        {
            sheet.Line(X(at), frame.Top, X(at), frame.Bottom, Style.Guide, Style.HairMm);
        }
    }

    /// <summary>Given numbers across.</summary>
    public void DrawAcross(Sheet sheet, string title, IReadOnlyList<(double At, string Text)> ticks)
    {
        DrawGuides(sheet, ticks);
        foreach (var (at, text) in ticks)
        {
            sheet.Line(X(at), frame.Bottom, X(at), frame.Bottom + TickMm, Style.Ink, Style.TraceMm);
            sheet.Text(text, X(at), frame.Bottom + TickMm + 0.6f, Below);
        }

        sheet.Text(title, frame.MidX, frame.Bottom + TickMm + 4.2f, Below);
    }

    /// <summary>Draws inside the frame, then the frame.</summary>
    public void Draw(Sheet sheet, Action content)
    {
        sheet.Canvas.Save();
        sheet.Canvas.ClipRect(frame);
        content();
        sheet.Canvas.Restore();
        sheet.Outline(frame, Style.Muted, Style.TraceMm);
    }

    /// <summary>A line, interrupted where a value is no number.</summary>
    public void Line(Sheet sheet, IReadOnlyList<double> xs, IReadOnlyList<double> ys, SKColor colour, float widthMm)
    {
        using var path = new SKPath();
        var isDrawing = false;
        for (var i = 0; i < ys.Count; i++)
        {
            var isNumber = double.IsFinite(ys[i]) && double.IsFinite(xs[i]);
            if (isNumber && isDrawing)
            {
                path.LineTo(X(xs[i]), Y(ys[i]));
            }
            else if (isNumber)
            {
                path.MoveTo(X(xs[i]), Y(ys[i]));
            }

            isDrawing = isNumber;
        }

        sheet.Stroke(path, colour, widthMm);
    }
}
