using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SignalLab.Figures;
using SignalLab.Figures.Maps;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed partial class TopographicMapFigureTests
{
    private static readonly TopographicMapOptions Bare = new() { MostContours = 0, Sensors = SensorMarks.None, MapMm = 45 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Along_every_contour_line_the_colours_have_the_lines_value(bool flipped)
    {
        const float perMm = 20;
        var map = TopographicMapSample.Of(TopographicMapSample.Asymmetric, Unit.Microvolt, flipped: flipped);
        var bare = new TopographicMapFigure(map, Bare);
        using var pixels = TopographicMapSample.Pixels(bare, perMm);
        var lined = new TopographicMapFigure(map, new() { Sensors = SensorMarks.None, MapMm = 45 });
        Assert.Equal(lined.SizeMm().Width, bare.SizeMm().Width);
        var values = Contours(FigureFile.ToBytes(lined, ".svg", Colophon.None)).SelectMany(line => line)
            .Select(p => TopographicMapSample.ValueOf(pixels.GetPixel((int)(p.X * perMm), (int)(p.Y * perMm)), bare.Scale)).ToArray();

        // Levels are 2 apart. The head's outline and the rim cross a few points; lines that were mirrored would hit the levels by chance only, one point in seven.
        int[] levels = [-4, -2, 0, 2, 4, 6];
        var hits = values.Where(v => levels.Any(l => Math.Abs(v - l) < 0.15)).ToArray();
        Assert.True(hits.Length > 0.92 * values.Length, $"{hits.Length} of {values.Length} points of contour lines have a contour's colour");
        Assert.All(levels, l => Assert.True(hits.Count(v => Math.Abs(v - l) < 0.15) > 10));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_colour_at_a_sensor_is_its_value_and_left_is_left(bool flipped)
    {
        const float perMm = 20;
        var map = TopographicMapSample.Of(TopographicMapSample.Asymmetric, Unit.Microvolt, flipped: flipped);
        var named = new TopographicMapFigure(map, new() { MostContours = 0, Sensors = SensorMarks.Names, MapMm = 45 });
        using var pixels = TopographicMapSample.Pixels(new TopographicMapFigure(map, Bare), perMm);
        using var canvas = new SKNWayCanvas(200, 200);
        var texts = named.Draw(canvas).Texts;
        for (var n = 0; n < map.PlaneSensors.Sensors.Count; n++)
        {
            var name = texts.Single(t => t.Text == map.PlaneSensors.Sensors[n].Name).BoundsMm;
            var colour = pixels.GetPixel((int)(name.MidX * perMm), (int)((name.Bottom + 0.4) * perMm));
            Assert.Equal(map.SensorValues[n], TopographicMapSample.ValueOf(colour, named.Scale), 0.35);
        }

        var (f7, f4, o1) = (Place("F7"), Place("F4"), Place("O1"));
        Assert.True(f7.MidX < f4.MidX && f7.MidY < o1.MidY);
        Assert.True(Place("L").MidX < f7.MidX && Place("R").MidX > f4.MidX);
        SKRect Place(string text) => texts.Single(t => t.Text == text).BoundsMm;
    }

    [Fact]
    public void Volts_and_teslas_are_shown_in_the_fields_units()
    {
        Assert.Equal(Unit.Microvolt, new TopographicMapFigure(TopographicMapSample.Of((x, y) => 1e-6 * TopographicMapSample.Asymmetric(x, y), Unit.Volt)).Scale.Unit);
        var meg = new TopographicMapFigure(TopographicMapSample.Of((x, y) => 2e-14 * TopographicMapSample.Asymmetric(x, y), Unit.Tesla, quantity: Quantity.MagneticField));
        Assert.Equal(Unit.Parse("fT"), meg.Scale.Unit);
        Assert.InRange(meg.Scale.High, 140, 170);
        Assert.Equal(-meg.Scale.High, meg.Scale.Low);
    }

    [Fact]
    public void Several_maps_share_one_colour_bar()
    {
        Topography[] maps = [.. Enumerable.Range(1, 7).Select(k => TopographicMapSample.Of((x, y) => k * TopographicMapSample.Asymmetric(x, y), Unit.Microvolt, $"{100 * k} ms"))];
        var figure = new TopographicMapFigure(maps) { Title = "Auditory" };
        Assert.InRange(figure.Scale.High, 50, 60);
        using var canvas = new SKNWayCanvas(300, 300);
        var texts = figure.Draw(canvas).Texts.Select(t => t.Text).ToArray();
        Assert.Single(texts, t => t == "electric potential (µV)");
        Assert.Equal(7, texts.Count(t => t.EndsWith(" ms", StringComparison.Ordinal)));
        FigureReading.AssertTextsOnPage(figure, Colophon.None);
        FigureReading.AssertTextsApart(figure, Colophon.None);
    }

    [Fact]
    public void Magnitudes_begin_at_zero_even_where_the_interpolation_dips_below()
    {
        // All sensors see a positive value; between them the map falls below zero, as a spline's may.
        var map = TopographicMapSample.Of((x, y) => 50 - (60 * Math.Exp(-(Math.Pow(x, 2) + Math.Pow(y - 40, 2)) / 50)), Unit.Parse("fT/cm"), quantity: Quantity.MagneticGradient);
        var figure = new TopographicMapFigure(map);
        Assert.Equal(0, figure.Scale.Low);
        Assert.False(figure.Scale.Map.IsDiverging);
    }

    [Fact]
    public void A_sensor_beyond_the_drawn_area_stays_within_the_figure_and_shared_beginnings_of_names_are_left_out()
    {
        var made = TopographicMapSample.Of(TopographicMapSample.Asymmetric, Unit.Microvolt);
        var map = made with
        {
            PlaneSensors = made.PlaneSensors with { Sensors = [.. made.PlaneSensors.Sensors.Select((s, n) => new Sensor($"MEG {n}", n == 3 ? new(0.01, -0.15, 0) : s.PositionMetres))] },
        };
        var figure = new TopographicMapFigure(map, new() { Sensors = SensorMarks.Names, MapMm = 45 }) { Title = "title" };
        using var canvas = new SKNWayCanvas(200, 200);
        var texts = figure.Draw(canvas).Texts;
        var far = texts.Single(t => t.Text == "3").BoundsMm;
        Assert.True(far.Bottom < texts.Single(t => t.Text.StartsWith("Seen", StringComparison.Ordinal)).BoundsMm.Top - 1);
        Assert.Contains(texts, t => t.Text == "4");
    }

    [Fact]
    public void A_map_of_another_quantity_cannot_share_the_colours() => Assert.Throws<UnfitInputException>(() => new TopographicMapFigure(
        [TopographicMapSample.Of((x, y) => x, Unit.Microvolt), TopographicMapSample.Of((x, y) => x, Unit.Tesla)]));

    [Fact]
    public void Nothing_is_coloured_outside_the_mask()
    {
        var map = TopographicMapSample.Of((x, y) => 5, Unit.Microvolt, reachMm: 60);
        var figure = new TopographicMapFigure(map, Bare);
        using var pixels = TopographicMapSample.Pixels(figure, 10);
        var coloured = 0;
        for (var y = 0; y < pixels.Height; y++)
        {
            for (var x = 0; x < 500; x++)
            {
                coloured += pixels.GetPixel(x, y) is var c && c.Red > c.Blue + 40 ? 1 : 0;
            }
        }

        // 45 mm of page show the head with its ears and margins, 2 × (1.1 × 95 + 2) mm or, where nodes reach farther, the map.
        var pageMm = 45 / ((2 * 1.1 * 95) + 4);
        Assert.Equal(Math.PI * Math.Pow(60 * pageMm, 2), coloured / 100.0, 8.0);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".svg")]
    [InlineData(".pdf")]
    public void The_same_map_gives_the_same_bytes_and_stays_on_its_page(string ending)
    {
        Figure Made() => new TopographicMapFigure(TopographicMapSample.Of(TopographicMapSample.Asymmetric, Unit.Microvolt, "170 ms"), new() { MapMm = 30 });
        Assert.Equal(FigureFile.ToBytes(Made(), ending, Colophon.None), FigureFile.ToBytes(Made(), ending, Colophon.None));
        FigureReading.AssertTextsOnPage(Made(), Colophon.None);
        FigureReading.AssertTextsOnPage(new TopographicMapFigure(TopographicMapSample.Of(TopographicMapSample.Asymmetric, Unit.Microvolt)) { PageMm = new(60, 70) });
    }

    [Fact]
    public void Lines_are_vectors_and_colours_one_picture_a_map()
    {
        XNamespace ns = "http://www.w3.org/2000/svg";
        var svg = XDocument.Parse(Encoding.UTF8.GetString(FigureFile.ToBytes(new TopographicMapFigure(TopographicMapSample.Of(TopographicMapSample.Asymmetric, Unit.Microvolt)), ".svg", Colophon.None)));
        Assert.InRange(svg.Descendants(ns + "image").Count(), 2, 2);
        Assert.True(svg.Descendants(ns + "path").Count() > 10);
    }

    private static IEnumerable<SKPoint[]> Contours(byte[] svg)
    {
        XNamespace ns = "http://www.w3.org/2000/svg";
        foreach (var path in XDocument.Parse(Encoding.UTF8.GetString(svg)).Descendants(ns + "path"))
        {
            if (path.Attribute("stroke-width")?.Value is { } width && (width.StartsWith("0.14", StringComparison.Ordinal) || width.StartsWith("0.28", StringComparison.Ordinal)) && path.Attribute("d")!.Value is var d && !d.Contains('C') && !d.Contains('Q'))
            {
                foreach (var part in d.Split('M', StringSplitOptions.RemoveEmptyEntries))
                {
                    yield return [.. Pair().Matches(part).Select(m => new SKPoint(float.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), float.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)))];
                }
            }
        }
    }

    [GeneratedRegex(@"(-?[\d.]+(?:e-?\d+)?)[ ,](-?[\d.]+(?:e-?\d+)?)", RegexOptions.CultureInvariant)]
    private static partial Regex Pair();
}
