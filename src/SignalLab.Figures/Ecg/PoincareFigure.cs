using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>A pair of successive beat intervals.</summary>
/// <param name="RrMs">An interval, ms.</param>
/// <param name="NextMs">The one after it, ms.</param>
/// <param name="IsNormal">Both lie between normal beats; others are drawn apart and belong to no ellipse.</param>
public readonly record struct RrPair(double RrMs, double NextMs, bool IsNormal = true);

/// <summary>
/// Every beat interval against the next, with the line of identity and the ellipse of SD1 (across it) and SD2 (along it) about the mean of the normal pairs.
/// Source: Brennan, Palaniswami and Kamen, "Do existing measures of Poincaré plot geometry reflect nonlinear features of heart rate variability?", IEEE TBME 48 (2001).
/// </summary>
public sealed class PoincareFigure : Figure
{
    private const float PlotMm = 80;
    private const float KeyMm = 40;
    private const int MostDots = 4000;
    private const float CellMm = 0.5f;
    private const double OddShare = 0.002;
    private const double FarTimes = 2;

    private readonly RrPair[] pairs;
    private readonly double? sd1Ms;
    private readonly double? sd2Ms;

    /// <summary>A plot of pairs.</summary>
    /// <param name="pairs">The pairs, none across a gap; those that are not finite or not positive are left out.</param>
    /// <param name="sd1Ms">SD1 in ms, or null for no ellipse.</param>
    /// <param name="sd2Ms">SD2 in ms, or null for no ellipse.</param>
    public PoincareFigure(IReadOnlyList<RrPair> pairs, double? sd1Ms = null, double? sd2Ms = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        this.pairs = [.. pairs.Where(p => double.IsFinite(p.RrMs) && double.IsFinite(p.NextMs) && p.RrMs > 0 && p.NextMs > 0)];
        (this.sd1Ms, this.sd2Ms) = (sd1Ms, sd2Ms);
        Title = "Poincaré plot of beat intervals";
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(PlotFrame.LeftMm + PlotMm + KeyMm, PlotMm + PlotFrame.BottomMm + 1);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var side = Math.Min(body.Width - PlotFrame.LeftMm - KeyMm, body.Height - PlotFrame.BottomMm - 1);
        var (limits, outside) = Limits();
        var plot = new PlotFrame(SKRect.Create(body.Left + PlotFrame.LeftMm, body.Top + 1, side, side), limits, limits);
        plot.DrawUpright(sheet, "Next RR interval (ms)", 7);
        plot.DrawAcross(sheet, "RR interval (ms)", 7);
        plot.Draw(sheet, () =>
        {
            sheet.Dashes(plot.X(limits.Low), plot.Y(limits.Low), plot.X(limits.High), plot.Y(limits.High), Style.Muted, Style.TraceMm, 1.2f);
            DrawDots(sheet, plot, [.. pairs.Where(p => !p.IsNormal)], Style.Series[1]);
            DrawDots(sheet, plot, [.. pairs.Where(p => p.IsNormal)], Style.Series[0]);
            DrawEllipse(sheet, plot);
        });
        DrawKey(sheet, plot.Frame.Right + 3, plot.Frame.Top + 2, outside);
    }

    // A few intervals over a long pause would press all others together: they are counted instead.
    private ((double Low, double High) Limits, int Outside) Limits()
    {
        if (pairs.Length == 0)
        {
            return ((400, 1200), 0);
        }

        double[] sorted = [.. pairs.SelectMany(p => new[] { p.RrMs, p.NextMs }).Order()];
        var odd = (int)(OddShare * sorted.Length);
        var (low, high) = (sorted[odd], sorted[sorted.Length - 1 - odd]);
        var pad = Math.Max(50, 0.08 * (high - low));
        if (sorted[^1] - sorted[0] <= FarTimes * (high - low))
        {
            (low, high) = (sorted[0], sorted[^1]);
        }

        (low, high) = (Math.Max(0, low - pad), high + pad);
        return ((low, high), pairs.Count(p => Math.Min(p.RrMs, p.NextMs) < low || Math.Max(p.RrMs, p.NextMs) > high));
    }

