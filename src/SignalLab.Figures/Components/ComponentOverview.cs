using SignalLab.Figures.Colour;
using SignalLab.Figures.Maps;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Components;

/// <summary>Independent components side by side: map, spectrum, a stretch of the activation, and what each seems to be. Every map has its own largest value as 1, so that one colour bar serves all.</summary>
public sealed class ComponentOverview : Figure
{
    private const float MapMm = 27;
    private const float GraphMm = 50;
    private const float CellHeightMm = 42;
    private const float GapMm = 6;
    private const float BarGapMm = 4;
    private const float BarMm = 60;

    private static readonly ColourScale Relative = new(ColourMap.BlueWhiteRed, -1, 1, Unit.One, "Weight relative to the largest (a.u.)");
    private static readonly double[] Levels = [-0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8];

    private readonly ComponentPanel[] panels;
    private readonly double highestHz;
    private readonly MapCell? cell;
    private readonly int columns;

    /// <summary>Components of one recording.</summary>
    /// <param name="panels">What is shown of each.</param>
    /// <param name="highestHz">Where the spectra end.</param>
    /// <exception cref="UnfitInputException">There is no component.</exception>
    public ComponentOverview(IReadOnlyList<ComponentPanel> panels, double highestHz)
    {
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(highestHz);
        this.panels = panels.Count > 0 ? [.. panels] : throw new UnfitInputException("There is no component to draw.");
        this.highestHz = highestHz;
        Topography[] maps = [.. panels.Select(p => p.Map).OfType<Topography>()];
        cell = maps.Length > 0 ? new MapCell(maps) : null;
        columns = Math.Min(panels.Count, panels.Count <= 4 ? 2 : 3);
        Title = "Independent components";
        Notes =
        [
            "Maps seen from above, nose up, left is left; each relative to its own largest drawn value, contours every 0.2, dashed below zero. Spectra in decibels of the component's variance per hertz. "
            + "Activations in standard deviations (s.d.). Percent: part of the variance of all channels. Names with a number from 0 to 1: the rules' best class and its share; orange: proposed for removal.",
        ];
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new((columns * (CellWidthMm + GapMm)) - GapMm + (cell is null ? 0 : BarGapMm + ColourBar.WidthMm(Relative, BarMm)), Rows * CellHeightMm);

    private int Rows => (panels.Length + columns - 1) / columns;

    private float CellWidthMm => (cell is null ? 0 : MapMm + 1) + SmallGraph.LeftMm + GraphMm;

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        for (var n = 0; n < panels.Length; n++)
        {
            DrawPanel(sheet, panels[n], body.Left + (n % columns * (CellWidthMm + GapMm)), body.Top + (n / columns * CellHeightMm));
        }

        if (cell is not null)
        {
            var height = Math.Min(BarMm, body.Height - 6);
            ColourBar.Draw(sheet, SKRect.Create(body.Left + (columns * (CellWidthMm + GapMm)) - GapMm + BarGapMm, body.Top + ((Math.Min(body.Height, 3 * CellHeightMm) - height) / 2), ColourBar.WidthMm(Relative, height), height), Relative, Levels);
        }
    }

    private void DrawPanel(Sheet sheet, ComponentPanel panel, float left, float top)
    {
        var heading = Style.Label with { Bold = true, Colour = panel.IsMarked ? Style.Mark : Style.Ink, Upright = Upright.Top };
        sheet.Text(Sheet.Elide(panel.Title, CellWidthMm, heading), left, top, heading);
        var inner = top + Style.Label.LineMm + 1;
        if (cell is not null)
        {
            DrawMap(sheet, panel, left, inner);
            left += MapMm + 1;
        }

        left += SmallGraph.LeftMm;
        var height = (CellHeightMm - (inner - top) - (2 * SmallGraph.BottomMm) - 4) / 2;
        double[] decibels = [.. panel.Spectrum.Values.Select(v => v > 0 ? 10 * Math.Log10(v) : double.NaN)];
        SmallGraph.Draw(sheet, SKRect.Create(left, inner, GraphMm, height), panel.Spectrum.Axis.Values, decibels, (0, highestHz), "Hz", "dB", Style.Series[0], false);
        var times = panel.Activation.Axis.Values;
        var (from, to) = times.Count > 1 ? (times[0], times[^1]) : (0, 1);
        SmallGraph.Draw(sheet, SKRect.Create(left, inner + height + SmallGraph.BottomMm + 1.5f, GraphMm, height), times, panel.Activation.Values, (from, to), "s", "s.d.", Style.Ink, true);
    }

    private void DrawMap(Sheet sheet, ComponentPanel panel, float left, float top)
    {
        if (panel.Map is not { } map)
        {
            sheet.Text("no places", left + (MapMm / 2), top + (MapMm / 2), Style.Note with { Across = Across.Centre });
            return;
        }

        // What is drawn between and beyond the sensors may exceed them: the largest drawn value is 1.
        var values = PlaneValues.Of(map.Grid);
        var largest = values.Nodes.ToArray().Concat(map.SensorValues).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var relative = new PlaneValues([.. values.Nodes.ToArray().Select(v => largest > 0 ? v / largest : 0)], values.SizeX, map.Grid.Mask).Extended(3);
        MapPanel.Draw(sheet, map with { SensorValues = [.. map.SensorValues.Select(v => largest > 0 ? v / largest : 0)], Grid = map.Grid with { Unit = Unit.One } }, relative, cell!, SKRect.Create(left, top, MapMm, MapMm * cell!.HeightPerWidth), Relative, Levels, SensorMarks.Dots);
        sheet.Text(Sheet.Elide(panel.MapNote, MapMm, Style.Note), left + (MapMm / 2), top + (MapMm * cell.HeightPerWidth) + 0.8f, Style.Note with { Across = Across.Centre, Upright = Upright.Top });
    }
}
