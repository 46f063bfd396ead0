using SignalLab.Figures.Graphs;
using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>Marks of beats and waves: below the traces in a strip of their own, so that they hide none, and as ticks on one lead's trace.</summary>
internal sealed class EcgMarks(EcgSheetOptions options)
{
    private const float BeatsMm = 5;
    private const float WavesMm = 4.6f;
    private const float TickFromMm = 0.6f;
    private const float TickToMm = 2.2f;
    private static readonly TextStyle Letters = Style.Small with { Across = Across.Centre, Upright = Upright.Middle, Colour = Style.Mark, Bold = true };
    private static readonly TextStyle Names = Style.Note with { Across = Across.Centre, Upright = Upright.Top };

    private readonly BeatMark[] beats = [.. options.Beats.OrderBy(b => b.Seconds)];
    private readonly WaveSpan[] spans = [.. options.Waves.Where(w => w.Channel is null).OrderBy(w => w.OnsetSeconds ?? w.EndSeconds)];
    private readonly ILookup<int, WaveSpan> onTraces = options.Waves.Where(w => w.Channel is not null).ToLookup(w => w.Channel!.Value);

    /// <summary>Height of the strip; 0 where nothing is to be marked.</summary>
    public float HeightMm => (beats.Length > 0 ? BeatsMm : 0) + (spans.Length > 0 ? WavesMm : 0);

    /// <summary>Colour of a wave's marks.</summary>
    public static SKColor ColourOf(string wave) => wave switch { "P" => Style.Series[0], "QRS" => Style.Series[1], "T" => Style.Series[2], _ => Style.Ink };

    /// <summary>Marks a cell's stretch of time in the strip below.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="top">Upper edge of the strip, mm.</param>
    public void DrawStrip(Sheet sheet, EcgCell cell, float top)
    {
        var time = new TimeScale(cell.Area, cell.FromSeconds, options.SpeedMmPerSecond);
        if (beats.Length > 0)
        {
            DrawBeats(sheet, cell, time, top);
        }

        DrawSpans(sheet, cell, time, top + (beats.Length > 0 ? BeatsMm : 0));
    }

    /// <summary>Ticks the ends of the waves that were delineated in the cell's lead, above and below the trace.</summary>
    public void DrawOnTrace(Sheet sheet, EcgCell cell)
    {
        var time = new TimeScale(cell.Area, cell.FromSeconds, options.SpeedMmPerSecond);
        foreach (var wave in onTraces[cell.Channel])
        {
            foreach (var seconds in new[] { wave.OnsetSeconds, wave.EndSeconds }.OfType<double>().Where(s => s >= cell.FromSeconds && s < cell.ToSeconds))
            {
                var x = time.X(seconds);
                if (HeightAt(cell.Trace, x) is { } y)
                {
                    y += cell.BaselineMm;
                    sheet.Line(x, y - TickToMm, x, y - TickFromMm, ColourOf(wave.Wave), Style.TraceMm);
                    sheet.Line(x, y + TickFromMm, x, y + TickToMm, ColourOf(wave.Wave), Style.TraceMm);
                }
            }
        }
    }

    // N is a tick alone; another class has its letter above the tick.
    private void DrawBeats(Sheet sheet, EcgCell cell, TimeScale time, float top)
    {
        var free = float.NegativeInfinity;
        foreach (var beat in beats.Where(b => b.Seconds >= cell.FromSeconds && b.Seconds < cell.ToSeconds))
        {
            var x = time.X(beat.Seconds);
            sheet.Line(x, top + BeatsMm - 1.9f, x, top + BeatsMm - 0.3f, Style.Mark, Style.LineMm);
            var half = Sheet.Width(beat.Class, Letters) / 2;
            if (beat.Class is not ("" or "N") && x - half > Math.Max(free, cell.Area.Left - 1) && x + half < cell.Area.Right + 1)
            {
                sheet.Text(beat.Class, x, top + 1.6f, Letters);
                free = x + half + 0.5f;
            }
        }
    }

    // A bracket from onset to end with the wave's name below; where an end is not known the bracket has no foot there.
    private void DrawSpans(Sheet sheet, EcgCell cell, TimeScale time, float top)
    {
        var free = float.NegativeInfinity;
        foreach (var wave in spans)
        {
            var (onset, end) = (wave.OnsetSeconds ?? wave.EndSeconds, wave.EndSeconds ?? wave.OnsetSeconds);
            if (onset is not { } from || end is not { } to || from < cell.FromSeconds || to >= cell.ToSeconds)
            {
                continue;
            }

            var (left, right, y, colour) = (time.X(from), time.X(to), top + 1.7f, ColourOf(wave.Wave));
            sheet.Line(left, y, right, y, colour, Style.LineMm);
            if (wave.OnsetSeconds is not null)
            {
                sheet.Line(left, y - 1.4f, left, y + 0.1f, colour, Style.TraceMm);
            }

            if (wave.EndSeconds is not null)
            {
                sheet.Line(right, y - 1.4f, right, y + 0.1f, colour, Style.TraceMm);
            }

            var (middle, half) = ((left + right) / 2, Sheet.Width(wave.Wave, Names) / 2);
            if (middle - half > Math.Max(free, cell.Area.Left - 1) && middle + half < cell.Area.Right)
            {
                sheet.Text(wave.Wave, middle, y + 0.5f, Names with { Colour = colour });
                free = middle + half + 0.4f;
            }
        }
    }

    private static float? HeightAt(IReadOnlyList<SKPoint[]> trace, float x)
    {
        foreach (var stretch in trace.Where(s => s.Length > 0 && s[0].X <= x && s[^1].X >= x))
        {
            var (low, high) = (0, stretch.Length - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = stretch[middle].X < x ? (middle + 1, high) : (low, middle);
            }

            return stretch[low].Y;
        }

        return null;
    }
}
