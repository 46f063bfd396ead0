using ScottPlot;

namespace SignalLab.Figures.Graphs;

/// <summary>A band's name at the top of its stretch, left out where it has no room.</summary>
internal sealed class BandLabel(string name, double low, double high) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        var (left, right) = (Axes.GetPixelX(low), Axes.GetPixelX(high));
        var style = Style.Small;
        if (Sheet.Width(name, style) / Plotting.PixelMm > right - left - 2)
        {
            return;
        }

        using var font = Typeface.Font(Typeface.Regular, style.SizeMm / Plotting.PixelMm);
        using var paint = new SkiaSharp.SKPaint { Color = Style.Muted, IsAntialias = true };
        rp.Canvas.DrawText(name, (left + right) / 2, rp.DataRect.Top + (1.2f * font.Size), SkiaSharp.SKTextAlign.Center, font, paint);
    }
}
