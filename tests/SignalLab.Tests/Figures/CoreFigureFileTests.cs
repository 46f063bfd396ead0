using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using SignalLab.Figures;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class CoreFigureFileTests
{
    private static readonly Colophon How = new("graph a.edf \"b & <c>\".png", [Provenance.None with { Input = "a.edf", Format = "EDF", Steps = [ProcessingStep.Of("bandpass", ("low_hz", 0.5), ("high_hz", 70.0))] }]);

    [Theory]
    [InlineData(".png")]
    [InlineData(".svg")]
    [InlineData(".pdf")]
    public void The_same_figure_gives_the_same_bytes(string ending) =>
        Assert.Equal(FigureFile.ToBytes(new Ruler(), ending, How), FigureFile.ToBytes(new Ruler(), ending, How));

    [Fact]
    public void A_png_has_its_resolution_and_its_colophon()
    {
        var png = FigureFile.ToBytes(new Ruler(), ".png", How, 300);
        var chunks = FigureReading.PngChunks(png);
        Assert.Equal(11811, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(chunks.Single(c => c.Type == "pHYs").Content));
        var text = chunks.Where(c => c.Type == "iTXt").Select(c => Encoding.UTF8.GetString(c.Content)).Single(t => t.StartsWith("SignalLab", StringComparison.Ordinal));
        AssertTells(text[(text.LastIndexOf('\0') + 1)..]);
        using var bitmap = SKBitmap.Decode(png);
        Assert.Equal(Math.Round(new Ruler().SizeMm(How).Width * 300 / 25.4), bitmap.Width);
    }

    [Fact]
    public void An_svg_is_well_formed_in_millimetres_and_has_its_colophon()
    {
        var svg = XDocument.Parse(Encoding.UTF8.GetString(FigureFile.ToBytes(new Ruler(), ".svg", How))).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal("110mm", svg.Attribute("width")!.Value);
        Assert.StartsWith("0 0 110 ", svg.Attribute("viewBox")!.Value, StringComparison.Ordinal);
        Assert.Equal("Ruler of 100 mm & <more>", svg.Element(ns + "title")!.Value);
        AssertTells(svg.Element(ns + "metadata")!.Value);
        Assert.Contains(svg.Descendants(ns + "text"), t => t.Value == "100 µV/mm");
        Assert.DoesNotContain(svg.Descendants(ns + "text"), t => t.Attribute("x")!.Value.TrimEnd().EndsWith(','));
    }

    [Theory]
    [InlineData(".svg")]
    [InlineData(".pdf")]
    public void A_hundred_millimetres_are_a_hundred_millimetres(string ending)
    {
        var line = FigureReading.Polylines(FigureFile.ToBytes(new Ruler(), ending, How), ending).Single(p => p.Length == 2);
        Assert.Equal(100, Math.Abs(line[1].X - line[0].X), 0.001);
        Assert.Equal(0, line[1].Y - line[0].Y, 0.001);
    }

    [Fact]
    public void A_pdf_has_its_title_and_colophon()
    {
        var pdf = Encoding.Latin1.GetString(FigureFile.ToBytes(new Ruler(), ".pdf", How));
        Assert.Contains("Ruler of 100 mm & <more>", pdf, StringComparison.Ordinal);
        Assert.Contains("bandpass", pdf, StringComparison.Ordinal);
        Assert.DoesNotContain("CreationDate", pdf, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_appears_under_its_name_only_when_whole()
    {
        using var folder = new TemporaryFolder();
        FigureFile.Save(new Ruler(), folder["a.svg"], How);
        Assert.Equal([folder["a.svg"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Another_ending_is_refused() => Assert.Throws<UnfitInputException>(() => FigureFile.ToBytes(new Ruler(), ".gif", How));

    [Fact]
    public void A_png_larger_than_memory_is_refused() => Assert.Throws<UnfitInputException>(() => FigureFile.ToBytes(new Ruler(), ".png", How, 100_000));

    [Fact]
    public void Title_notes_and_colophon_stay_on_the_page()
    {
        var figure = new Ruler { Title = string.Concat(Enumerable.Repeat("a long title ", 20)), Notes = [new string('x', 400), string.Concat(Enumerable.Repeat("a note of many words ", 30))] };
        FigureReading.AssertTextsOnPage(figure, How);
    }

    private static void AssertTells(string json)
    {
        var how = JsonDocument.Parse(json).RootElement;
        Assert.StartsWith("SignalLab ", how.GetProperty("program").GetString(), StringComparison.Ordinal);
        Assert.Equal(How.Command, how.GetProperty("command").GetString());
        var input = how.GetProperty("inputs")[0];
        Assert.Equal("a.edf", input.GetProperty("name").GetString());
        Assert.Equal("0.5", input.GetProperty("steps")[0].GetProperty("parameters").GetProperty("low_hz").GetString());
    }

    private sealed class Ruler : Figure
    {
        public override string Title { get; init; } = "Ruler of 100 mm & <more>";

        protected override SKSize BodyMm => new(100, 20);

        protected override void DrawBody(Sheet sheet, SKRect body)
        {
            sheet.Line(body.Left, body.MidY, body.Left + 100, body.MidY, Style.Ink);
            sheet.Text("100 µV/mm", body.MidX, body.MidY - 2, Style.Label with { Across = Across.Centre });
        }
    }
}
