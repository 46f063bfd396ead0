using ScottPlot.TickGenerators;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>What a filter does: gain, phase and group delay over frequency, and what it makes of a step.</summary>
public sealed class FilterResponseFigure : Figure
{
    private const double FloorDb = -120;
    private const float GapMm = 4;

    private readonly Series magnitude;
    private readonly Series phase;
    private readonly Series delay;
    private readonly Series step;

    /// <summary>A figure of four panels.</summary>
    /// <param name="magnitude">Gain in decibel over frequency.</param>
    /// <param name="phase">Phase over the same frequencies, wrapped or not.</param>
    /// <param name="delay">Group delay over the same frequencies.</param>
    /// <param name="step">What comes out for a step from 0 to 1, over time.</param>
    /// <exception cref="UnfitInputException">An axis is of another kind, or empty.</exception>
    public FilterResponseFigure(Series magnitude, Series phase, Series delay, Series step)
    {
        ArgumentNullException.ThrowIfNull(magnitude);
        ArgumentNullException.ThrowIfNull(phase);
        ArgumentNullException.ThrowIfNull(delay);
        ArgumentNullException.ThrowIfNull(step);
        foreach (var (series, kind) in new[] { (magnitude, AxisKind.Frequency), (phase, AxisKind.Frequency), (delay, AxisKind.Frequency), (step, AxisKind.Time) })
        {
            if (series.Axis.Kind != kind || series.Values.Count == 0)
            {
                throw new UnfitInputException($"A filter's response needs '{series.Name}' over {kind.ToString().ToLowerInvariant()}.");
            }
        }

        (this.magnitude, this.phase, this.delay, this.step) = (magnitude, phase, delay, step);
        Title = "Filter response";
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <summary>Cut-offs, drawn as guides through the panels over frequency.</summary>
    public IReadOnlyList<double> CutoffsHz { get; init; } = [];

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(180, 122);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        var (width, height) = ((body.Width - GapMm) / 2, (body.Height - GapMm) / 2);
        SKRect Panel(int column, int row) => SKRect.Create(body.Left + (column * (width + GapMm)), body.Top + (row * (height + GapMm)), width, height);
        var gain = magnitude.Values.Select(v => Math.Max(v, FloorDb)).ToArray();
        Plotting.Draw(sheet, Panel(0, 0), OverFrequency(magnitude, gain, "Gain (dB)", 3));
        Plotting.Draw(sheet, Panel(1, 0), OverFrequency(phase, Unwrapped(Plotting.In(Unit.Parse("rad"), phase.Values, phase.Unit)), "Phase (rad)", 0.1));
        var (delayUnit, delays) = Readable(delay.Values, delay.Unit);
        Plotting.Draw(sheet, Panel(0, 1), OverFrequency(delay, delays, PlainText.Titled("Group delay", delayUnit), Math.Max(0.1 * delays.Max(Math.Abs), 0.1)));
        Plotting.Draw(sheet, Panel(1, 1), OverTime());
    }

    private ScottPlot.Plot OverFrequency(Series series, double[] values, string title, double leastSpan)
    {
        var plot = Plotting.New("Frequency (Hz)", title);
        var hertz = Plotting.In(Unit.Hertz, series.Axis.Values, series.Axis.Unit);
        var positive = hertz.Where(f => f > 0).ToArray();
        var (low, high) = (Math.Log10(positive.DefaultIfEmpty(1).Min()), Math.Log10(positive.DefaultIfEmpty(10).Max()));
        high = high > low ? high : low + 1;
        foreach (var cutoff in CutoffsHz.Where(f => f > 0))
        {
            var line = plot.Add.VerticalLine(Math.Log10(cutoff));
            line.Color = Plotting.ColourOf(Style.Mark);
            line.LineWidth = Style.HairMm / Plotting.PixelMm;
        }

        Plotting.AddLine(plot, [.. hertz.Select(f => f > 0 ? Math.Log10(f) : double.NaN)], values, Style.Series[0], Style.TraceMm, 0);
        var (bottom, top) = Range(values.Where((_, i) => hertz[i] > 0), leastSpan);
        plot.Axes.SetLimits(low, high, bottom, top);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Decades(low, high).Select(t => new ScottPlot.Tick(t.Position, t.Label, t.Label.Length > 0))]);
        return plot;
    }

    private ScottPlot.Plot OverTime()
    {
        var (unit, times) = Readable(step.Axis.Values, step.Axis.Unit);
        var plot = Plotting.New(PlainText.Titled("Time from the step", unit), "Step response");
        Plotting.AddLine(plot, times, step.Values, Style.Series[0], Style.TraceMm, 0);
        var (bottom, top) = Range([.. step.Values, 0, 1], 0.1);
        plot.Axes.SetLimits(times[0], Math.Max(times[^1], times[0] + 1e-9), bottom, top);
        return plot;
    }

    private static (double Bottom, double Top) Range(IEnumerable<double> values, double leastSpan)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (finite.Min(), finite.Max());
        var pad = Math.Max(0.06 * (high - low), leastSpan);
        return (low - pad, high + pad);
    }

    // Seconds as they are, or in milliseconds where they are few.
    private static (Unit Unit, double[] Values) Readable(IReadOnlyList<double> values, Unit unit)
    {
        var seconds = Plotting.In(Unit.Second, values, unit);
        var brief = seconds.Max(Math.Abs) < 1;
        var shown = brief ? Unit.Parse("ms") : Unit.Second;
        return (shown, Plotting.In(shown, values, unit));
    }

    // Jumps of a whole turn are the angle's, not the filter's.
    private static double[] Unwrapped(double[] wrapped)
    {
        var values = new double[wrapped.Length];
        for (var (i, turns) = (0, 0.0); i < values.Length; i++)
        {
            turns -= i == 0 ? 0 : Math.Round((wrapped[i] - wrapped[i - 1]) / (2 * Math.PI));
            values[i] = wrapped[i] + (2 * Math.PI * turns);
        }

        return values;
    }

    private static IEnumerable<(double Position, string Label)> Decades(double low, double high)
    {
        var crowded = high - low > 3;
        for (var decade = (int)Math.Floor(low); decade <= high; decade++)
        {
            for (var m = 1; m < 10; m++)
            {
                var at = decade + Math.Log10(m);
                if (at >= low - 1e-9 && at <= high + 1e-9)
                {
                    yield return (at, m == 1 || (!crowded && m is (2 or 5)) ? PlainText.Of(Math.Pow(10, at), 2) : "");
                }
            }
        }
    }
}
