using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>Where a time stands on the sheet.</summary>
internal readonly record struct TimeScale(SKRect Plot, double FromSeconds, double MmPerSecond)
{
    public double End => FromSeconds + (Plot.Width / MmPerSecond);

    public float X(double seconds) => (float)(Plot.Left + ((seconds - FromSeconds) * MmPerSecond));
}

/// <summary>The axis below traces: seconds, the wall clock where it is known, the speed.</summary>
internal static class TimeAxis
{
    public const float LabelApartMm = 16;

    public static void Draw(Sheet sheet, TimeScale time, DateTime? start, double? firstLatency, double mmPerSecond, int hiddenTexts)
    {
        var shift = firstLatency ?? 0;
        var step = TimeTicks.Step(time.MmPerSecond, LabelApartMm);
        var y = time.Plot.Bottom;
        sheet.Line(time.Plot.Left, y, time.Plot.Right, y, Style.Ink);
        var style = Style.Small with { Across = Across.Centre, Upright = Upright.Top };
        var (leftmost, clockEnd) = (time.Plot.Left - 3, float.NegativeInfinity);
        foreach (var t in TimeTicks.Between(time.FromSeconds + shift, time.End + shift, step / 5))
        {
            sheet.Line(time.X(t - shift), y, time.X(t - shift), y + 0.6f, Style.Ink, Style.HairMm);
        }

        foreach (var t in TimeTicks.Between(time.FromSeconds + shift, time.End + shift, step))
        {
            var x = time.X(t - shift);
            sheet.Line(x, y, x, y + 1.2f, Style.Ink);
            sheet.Text(TimeTicks.Seconds(t), x, y + 1.8f, style);
            if (start is not { } clock)
            {
                continue;
            }

            var text = TimeTicks.Clock(clock, t);
            var half = Sheet.Width(text, style) / 2;
            if (x - half > MathF.Max(clockEnd + 1.5f, leftmost - 4) && x + half < time.Plot.Right + 4)
            {
                sheet.Text(text, x, y + 4.9f, style with { Colour = Style.Muted });
                clockEnd = x + half;
            }
        }

        if (firstLatency is not null && time.X(-shift) is var zero && zero >= time.Plot.Left && zero <= time.Plot.Right)
        {
            sheet.Line(zero, time.Plot.Top, zero, y, Style.Muted, Style.LineMm);
        }

        var side = Style.Small with { Upright = Upright.Top };
        sheet.Text(firstLatency is null ? "time (s)" : "latency (s)", time.Plot.Right + 5, y + 1.8f, side);
        sheet.Text(PlainText.Of(mmPerSecond, 3) + " mm/s", time.Plot.Right + 5, y + 4.9f, side);
        if (hiddenTexts > 0)
        {
            sheet.Text(FormattableString.Invariant($"+{hiddenTexts} texts"), time.Plot.Right + 1, time.Plot.Top - 1, Style.Small with { Colour = Style.Mark });
        }
    }
}
