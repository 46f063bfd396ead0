using SignalLab.Figures.Colour;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Maps;

/// <summary>Sensor-location maps seen from above, nose up, left is left, with contour lines and one colour bar for all of them.</summary>
public sealed class TopographicMapFigure : Figure
{
    private const float GapMm = 4;
    private const float BarGapMm = 5;

    private readonly Topography[] maps;
    private readonly PlaneValues[] values;
    private readonly TopographicMapOptions options;
    private readonly ColourScale scale;
    private readonly double[] levels;
    private readonly MapCell cell;
    private readonly int columns;

    /// <summary>One map or several that share their colours.</summary>
    /// <param name="maps">The maps, all in units that convert to each other.</param>
    /// <param name="options">How they are drawn; null for the usual.</param>
    /// <exception cref="UnfitInputException">No map, or units that do not convert to each other or to the scale's.</exception>
    public TopographicMapFigure(IReadOnlyList<Topography> maps, TopographicMapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(maps);
        this.options = options ?? new();
        this.maps = [.. maps];
        if (this.maps.Length == 0)
        {
            throw new UnfitInputException("There is no map to draw: give at least one.");
        }

        (scale, values) = Coloured();
        var most = scale.Map.IsDiverging ? this.options.MostContours : this.options.MostContours / 2;
        levels = most >= 2
            ? [.. RoundTicks.Between(scale.Low, scale.High, most).Where(l => l > scale.Low && l < scale.High)]
            : [];
        cell = new(this.maps);
        columns = Math.Clamp(this.options.Columns ?? (this.maps.Length <= 5 ? this.maps.Length : (int)Math.Ceiling(Math.Sqrt(1.5 * this.maps.Length))), 1, this.maps.Length);
        Title = this.maps.Length == 1 ? this.maps[0].Title : "";
        Notes = [Describe()];
    }

    /// <summary>One map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="options">How it is drawn; null for the usual.</param>
    public TopographicMapFigure(Topography map, TopographicMapOptions? options = null)
        : this([map], options)
    {
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override string Subtitle { get; init; } = "";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <summary>The colours as drawn: what the colour bar explains.</summary>
    public ColourScale Scale => scale;

    /// <inheritdoc/>
    protected override SKSize BodyMm
    {
        get
        {
            var width = (float)(options.MapMm ?? maps.Length switch { 1 => options.Sensors == SensorMarks.Names && maps[0].PlaneSensors.Sensors.Count > 32 ? 110 : 70, <= 3 => 48, <= 5 => 38, _ => 30 });
            var height = Rows * CellHeight(width);
            return new((columns * (width + GapMm)) - GapMm + BarGapMm + ColourBar.WidthMm(scale, BarHeight(height)), height);
        }
    }

    /// <summary>The room that the maps need as a part of another figure, in mm.</summary>
    internal SKSize NeedsMm => BodyMm;

    private int Rows => (maps.Length + columns - 1) / columns;

    private float TitleMm => maps.Length > 1 && maps.Any(m => m.Title.Length > 0) ? Style.Label.LineMm + 1 : 0;

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var bar = ColourBar.WidthMm(scale, BarHeight(body.Height));
        var widest = (body.Width - BarGapMm - bar + GapMm) / columns;
        var width = Math.Min(widest - GapMm, (body.Height / Rows - TitleMm - (Rows > 1 ? GapMm : 0)) / cell.HeightPerWidth);
        for (var n = 0; n < maps.Length; n++)
        {
            var left = body.Left + (n % columns * (width + GapMm));
            var top = body.Top + (n / columns * CellHeight(width));
            DrawMap(sheet, n, SKRect.Create(left, top + TitleMm, width, width * cell.HeightPerWidth));
        }

        var drawn = Rows * CellHeight(width);
        var height = BarHeight(drawn);
        ColourBar.Draw(sheet, SKRect.Create(body.Left + (columns * (width + GapMm)) - GapMm + BarGapMm, body.Top + ((drawn - height) / 2), bar, height), scale, levels);
    }

    /// <summary>Draws the maps as a part of another figure.</summary>
    internal void DrawWithin(Sheet sheet, SKRect place) => DrawBody(sheet, place);

    private float CellHeight(float width) => (width * cell.HeightPerWidth) + TitleMm + (Rows > 1 ? GapMm : 0);

    private static float BarHeight(float height) => Math.Min(height * 0.9f, 70);

    private void DrawMap(Sheet sheet, int n, SKRect place)
    {
        var map = maps[n];
        if (TitleMm > 0)
        {
            sheet.Text(Sheet.Elide(map.Title, place.Width, Style.Label), place.MidX, place.Top - 1, Style.Label with { Across = Across.Centre });
        }

        MapPanel.Draw(sheet, map, values[n], cell, place, scale, levels, options.Sensors);
    }

    /// <summary>The scale in the unit that is shown, and every map's values in it.</summary>
    private (ColourScale Scale, PlaneValues[] Values) Coloured()
    {
        var unit = maps[0].Grid.Unit;
        var drawn = maps.Select(m => PlaneValues.Of(m.Grid.Support is GridSupport { SizeZ: 1 } ? m.Grid : throw new UnfitInputException("A topographic map is drawn from its grid of one layer: interpolate the sensors first."))).ToArray();
        var shown = options.Scale?.Unit ?? DisplayUnit.For(unit, drawn.SelectMany((p, n) => p.Nodes.ToArray().Where(double.IsFinite).Select(v => Math.Abs(maps[n].Grid.Unit.Convert(v, unit)))).DefaultIfEmpty(0).Max());
        var converted = drawn.Select((p, n) => p.In(maps[n].Grid.Unit, shown)).ToArray();
        var all = converted.SelectMany(p => p.Nodes.ToArray()).ToArray();
        var colours = options.Scale ?? Fitting(all, shown);
        return (colours.Seeing(all), [.. converted.Select(p => p.Extended(3))]);
    }

    /// <summary>Limits that hold every map. The sensors decide whether the values have a sign: between positive ones an interpolation may dip below zero.</summary>
    private ColourScale Fitting(IReadOnlyCollection<double> drawn, Unit shown)
    {
        var quantity = maps[0].Grid.Quantity;
        var sensed = maps.SelectMany(m => m.SensorValues).Where(double.IsFinite).ToArray();
        var signed = ColourScale.Fitting(sensed.Length > 0 ? sensed : drawn, shown, quantity).Map.IsDiverging;
        return signed ? ColourScale.Symmetric(drawn, shown, quantity.Name) : ColourScale.FromZero(drawn, shown, quantity.Name);
    }

    private string Describe()
    {
        var step = levels.Length > 1 ? $" Contours every {RoundTicks.Text(levels[1] - levels[0], levels[1] - levels[0])} {PlainText.Of(scale.Unit)}{(levels[0] < 0 ? ", dashed below zero" : "")}." : "";
        var sensors = maps.Select(m => m.PlaneSensors.Sensors.Count).Distinct().ToArray();
        var count = sensors.Length == 1 ? FormattableString.Invariant($" {sensors[0]} sensors.") : "";
        return (maps[0].IsHead ? "Seen from above, nose up, left is left." : "Seen from the front: the body's left is on the right.") + count + step;
    }
}
