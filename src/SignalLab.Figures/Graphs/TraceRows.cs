using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>Draws a group's traces into their rows, with the scale at the right.</summary>
internal sealed class TraceRows(Sheet sheet, Recording recording, TimeScale time, TraceGroup leading, float lineMm)
{
    private const float LevelShare = 0.8f;
    private const float LimitsMm = 22;
    private const float LeastLimitMm = 1.7f;
    private readonly List<float> above = [];
    private readonly List<float> below = [];

    /// <summary>Draws one group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="area">Its rows.</param>
    /// <param name="traces">Traces by channel index, in the channels' units.</param>
    /// <param name="asked">Scale, or null for one that fits.</param>
    /// <param name="paper">Prefer the clinic's scale.</param>
    public void Draw(TraceGroup group, SKRect area, IReadOnlyDictionary<int, Trace> traces, Sensitivity? asked, bool paper)
    {
        var row = area.Height / group.Channels.Count;
        var values = group.Channels.ToDictionary(c => c, c => InUnit(traces[c].Sorted(), recording.Channels[c].Unit, group.Unit));
        var aboutZero = recording.Evoked is not null;
        var fitting = group.Fitting(group.Channels.Where(c => !recording.Channels[c].IsBad).Select(c => values[c]), row, aboutZero);
        var shared = group.IsLevel ? null : asked ?? (paper ? group.Habit(fitting) : null) ?? fitting;
        sheet.Canvas.Save();
        sheet.Canvas.ClipRect(new SKRect(time.Plot.Left, time.Plot.Top, time.Plot.Right, time.Plot.Bottom));
        for (var i = 0; i < group.Channels.Count; i++)
        {
            var channel = group.Channels[i];
            if (values[channel] is { Length: > 0 } sorted)
            {
                var middle = area.Top + ((i + 0.5f) * row);
                var (centre, perMm) = shared is null ? Limits(sorted, row) : (aboutZero ? 0 : sorted[sorted.Length / 2], group.Unit.Equals(shared.Unit) ? shared.PerMm : shared.Unit.Convert(shared.PerMm, group.Unit));
                if (aboutZero && shared is not null)
                {
                    sheet.Line(time.Plot.Left, middle, time.Plot.Right, middle, Style.Guide, Style.HairMm);
                }

                var (factor, offset) = recording.Channels[channel].Unit.To(group.Unit);
                var mmPerUnit = (group.NegativeUp ? 1 : -1) / perMm;
                Draw(traces[channel], v => middle + (float)Math.Clamp(((v * factor) + offset - centre) * mmPerUnit, -1e4, 1e4), ColourOf(group, channel));
            }
        }

        sheet.Canvas.Restore();
        if (shared is null)
        {
            DrawLimits(group, area, values);
        }
        else
        {
            DrawScale(group, area, shared);
        }
    }

    private void Draw(Trace trace, Func<double, float> y, SKColor colour)
    {
        using var path = new SKPath();
        foreach (var stretch in trace.Stretches)
        {
            path.MoveTo(time.X(stretch[0].Seconds), y(stretch[0].Value));
            foreach (var (seconds, value) in stretch.Skip(1))
            {
                var point = new SKPoint(time.X(seconds), y(value));
                path.LineTo(point);
                if (point.Y < time.Plot.Top || point.Y > time.Plot.Bottom)
                {
                    (point.Y < time.Plot.Top ? above : below).Add(point.X);
                }
            }

            if (stretch.Count == 1)
            {
                path.LineTo(time.X(stretch[0].Seconds) + lineMm, y(stretch[0].Value));
            }
        }

        sheet.Stroke(path, colour, lineMm);
    }

    /// <summary>Ticks outside the frame wherever a trace goes beyond it: what is cut off is not hidden.</summary>
    public void DrawOverflow()
    {
        foreach (var x in EventLanes.Thinned(above.Where(x => x >= time.Plot.Left && x <= time.Plot.Right), 0.5f))
        {
            sheet.Line(x, time.Plot.Top - 0.7f, x, time.Plot.Top, Style.Mark, 0.35f);
        }

        foreach (var x in EventLanes.Thinned(below.Where(x => x >= time.Plot.Left && x <= time.Plot.Right), 0.5f))
        {
            sheet.Line(x, time.Plot.Bottom, x, time.Plot.Bottom + 0.7f, Style.Mark, 0.35f);
        }
    }

