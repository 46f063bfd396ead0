using ScottPlot.TickGenerators;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>Scale and marks of a spectrum graph.</summary>
public sealed record SpectrumOptions
{
    /// <summary>Lowest frequency shown.</summary>
    public double FromHz { get; init; }

    /// <summary>Highest frequency shown; null for all.</summary>
    public double? ToHz { get; init; }

    /// <summary>Bands shaded behind the lines.</summary>
    public IReadOnlyList<FrequencyBand> Bands { get; init; } = [];

    /// <summary>One colour a spectrum, for example by the sensor's position; null for the usual ones.</summary>
    public IReadOnlyList<SKColor>? Colours { get; init; }

    /// <summary>Width of the plot with its axes.</summary>
    public float WidthMm { get; init; } = 140;

    /// <summary>Height of the plot with its axes.</summary>
    public float HeightMm { get; init; } = 85;
}

/// <summary>Power on a logarithmic axis over frequency, one line a channel.</summary>
public sealed class SpectrumGraph : Figure
{
    private static readonly Unit[] Shown = [Unit.Parse("uV2/Hz"), Unit.Parse("uV2"), Unit.Parse("fT2/Hz"), Unit.Parse("fT2"), Unit.Parse("fT2/cm2/Hz")];

    private readonly IReadOnlyList<Series> spectra;
    private readonly SpectrumOptions options;
    private readonly Unit unit;

    /// <summary>A graph of spectra in one unit.</summary>
    /// <param name="spectra">Values over frequency, of one dimension.</param>
    /// <param name="options">Scale and marks.</param>
    /// <exception cref="UnfitInputException">No spectrum, an axis that is no frequency, or units that do not convert.</exception>
    public SpectrumGraph(IReadOnlyList<Series> spectra, SpectrumOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spectra);
        this.spectra = spectra;
        this.options = options ?? new();
        var (given, axis) = Plotting.Common(spectra);
        if (axis.Kind != AxisKind.Frequency)
        {
            throw new UnfitInputException($"A spectrum runs over frequency; '{spectra[0].Name}' runs over {axis.Kind.ToString().ToLowerInvariant()}.");
        }

        unit = given.IsKnown ? Array.Find(Shown, given.ConvertsTo) ?? given : given;
        Title = "Spectrum";
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(options.WidthMm + (spectra.Count > 1 ? SeriesKey.WidthMm : 0), options.HeightMm);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var perHertz = unit.Symbol.EndsWith("/Hz", StringComparison.Ordinal);
        var plot = Plotting.New("Frequency (Hz)", PlainText.Titled(perHertz ? "Power density" : "Power", unit));
        var values = new List<double>();
        var to = options.ToHz ?? spectra.Max(s => s.Axis.Length == 0 ? 0 : Plotting.In(Unit.Hertz, s.Axis.Values, s.Axis.Unit)[^1]);
        to = to > options.FromHz ? to : options.FromHz + 1;
        AddBands(plot, to);
        for (var i = 0; i < spectra.Count; i++)
        {
            var (colour, width) = SeriesKey.StyleOf(i, spectra.Count, options.Colours);
            var hertz = Plotting.In(Unit.Hertz, spectra[i].Axis.Values, spectra[i].Axis.Unit);
            double[] log = [.. Plotting.In(unit, spectra[i].Values, spectra[i].Unit).Select((v, k) => v > 0 && hertz[k] >= options.FromHz && hertz[k] <= to ? Math.Log10(v) : double.NaN)];
            Plotting.AddLine(plot, hertz, log, colour, width, 0);
            values.AddRange(log.Where((v, k) => double.IsFinite(v) && hertz[k] > 0));
        }

        // The bin at 0 Hz is what detrending left: it does not set the scale.
        values.Sort();
        var bottom = values.Count == 0 ? -1 : values[(int)(0.002 * (values.Count - 1))];
        var top = values.Count == 0 ? 1 : values[^1];
        var pad = Math.Max(0.05 * (top - bottom), 0.1);
        plot.Axes.SetLimits(options.FromHz, to, bottom - pad, top + (options.Bands.Count > 0 ? 3 * pad : pad));
        plot.Axes.Left.TickGenerator = new NumericManual([.. Decades(bottom - pad, top + pad).Select(t => new ScottPlot.Tick(t.Position, t.Label, t.Label.Length > 0))]);
        Plotting.Draw(sheet, new SKRect(body.Left, body.Top, body.Right - (spectra.Count > 1 ? SeriesKey.WidthMm : 0), body.Bottom), plot);
        if (spectra.Count > 1)
        {
            SeriesKey.Draw(sheet, body.Right - SeriesKey.WidthMm + 2, body.Top + 3, [.. spectra.Select(s => s.Name)], options.Colours);
        }
    }

    private void AddBands(ScottPlot.Plot plot, double to)
    {
        for (var i = 0; i < options.Bands.Count; i++)
        {
            var (low, high) = (Math.Max(options.FromHz, options.Bands[i].LowHz), Math.Min(to, options.Bands[i].HighHz));
            if (high <= low)
            {
                continue;
            }

            var span = plot.Add.HorizontalSpan(low, high);
            span.FillStyle.Color = Plotting.ColourOf(i % 2 == 0 ? Style.Series[0].WithAlpha(0x14) : Style.Series[5].WithAlpha(0x16));
            span.LineStyle.Width = 0;
            plot.PlottableList.Add(new BandLabel(Typeface.OneLine(options.Bands[i].Name), low, high));
        }
    }

    private static IEnumerable<(double Position, string Label)> Decades(double low, double high)
    {
        var every = Math.Max(1, (int)Math.Ceiling((high - low) / 8));
        for (var decade = (int)Math.Floor(low); decade <= high; decade++)
        {
            if (decade >= low)
            {
                yield return (decade, decade % every == 0 ? Power(decade) : "");
            }

            for (var m = 2; m < 10 && every == 1; m++)
            {
                var minor = decade + Math.Log10(m);
                if (minor >= low && minor <= high)
                {
                    yield return (minor, high - low < 1.5 && m is 2 or 5 ? PlainText.Of(Math.Pow(10, minor), 2) : "");
                }
            }
        }
    }

    private static string Power(int decade) => decade is >= -3 and <= 4 ? PlainText.Of(Math.Pow(10, decade)) : FormattableString.Invariant($"1e{decade}").Replace('-', '−');
}
