using SignalLab.Figures.Colour;
using SkiaSharp;

namespace SignalLab.Figures.Components;

/// <summary>A graph of a few centimetres: a frame, few ticks, one line.</summary>
internal static class SmallGraph
{
    private const float TickMm = 0.8f;
    private static readonly TextStyle Numbers = Style.Note with { Colour = Style.Ink };

    /// <summary>Room left of the frame for numbers and the axis title.</summary>
    public const float LeftMm = 9.5f;

    /// <summary>Room below the frame for numbers.</summary>
    public const float BottomMm = 3;

    /// <summary>Draws a line inside a frame.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="x">Places along the line.</param>
    /// <param name="y">Values; those that are not finite interrupt it.</param>
    /// <param name="xLimits">Limits of x.</param>
    /// <param name="xUnit">Unit of x, printed behind the last number.</param>
    /// <param name="yTitle">What y is, with its unit.</param>
    /// <param name="colour">The line's colour.</param>
    /// <param name="isSigned">True for limits symmetric about zero.</param>
    public static void Draw(Sheet sheet, SKRect frame, IReadOnlyList<double> x, IReadOnlyList<double> y, (double Low, double High) xLimits, string xUnit, string yTitle, SKColor colour, bool isSigned)
    {
        var (low, high) = Limits([.. y.Where((v, i) => double.IsFinite(v) && x[i] >= xLimits.Low && x[i] <= xLimits.High)], isSigned);
        float X(double value) => (float)(frame.Left + ((value - xLimits.Low) / (xLimits.High - xLimits.Low) * frame.Width));
        float Y(double value) => (float)(frame.Bottom - ((value - low) / (high - low) * frame.Height));

        var yStep = RoundTicks.Step(low, high, 4);
        foreach (var tick in RoundTicks.Between(low, high, 4))
        {
            sheet.Line(frame.Left, Y(tick), frame.Right, Y(tick), Style.Guide, Style.HairMm);
            sheet.Line(frame.Left - TickMm, Y(tick), frame.Left, Y(tick), Style.Ink, Style.HairMm);
            sheet.Text(RoundTicks.Text(tick, yStep), frame.Left - TickMm - 0.4f, Y(tick), Numbers with { Across = Across.Right, Upright = Upright.Middle });
        }

        var xTicks = RoundTicks.Between(xLimits.Low, xLimits.High, 6);
        var xStep = RoundTicks.Step(xLimits.Low, xLimits.High, 6);
        for (var i = 0; i < xTicks.Length; i++)
        {
            sheet.Line(X(xTicks[i]), frame.Bottom, X(xTicks[i]), frame.Bottom + TickMm, Style.Ink, Style.HairMm);
            var text = RoundTicks.Text(xTicks[i], xStep);
            sheet.Text(i == xTicks.Length - 1 ? $"{text} {xUnit}" : text, X(xTicks[i]), frame.Bottom + TickMm + 0.4f, Numbers with { Across = Across.Centre, Upright = Upright.Top });
        }

        sheet.Text(yTitle, frame.Left - LeftMm + 1, frame.MidY, Style.Note with { TurnDegrees = -90, Across = Across.Centre, Upright = Upright.Top });
        sheet.Canvas.Save();
        sheet.Canvas.ClipRect(frame);
        using var path = new SKPath();
        var isDrawing = false;
        for (var i = 0; i < y.Count; i++)
        {
            if (!double.IsFinite(y[i]))
            {
                isDrawing = false;
            }
            else if (isDrawing)
            {
                path.LineTo(X(x[i]), Y(y[i]));
            }
            else
            {
                path.MoveTo(X(x[i]), Y(y[i]));
                isDrawing = true;
            }
        }

        sheet.Stroke(path, colour, Style.TraceMm);
        sheet.Canvas.Restore();
        sheet.Outline(frame, Style.Muted, Style.HairMm);
    }

    private static (double Low, double High) Limits(double[] values, bool isSigned)
    {
        if (values.Length == 0)
        {
            return (-1, 1);
        }

        var (low, high) = (values.Min(), values.Max());
        if (isSigned)
        {
            high = Math.Max(Math.Abs(low), Math.Abs(high));
            high = high > 0 ? 1.05 * high : 1;
            return (-high, high);
        }

        var pad = Math.Max(0.05 * (high - low), 0.5);
        return (low - pad, high + pad);
    }
}
