using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>A beat with the interval that ends at it.</summary>
/// <param name="Seconds">Real time of the beat since the recording's first sample.</param>
/// <param name="RrMs">Interval since the beat before, ms; NaN after a gap and for the first.</param>
/// <param name="Class">Its class (N S V F Q), or empty where beats were not classified.</param>
public readonly record struct TachogramBeat(double Seconds, double RrMs, string Class);

/// <summary>Beat intervals over time, each beat in the colour and shape of its class.</summary>
public sealed class TachogramFigure : Figure
{
    private const float WidthMm = 174;
    private const float PlotMm = 45;
    private const float KeyMm = 34;
    private const float ColumnMm = 0.2f;

    private readonly IReadOnlyList<TachogramBeat> beats;
    private readonly DateTime? start;

    /// <summary>A tachogram.</summary>
    /// <param name="beats">The beats in order of time.</param>
    /// <param name="start">Wall clock at the recording's first sample, or null.</param>
    public TachogramFigure(IReadOnlyList<TachogramBeat> beats, DateTime? start = null)
    {
        ArgumentNullException.ThrowIfNull(beats);
        (this.beats, this.start) = (beats, start);
        Title = "Tachogram";
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(WidthMm, PlotMm + PlotFrame.BottomMm + 1);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var drawn = beats.Where(b => double.IsFinite(b.RrMs) && b.RrMs > 0).ToList();
        var (from, to) = beats.Count > 1 ? (beats[0].Seconds, beats[^1].Seconds) : (0, 10);
        var (low, high) = drawn.Count == 0 ? (400, 1200) : (drawn.Min(b => b.RrMs), drawn.Max(b => b.RrMs));
        var pad = Math.Max(40, 0.08 * (high - low));
        var frame = new SKRect(body.Left + PlotFrame.LeftMm, body.Top + 1, body.Right - KeyMm, body.Bottom - PlotFrame.BottomMm);
        var plot = new PlotFrame(frame, (from, Math.Max(to, from + 1)), (Math.Max(0, low - pad), high + pad));
        plot.DrawUpright(sheet, "RR interval (ms)", 6);
        var (ticks, title) = DayAxis.Of(from, Math.Max(to, from + 1), start, frame.Width);
        plot.DrawAcross(sheet, title, ticks);
        plot.Draw(sheet, () =>
        {
            DrawLine(sheet, plot);
            foreach (var symbol in BeatSymbol.All)
            {
                DrawBeats(sheet, plot, symbol, drawn);
            }
        });
        BeatSymbol.DrawKey(sheet, frame.Right + 3, frame.Top + 2, beats.GroupBy(b => BeatSymbol.Of(b.Class).Letter).ToDictionary(g => g.Key, g => g.Count()));
    }

    private void DrawLine(Sheet sheet, PlotFrame plot)
    {
        // Where beats are denser than the paper resolves, the dots alone show the band.
        if (beats.Count * ColumnMm > plot.Frame.Width)
        {
            return;
        }

        plot.Line(sheet, [.. beats.Select(b => b.Seconds)], [.. beats.Select(b => b.RrMs)], Style.Guide, Style.TraceMm);
    }

    private static void DrawBeats(Sheet sheet, PlotFrame plot, BeatSymbol symbol, List<TachogramBeat> drawn)
    {
        var radius = drawn.Count > 1000 ? 0.25f : drawn.Count > 200 ? 0.4f : 0.6f;
        radius *= symbol.Letter is "N" or "" ? 1 : 1.5f;
        var taken = new HashSet<(int, int)>();
        foreach (var beat in drawn.Where(b => BeatSymbol.Of(b.Class) == symbol))
        {
            // Dots on the same fifth of a millimetre are one.
            if (taken.Add(((int)(plot.X(beat.Seconds) / ColumnMm), (int)(plot.Y(beat.RrMs) / ColumnMm))))
            {
                symbol.Draw(sheet, plot.X(beat.Seconds), plot.Y(beat.RrMs), radius);
            }
        }
    }
}
