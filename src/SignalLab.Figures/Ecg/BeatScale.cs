using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>What the figures of averaged beats share: the limits of their voltage and their upright marks.</summary>
internal static class BeatScale
{
    private const double LeastMillivolts = 0.2;

    /// <summary>Limits that hold every value, with a margin.</summary>
    public static (double Low, double High) Millivolts(IEnumerable<double[]> rows)
    {
        var (low, high) = (0.0, 0.0);
        foreach (var value in rows.SelectMany(r => r).Where(double.IsFinite))
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        var pad = Math.Max(LeastMillivolts / 2, 0.06 * (high - low));
        return (low - pad, high + pad);
    }

    /// <summary>A mark over the whole height.</summary>
    public static void Upright(Sheet sheet, PlotFrame plot, double at, SKColor colour, bool isDashed)
    {
        var x = plot.X(at);
        if (isDashed)
        {
            sheet.Dashes(x, plot.Frame.Top, x, plot.Frame.Bottom, colour, Style.TraceMm, 1.2f);
        }
        else
        {
            sheet.Line(x, plot.Frame.Top, x, plot.Frame.Bottom, colour, Style.TraceMm);
        }
    }
}
