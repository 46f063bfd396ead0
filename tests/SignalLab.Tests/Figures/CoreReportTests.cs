using System.Text.RegularExpressions;
using System.Xml.Linq;
using SignalLab.Figures;
using SignalLab.Figures.Reports;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class CoreReportTests
{
    private static readonly Colophon How = new("report a.edf out", [Provenance.None with { Input = "a<b>.edf" }]);

    private static readonly Report Sample = new("ECG of <Mr> \"X\" & co", [
        new("Intervals", [
            new TextBlock("First paragraph.\nSecond <script>alert(1)</script>"),
            TableBlock.Of("Measured intervals", [
                new("QT", 480, Unit.Parse("ms"), "tangent 1.0", Origin.File) { Reference = new(350, 450, "Rijnbeek 2014") },
                new("P axis", null, Unit.Parse("deg"), "area 1.0", Origin.File) { Reason = "no P wave found" },
            ])]),
        new("Figures & files", [
            new FigureBlock(new Square(40), "trace one.svg", "A square of 40 mm <b>"),
            new FigureBlock(new Square(50), "trace one.svg", "Another square"),
            new FigureFileBlock("maps/alpha#1.png", "Map of alpha"),
            new LinksBlock([("Table", "tables/rr intervals.csv"), ("Paper", "https://example.org/?a=1&b=2"), ("Evil", "javascript:alert(1)"), ("Root", "/etc/passwd")])]),
    ])
    { Subtitle = "2024-02-29 · ½ µV" };

    [Fact]
    public void The_page_is_well_formed_and_escapes_every_text()
    {
        var html = HtmlReport.ToHtml(Sample, How);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("javascript:\"", html, StringComparison.OrdinalIgnoreCase);
        var page = Parse(html);
        Assert.Equal("ECG of <Mr> \"X\" & co", page.Descendants("h1").Single().Value);
        Assert.Contains("Second <script>alert(1)</script>", page.Descendants("p").Select(p => p.Value));
        Assert.Equal(["tables/rr%20intervals.csv", "https://example.org/?a=1&b=2", "javascript%3Aalert%281%29"], page.Descendants("li").Elements("a").Select(a => a.Attribute("href")!.Value).Where(h => !h.StartsWith('#')));
    }

    [Fact]
    public void The_page_can_be_read_without_seeing_it()
    {
        var page = Parse(HtmlReport.ToHtml(Sample, How));
        Assert.Equal("en", page.Attribute("lang")!.Value);
        Assert.All(page.Descendants("img"), i => Assert.NotEmpty(i.Attribute("alt")!.Value));
        Assert.All(page.Descendants("th"), t => Assert.Equal("col", t.Attribute("scope")!.Value));
        Assert.All(page.Descendants("table"), t => Assert.NotEmpty(t.Element("caption")!.Value));
        var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(page.Descendants("a").Select(a => a.Attribute("href")!.Value).Where(h => h.StartsWith('#')), h => Assert.Contains(h[1..], ids));
        Assert.Single(page.Descendants("main"));
    }

    [Fact]
    public void A_table_of_measurements_shows_units_limits_verdicts_and_reasons()
    {
        var rows = Parse(HtmlReport.ToHtml(Sample, How)).Descendants("tbody").Elements("tr").ToList();
        Assert.Equal(["QT", "480", "ms", "350 … 450", "high", "Rijnbeek 2014"], rows[0].Elements("td").Select(d => d.Value));
        Assert.Equal("flagged", rows[0].Attribute("class")!.Value);
        Assert.Equal(["P axis", "–", "no P wave found", "", "", ""], rows[1].Elements("td").Select(d => d.Value));
        Assert.Null(rows[1].Attribute("class"));
    }

    [Fact]
    public void The_folder_holds_the_page_and_every_figure_it_shows()
    {
        using var folder = new TemporaryFolder();
        var written = HtmlReport.Write(Sample, folder["out"], How);
        Assert.Equal([folder["out/index.html"], folder["out/trace_one.svg"], folder["out/trace_one-2.svg"]], written);
        Assert.Equal(written.Order(), Directory.GetFiles(folder["out"]).Order());
        var shown = Parse(File.ReadAllText(written[0])).Descendants("img").Select(i => Uri.UnescapeDataString(i.Attribute("src")!.Value)).Where(s => !s.StartsWith("maps/", StringComparison.Ordinal));
        Assert.All(shown, s => Assert.True(File.Exists(folder["out/" + s])));
    }

    [Fact]
    public void A_figure_names_its_own_inputs_where_it_has_them()
    {
        using var folder = new TemporaryFolder();
        var own = new Colophon("report", [Provenance.None with { Input = "own.edf" }]);
        var report = new Report("Two", [new("A", [new FigureBlock(new Square(300), "own.svg", "own") { Colophon = own }, new FigureBlock(new Square(300), "shared.svg", "shared")])]);
        var written = HtmlReport.Write(report, folder["out"], How);
        Assert.Contains("own.edf", File.ReadAllText(written[1]), StringComparison.Ordinal);
        Assert.DoesNotContain("a&lt;b", File.ReadAllText(written[1]), StringComparison.Ordinal);
        Assert.Contains("a&lt;b", File.ReadAllText(written[2]), StringComparison.Ordinal);
        Assert.NotEqual(PdfReport.ToBytes(report, How), PdfReport.ToBytes(report with { Sections = [new("A", [.. report.Sections[0].Blocks.Cast<FigureBlock>().Select(b => b with { Colophon = null })])] }, How));
    }

    [Fact]
    public void The_page_says_how_it_was_made()
    {
        var page = Parse(HtmlReport.ToHtml(Sample, How));
        Assert.Contains("\"command\":\"report a.edf out\"", page.Descendants("meta").Single(m => m.Attribute("name")?.Value == "provenance").Attribute("content")!.Value, StringComparison.Ordinal);
        Assert.Contains("a<b>.edf", page.Descendants("footer").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pdf_report_is_the_same_each_time_and_keeps_the_scale_of_its_figures()
    {
        var pdf = PdfReport.ToBytes(Sample, How);
        Assert.Equal(pdf, PdfReport.ToBytes(Sample, How));
        var squares = FigureReading.Polylines(pdf, ".pdf").Where(p => p.Length == 5).Select(p => Math.Round(p.Max(q => q.X) - p.Min(q => q.X), 2));
        Assert.Equal([40, 50], squares);
    }

    [Fact]
    public void A_figure_too_large_for_the_page_gets_a_page_of_its_size()
    {
        var wide = new Report("Wide", [new("A", [new FigureBlock(new Square(400), "a.svg", "wide"), new TextBlock("after")])]);
        var sizes = Sizes(PdfReport.ToBytes(wide, How));
        Assert.Equal(3, sizes.Count);
        Assert.All([sizes[0], sizes[2]], s => Assert.Equal(PageSize.A4, s, Near));
        Assert.Equal(new Square(400).SizeMm(How), sizes[1], Near);
    }

    [Fact]
    public void A_long_table_runs_over_pages_with_its_heading_on_each()
    {
        var table = new TableBlock("Beats", [new("Beat") { IsNumber = true }, new("Time", Unit.Second), new("Remark")], [.. Enumerable.Range(0, 200).Select(i => new[] { $"{i}", $"{i * 0.8:0.0}", i % 9 == 0 ? string.Concat(Enumerable.Repeat("many words ", 30)) : "" })]);
        var pages = Sizes(PdfReport.ToBytes(new("Long", [new("Beats", [table])]), How)).Count;
        Assert.InRange(pages, 4, 8);
    }

    [Fact]
    public void Empty_sections_and_tables_do_not_stop_a_report()
    {
        var empty = new Report("", [new("", []), new("x", [new TextBlock(""), new TableBlock("", [], []), new TableBlock("c", [new("n")], []), new LinksBlock([])])]);
        Assert.NotEmpty(PdfReport.ToBytes(empty, Colophon.None));
        Parse(HtmlReport.ToHtml(empty, Colophon.None));
    }

    private static bool Near(SKSize a, SKSize b) => Math.Abs(a.Width - b.Width) < 0.04 && Math.Abs(a.Height - b.Height) < 0.04;

    private static List<SKSize> Sizes(byte[] pdf) =>
        [.. Regex.Matches(System.Text.Encoding.Latin1.GetString(pdf), @"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]").Select(m => new SKSize(Millimetres(m.Groups[1].Value), Millimetres(m.Groups[2].Value)))];

    private static float Millimetres(string points) => float.Parse(points, System.Globalization.CultureInfo.InvariantCulture) * 25.4f / 72;

    // As XML, after closing the void elements: what is not nested right fails.
    private static XElement Parse(string html)
    {
        var xml = Regex.Replace(html[html.IndexOf("<html", StringComparison.Ordinal)..], "<(meta|img)( [^<>]*)>", "<$1$2/>");
        return XElement.Parse(Regex.Replace(xml, "<style>.*?</style>", "", RegexOptions.Singleline));
    }

    private sealed class Square(float side) : Figure
    {
        protected override SKSize BodyMm => new(side, side);

        protected override void DrawBody(Sheet sheet, SKRect body)
        {
            using var path = new SKPath();
            path.AddPoly([new(body.Left, body.Top), new(body.Left + side, body.Top), new(body.Left + side, body.Top + side), new(body.Left, body.Top + side), new(body.Left, body.Top)], false);
            sheet.Stroke(path, Style.Ink);
        }
    }
}
