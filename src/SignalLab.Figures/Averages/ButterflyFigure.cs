using System.Globalization;
using SignalLab.Figures.Graphs;
using SignalLab.Figures.Maps;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Averages;

/// <summary>One average's channels of one kind.</summary>
/// <param name="Evoked">The average.</param>
/// <param name="Kind">Which of its channels; bad ones are left out.</param>
/// <param name="FieldPower">Global field power over latency, or null.</param>
/// <param name="Maps">Maps to stand above the lines, in order of latency; their latencies are marked.</param>
public sealed record ButterflyPanel(Recording Evoked, ChannelKind Kind, Series? FieldPower, IReadOnlyList<Topography> Maps)
{
    /// <summary>The latency of each map in seconds.</summary>
    public IReadOnlyList<double> MapLatenciesSeconds { get; init; } = [];
}

/// <summary>Averages as butterflies: all channels over latency in one plot, their global field power, the event at 0, and maps at its peaks above.</summary>
public sealed class ButterflyFigure : Figure
{
    private const float PlotMm = 62;
    private const float LabelMm = 6;
    private const float GapMm = 5;
    private const float MapMm = 27;
    private const float WidthMm = 172;

    private readonly IReadOnlyList<Panel> panels;

    /// <summary>One panel or several below each other.</summary>
    /// <param name="panels">At least one.</param>
    /// <exception cref="UnfitInputException">A recording is no average, or has no good channel of the kind.</exception>
    public ButterflyFigure(IReadOnlyList<ButterflyPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        if (panels.Count == 0)
        {
            throw new UnfitInputException("There is no average to draw.");
        }

        this.panels = [.. panels.Select(p => new Panel(p))];
        Title = string.Join(", ", panels.Select(p => p.Evoked.Evoked!.Condition).Distinct());
        Notes = this.panels.Any(p => p.Colours is not null)
            ? ["Lines are coloured by the sensors' places (small head): the hue goes round the head. Bad channels are left out."]
            : ["Bad channels are left out."];
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(WidthMm, panels.Sum(p => HeightOf(p) + GapMm) - GapMm);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var stretch = Math.Min(1, body.Height / BodyMm.Height);
        var top = body.Top;
        foreach (var panel in panels)
        {
            var height = HeightOf(panel) * stretch;
            DrawPanel(sheet, panel, SKRect.Create(body.Left, top, body.Width, height));
            top += height + (GapMm * stretch);
        }
    }

    private static float HeightOf(Panel panel) => LabelMm + (panel.Maps is null ? 0 : panel.Maps.NeedsMm.Height) + PlotMm;

    private static void DrawPanel(Sheet sheet, Panel panel, SKRect place)
    {
        sheet.Text(Sheet.Elide(panel.Caption, place.Width, Style.Label with { Bold = true }), place.Left, place.Top, Style.Label with { Bold = true, Upright = Upright.Top });
        var mapHeight = panel.Maps is { } maps ? Math.Min(maps.NeedsMm.Height, place.Height * 0.42f) : 0;
        if (panel.Maps is { } drawn)
        {
            var width = Math.Min(drawn.NeedsMm.Width, place.Width);
            drawn.DrawWithin(sheet, SKRect.Create(place.MidX - (width / 2), place.Top + LabelMm, width, mapHeight));
        }

        var area = new SKRect(place.Left, place.Top + LabelMm + mapHeight, place.Right, place.Bottom);
        var plot = panel.Plot();
        Plotting.Draw(sheet, area, plot);
        DrawHead(sheet, panel, area, plot);
    }

    // Which colour is where, in the plot's upper right corner.
    private static void DrawHead(Sheet sheet, Panel panel, SKRect area, ScottPlot.Plot plot)
    {
        if (panel.Source.Maps.Count == 0 || panel.Colours is not { } colours)
        {
            return;
        }

        var (map, data) = (panel.Source.Maps[0], plot.RenderManager.LastRender.DataRect);
        const float radius = 6;
        var centre = new SKPoint(area.Left + (data.Right * Plotting.PixelMm) - radius - 2, area.Top + (data.Top * Plotting.PixelMm) + radius + 2);
        var reach = map.PlaneSensors.Sensors.Max(p => double.Hypot(p.PositionMetres.X, p.PositionMetres.Y));
        var scale = radius / Math.Max(map.HeadRadiusMetres, reach);
        HeadOutline.Draw(sheet, centre, (float)(map.HeadRadiusMetres * scale));
        foreach (var sensor in map.PlaneSensors.Sensors)
        {
            // A pair of gradiometers is one sensor of the map: it has the colour of its first coil.
            var place = Enumerable.Range(0, panel.Channels.Count).Where(c => IsOf(panel.Channels[c].Label, sensor.Name)).DefaultIfEmpty(-1).First();
            using var dot = new SKPath();
            dot.AddCircle(centre.X + (float)(sensor.PositionMetres.X * scale), centre.Y - (float)(sensor.PositionMetres.Y * scale), 0.4f);
            sheet.Fill(dot, place < 0 ? Style.Muted : colours[place]);
        }
    }

