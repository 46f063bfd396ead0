using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>Scale and marks of a series graph.</summary>
public sealed record SeriesOptions
{
    /// <summary>What is measured, for the axis's title; empty for the series' own name.</summary>
    public string Quantity { get; init; } = "";

    /// <summary>Events along the axis: where, and their texts.</summary>
    public IReadOnlyList<(double At, string Text)> Marks { get; init; } = [];

    /// <summary>Limits of normal values, drawn as a band; null for none.</summary>
    public ReferenceRange? Reference { get; init; }

    /// <summary>Draw a point at each value; null for where they can be told apart.</summary>
    public bool? Points { get; init; }

    /// <summary>One colour a series; null for the usual ones.</summary>
    public IReadOnlyList<SKColor>? Colours { get; init; }

    /// <summary>Width of the plot with its axes.</summary>
    public float WidthMm { get; init; } = 160;

    /// <summary>Height of the plot with its axes.</summary>
    public float HeightMm { get; init; } = 60;
}

/// <summary>Values over one axis: a voxel's time course, a tachogram, a trend, an evoked response.</summary>
public sealed class SeriesGraph : Figure
{
    private const int MostPoints = 120;

    private readonly IReadOnlyList<Series> series;
    private readonly SeriesOptions options;
    private readonly Unit stored;
    private readonly Unit unit;
    private readonly Axis axis;

    /// <summary>A graph of series that share their axes.</summary>
    /// <param name="series">The series.</param>
    /// <param name="options">Scale and marks.</param>
    /// <exception cref="UnfitInputException">No series, or units or axes that measure different things.</exception>
    public SeriesGraph(IReadOnlyList<Series> series, SeriesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        this.series = series;
        this.options = options ?? new();
        (stored, axis) = Plotting.Common(series);
        unit = ShownUnit(series, stored);
        Title = series.Count == 1 ? series[0].Name : "";
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(options.WidthMm + (series.Count > 1 ? SeriesKey.WidthMm : 0), options.HeightMm);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var quantity = options.Quantity.Length > 0 ? options.Quantity : series.Count == 1 ? series[0].Name : "Value";
        var plot = Plotting.New(AxisTitle(), PlainText.Titled(quantity, unit));
        if (options.Reference is { } normal)
        {
            AddReference(plot, normal);
        }

        for (var i = 0; i < series.Count; i++)
        {
            var (colour, width) = SeriesKey.StyleOf(i, series.Count, options.Colours);
            var points = options.Points ?? (series[i].Values.Count <= MostPoints && series.Count <= SeriesKey.MostNamed);
            var (xs, ys) = WithGaps(Plotting.In(axis.Unit, series[i].Axis.Values, series[i].Axis.Unit), Plotting.In(unit, series[i].Values, series[i].Unit));
            Plotting.AddLine(plot, xs, ys, colour, width, points ? 1 : 0);
        }

        foreach (var (at, text) in options.Marks)
        {
            var line = plot.Add.VerticalLine(at);
            line.Color = Plotting.ColourOf(Style.Mark);
            line.LineWidth = Style.TraceMm / Plotting.PixelMm;
        }

        plot.Axes.Margins(0.02, 0.08);
        var lanes = options.Marks.Count > 0 ? EventLanes.LaneMm * 2 : 0;
        var area = new SKRect(body.Left, body.Top + lanes, body.Right - (series.Count > 1 ? SeriesKey.WidthMm : 0), body.Bottom);
        Plotting.Draw(sheet, area, plot);
        DrawMarkTexts(sheet, area, plot);
        if (series.Count > 1)
        {
            SeriesKey.Draw(sheet, body.Right - SeriesKey.WidthMm + 2, body.Top + lanes + 3, [.. series.Select(s => s.Name)], options.Colours);
        }
    }

    // Fields are read in femtotesla; of other units those stay whose numbers can be read as they are.
    private static Unit ShownUnit(IReadOnlyList<Series> series, Unit unit)
    {
        var largest = series.SelectMany(s => Plotting.In(unit, s.Values, s.Unit)).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var isField = unit.IsKnown && (unit.ConvertsTo(Unit.Tesla) || unit.ConvertsTo(Unit.TeslaPerMetre));
        return isField || largest is < 0.1 or >= 1e4 ? DisplayUnit.For(unit, largest) : unit;
    }

    private void AddReference(ScottPlot.Plot plot, ReferenceRange normal)
    {
        normal = normal with { Low = Shown(normal.Low), High = Shown(normal.High) };
        foreach (var limit in new[] { normal.Low, normal.High }.OfType<double>())
        {
            var line = plot.Add.HorizontalLine(limit);
            line.Color = Plotting.ColourOf(Style.Muted);
            line.LineWidth = Style.TraceMm / Plotting.PixelMm;
        }

        if (normal is { Low: { } low, High: { } high })
        {
            var span = plot.Add.VerticalSpan(low, high);
            span.FillStyle.Color = Plotting.ColourOf(Style.Ink.WithAlpha(0x0e));
            span.LineStyle.Width = 0;
        }
    }

    private double? Shown(double? limit) => limit is { } value ? stored.Convert(value, unit) : null;

    private void DrawMarkTexts(Sheet sheet, SKRect area, ScottPlot.Plot plot)
    {
        if (options.Marks.Count == 0)
        {
            return;
        }

        var data = plot.RenderManager.LastRender.DataRect;
        var limits = plot.Axes.GetLimits();
        var left = area.Left + (data.Left * Plotting.PixelMm);
        var width = data.Width * Plotting.PixelMm;
        var lanes = new EventLanes(options.Marks.Where(m => m.At >= limits.Left && m.At <= limits.Right).OrderBy(m => m.At).Select(m => ((float)((m.At - limits.Left) / (limits.Right - limits.Left) * width), m.Text, Style.Mark)), width, 2);
        lanes.Draw(sheet, left, area.Top - (EventLanes.LaneMm * 2));
    }

    private string AxisTitle() => axis.Kind switch
    {
        AxisKind.Time => PlainText.Titled("Time", axis.Unit),
        AxisKind.Frequency => PlainText.Titled("Frequency", axis.Unit),
        AxisKind.Latency => PlainText.Titled("Latency", axis.Unit),
        AxisKind.RrNumber => "RR interval number",
        AxisKind.Component => "Component",
        _ => axis.Kind.ToString(),
    };

    // Time that jumps is a gap, not a slope.
    private (double[] Xs, double[] Ys) WithGaps(double[] xs, double[] ys)
    {
        if (axis.Kind is not (AxisKind.Time or AxisKind.Latency) || xs.Length < 3)
        {
            return (xs, ys);
        }

        double[] steps = [.. xs.Zip(xs.Skip(1), (a, b) => b - a).Order()];
        var usual = steps[steps.Length / 2];
        var (outX, outY) = (new List<double>(xs.Length), new List<double>(xs.Length));
        for (var i = 0; i < xs.Length; i++)
        {
            if (i > 0 && steps[steps.Length / 10] > 0.9 * usual && xs[i] - xs[i - 1] > 1.5 * usual)
            {
                outX.Add(double.NaN);
                outY.Add(double.NaN);
            }

            outX.Add(xs[i]);
            outY.Add(ys[i]);
        }

        return ([.. outX], [.. outY]);
    }
}
