using SignalLab.Figures.Colour;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>One channel's power over time and frequency.</summary>
/// <param name="Name">The channel.</param>
/// <param name="StartSeconds">Time at the left edge of the first column.</param>
/// <param name="StepSeconds">Width of a column.</param>
/// <param name="FrequenciesHz">Frequencies, rising.</param>
/// <param name="Values">columns × frequencies, one column after the other; NaN where nothing was measured.</param>
/// <param name="Unit">Unit of the values; <c>dB</c> for those that are logarithms of ratios already.</param>
public sealed record TimeFrequencyPanel(string Name, double StartSeconds, double StepSeconds, IReadOnlyList<double> FrequenciesHz, IReadOnlyList<double> Values, Unit Unit)
{
    /// <summary>Number of columns.</summary>
    public int ColumnCount => Values.Count / Math.Max(1, FrequenciesHz.Count);
}

/// <summary>Heat maps of power over time and frequency, a panel a channel, all in one scale of decibels; grey where nothing was measured.</summary>
public sealed class TimeFrequencyGraph : Figure
{
    private const float PlotMm = 150;
    private const float PanelMm = 34;
    private const float NameMm = 5;
    private const float LeftMm = 15;
    private const float AxisMm = 10;
    private const float GapMm = 5;
    private const int LeastRows = 400;

    private static readonly Unit[] Shown = [Unit.Parse("uV2/Hz"), Unit.Parse("uV2"), Unit.Parse("fT2/Hz"), Unit.Parse("fT2"), Unit.Parse("fT2/cm2/Hz"), Unit.Parse("fT2/cm2")];

    private readonly IReadOnlyList<TimeFrequencyPanel> panels;
    private readonly double[][] decibels;