    private static bool IsOf(string label, string sensor) => label == sensor || (label.Length > 1 && label.Length == sensor.Length && label.StartsWith("MEG", StringComparison.Ordinal) && label[..^1] == sensor[..^1]);

    /// <summary>A panel with its channels in the unit that is shown.</summary>
    private sealed class Panel
    {
        private readonly Unit unit;
        private readonly double[] milliseconds;
        private readonly double[][] rows;

        public Panel(ButterflyPanel source)
        {
            Source = source;
            var average = source.Evoked.Evoked ?? throw new UnfitInputException($"{source.Evoked.Provenance.Input}: is no average on events.");
            int[] chosen = [.. Enumerable.Range(0, source.Evoked.Channels.Count).Where(c => source.Evoked.Channels[c].Kind == source.Kind && !source.Evoked.Channels[c].IsBad)];
            if (chosen.Length == 0)
            {
                throw new UnfitInputException($"'{average.Condition}' has no good {source.Kind.ToString().ToLowerInvariant()} channel to draw.");
            }

            Channels = [.. chosen.Select(c => source.Evoked.Channels[c])];
            Colours = PlaceColour.Of(Channels);
            var read = chosen.Select(source.Evoked.ReadAll).ToArray();
            var own = Channels[0].Unit;
            unit = DisplayUnit.For(own, read.SelectMany((r, i) => r.Where(double.IsFinite).Select(v => Math.Abs(Channels[i].Unit.Convert(v, own)))).DefaultIfEmpty(0).Max());
            rows = [.. read.Select((r, i) => Plotting.In(unit, r, Channels[i].Unit))];
            milliseconds = [.. Enumerable.Range(0, read[0].Length).Select(i => 1000 * (average.FirstLatencySeconds + (i / Channels[0].RateHz)))];
            Maps = source.Maps.Count == 0 ? null : new TopographicMapFigure(source.Maps, new TopographicMapOptions { MapMm = MapMm, Columns = source.Maps.Count });
            Caption = string.Create(CultureInfo.InvariantCulture, $"{average.Condition} · {Channels.Count} {KindName(source.Kind)} · average of {average.AverageCount:0.##}{(average.Baseline is var (from, to) ? $" · baseline {Ms(from)} to {Ms(to)} ms" : "")}");
        }

        public ButterflyPanel Source { get; }

        public IReadOnlyList<Channel> Channels { get; }

        public IReadOnlyList<SKColor>? Colours { get; }

        public TopographicMapFigure? Maps { get; }

        public string Caption { get; }

        public ScottPlot.Plot Plot()
        {
            var plot = Plotting.New("Latency (ms)", PlainText.Titled(Quantity.Of(Source.Kind).Name, unit));
            if (Source.Evoked.Evoked!.Baseline is var (from, to) && to > from)
            {
                var span = plot.Add.HorizontalSpan(1000 * from, 1000 * to);
                span.FillStyle.Color = Plotting.ColourOf(Style.Ink.WithAlpha(0x0c));
                span.LineStyle.Width = 0;
            }

            for (var c = 0; c < rows.Length; c++)
            {
                Plotting.AddLine(plot, milliseconds, rows[c], Colours?[c] ?? Style.Series[0].WithAlpha(0x90), rows.Length > 40 ? 0.14f : 0.2f, 0);
            }

            if (Source.FieldPower is { } power)
            {
                Plotting.AddLine(plot, milliseconds, Plotting.In(unit, power.Values, power.Unit), Style.Ink, 0.5f, 0);
                var peak = Enumerable.Range(0, power.Values.Count).Where(i => double.IsFinite(power.Values[i])).DefaultIfEmpty(0).MaxBy(i => power.Values[i]);
                var name = plot.Add.Text("GFP", milliseconds[peak], power.Unit.Convert(power.Values[peak], unit));
                name.LabelFontName = Typeface.Family;
                name.LabelFontSize = Style.Small.SizeMm / Plotting.PixelMm;
                name.LabelBold = true;
                name.LabelAlignment = ScottPlot.Alignment.LowerLeft;
                name.LabelBackgroundColor = Plotting.ColourOf(Style.Paper.WithAlpha(0xd0));
            }

            AddUpright(plot, 0, Style.Ink, 1.6f);
            foreach (var latency in Source.MapLatenciesSeconds)
            {
                AddUpright(plot, 1000 * latency, Style.Mark, 1);
            }

            plot.Axes.Margins(0, 0.08);
            return plot;
        }

        private static void AddUpright(ScottPlot.Plot plot, double at, SKColor colour, float width)
        {
            var line = plot.Add.VerticalLine(at);
            line.Color = Plotting.ColourOf(colour);
            line.LineWidth = width * Style.TraceMm / Plotting.PixelMm;
            line.LinePattern = ScottPlot.LinePattern.Dashed;
        }

        private static string Ms(double seconds) => (1000 * seconds).ToString("0.#", CultureInfo.InvariantCulture).Replace('-', '−');

        private static string KindName(ChannelKind kind) => kind switch
        {
            ChannelKind.Eeg => "electrodes",
            ChannelKind.Mag => "magnetometers",
            ChannelKind.Grad => "gradiometers",
            _ => kind.ToString().ToUpperInvariant() + " channels",
        };
    }
}
