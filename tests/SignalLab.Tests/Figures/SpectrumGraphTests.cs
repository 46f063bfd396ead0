using System.Text;
using System.Xml.Linq;
using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Model;

namespace SignalLab.Tests.Figures;

public sealed class SpectrumGraphTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(".png")]
    [InlineData(".svg")]
    [InlineData(".pdf")]
    public void The_same_spectrum_gives_the_same_bytes(string ending) =>
        Assert.Equal(FigureFile.ToBytes(Alpha(3), ending, Colophon.None), FigureFile.ToBytes(Alpha(3), ending, Colophon.None));

    [Fact]
    public void Axes_title_key_and_bands_are_written_once_in_the_bundled_face()
    {
        var texts = XDocument.Parse(Encoding.UTF8.GetString(FigureFile.ToBytes(Alpha(3), ".svg", Colophon.None))).Descendants(Svg + "text").ToList();
        foreach (var once in new[] { "Spectrum", "Frequency (Hz)", "Power density (µV²/Hz)", "C0", "C1", "C2", "alpha", "10" })
        {
            Assert.True(texts.Count(t => t.Value == once) == (once == "10" ? 2 : 1), $"'{once}' stands {texts.Count(t => t.Value == once)} times");
        }

        Assert.All(texts, t => Assert.StartsWith(Typeface.Family, t.Attribute("font-family")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Ten_times_the_power_is_one_decade_wherever_it_stands()
    {
        var low = PeakAndFloor(0.01);
        var high = PeakAndFloor(10);
        Assert.Equal(low.Decade, low.Height / 2, 0.02);
        Assert.Equal(high.Decade, high.Height / 2, 0.02);
    }

    [Theory]
    [InlineData("V2/Hz", "Power density (µV²/Hz)")]
    [InlineData("T2/Hz", "Power density (fT²/Hz)")]
    [InlineData("T2/m2/Hz", "Power density (fT²/cm²/Hz)")]
    [InlineData("uV2", "Power (µV²)")]
    [InlineData("", "Power (unit not stated)")]
    public void The_unit_is_the_fields_and_stands_at_the_axis(string unit, string title)
    {
        var graph = new SpectrumGraph([new("C", Axis.Uniform(AxisKind.Frequency, Unit.Hertz, 0, 1, 4), [1, 2, 3, 4], Unit.Parse(unit))]);
        Assert.Contains(title, Encoding.UTF8.GetString(FigureFile.ToBytes(graph, ".svg", Colophon.None)), StringComparison.Ordinal);
    }

    [Fact]
    public void Spectra_of_different_things_are_refused()
    {
        Series Of(string unit, AxisKind kind) => new(unit, Axis.Uniform(kind, kind == AxisKind.Frequency ? Unit.Hertz : Unit.Second, 0, 1, 3), [1, 2, 3], Unit.Parse(unit));
        Assert.Throws<UnfitInputException>(() => new SpectrumGraph([Of("uV2/Hz", AxisKind.Frequency), Of("T2/Hz", AxisKind.Frequency)]));
        Assert.Throws<UnfitInputException>(() => new SpectrumGraph([Of("uV", AxisKind.Time)]));
        Assert.Throws<UnfitInputException>(() => new SpectrumGraph([]));
        Assert.Throws<UnfitInputException>(() => new SeriesGraph([Of("uV", AxisKind.Time), Of("T", AxisKind.Time)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(7)]
    public void Flat_and_undefined_values_do_not_stop_a_figure(double value)
    {
        foreach (var count in new[] { 0, 1, 5 })
        {
            double[] values = [.. Enumerable.Repeat(value, count)];
            Assert.NotEmpty(FigureFile.ToBytes(new SpectrumGraph([new("x", Axis.Uniform(AxisKind.Frequency, Unit.Hertz, 0, 1, count), values, Unit.Parse("uV2/Hz"))]), ".svg", Colophon.None));
            Assert.NotEmpty(FigureFile.ToBytes(new SeriesGraph([new("x", Axis.Uniform(AxisKind.Time, Unit.Second, 0, 1, count), values, Unit.Millivolt)]), ".svg", Colophon.None));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(60)]
    public void The_key_stays_on_the_page_and_apart(int lines)
    {
        FigureReading.AssertTextsOnPage(Alpha(lines), Colophon.None);
        FigureReading.AssertTextsApart(Alpha(lines), Colophon.None);
    }

    [Fact]
    public void A_jump_in_time_is_a_gap_in_a_series()
    {
        var gapped = new Series("voxel", new Axis(AxisKind.Time, Unit.Second, [0, 1, 2, 3, 10, 11, 12]), [1, 2, 1, 2, 1, 2, 1], Unit.Millivolt);
        var whole = gapped with { Axis = Axis.Uniform(AxisKind.Time, Unit.Second, 0, 1, 7) };
        Assert.Equal(LinesOf(whole) + 1, LinesOf(gapped));

        static int LinesOf(Series series) => XDocument.Parse(Encoding.UTF8.GetString(FigureFile.ToBytes(new SeriesGraph([series], new() { Points = false }), ".svg", Colophon.None)))
            .Descendants(Svg + "path").Count(p => p.Attribute("stroke-width")?.Value is { } width && width.StartsWith("1.13", StringComparison.Ordinal));
    }

    private static SpectrumGraph Alpha(int lines) => new(
        [.. Enumerable.Range(0, lines).Select(c => new Series($"C{c}", Axis.Uniform(AxisKind.Frequency, Unit.Hertz, 0, 0.5, 101), [.. Enumerable.Range(0, 101).Select(i => ((100.0 + c) / (1 + i)) + (20 * Math.Exp(-Math.Pow(i - 20, 2) / 8)))], Unit.Parse("uV2/Hz")))],
        new() { Bands = [new("theta", 4, 8), new("alpha", 8, 13)] });

    // Height of a peak of two decades, and of one decade between the labels of the axis, in plot units.
    private static (double Height, double Decade) PeakAndFloor(double floor)
    {
        double[] values = [.. Enumerable.Range(0, 50).Select(i => i == 20 ? floor * 100 : floor)];
        var svg = FigureFile.ToBytes(new SpectrumGraph([new("C", Axis.Uniform(AxisKind.Frequency, Unit.Hertz, 0, 1, 50), values, Unit.Parse("uV2/Hz"))]), ".svg", Colophon.None);
        var document = XDocument.Parse(Encoding.UTF8.GetString(svg));
        var line = document.Descendants(Svg + "path").Select(p => p.Attribute("d")!.Value).MaxBy(d => d.Length)!;
        double[] ys = [.. line.Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries).Select(p => Number(p.Trim().Split(' ')[1]))];
        double LabelAt(double value)
        {
            var text = document.Descendants(Svg + "text").First(t => t.Value == PlainText.Of(value) && t.Attribute("x")!.Value.TrimStart().StartsWith('-'));
            var matrix = text.Attribute("transform")!.Value.Replace("matrix(", "", StringComparison.Ordinal).TrimEnd(')').Split(' ').Select(Number).ToArray();
            return matrix[5] / matrix[3];
        }

        return (ys.Max() - ys.Min(), LabelAt(floor * 10) - LabelAt(floor * 100));
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
