using SignalLab.Figures.Averages;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class AverageFigureTests
{
    [Fact]
    public void A_butterfly_names_condition_number_baseline_and_units()
    {
        var texts = Texts(new ButterflyFigure([new ButterflyPanel(Evoked(), ChannelKind.Eeg, null, [])]));
        Assert.Contains("target · 2 electrodes · average of 12 · baseline −100 to 0 ms", texts);
        Assert.Throws<UnfitInputException>(() => new ButterflyFigure([new ButterflyPanel(Evoked(), ChannelKind.Mag, null, [])]));
        Assert.Throws<UnfitInputException>(() => new ButterflyFigure([new ButterflyPanel(Evoked() with { Evoked = null }, ChannelKind.Eeg, null, [])]));
        Assert.Throws<UnfitInputException>(() => new ButterflyFigure([]));
    }

    [Fact]
    public void The_neighbours_figure_names_every_sensor_and_counts_the_pairs()
    {
        var figure = new NeighbourFigure(new SensorNeighbours(["Fz", "Cz", "Pz"], [(0, 1), (1, 2)]), [(0, 0.05), (0, 0), (0, -0.05)]);
        var texts = Texts(figure);
        Assert.All(["Fz", "Cz", "Pz", "L", "R"], name => Assert.Contains(name, texts));
        Assert.Equal("3 sensors, 2 pairs, 1.3 neighbours on average, 0 without any", figure.Subtitle);
    }

    [Fact]
    public void Sensors_and_latencies_stand_beside_their_colours()
    {
        var latencies = Axis.Uniform(AxisKind.Latency, Unit.Second, -0.1, 0.1, 5);
        var texts = Texts(new SensorTimeFigure(["Fz", "Pz"], latencies, [1, 2, 3, 4, 5, -1, -2, double.NaN, -4, -5], [0, 0, 1, 1, 0, 0, 0, 0, 2, 2], "t value", []));
        Assert.All(["Fz", "Pz", "0", "200", "Latency (ms)", "t value"], text => Assert.Contains(text, texts));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SensorTimeFigure(["Fz"], latencies, [1], [0], "t", []));
    }

    private static string[] Texts(SignalLab.Figures.Figure figure)
    {
        var size = figure.SizeMm();
        using var bitmap = new SKBitmap((int)(4 * size.Width), (int)(4 * size.Height));
        using var canvas = new SKCanvas(bitmap);
        canvas.Scale(4);
        return [.. figure.Draw(canvas).Texts.Select(t => t.Text)];
    }

    private static Recording Evoked() => new(
        [.. new[] { "Fz", "Pz" }.Select(n => new Channel(n, ChannelKind.Eeg, Unit.Microvolt, 100, 40))],
        new MemorySamples([[.. Enumerable.Range(0, 40).Select(i => Math.Sin(i / 5.0))], new double[40]]))
    {
        Evoked = new Evoked("target", 12, -0.1, (-0.1, 0)),
    };
}