    private static void DrawDots(Sheet sheet, PlotFrame plot, RrPair[] shown, SKColor colour)
    {
        if (shown.Length <= MostDots)
        {
            using var dots = new SKPath();
            foreach (var pair in shown)
            {
                dots.AddCircle(plot.X(pair.RrMs), plot.Y(pair.NextMs), shown.Length > 500 ? 0.28f : 0.45f);
            }

            sheet.Fill(dots, colour.WithAlpha(0xa0));
            return;
        }

        // So many that they cover each other: the darker a place, the more pairs it holds.
        var cells = shown.GroupBy(p => ((int)(plot.X(p.RrMs) / CellMm), (int)(plot.Y(p.NextMs) / CellMm))).Select(g => (g.Key, Count: g.Count())).ToList();
        var most = Math.Log(1 + cells.Max(c => c.Count));
        foreach (var ((x, y), count) in cells)
        {
            sheet.Fill(SKRect.Create(x * CellMm, y * CellMm, CellMm, CellMm), colour.WithAlpha((byte)(60 + (195 * Math.Log(1 + count) / most))));
        }
    }

    private void DrawEllipse(Sheet sheet, PlotFrame plot)
    {
        var normal = pairs.Where(p => p.IsNormal).ToArray();
        if (normal.Length < 2 || sd1Ms is not { } across || sd2Ms is not { } along)
        {
            return;
        }

        var (cx, cy) = (normal.Average(p => p.RrMs), normal.Average(p => p.NextMs));
        using var ellipse = new SKPath();
        for (var i = 0; i <= 120; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / 120);
            var (u, v) = (along * cos / Math.Sqrt(2), across * sin / Math.Sqrt(2));
            var point = new SKPoint(plot.X(cx + u - v), plot.Y(cy + u + v));
            if (i == 0)
            {
                ellipse.MoveTo(point);
            }
            else
            {
                ellipse.LineTo(point);
            }
        }

        sheet.Stroke(ellipse, Style.Ink, 0.35f);
        var (d2, d1) = (along / Math.Sqrt(2), across / Math.Sqrt(2));
        sheet.Line(plot.X(cx), plot.Y(cy), plot.X(cx + d2), plot.Y(cy + d2), Style.Ink, Style.LineMm);
        sheet.Line(plot.X(cx), plot.Y(cy), plot.X(cx - d1), plot.Y(cy + d1), Style.Ink, Style.LineMm);
    }

    private void DrawKey(Sheet sheet, float left, float top, int outside)
    {
        var normal = pairs.Count(p => p.IsNormal);
        (string Text, SKColor Colour)[] lines =
        [
            (FormattableString.Invariant($"{normal} {(pairs.Length > normal ? "normal pairs" : "pairs")}"), Style.Series[0]),
            (pairs.Length > normal ? FormattableString.Invariant($"{pairs.Length - normal} with ectopic beats") : "", Style.Series[1]),
            (sd1Ms is { } a ? $"SD1 {PlainText.Of(a, 3)} ms" : "SD1 not measurable", Style.Ink),
            (sd2Ms is { } b ? $"SD2 {PlainText.Of(b, 3)} ms" : "SD2 not measurable", Style.Ink),
            (sd1Ms is { } c && sd2Ms is { } d && d > 0 ? $"SD1/SD2 {PlainText.Of(c / d, 3)}" : "", Style.Ink),
            ("dashed: line of identity", Style.Muted),
            (outside > 0 ? FormattableString.Invariant($"{outside} pairs outside") : "", Style.Muted),
        ];
        foreach (var (text, colour) in lines.Where(l => l.Text.Length > 0))
        {
            sheet.Text(Sheet.Elide(text, KeyMm - 3, Style.Small), left, top, Style.Small with { Colour = colour, Upright = Upright.Middle });
            top += 4;
        }
    }
}
