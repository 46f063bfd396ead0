using SkiaSharp;

namespace SignalLab.Figures.Colour;

/// <summary>The key to the colours: every colour with its value, round numbers, quantity and unit, what is not drawn hatched, arrows where values go beyond the limits.</summary>
public static class ColourBar
{
    private const float BarMm = 4;
    private const float TickMm = 1;
    private const float GapMm = 0.8f;
    private const float CaptionGapMm = 1.5f;
    private const float ArrowMm = 2.6f;
    private const int StripPixels = 512;

    /// <summary>Width a bar takes with its numbers and caption, in mm.</summary>
    /// <param name="scale">What it explains.</param>
    /// <param name="heightMm">Height it will have.</param>
    public static float WidthMm(ColourScale scale, float heightMm)
    {
        ArgumentNullException.ThrowIfNull(scale);
        var numbers = Ticks(scale, heightMm).Max(t => Sheet.Width(t.Text, Style.Small));
        return BarMm + TickMm + GapMm + numbers + CaptionGapMm + Style.Label.LineMm;
    }

    /// <summary>Values and texts of the numbers beside a bar.</summary>
    /// <param name="scale">What it explains.</param>
    /// <param name="heightMm">Height of the bar.</param>
    internal static IReadOnlyList<(double Value, string Text)> Ticks(ColourScale scale, float heightMm)
    {
        // Limits just short of a round number would leave one tick alone: then closer ones are taken.
        var most = Math.Clamp((int)(heightMm / 5), 3, 9);
        most += RoundTicks.Between(scale.Low, scale.High, most).Length < 3 ? 2 : 0;
        var step = RoundTicks.Step(scale.Low, scale.High, most);
        var ticks = RoundTicks.Between(scale.Low, scale.High, most).Select(v => (Value: v, Text: RoundTicks.Text(v, step))).ToList();
        if (scale.Threshold is { } threshold)
        {
            // The threshold is always named; a round number that would touch it gives way.
            foreach (var mark in scale.Map.IsDiverging ? (double[])[-threshold, threshold] : [threshold])
            {
                if (mark > scale.Low && mark < scale.High)
                {
                    ticks.RemoveAll(t => Math.Abs(t.Value - mark) / (scale.High - scale.Low) * heightMm < Style.Small.LineMm);
                    ticks.Add((mark, PlainText.Of(mark, 3)));
                }
            }
        }

        return [.. ticks.OrderBy(t => t.Value)];
    }

    /// <summary>Draws the bar upright.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="place">Where: the bar stands at its left edge and fills its height.</param>
    /// <param name="scale">What it explains.</param>
    /// <param name="lines">Values of contour lines, marked across the bar.</param>
    public static void Draw(Sheet sheet, SKRect place, ColourScale scale, IReadOnlyList<double>? lines = null)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(scale);
        var bar = SKRect.Create(
            place.Left, place.Top + (scale.ExceedsHigh ? ArrowMm : 0), BarMm, place.Height - (scale.ExceedsHigh ? ArrowMm : 0) - (scale.ExceedsLow ? ArrowMm : 0));
        float Y(double value) => (float)(bar.Bottom - ((value - scale.Low) / (scale.High - scale.Low) * bar.Height));

        DrawColours(sheet, bar, scale);
        DrawUndrawn(sheet, bar, scale, Y);
        foreach (var line in lines ?? [])
        {
            sheet.Line(bar.Left, Y(line), bar.Right, Y(line), scale.InkOn(line), Style.HairMm);
        }

        sheet.Outline(bar, Style.Ink, Style.HairMm * 1.5f);
        DrawArrow(sheet, scale.ExceedsHigh, bar.Top, -ArrowMm, bar, scale.Map.At(1));
        DrawArrow(sheet, scale.ExceedsLow, bar.Bottom, ArrowMm, bar, scale.Map.At(0));

        var widest = 0f;
        foreach (var (value, text) in Ticks(scale, bar.Height))
        {
            sheet.Line(bar.Right, Y(value), bar.Right + TickMm, Y(value), Style.Ink, Style.HairMm * 1.5f);
            sheet.Text(text, bar.Right + TickMm + GapMm, Y(value), Style.Small with { Upright = Upright.Middle });
            widest = Math.Max(widest, Sheet.Width(text, Style.Small));
        }

        var caption = Sheet.Elide(Caption(scale), place.Height, Style.Label);
        sheet.Text(caption, bar.Right + TickMm + GapMm + widest + CaptionGapMm, place.MidY, Style.Label with { TurnDegrees = 90, Across = Across.Centre, Upright = Upright.Bottom });
    }

    /// <summary>What the bar's numbers are, with their unit.</summary>
    /// <param name="scale">The scale.</param>
    internal static string Caption(ColourScale scale) => PlainText.Titled(scale.Quantity, scale.Unit);

    private static void DrawColours(Sheet sheet, SKRect bar, ColourScale scale)
    {
        using var strip = new SKBitmap(new SKImageInfo(8, StripPixels, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var y = 0; y < StripPixels; y++)
        {
            var colour = scale.Map.At(1 - ((y + 0.5) / StripPixels));
            for (var x = 0; x < strip.Width; x++)
            {
                strip.SetPixel(x, y, colour);
            }
        }

        using var image = SKImage.FromBitmap(strip);
        sheet.Canvas.DrawImage(image, bar, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private static void DrawUndrawn(Sheet sheet, SKRect bar, ColourScale scale, Func<double, float> y)
    {
        if (scale.Threshold is not { } threshold)
        {
            return;
        }

        var from = Math.Max(scale.Low, scale.Map.IsDiverging ? -threshold : scale.Low);
        var to = Math.Min(scale.High, threshold);
        if (to <= from)
        {
            return;
        }

        var hatched = new SKRect(bar.Left, y(to), bar.Right, y(from));
        sheet.Fill(hatched, Style.Shade);
        sheet.Canvas.Save();
        sheet.Canvas.ClipRect(hatched);
        for (var at = hatched.Top - BarMm; at < hatched.Bottom; at += 1.1f)
        {
            sheet.Line(hatched.Left, at + BarMm, hatched.Right, at, Style.Muted, Style.HairMm);
        }

        sheet.Canvas.Restore();
        sheet.Outline(hatched, Style.Muted, Style.HairMm);
    }

    private static void DrawArrow(Sheet sheet, bool wanted, float edge, float length, SKRect bar, SKColor colour)
    {
        if (!wanted)
        {
            return;
        }

        using var arrow = new SKPath();
        arrow.MoveTo(bar.Left, edge);
        arrow.LineTo(bar.Right, edge);
        arrow.LineTo(bar.MidX, edge + length);
        arrow.Close();
        sheet.Fill(arrow, colour);
        sheet.Stroke(arrow, Style.Ink, Style.HairMm * 1.5f);
    }
}
