using SignalLab.Figures;
using SignalLab.Figures.Ecg;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class EcgSheetTests
{
    private static readonly string[] Leads = ["i", "ii", "iii", "avr", "avl", "avf", "v1", "v2", "v3", "v4", "v5", "v6"];

    [Theory]
    [InlineData(".svg", 25, 10)]
    [InlineData(".pdf", 25, 10)]
    [InlineData(".svg", 50, 20)]
    [InlineData(".pdf", 50, 5)]
    public void The_calibration_pulse_is_one_millivolt_and_a_fifth_of_a_second(string ending, double speed, double gain)
    {
        var sheet = new EcgSheet(TwelveLeads(_ => 0), new() { SpeedMmPerSecond = speed, GainMmPerMillivolt = gain });
        var pulses = FigureReading.Polylines(FigureFile.ToBytes(sheet, ending, Colophon.None), ending).Where(p => p.Length == 6).ToArray();
        Assert.Equal(4, pulses.Length);
        Assert.All(pulses, p =>
        {
            Assert.Equal(gain, Math.Abs(p[2].Y - p[1].Y), 0.002);
            Assert.Equal(0.2 * speed, p[3].X - p[2].X, 0.002);
        });
    }

    [Theory]
    [InlineData(".svg")]
    [InlineData(".pdf")]
    public void One_millivolt_and_one_second_of_a_lead_have_their_length(string ending)
    {
        var sheet = new EcgSheet(TwelveLeads(t => t % 1 < 0.1 ? 1e-3 : 0), new() { Layout = EcgLayout.OneARow });
        var traces = FigureReading.Polylines(FigureFile.ToBytes(sheet, ending, Colophon.None), ending).Where(p => p.Length > 1000).ToArray();
        Assert.Equal(12, traces.Length);
        Assert.All(traces, t =>
        {
            Assert.Equal(10, t.Max(p => p.Y) - t.Min(p => p.Y), 0.002);
            Assert.Equal(250, t.Max(p => p.X) - t.Min(p => p.X), 0.1);
        });
    }

    [Fact]
    public void Positive_is_up_and_the_turned_lead_of_cabrera_is_turned()
    {
        var recording = TwelveLeads(t => t % 1 < 0.1 ? 1e-3 : 0);
        bool[] Up(bool cabrera) => [.. FigureReading.Polylines(FigureFile.ToBytes(new EcgSheet(recording, new() { Layout = EcgLayout.OneARow, Cabrera = cabrera }), ".svg", Colophon.None), ".svg")
            .Where(p => p.Length > 1000).OrderBy(t => Middle(t)).Select(t => Middle(t) - t.Min(p => p.Y) > 5)];
        Assert.All(Up(false), Assert.True);
        Assert.Equal([true, true, false, true, true, true, true, true, true, true, true, true], Up(true));
        static float Middle(SKPoint[] trace) => trace.Select(p => p.Y).Order().ElementAt(trace.Length / 2);
    }

    [Fact]
    public void Twelve_leads_are_found_by_name_whatever_its_case()
    {
        var texts = Texts(new EcgSheet(TwelveLeads(_ => 0)));
        Assert.All(new[] { "I", "II", "III", "aVR", "aVL", "aVF", "V1", "V6" }, name => Assert.Contains(name, texts));
        Assert.Equal(2, texts.Count(t => t == "II"));
        Assert.Contains(texts, t => t.StartsWith("25 mm/s · 10 mm/mV", StringComparison.Ordinal));
    }

    [Fact]
    public void Fewer_leads_get_a_row_each_and_a_layout_that_needs_twelve_is_refused()
    {
        var two = TwelveLeads(_ => 0) with { Channels = [.. TwelveLeads(_ => 0).Channels.Take(2)] };
        Assert.Contains("i 0 s", Texts(new EcgSheet(two)));
        var refusal = Assert.Throws<UnfitInputException>(() => new EcgSheet(two, new() { Layout = EcgLayout.SixByTwo }));
        Assert.Contains("V6", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lead_that_was_not_recorded_keeps_its_place_and_says_so()
    {
        var ten = TwelveLeads(_ => 0) with { Channels = [.. TwelveLeads(_ => 0).Channels.Take(10)] };
        foreach (var layout in new[] { EcgLayout.ThreeByFourAndRhythm, EcgLayout.SixByTwo })
        {
            var texts = Texts(new EcgSheet(ten, new() { Layout = layout }));
            Assert.Contains("V5 not recorded", texts);
            Assert.Contains("V6 not recorded", texts);
            Assert.Contains("V4", texts);
        }
    }

    [Fact]
    public void Leads_of_different_rates_share_the_time_scale()
    {
        Recording slow = new(
            [.. Leads.Select((l, i) => new Channel(l, ChannelKind.Ecg, Unit.Volt, i < 6 ? 500 : 250, i < 6 ? 5000 : 2500))],
            new MemorySamples([.. Leads.Select((_, i) => Enumerable.Range(0, i < 6 ? 5000 : 2500).Select(k => k / (i < 6 ? 500.0 : 250) is > 1 and < 1.1 ? 1e-3 : 0).ToArray())]));
        var sheet = new EcgSheet(slow, new() { Layout = EcgLayout.OneARow });
        Assert.Contains(Texts(sheet), t => t.Contains("250 and 500 Hz", StringComparison.Ordinal));
        var edges = FigureReading.Polylines(FigureFile.ToBytes(sheet, ".svg", Colophon.None), ".svg").Where(p => p.Length > 1000)
            .Select(t => t.First(p => t[0].Y - p.Y > 5).X).ToArray();
        Assert.Equal(12, edges.Length);
        Assert.All(edges, x => Assert.Equal(edges[0], x, 0.11));
    }

    [Fact]
    public void A_recording_shorter_than_the_page_shows_every_lead()
    {
        var sheet = new EcgSheet(TwelveLeads(_ => 0, 2));
        Assert.Equal(13, FigureReading.Polylines(FigureFile.ToBytes(sheet, ".svg", Colophon.None), ".svg").Count(p => p.Length > 500));
        Assert.Contains("same or overlapping", sheet.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EcgLayout.ThreeByFourAndRhythm)]
    [InlineData(EcgLayout.OneARow)]
    public void High_waves_move_the_base_lines_and_stay_on_the_paper(EcgLayout layout)
    {
        var high = TwelveLeads(t => t % 1 < 0.1 ? 3.5e-3 : 0);
        var sheet = new EcgSheet(high, new() { Layout = layout });
        var traces = FigureReading.Polylines(FigureFile.ToBytes(sheet, ".svg", Colophon.None), ".svg").Where(p => p.Length > 500).ToArray();
        var paper = sheet.SizeMm().Height;
        Assert.All(traces, t => Assert.InRange(t.Min(p => p.Y), Style.MarginMm + 7, paper));
        Assert.All(traces, t => Assert.Equal(35, t.Max(p => p.Y) - t.Min(p => p.Y), 0.01));
        var huge = Texts(new EcgSheet(TwelveLeads(t => t % 1 < 0.1 ? 30e-3 : 0), new() { Layout = layout }));
        Assert.Contains(huge, t => t.Contains("higher than the paper", StringComparison.Ordinal));
    }

    [Fact]
    public void Rate_intervals_and_axes_stand_above_the_paper_with_limits_and_verdict()
    {
        Measurement M(string name, double? value, string unit, ReferenceRange? range = null) => new(name, value, Unit.Parse(unit), "test", Origin.File) { Reference = range, Reason = value is null ? "no P wave" : null };
        var options = new EcgSheetOptions
        {
            Measurements =
            [
                M("heart rate", 71.6, "/min", new(48, 98, "s")), M("P duration", null, "ms"), M("PR interval", 220, "ms", new(113, 212, "s")), M("QRS duration", 96, "ms"), M("QT interval", 400, "ms"),
                M("QTc interval (Bazett)", 420, "ms"), M("QTc interval (Fridericia)", 415, "ms"), M("QTc interval (Hodges)", 418, "ms"), M("P axis", 45, "deg"), M("QRS axis", -32, "deg"), M("T axis", 28, "deg"), M("SDNN", 40, "ms"),
            ],
            Statements = ["sinus rhythm", "first-degree AV block"],
        };
        var sheet = new EcgSheet(TwelveLeads(_ => 0) with { Subject = new Subject("P-17", "F", 63) }, options);
        var texts = Texts(sheet);
        Assert.All(new[] { "72 /min", "48…98", "not measurable", "220 ms", "113…212 high", "−32°", "sinus rhythm", "first-degree AV block", "patient P-17 · female · 63 years" }, t => Assert.Contains(t, texts));
        Assert.DoesNotContain("40 ms", texts);
        FigureReading.AssertTextsOnPage(sheet, Colophon.None);
        FigureReading.AssertTextsApart(sheet, Colophon.None);
    }

    [Fact]
    public void Ends_of_waves_are_marked_at_their_times_below_the_traces()
    {
        var options = new EcgSheetOptions { Waves = [new("QRS", 2, 2.1), new("T", 2.3, null), new("P", 3, 3.1, 1)], Beats = [new(2.05, "V")] };
        var sheet = new EcgSheet(TwelveLeads(_ => 0), options);
        var texts = Texts(sheet);
        Assert.All(new[] { "QRS", "T", "V" }, t => Assert.Contains(t, texts));
        var lines = FigureReading.Polylines(FigureFile.ToBytes(sheet, ".svg", Colophon.None), ".svg").ToArray();
        var left = lines.Where(p => p.Length > 2000).Min(p => p[0].X);
        Assert.Contains(lines, p => p.Length == 2 && Math.Abs(p[0].X - (left + 50)) < 0.01 && Math.Abs(p[1].X - (left + 52.5)) < 0.01);

        // Two ticks on the trace of lead II at each end, in the rhythm strip and in the column where that time is shown.
        var ticks = lines.Where(p => p.Length == 2 && Math.Abs(p[0].X - p[1].X) < 1e-4 && Math.Abs(p[0].X - (left + 75)) < 0.01 && Math.Abs(Math.Abs(p[0].Y - p[1].Y) - 1.6) < 0.01).ToArray();
        Assert.Equal(2, ticks.Length);
    }

    [Fact]
    public void Pages_follow_each_other_to_the_end_without_gap()
    {
        var pages = EcgSheet.Pages(TwelveLeads(_ => 0, 25), new() { Layout = EcgLayout.SixByTwo, Statements = ["sinus rhythm"] });
        Assert.Equal([10.0, 20, 25], pages.Select(p => p.ToSeconds));
        Assert.Contains("sinus rhythm", Texts(pages[0]));
        Assert.DoesNotContain("sinus rhythm", Texts(pages[1]));
        var target = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pdf");
        try
        {
            FigureFile.SavePages(pages, target, Colophon.None);
            Assert.Contains("/Count 3", File.ReadAllText(target), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(target);
        }
    }

    [Theory]
    [InlineData("T")]
    [InlineData("")]
    public void A_lead_without_voltage_is_refused(string unit)
    {
        var other = new Recording([new("II", ChannelKind.Ecg, Unit.Parse(unit), 100, 100)], new MemorySamples([new double[100]]));
        Assert.Throws<UnfitInputException>(() => new EcgSheet(other));
    }

    [Theory]
    [InlineData(EcgLayout.ThreeByFourAndRhythm)]
    [InlineData(EcgLayout.SixByTwo)]
    [InlineData(EcgLayout.OneARow)]
    public void Texts_stay_on_the_page_and_apart(EcgLayout layout)
    {
        foreach (var page in new[] { PageSize.A4Landscape, PageSize.LetterLandscape })
        {
            var sheet = new EcgSheet(TwelveLeads(t => Math.Sin(9 * t) * 1e-3), new()
            {
                Layout = layout,
                PageMm = page,
                Statements = [.. Enumerable.Range(0, 30).Select(i => $"measurement {i} = {i * 10} ms")],
                Waves = [.. Enumerable.Range(0, 90).Select(i => new WaveSpan(new[] { "P", "QRS", "T" }[i % 3], i * 0.11, (i * 0.11) + 0.08))],
                Beats = [.. Enumerable.Range(0, 90).Select(i => new BeatMark(i * 0.11, "NVS"[i % 3].ToString()))],
                Filter = "0.05–150 Hz, notch 50 Hz",
            });
            Assert.Equal(page, sheet.SizeMm(Colophon.None));
            FigureReading.AssertTextsOnPage(sheet, Colophon.None);
            FigureReading.AssertTextsApart(sheet, Colophon.None);
        }
    }

    [Theory]
    [InlineData(EcgLayout.ThreeByFourAndRhythm, 0.10)]
    [InlineData(EcgLayout.ThreeByFourAndRhythm, 0.02)]
    [InlineData(EcgLayout.SixByTwo, 0.10)]
    [InlineData(EcgLayout.OneARow, 0.10)]
    [InlineData(EcgLayout.OneARow, 0.25)]
    public void No_trace_runs_through_the_name_of_a_lead(EcgLayout layout, double peakSeconds)
    {
        // An R wave of 2.5 mV and an S wave of 1 mV where each column begins.
        double Beat(double t) => (2.5e-3 * Math.Exp(-Math.Pow(((t % 0.5) - peakSeconds) / 0.012, 2))) - (1e-3 * Math.Exp(-Math.Pow(((t % 0.5) - peakSeconds - 0.04) / 0.012, 2)));
        var sheet = new EcgSheet(TwelveLeads(Beat), new() { Layout = layout });
        using var canvas = new SKNWayCanvas(300, 300);
        var names = sheet.Draw(canvas, Colophon.None).Texts.Where(t => Leads.Contains(t.Text, StringComparer.OrdinalIgnoreCase)).ToArray();
        var traces = FigureReading.Polylines(FigureFile.ToBytes(sheet, ".svg", Colophon.None), ".svg").Where(p => p.Length > 500).ToArray();
        Assert.Equal(names.Length, traces.Length);
        Assert.All(names, name => Assert.DoesNotContain(traces, t => t.Zip(t.Skip(1)).Any(line => Crosses(line.First, line.Second, name.BoundsMm))));

        static bool Crosses(SKPoint a, SKPoint b, SKRect box) => Math.Max(a.X, b.X) >= box.Left && Math.Min(a.X, b.X) <= box.Right && Math.Max(a.Y, b.Y) >= box.Top && Math.Min(a.Y, b.Y) <= box.Bottom;
    }

    [Fact]
    public void Flat_and_undefined_and_short_leads_do_not_stop_a_sheet()
    {
        var odd = TwelveLeads(t => t < 0.5 ? double.NaN : 0, 1);
        foreach (var ending in FigureFile.Endings)
        {
            Assert.NotEmpty(FigureFile.ToBytes(new EcgSheet(odd), ending, Colophon.None));
        }
    }

    private static Recording TwelveLeads(Func<double, double> signal, int seconds = 12)
    {
        double[] values = [.. Enumerable.Range(0, seconds * 500).Select(i => signal(i / 500.0))];
        return new([.. Leads.Select(l => new Channel(l, ChannelKind.Ecg, Unit.Volt, 500, values.Length))], new MemorySamples([.. Leads.Select(_ => values)]));
    }

    private static List<string> Texts(Figure figure)
    {
        using var canvas = new SKNWayCanvas(300, 300);
        return [.. figure.Draw(canvas).Texts.Select(t => t.Text)];
    }
}
