using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class TimeSeriesGraphTests
{
    private const double Rate = 256;

    [Theory]
    [InlineData(".svg", "7uV/mm", 7.0)]
    [InlineData(".pdf", "7uV/mm", 7.0)]
    [InlineData(".svg", "20uV/mm", 20.0)]
    [InlineData(".pdf", "0.05mV/mm", 50.0)]
    public void A_calibration_of_100_microvolt_and_1_second_has_its_exact_length(string ending, string sensitivity, double microvoltPerMm)
    {
        // One second up, one second down, as long as the stretch: 100 µV from edge to edge.
        var square = Make(10, t => ((int)t % 2) * 100e-6, Unit.Volt);
        var figure = new TimeSeriesGraph(square, new() { Sensitivity = Sensitivity.Parse(sensitivity), SpeedMmPerSecond = 30 });
        var trace = FigureReading.Polylines(FigureFile.ToBytes(figure, ending, Colophon.None), ending).MaxBy(p => p.Length)!;
        Assert.Equal(100 / microvoltPerMm, trace.Max(p => p.Y) - trace.Min(p => p.Y), 0.002);
        Assert.Equal((10 - (1 / Rate)) * 30, trace.Max(p => p.X) - trace.Min(p => p.X), 0.002);
        var top = trace.Max(p => p.Y);
        float[] edges = [.. trace.Zip(trace.Skip(1)).Where(p => Math.Abs(p.First.Y - p.Second.Y) > 1).Select(p => p.Second.X)];
        Assert.Equal(9, edges.Length);
        Assert.All(edges.Zip(edges.Skip(1)), e => Assert.Equal(30, e.Second - e.First, 0.002));
    }

    [Theory]
    [InlineData(ChannelKind.Eeg, true)]
    [InlineData(ChannelKind.Ecg, false)]
    [InlineData(ChannelKind.Mag, false)]
    public void Negative_is_up_for_eeg_and_positive_for_all_else(ChannelKind kind, bool negativeUp)
    {
        var unit = kind == ChannelKind.Mag ? Unit.Tesla : Unit.Volt;
        var figure = new TimeSeriesGraph(Make(4, t => t is > 1.9 and < 2.1 ? -200e-6 : 0, unit, kind));
        using var bitmap = SKBitmap.Decode(FigureFile.ToBytes(figure, ".png", Colophon.None, 100));

        // Between title and axis, in the middle half of the width, the row with most ink is the base line; the rest is the deflection.
        int[] ink = [.. Enumerable.Range(0, bitmap.Height).Select(y => Enumerable.Range(bitmap.Width / 4, bitmap.Width / 2).Count(x => bitmap.GetPixel(x, y).Red < 180))];
        var rows = Enumerable.Range(bitmap.Height / 4, (int)(bitmap.Height * 0.4)).ToArray();
        var baseline = rows.MaxBy(y => ink[y]);
        var (above, below) = (rows.Where(y => y < baseline - 3).Sum(y => ink[y]), rows.Where(y => y > baseline + 3).Sum(y => ink[y]));
        Assert.True(negativeUp ? above > 50 && below == 0 : below > 50 && above == 0, $"ink above the base line {above}, below {below}");
        Assert.Contains(Texts(figure), t => t.Contains(negativeUp ? "neg" : "pos", StringComparison.Ordinal));
    }

    [Fact]
    public void An_average_stands_on_zero_and_its_axis_and_guides_on_the_event()
    {
        var response = Make(1, t => t > 0.3 ? 5e-6 : 4e-6, Unit.Volt) with { Evoked = new("target", 40, -0.205) };
        var figure = new TimeSeriesGraph(response, new() { SpeedMmPerSecond = 200, Sensitivity = Sensitivity.Parse("1uV/mm") });
        var lines = FigureReading.Polylines(FigureFile.ToBytes(figure, ".svg", Colophon.None), ".svg");
        var trace = lines.MaxBy(p => p.Length)!;
        var zero = lines.Where(p => p.Length == 2 && p[0].Y == p[1].Y && Math.Abs(p[1].X - p[0].X - 200) < 0.01).MinBy(p => p[0].Y)!;
        Assert.Equal(5, trace.Max(p => p.Y) - zero[0].Y, 0.002);
        Assert.Equal(4, trace.Min(p => p.Y) - zero[0].Y, 0.002);
        var left = zero[0].X;
        var upright = lines.Where(p => p.Length == 2 && p[0].X == p[1].X).Select(p => Math.Round(p[0].X - left, 2)).Where(x => x <= 200).ToHashSet();
        Assert.Contains(41, upright);
        Assert.Contains("latency (s)", Texts(figure));
        Assert.All(upright, x => Assert.Equal(0, Math.IEEERemainder(x - 41, 4), 0.02));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(33)]
    [InlineData(60)]
    public void Limits_of_neighbouring_levels_stay_apart(int count)
    {
        double[] values = [.. Enumerable.Range(0, 2560).Select(i => -6.0 + (0.25 * Math.Sin(i / 40.0)))];
        var levels = new Recording([.. Enumerable.Range(0, count).Select(i => new Channel($"DC{i}", ChannelKind.Other, Unit.Volt, Rate, values.Length))], new MemorySamples([.. Enumerable.Range(0, count).Select(_ => values)]));
        var figure = new TimeSeriesGraph(levels);
        FigureReading.AssertTextsApart(figure, Colophon.None);
        FigureReading.AssertTextsOnPage(figure, Colophon.None);
        Assert.Contains(Texts(figure), t => t.StartsWith("−6250", StringComparison.Ordinal) && t.EndsWith("mV", StringComparison.Ordinal));
    }

    [Fact]
    public void The_subtitle_tells_steps_in_a_few_words()
    {
        var filtered = Make(4, _ => 0, Unit.Volt);
        filtered = filtered with
        {
            Provenance = Provenance.None
                .Then(ProcessingStep.Of("montage", ("name", "banana"), ("derivations", "Fp1-F7,F7-T7,T7-P7,P7-O1")))
                .Then(ProcessingStep.Of("bandpass", ("low_hz", 1.0), ("high_hz", 70.0), ("order", 4), ("design", "butterworth")))
                .Then(ProcessingStep.Of("notch", ("frequency_hz", 50.0), ("q", 30.0))),
        };
        Assert.EndsWith("montage banana · bandpass 1–70 Hz · notch 50 Hz", new TimeSeriesGraph(filtered).Subtitle, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_is_a_gap_of_its_length_and_says_so()
    {
        var gapped = Make(10, t => Math.Sin(t * 50) * 1e-5, Unit.Volt) with { Segments = [new(0, 6), new(9.5, 4)] };
        var figure = new TimeSeriesGraph(gapped, new() { SpeedMmPerSecond = 10 });
        Assert.Contains("gap 3.5 s", Texts(figure));
        SKPoint[][] traces = [.. FigureReading.Polylines(FigureFile.ToBytes(figure, ".svg", Colophon.None), ".svg").Where(p => p.Length > 100)];
        Assert.Equal(2, traces.Length);
        Assert.Equal((3.5 + (1 / Rate)) * 10, traces[1][0].X - traces[0][^1].X, 0.002);
    }

    [Fact]
    public void An_hour_is_light_and_no_peak_is_lost()
    {
        const int Seconds = 3600;
        var spikes = new HashSet<int> { 17, 400_000, 921_599, (Seconds * 512) - 1 };
        var values = new double[Seconds * 512];
        foreach (var at in spikes)
        {
            values[at] = 1e-3;
        }

        var hour = new Recording([new("Cz", ChannelKind.Eeg, Unit.Volt, 512, values.Length)], new MemorySamples([values]));
        var svg = FigureFile.ToBytes(new TimeSeriesGraph(hour, new() { Sensitivity = Sensitivity.Parse("100uV/mm") }), ".svg", Colophon.None);
        Assert.True(svg.Length < 200_000, $"{svg.Length} bytes");
        var trace = FigureReading.Polylines(svg, ".svg").MaxBy(p => p.Length)!;
        Assert.Equal(spikes.Count, trace.Count(p => p.Y > trace.Min(q => q.Y) + 9.9));
    }

    [Fact]
    public void Ten_channels_of_an_hour_are_read_in_bounded_blocks()
    {
        var source = new CountingSource(10, 3600 * 512);
        var hour = new Recording([.. Enumerable.Range(0, 10).Select(i => new Channel($"C{i}", ChannelKind.Eeg, Unit.Volt, 512, source.Count(i)))], source);
        FigureFile.ToBytes(new TimeSeriesGraph(hour), ".svg", Colophon.None);
        Assert.InRange(source.Largest, 1, 1 << 21);
        Assert.Equal(10L * 3600 * 512, source.Read);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 7)]
    [InlineData(200, 40)]
    public void Texts_stay_on_the_page_and_apart(int annotations, int channels)
    {
        var random = new Random(7);
        var signals = Enumerable.Range(0, channels).Select(c => Enumerable.Range(0, 2560).Select(i => random.NextDouble() * 1e-4).ToArray()).ToArray();
        var busy = new Recording([.. signals.Select((s, i) => new Channel(i == 0 ? "a channel with a name far too long for its place" : $"EEG C{i}-Ref", i % 7 == 6 ? ChannelKind.SpO2 : i % 5 == 4 ? ChannelKind.Ecg : ChannelKind.Eeg, Unit.Volt, Rate, s.Length))], new MemorySamples(signals))
        {
            Start = new DateTime(2024, 2, 29, 23, 59, 55),
            Annotations = [.. Enumerable.Range(0, annotations).Select(i => new Annotation(random.NextDouble() * 10, i % 3, "spike and slow wave " + i, i % 4 == 0 ? "EEG C1-Ref" : null))],
        };
        FigureReading.AssertTextsOnPage(new TimeSeriesGraph(busy), Colophon.None);
        FigureReading.AssertTextsApart(new TimeSeriesGraph(busy), Colophon.None);
    }

    [Fact]
    public void Kinds_have_their_own_scale_and_unit()
    {
        var mixed = new Recording(
            [new("Fp1", ChannelKind.Eeg, Unit.Volt, 100, 500), new("MEG0111", ChannelKind.Mag, Unit.Tesla, 100, 500), new("MEG0112", ChannelKind.Grad, Unit.TeslaPerMetre, 100, 500), new("II", ChannelKind.Ecg, Unit.Volt, 100, 500), new("Temp", ChannelKind.Temp, Unit.Parse("degC"), 100, 500)],
            new MemorySamples([Noise(50e-6), Noise(1e-13), Noise(4e-12), Noise(1e-3), Noise(0.1)]));
        var texts = Texts(new TimeSeriesGraph(mixed));
        foreach (var unit in new[] { "µV/mm", "fT/mm", "fT/cm/mm", "mV/mm", "°C" })
        {
            Assert.Contains(texts, t => t.EndsWith(unit, StringComparison.Ordinal));
        }

        static double[] Noise(double amplitude) => [.. Enumerable.Range(0, 500).Select(i => amplitude * Math.Sin(i * 0.7))];
    }

    [Fact]
    public void Empty_flat_and_undefined_signals_do_not_stop_a_figure()
    {
        var odd = new Recording(
            [new("flat", ChannelKind.Eeg, Unit.Volt, 10, 50), new("nan", ChannelKind.Eeg, Unit.Volt, 10, 50), new("inf", ChannelKind.Misc, Unit.Unknown, 10, 50), new("none", ChannelKind.Eeg, Unit.Volt, 10, 0), new("one", ChannelKind.Temp, Unit.Unknown, 0.2, 1)],
            new MemorySamples([new double[50], [.. Enumerable.Repeat(double.NaN, 50)], [.. Enumerable.Repeat(double.PositiveInfinity, 49), 3], [], [36.6]]));
        foreach (var ending in FigureFile.Endings)
        {
            Assert.NotEmpty(FigureFile.ToBytes(new TimeSeriesGraph(odd), ending, Colophon.None));
        }
    }

    [Fact]
    public void A_stretch_that_holds_nothing_is_refused()
    {
        var two = Make(2, _ => 0, Unit.Volt);
        Assert.Throws<UnfitInputException>(() => new TimeSeriesGraph(two, new() { FromSeconds = 2 }));
        Assert.Throws<UnfitInputException>(() => new TimeSeriesGraph(two, new() { DurationSeconds = 0 }));
        Assert.Throws<UnfitInputException>(() => new TimeSeriesGraph(two, new() { Channels = [] }));
    }

    [Fact]
    public void Pages_cover_the_stretch_once_at_true_speed()
    {
        var pages = TimeSeriesGraph.Pages(Make(25, t => Math.Sin(t) * 1e-5, Unit.Volt), new(), new SKSize(297, 210));
        Assert.Equal(4, pages.Count);
        Assert.All(pages, p => Assert.Equal(new SKSize(297, 210), p.SizeMm(Colophon.None)));
        var lengths = pages.Select(p => FigureReading.Polylines(FigureFile.ToBytes(p, ".pdf", Colophon.None), ".pdf").MaxBy(l => l.Length)!).Select(l => l.Max(p => p.X) - l.Min(p => p.X));
        Assert.Equal((25 * 30) - (30 / Rate), lengths.Sum(), 0.5);
    }

    [Theory]
    [InlineData("7uV/mm", 7, "uV")]
    [InlineData("10 mm/mV", 0.1, "mV")]
    [InlineData("100fT/cm/mm", 100, "fT/cm")]
    public void Sensitivities_are_read_in_both_habits(string text, double perMm, string unit)
    {
        Assert.Equal(perMm, Sensitivity.Parse(text).PerMm, 1e-12);
        Assert.Equal(Unit.Parse(unit), Sensitivity.Parse(text).Unit);
    }

    [Theory]
    [InlineData("7uV")]
    [InlineData("0uV/mm")]
    [InlineData("-7uV/mm")]
    [InlineData("7blub/mm")]
    [InlineData("")]
    public void Other_sensitivities_are_refused(string text) => Assert.Throws<UnfitInputException>(() => Sensitivity.Parse(text));

    [Theory]
    [InlineData(0.9, 1)]
    [InlineData(1.2, 2)]
    [InlineData(6.9, 7)]
    [InlineData(7.1, 10)]
    [InlineData(12, 15)]
    [InlineData(51, 70)]
    public void Sensitivities_go_by_the_usual_steps(double value, double step) => Assert.Equal(step, Sensitivity.UsualStep(value), 1e-9);

    private static Recording Make(int seconds, Func<double, double> signal, Unit unit, ChannelKind kind = ChannelKind.Eeg)
    {
        double[] values = [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => signal(i / Rate))];
        return new([new("Fp1", kind, unit, Rate, values.Length)], new MemorySamples([values]));
    }

    private static List<string> Texts(Figure figure)
    {
        var size = figure.SizeMm();
        using var canvas = new SKNWayCanvas((int)size.Width + 1, (int)size.Height + 1);
        return [.. figure.Draw(canvas).Texts.Select(t => t.Text)];
    }

    private sealed class CountingSource(int channels, long count) : ISampleSource
    {
        public long Largest { get; private set; }

        public long Read { get; private set; }

        public int ChannelCount => channels;

        public long Count(int channel) => count;

        void ISampleSource.Read(int channel, long first, Span<double> into)
        {
            into.Clear();
            Read += into.Length;
            Largest = Math.Max(Largest, into.Length);
        }

        void ISampleSource.Read(ReadOnlySpan<int> which, long first, int length, Span<double> into)
        {
            into.Clear();
            Read += into.Length;
            Largest = Math.Max(Largest, into.Length);
        }
    }
}