    private SKColor ColourOf(TraceGroup group, int channel) => recording.Channels[channel].IsBad
        ? new SKColor(0xa0, 0xa0, 0xa0)
        : group.Kind switch
        {
            _ when group == leading => Style.Ink,
            ChannelKind.Ecg => Style.Series[1],
            ChannelKind.Eog => Style.Series[0],
            ChannelKind.Emg => Style.Series[2],
            ChannelKind.Grad => Style.Series[0],
            _ when group.IsLevel || group.Kind is ChannelKind.Resp or ChannelKind.Pleth or ChannelKind.Sound => new SKColor(0x00, 0x58, 0x8a),
            _ => Style.Ink,
        };

    private static double[] InUnit(double[] sorted, Unit from, Unit to)
    {
        var (factor, offset) = from.To(to);
        return factor == 1 && offset == 0 ? sorted : [.. sorted.Select(v => (v * factor) + offset)];
    }

    private static (double Centre, double PerMm) Limits(double[] sorted, float row)
    {
        var range = sorted[^1] - sorted[0];
        return (sorted[0] + (range / 2), range > 0 ? range / (LevelShare * row) : 1);
    }

    private void DrawScale(TraceGroup group, SKRect area, Sensitivity scale)
    {
        var limit = MathF.Min(12, area.Height - 1) * scale.PerMm;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(limit)));
        var amount = limit / decade >= 5 ? 5 * decade : limit / decade >= 2 ? 2 * decade : decade;
        var length = (float)(amount / scale.PerMm);
        var (x, middle) = (time.Plot.Right + 2.5f, area.MidY);
        sheet.Line(x, middle - (length / 2), x, middle + (length / 2), Style.Ink, 0.35f);
        string[] lines = [PlainText.Of(amount, scale.Unit) + (scale.Unit.IsKnown ? "" : " (unit?)"), scale.ToString(), group.Name, group.NegativeUp ? "negative up" : "positive up"];
        var shown = area.Height >= 11.5f ? lines : [lines[0], lines[1], group.NegativeUp ? group.Name + " neg. up" : group.Name + " pos. up"];
        var style = Style.Small with { Upright = Upright.Middle };
        for (var i = 0; i < shown.Length; i++)
        {
            sheet.Text(Sheet.Elide(shown[i], 21, style), x + 1.5f, middle + ((i - ((shown.Length - 1) / 2f)) * 2.9f), i == 0 ? style : style with { Colour = Style.Muted });
        }
    }

    // So many that a small range about a large value is told to a hundredth of it.
    private static int DigitsFor(double low, double high) =>
        high > low ? (int)Math.Clamp(2 + Math.Ceiling(Math.Log10(Math.Max(Math.Abs(low), Math.Abs(high)) / (high - low))), 4, 8) : 4;

    private void DrawLimits(TraceGroup group, SKRect area, Dictionary<int, double[]> values)
    {
        var row = area.Height / group.Channels.Count;
        for (var i = 0; i < group.Channels.Count; i++)
        {
            if (values[group.Channels[i]] is not { Length: > 0 } sorted || row < 3)
            {
                continue;
            }

            var (x, middle, half) = (time.Plot.Right + 1, area.Top + ((i + 0.5f) * row), sorted[^1] > sorted[0] ? LevelShare * row / 2 : 0);
            sheet.Line(x, middle - half, x, middle + half, Style.Muted, Style.HairMm);
            sheet.Line(x, middle - half, x + 0.8f, middle - half, Style.Muted, Style.HairMm);
            sheet.Line(x, middle + half, x + 0.8f, middle + half, Style.Muted, Style.HairMm);
            var shown = DisplayUnit.For(group.Unit, Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1])));
            var digits = DigitsFor(sorted[0], sorted[^1]);
            var (low, high, unit) = (PlainText.Of(group.Unit.Convert(sorted[0], shown), digits), PlainText.Of(group.Unit.Convert(sorted[^1], shown), digits), PlainText.Of(shown));
            var style = Style.Small with { Upright = Upright.Middle, Colour = Style.Muted };

            // Two lines need a row that keeps them apart from each other and from the neighbours' lines; else both limits share one.
            if (half == 0 || row < 2.4f * style.LineMm)
            {
                var text = (half == 0 ? low : $"{low} … {high}") + (unit.Length > 0 ? " " + unit : "");
                style = style with { SizeMm = MathF.Max(LeastLimitMm, MathF.Min(style.SizeMm, style.SizeMm * LimitsMm / Sheet.Width(text, style))) };
                sheet.Text(Sheet.Elide(text, LimitsMm, style), x + 1.4f, middle, style);
                continue;
            }

            sheet.Text(Sheet.Elide($"{high} {unit}", LimitsMm, style), x + 1.4f, middle - half + 0.5f, style);
            sheet.Text(Sheet.Elide($"{low} {unit}", LimitsMm, style), x + 1.4f, middle + half - 0.5f, style);
        }
    }
}
