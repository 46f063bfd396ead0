using SignalLab.Figures.Colour;
using SignalLab.Figures.Maps;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Averages;

/// <summary>A statistic over sensors × latency as colours, what is significant outlined, and maps of it beside.</summary>
public sealed class SensorTimeFigure : Figure
{
    private const float PlotMm = 120;
    private const float NameMm = 16;
    private const float AxisMm = 9;
    private const float GapMm = 5;

    private readonly IReadOnlyList<string> labels;
    private readonly Axis latencies;
    private readonly IReadOnlyList<double> values;
    private readonly IReadOnlyList<int> regions;
    private readonly ColourScale scale;
    private readonly TopographicMapFigure? maps;
    private readonly string only;

    /// <summary>The statistic of every sensor at every latency.</summary>
    /// <param name="labels">Names of the sensors, top row first.</param>
    /// <param name="latencies">Latencies in seconds.</param>
    /// <param name="values">One sensor's values after the other's; NaN is left white.</param>
    /// <param name="regions">For each value the number of the outlined region it belongs to, 0 for none.</param>
    /// <param name="quantity">What the values are.</param>
    /// <param name="maps">Maps of the regions, drawn beside with colours of their own.</param>
    public SensorTimeFigure(IReadOnlyList<string> labels, Axis latencies, IReadOnlyList<double> values, IReadOnlyList<int> regions, string quantity, IReadOnlyList<Topography> maps)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(latencies);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, labels.Count * latencies.Length, nameof(values));
        ArgumentOutOfRangeException.ThrowIfNotEqual(regions.Count, values.Count, nameof(regions));
        (this.labels, this.latencies, this.values, this.regions) = (labels, latencies, values, regions);
        scale = ColourScale.Symmetric(values, Unit.One, quantity);
        only = maps.Count == 1 ? maps[0].Title : "";
        this.maps = maps.Count == 0 ? null : new TopographicMapFigure(maps, new TopographicMapOptions { Columns = 1, MapMm = 38 });
    }

    /// <inheritdoc/>
    protected override SKSize BodyMm
    {
        get
        {
            var rows = Math.Clamp(labels.Count * 2.6f, 45, 190);
            var height = Math.Max(rows + AxisMm, maps?.NeedsMm.Height ?? 0);
            return new(NameMm + PlotMm + GapMm + ColourBar.WidthMm(scale, Math.Min(rows, 70)) + (maps is null ? 0 : GapMm + maps.NeedsMm.Width), height);
        }
    }

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var plot = new SKRect(body.Left + NameMm, body.Top, body.Left + NameMm + PlotMm, body.Bottom - AxisMm);
        DrawColours(sheet, plot);
        DrawOutlines(sheet, plot);
        sheet.Outline(plot, Style.Ink);
        DrawNames(sheet, plot);
        DrawAxis(sheet, plot);
        var barHeight = Math.Min(plot.Height, 70);
        var barWidth = ColourBar.WidthMm(scale, barHeight);
        ColourBar.Draw(sheet, SKRect.Create(plot.Right + GapMm, plot.MidY - (barHeight / 2), barWidth, barHeight), scale);
        if (maps is not null)
        {
            // Several maps bear their own titles, one alone does not.
            var left = plot.Right + GapMm + barWidth + GapMm;
            sheet.Text(Sheet.Elide(only, maps.NeedsMm.Width, Style.Label), left, body.Top, Style.Label with { Upright = Upright.Top });
            var top = body.Top + (only.Length > 0 ? Style.Label.LineMm + 1 : 0);
            maps.DrawWithin(sheet, SKRect.Create(left, top, maps.NeedsMm.Width, Math.Min(maps.NeedsMm.Height, body.Bottom - top)));
        }
    }

    private void DrawColours(Sheet sheet, SKRect plot)
    {
        using var cells = new SKBitmap(new SKImageInfo(latencies.Length, labels.Count, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var i = 0; i < values.Count; i++)
        {
            cells.SetPixel(i % latencies.Length, i / latencies.Length, scale.ColourOf(values[i]) ?? Style.Paper);
        }

        using var image = SKImage.FromBitmap(cells);
        sheet.Canvas.DrawImage(image, plot, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    // A line wherever a point of a region borders on one of another, or on the edge.
    private void DrawOutlines(Sheet sheet, SKRect plot)
    {
        var (times, rows) = (latencies.Length, labels.Count);
        var (dx, dy) = (plot.Width / times, plot.Height / rows);
        using var path = new SKPath();
        for (var i = 0; i < values.Count; i++)
        {
            var (row, t) = (i / times, i % times);
            if (regions[i] == 0)
            {
                continue;
            }

            var cell = SKRect.Create(plot.Left + (t * dx), plot.Top + (row * dy), dx, dy);
            Border(t == 0 ? 0 : regions[i - 1], i, cell.Left, cell.Top, cell.Left, cell.Bottom);
            Border(t == times - 1 ? 0 : regions[i + 1], i, cell.Right, cell.Top, cell.Right, cell.Bottom);
            Border(row == 0 ? 0 : regions[i - times], i, cell.Left, cell.Top, cell.Right, cell.Top);
            Border(row == rows - 1 ? 0 : regions[i + times], i, cell.Left, cell.Bottom, cell.Right, cell.Bottom);
        }

        sheet.Stroke(path, Style.Ink, 0.3f);

        void Border(int other, int i, float x0, float y0, float x1, float y1)
        {
            if (other != regions[i])
            {
                path.MoveTo(x0, y0);
                path.LineTo(x1, y1);
            }
        }
    }

    private void DrawNames(Sheet sheet, SKRect plot)
    {
        var rowMm = plot.Height / labels.Count;
        var every = (int)Math.Ceiling(1.9f / rowMm);
        var style = Style.Small with { SizeMm = Math.Clamp(rowMm * every * 0.85f, 1.5f, 2.45f), Across = Across.Right, Upright = Upright.Middle };
        for (var row = 0; row < labels.Count; row += every)
        {
            sheet.Text(Sheet.Elide(labels[row], NameMm - 1.5f, style), plot.Left - 1, plot.Top + ((row + 0.5f) * rowMm), style);
        }
    }

    private void DrawAxis(Sheet sheet, SKRect plot)
    {
        var step = latencies.Length > 1 ? latencies.Values[1] - latencies.Values[0] : 1e-3;
        var (from, to) = (1000 * (latencies.Values[0] - (step / 2)), 1000 * (latencies.Values[^1] + (step / 2)));
        float X(double ms) => (float)(plot.Left + ((ms - from) / (to - from) * plot.Width));
        var apart = RoundTicks.Step(from, to, 8);
        foreach (var tick in RoundTicks.Between(from, to, 8))
        {
            sheet.Line(X(tick), plot.Bottom, X(tick), plot.Bottom + 1, Style.Ink);
            sheet.Text(RoundTicks.Text(tick, apart), X(tick), plot.Bottom + 1.6f, Style.Small with { Across = Across.Centre, Upright = Upright.Top });
        }

        if (from < 0 && to > 0)
        {
            sheet.Dashes(X(0), plot.Top, X(0), plot.Bottom, Style.Ink);
        }

        sheet.Text("Latency (ms)", plot.MidX, plot.Bottom + AxisMm - 0.5f, Style.Label with { Across = Across.Centre, Upright = Upright.Bottom });
    }
}
