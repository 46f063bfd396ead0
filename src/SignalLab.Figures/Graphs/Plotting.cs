using ScottPlot;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>ScottPlot in this house's look, drawn onto a sheet in millimetres.</summary>
internal static class Plotting
{
    /// <summary>A pixel of ScottPlot on paper.</summary>
    public const float PixelMm = 25.4f / 96;

    static Plotting()
    {
        Fonts.FontResolvers.Insert(0, new BundledFont());
        Fonts.Default = Typeface.Family;
        Fonts.Sans = Typeface.Family;
    }

    /// <summary>An empty plot with axis titles.</summary>
    public static Plot New(string xTitle, string yTitle)
    {
        var plot = new Plot();

        // The canvas is a sheet that holds more than this plot.
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Color(ColourOf(Style.Ink));
        plot.Grid.MajorLineColor = ColourOf(Style.Guide);
        plot.Grid.MajorLineWidth = Style.HairMm / PixelMm;
        plot.Legend.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.FrameLineStyle.Width = Style.LineMm / PixelMm;
            axis.MajorTickStyle.Width = Style.LineMm / PixelMm;
            axis.MinorTickStyle.Width = Style.HairMm / PixelMm;
            axis.TickLabelStyle.FontName = Typeface.Family;
            axis.TickLabelStyle.FontSize = Style.Small.SizeMm / PixelMm;
            axis.TickLabelStyle.SubpixelText = true;
        }

        foreach (var axis in new ScottPlot.AxisPanels.AxisBase[] { (ScottPlot.AxisPanels.AxisBase)plot.Axes.Bottom, (ScottPlot.AxisPanels.AxisBase)plot.Axes.Left })
        {
            axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = value => PlainText.Of(value, 6) };
        }

        foreach (var (label, text) in new[] { (plot.Axes.Bottom.Label, xTitle), (plot.Axes.Left.Label, yTitle) })
        {
            label.Text = Typeface.OneLine(text);
            label.FontName = Typeface.Family;
            label.FontSize = Style.Label.SizeMm / PixelMm;
            label.Bold = false;
            label.ForeColor = ColourOf(Style.Ink);
            label.SubpixelText = true;
        }

        plot.Axes.AntiAlias(true);
        return plot;
    }

    /// <summary>Draws a plot into a rectangle of the sheet.</summary>
    public static void Draw(Sheet sheet, SKRect area, Plot plot)
    {
        // A plot's first rendering draws everything twice, once to find its layout: that one goes nowhere.
        var place = new PixelRect(0, area.Width / PixelMm, area.Height / PixelMm, 0);
        using var nowhere = new SKNWayCanvas((int)place.Width + 1, (int)place.Height + 1);
        plot.Render(nowhere, place);
        sheet.Canvas.Save();
        sheet.Canvas.Translate(area.Left, area.Top);
        sheet.Canvas.Scale(PixelMm);
        plot.Render(sheet.Canvas, place);
        sheet.Canvas.Restore();
    }

    /// <summary>A line that is interrupted where a value is no number.</summary>
    public static void AddLine(Plot plot, IReadOnlyList<double> xs, IReadOnlyList<double> ys, SKColor colour, float widthMm, float markerMm)
    {
        for (var i = 0; i < ys.Count;)
        {
            var first = i;
            while (i < ys.Count && double.IsFinite(ys[i]) && double.IsFinite(xs[i]))
            {
                i++;
            }

            if (i > first)
            {
                var line = plot.Add.Scatter([.. xs.Skip(first).Take(i - first)], (double[])[.. ys.Skip(first).Take(i - first)]);
                line.Color = ColourOf(colour);
                line.LineWidth = widthMm / PixelMm;
                line.MarkerSize = (i - first == 1 ? MathF.Max(markerMm, 0.8f) : markerMm) / PixelMm;
            }

            i = Math.Max(i + 1, first + 1);
        }
    }

    /// <summary>Common unit of several series.</summary>
    /// <exception cref="UnfitInputException">There is none, or their units or axes measure different things.</exception>
    public static (Unit Unit, Axis Axis) Common(IReadOnlyList<Series> series)
    {
        if (series.Count == 0)
        {
            throw new UnfitInputException("A graph needs at least one series.");
        }

        var (unit, axis) = (series[0].Unit, series[0].Axis);
        foreach (var other in series)
        {
            if (!other.Unit.ConvertsTo(unit) || other.Axis.Kind != axis.Kind || !other.Axis.Unit.ConvertsTo(axis.Unit))
            {
                throw new UnfitInputException($"'{series[0].Name}' ({PlainText.Of(unit)}) and '{other.Name}' ({PlainText.Of(other.Unit)}) do not share axes: draw them apart.");
            }
        }

        return (unit, axis);
    }

    /// <summary>Values in another unit.</summary>
    public static double[] In(Unit unit, IReadOnlyList<double> values, Unit from)
    {
        var (factor, offset) = from.To(unit);
        return [.. values.Select(v => (v * factor) + offset)];
    }

    public static Color ColourOf(SKColor colour) => new(colour.Red, colour.Green, colour.Blue, colour.Alpha);

    private sealed class BundledFont : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            CreateTypeface(fontName, weight >= FontWeight.SemiBold, slant != FontSlant.Upright);

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
            fontName == Typeface.Family ? (bold ? Typeface.Bold : Typeface.Regular) : null;
    }
}