    /// <summary>Panels that share their times and frequencies.</summary>
    /// <param name="panels">The channels, first on top.</param>
    /// <param name="isRatio">True where the values are decibels relative to a baseline: the scale is symmetric about 0.</param>
    /// <exception cref="UnfitInputException">There is no panel or no column, or the units measure different things.</exception>
    public TimeFrequencyGraph(IReadOnlyList<TimeFrequencyPanel> panels, bool isRatio = false)
    {
        ArgumentNullException.ThrowIfNull(panels);
        if (panels.Count == 0 || panels[0].ColumnCount == 0)
        {
            throw new UnfitInputException("There is nothing to show over time and frequency.");
        }

        if (panels.FirstOrDefault(p => !p.Unit.ConvertsTo(panels[0].Unit)) is { } other)
        {
            throw new UnfitInputException($"'{panels[0].Name}' ({PlainText.Of(panels[0].Unit)}) and '{other.Name}' ({PlainText.Of(other.Unit)}) do not share a colour scale: draw them apart.");
        }

        this.panels = panels;
        var unit = panels[0].Unit.IsKnown ? Array.Find(Shown, panels[0].Unit.ConvertsTo) ?? panels[0].Unit : panels[0].Unit;
        decibels = [.. panels.Select(p => isRatio ? [.. p.Values] : Decibels(p, unit))];
        double[] sorted = [.. decibels.SelectMany(d => d).Where(double.IsFinite).Order()];
        Scale = isRatio
            ? Ratio(sorted)
            : Level(sorted, unit.Symbol.EndsWith("/Hz", StringComparison.Ordinal) ? "Power density" : "Power", PlainText.Of(unit)).Seeing(sorted);
        Title = "Power over time and frequency";
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <summary>The colours as drawn.</summary>
    public ColourScale Scale { get; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(LeftMm + PlotMm + GapMm + ColourBar.WidthMm(Scale, BarMm), (panels.Count * (NameMm + PanelMm)) + AxisMm);

    private float BarMm => Math.Min(70, (panels.Count * (NameMm + PanelMm)) - NameMm);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var width = body.Width - LeftMm - GapMm - ColourBar.WidthMm(Scale, BarMm);
        var each = (body.Height - AxisMm) / panels.Count;
        for (var i = 0; i < panels.Count; i++)
        {
            var plot = SKRect.Create(body.Left + LeftMm, body.Top + (i * each) + NameMm, width, each - NameMm);
            sheet.Text(Sheet.Elide(panels[i].Name, width, Style.Label), plot.Left, plot.Top - 1.2f, Style.Label with { Upright = Upright.Baseline });
            sheet.Fill(plot, Style.Guide);
            DrawColours(sheet, plot, i);
            sheet.Outline(plot, Style.Ink);
            DrawFrequencies(sheet, plot, panels[i].FrequenciesHz);
            DrawTimes(sheet, plot, panels[i], isLast: i == panels.Count - 1);
        }

        var middle = body.Top + NameMm + (((body.Height - AxisMm) - NameMm) / 2);
        sheet.Text("Frequency (Hz)", body.Left + 3, middle, Style.Label with { TurnDegrees = -90, Across = Across.Centre, Upright = Upright.Baseline });
        ColourBar.Draw(sheet, SKRect.Create(body.Left + LeftMm + width + GapMm, middle - (BarMm / 2), ColourBar.WidthMm(Scale, BarMm), BarMm), Scale);
    }

    private static double[] Decibels(TimeFrequencyPanel panel, Unit unit)
    {
        var (factor, _) = panel.Unit.To(unit);
        return [.. panel.Values.Select(v => v > 0 ? 10 * Math.Log10(v * factor) : double.NaN)];
    }

    // The few lowest and highest values do not set the scale; the bar's arrows say that they are there.
    private static ColourScale Level(double[] sorted, string quantity, string unit)
    {
        var (low, high) = sorted.Length == 0 ? (0, 1) : (sorted[(int)(0.02 * (sorted.Length - 1))], sorted[(int)(0.998 * (sorted.Length - 1))]);
        return new(ColourMap.Viridis, Math.Floor(low), Math.Max(Math.Floor(low) + 1, Math.Ceiling(high)), Unit.One, unit.Length > 0 ? $"{quantity} (dB re 1 {unit})" : $"{quantity} (dB)");
    }

    private static ColourScale Ratio(double[] sorted)
    {
        var limit = sorted.Length == 0 ? 1 : Math.Max(Math.Abs(sorted[(int)(0.005 * (sorted.Length - 1))]), Math.Abs(sorted[(int)(0.995 * (sorted.Length - 1))]));
        return ColourScale.Symmetric([Math.Ceiling(limit)], Unit.One, "Power relative to the baseline (dB)").Seeing(sorted);
    }

    private static (double Low, double High) Extent(IReadOnlyList<double> hz)
    {
        var (first, last) = hz.Count > 1 ? (hz[1] - hz[0], hz[^1] - hz[^2]) : (1, 1);
        return (Math.Max(0, hz[0] - (first / 2)), hz[^1] + (last / 2));
    }

    private void DrawColours(Sheet sheet, SKRect plot, int index)
    {
        var (hz, columns) = (panels[index].FrequenciesHz, panels[index].ColumnCount);
        var (low, high) = Extent(hz);
        var rows = Math.Min(2048, Math.Max(LeastRows, hz.Count));
        var pixels = new SKColor[rows * columns];
        var nearest = 0;
        for (var row = rows - 1; row >= 0; row--)
        {
            var at = low + ((rows - row - 0.5) / rows * (high - low));
            while (nearest + 1 < hz.Count && Math.Abs(hz[nearest + 1] - at) <= Math.Abs(hz[nearest] - at))
            {
                nearest++;
            }

            for (var c = 0; c < columns; c++)
            {
                pixels[(row * columns) + c] = Scale.ColourOf(decibels[index][(c * hz.Count) + nearest]) ?? SKColors.Transparent;
            }
        }

        using var bitmap = new SKBitmap(new SKImageInfo(columns, rows, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Pixels = pixels;
        using var image = SKImage.FromBitmap(bitmap);
        sheet.Canvas.DrawImage(image, plot, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private static void DrawFrequencies(Sheet sheet, SKRect plot, IReadOnlyList<double> hz)
    {
        var (low, high) = Extent(hz);
        var step = RoundTicks.Step(low, high, 6);
        foreach (var tick in RoundTicks.Between(low, high, 6))
        {
            var y = (float)(plot.Bottom - ((tick - low) / (high - low) * plot.Height));
            sheet.Line(plot.Left - 1, y, plot.Left, y, Style.Ink);
            sheet.Text(RoundTicks.Text(tick, step), plot.Left - 1.6f, y, Style.Small with { Across = Across.Right, Upright = Upright.Middle });
        }
    }

    private static void DrawTimes(Sheet sheet, SKRect plot, TimeFrequencyPanel panel, bool isLast)
    {
        var (from, to) = (panel.StartSeconds, panel.StartSeconds + (panel.ColumnCount * panel.StepSeconds));
        var (unit, seconds) = to - from > 3 * 3600 ? ("h", 3600.0) : to - from > 600 ? ("min", 60.0) : ("s", 1.0);
        var step = RoundTicks.Step(from / seconds, to / seconds, 10);
        foreach (var tick in RoundTicks.Between(from / seconds, to / seconds, 10))
        {
            var x = (float)(plot.Left + (((tick * seconds) - from) / (to - from) * plot.Width));
            sheet.Line(x, plot.Bottom, x, plot.Bottom + 1, Style.Ink);
            if (isLast)
            {
                sheet.Text(RoundTicks.Text(tick, step), x, plot.Bottom + 1.6f, Style.Small with { Across = Across.Centre, Upright = Upright.Top });
            }
        }

        if (isLast)
        {
            sheet.Text($"Time ({unit})", plot.MidX, plot.Bottom + AxisMm - 0.5f, Style.Label with { Across = Across.Centre, Upright = Upright.Bottom });
        }
    }
}
