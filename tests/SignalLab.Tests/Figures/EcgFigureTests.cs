using SignalLab.Figures;
using SignalLab.Figures.Ecg;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class EcgFigureTests
{
    private static readonly string[] Leads = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    [Fact]
    public void A_median_beat_names_the_ends_of_its_waves_in_ms_from_the_peak()
    {
        var figure = new MedianBeatFigure(Beat() with { Count = 9, Name = "a" });
        var texts = Texts(figure);
        Assert.All(new[] { "P onset −200", "QRS onset −40", "QRS end 50", "T end, tangent 340", "T end, threshold 355", "limb leads", "chest leads", "Voltage (mV)", "Time from the R peak (ms)" }, t => Assert.Contains(t, texts));
        Assert.Equal("9 beats averaged, 12 leads superimposed", figure.Subtitle);
        AssertWhole(figure);
    }

    [Fact]
    public void A_beat_without_waves_or_with_one_odd_lead_is_drawn()
    {
        var one = Beat() with { Waves = new BeatWaves() };
        one = one with { Waveforms = one.Waveforms with { Channels = [one.Waveforms.Channels[0] with { Label = "a very long name of a lead that nobody expects here" }] } };
        AssertWhole(new MedianBeatFigure(one));
        AssertWhole(new BeatPanelsFigure(one));
        Assert.Contains("other leads", Texts(new MedianBeatFigure(one)));
        var without = one with { Waveforms = one.Waveforms with { Channels = [] } };
        Assert.Throws<UnfitInputException>(() => new MedianBeatFigure(without));
        Assert.Throws<UnfitInputException>(() => new BeatPanelsFigure(without));
        var tesla = one with { Waveforms = one.Waveforms with { Channels = [one.Waveforms.Channels[0] with { Unit = Unit.Tesla }] } };
        Assert.Throws<UnfitInputException>(() => Texts(new BeatPanelsFigure(tesla)));
    }

    [Fact]
    public void Twelve_panels_name_their_leads_and_a_comparison_tells_the_differences()
    {
        Measurement M(string name, double value, string unit) => new(name, value, Unit.Parse(unit), "test", Origin.File);
        var first = Beat() with { Name = "2019.edf", Count = 10, Measurements = [M("QT interval", 400, "ms"), M("QRS axis", 170, "deg"), M("heart rate", 60, "/min")] };
        var second = Beat() with { Name = "2024.edf", Count = 12, Measurements = [M("QT interval", 436, "ms"), M("QRS axis", -170, "deg")] };
        var figure = new BeatPanelsFigure(first, second);
        var texts = Texts(figure);
        Assert.All(Leads, l => Assert.Contains(l, texts));
        Assert.All(new[] { "QT interval", "400 ms", "436 ms", "+36 ms", "+20°", "not measurable", "2019.edf", "2024.edf, 12 beats averaged" }, t => Assert.Contains(t, texts));
        AssertWhole(figure);
        AssertWhole(new BeatPanelsFigure(first));
    }

    [Fact]
    public void The_ellipse_has_the_axes_sd1_and_sd2_about_the_mean()
    {
        var random = new Random(7);
        RrPair[] pairs = [.. Enumerable.Range(0, 400).Select(_ => new RrPair(800 + (100 * (random.NextDouble() - 0.5)), 800 + (100 * (random.NextDouble() - 0.5)))), new(1000, 600, false)];
        var figure = new PoincareFigure(pairs, 30, 60);
        var texts = Texts(figure);
        Assert.All(new[] { "SD1 30 ms", "SD2 60 ms", "SD1/SD2 0.5", "400 normal pairs", "1 with ectopic beats" }, t => Assert.Contains(t, texts));
        var lines = FigureReading.Polylines(FigureFile.ToBytes(figure, ".svg", Colophon.None), ".svg");
        var ellipse = lines.Single(p => p.Length == 121);
        SKPoint centre = new(ellipse.Take(120).Average(p => p.X), ellipse.Take(120).Average(p => p.Y));
        double[] radii = [.. ellipse.Select(p => Math.Sqrt(Math.Pow(p.X - centre.X, 2) + Math.Pow(p.Y - centre.Y, 2)))];
        Assert.Equal(2, radii.Max() / radii.Min(), 0.01);

        // SD2 lies along the line of identity: up to the right.
        var far = ellipse[Array.IndexOf(radii, radii.Max())];
        Assert.True((far.X - centre.X) * (far.Y - centre.Y) < 0);
        AssertWhole(figure);
    }

    [Fact]
    public void Few_or_many_or_undefined_intervals_are_drawn()
    {
        foreach (var figure in new Figure[]
        {
            new PoincareFigure([]), new PoincareFigure([new(double.NaN, 800), new(800, 800)], 0, 0),
            new PoincareFigure([.. Enumerable.Range(0, 20000).Select(i => new RrPair(700 + (i % 211), 700 + (i % 199), i % 50 > 0))], 20, 40),
            new TachogramFigure([]), new TachogramFigure([new(1, double.NaN, "N")]),
            new TachogramFigure([.. Enumerable.Range(0, 30000).Select(i => new TachogramBeat(i * 0.8, 800 + (i % 90), "NNNSNVFQ"[i % 8].ToString()))], new DateTime(2024, 2, 29, 23, 50, 0)),
            new HolterTrendFigure(new(60, [new(0, null, null, null, 0, 0)])),
        })
        {
            AssertWhole(figure);
        }
    }

    [Fact]
    public void Classes_of_a_tachogram_are_counted_in_its_key()
    {
        var texts = Texts(new TachogramFigure([new(0, double.NaN, "N"), new(0.8, 800, "N"), new(1.2, 400, "V"), new(2.4, 1200, "N")]));
        Assert.All(new[] { "N normal", "3", "V ventricular", "1", "RR interval (ms)" }, t => Assert.Contains(t, texts));
        Assert.DoesNotContain("F fusion", texts);
    }

    [Theory]
    [InlineData(60, 1440)]
    [InlineData(300, 288)]
    [InlineData(60, 30)]
    public void A_trend_shows_clock_sums_and_episodes(double bin, int count)
    {
        var trend = new HolterTrend(bin, [.. Enumerable.Range(0, count).Select(i => new HolterBin(i * bin, 60 + (i % 7), 70 + (i % 7), 90 + (i % 11), i % 2, 2))])
        {
            Start = new DateTime(2024, 2, 29, 9, 13, 20),
            Episodes = [new("atrial fibrillation", 600, 900), new("atrial fibrillation", 1200, 1500), new("pause", 700, 703), new("a finding with a name that is much longer than its place", 0, 3)],
        };
        var figure = new HolterTrendFigure(trend);
        var texts = Texts(figure);
        Assert.All(new[] { FormattableString.Invariant($"{2 * count} in all"), "atrial fibrillation", "2 × · 10 min", "1 × · 3 s", "Time of day" }, t => Assert.Contains(t, texts));
        AssertWhole(figure);
        Assert.Contains("Time since the beginning (h:min)", Texts(new HolterTrendFigure(trend with { Start = null })));
        Assert.Throws<UnfitInputException>(() => new HolterTrendFigure(trend with { Bins = [] }));
    }

    private static void AssertWhole(Figure figure)
    {
        FigureReading.AssertTextsOnPage(figure, Colophon.None);
        FigureReading.AssertTextsApart(figure, Colophon.None);
        Assert.NotEmpty(FigureFile.ToBytes(figure, ".png", Colophon.None, 60));
    }

    private static DrawnBeat Beat()
    {
        double[] values = [.. Enumerable.Range(0, 500).Select(i => i / 500.0).Select(t => Math.Exp(-Math.Pow((t - 0.35) / 0.015, 2)) + (0.3 * Math.Exp(-Math.Pow((t - 0.6) / 0.05, 2))))];
        var recording = new Recording([.. Leads.Select(l => new Channel(l, ChannelKind.Ecg, Unit.Millivolt, 500, values.Length))], new MemorySamples([.. Leads.Select(_ => values)]));
        return new(recording, 0.35, new BeatWaves { POnset = 0.15, PEnd = 0.25, QrsOnset = 0.31, QrsEnd = 0.4, TEndByTangent = 0.69, TEndByThreshold = 0.705 });
    }

    private static List<string> Texts(Figure figure)
    {
        var size = figure.SizeMm();
        using var canvas = new SKNWayCanvas((int)size.Width + 1, (int)size.Height + 1);
        return [.. figure.Draw(canvas).Texts.Select(t => t.Text)];
    }
}
