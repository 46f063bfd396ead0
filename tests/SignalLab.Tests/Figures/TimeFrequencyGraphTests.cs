using System.Text;
using System.Xml.Linq;
using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class TimeFrequencyGraphTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Axes_channels_and_the_colour_bar_are_written_once_with_units()
    {
        var texts = XDocument.Parse(Encoding.UTF8.GetString(FigureFile.ToBytes(new TimeFrequencyGraph([Panel("C3"), Panel("C4")]), ".svg", Colophon.None))).Descendants(Svg + "text").Select(t => t.Value).ToList();
        foreach (var once in new[] { "Frequency (Hz)", "Time (s)", "Power density (dB re 1 µV²/Hz)", "C3", "C4" })
        {
            Assert.Equal(1, texts.Count(t => t == once));
        }
    }

    [Fact]
    public void High_frequencies_are_on_top_and_late_times_right()
    {
        // One strong cell: the highest frequency at the last time.
        using var bitmap = SKBitmap.Decode(FigureFile.ToBytes(new TimeFrequencyGraph([Panel("C3")]), ".png", Colophon.None));
        var (x, y, count) = (0.0, 0.0, 0);
        for (var j = 0; j < bitmap.Height; j++)
        {
            for (var i = 0; i < bitmap.Width * 0.885; i++)
            {
                var c = bitmap.GetPixel(i, j);
                if (c.Red > 230 && c.Green > 210 && c.Blue < 80)
                {
                    (x, y, count) = (x + i, y + j, count + 1);
                }
            }
        }

        Assert.True(count > 50);
        Assert.InRange(x / count / bitmap.Width, 0.83, 0.88);
        Assert.InRange(y / count / bitmap.Height, 0, 0.5);
    }

    [Fact]
    public void Times_without_values_and_ratios_are_drawn_and_nothing_is_refused()
    {
        var missing = Panel("C3") with { Values = [.. Panel("C3").Values.Select((v, i) => i < 100 ? double.NaN : v)] };
        Assert.NotEmpty(FigureFile.ToBytes(new TimeFrequencyGraph([missing]), ".png", Colophon.None));
        var ratio = new TimeFrequencyGraph([Panel("C3") with { Unit = Unit.Parse("dB") }], isRatio: true);
        Assert.Equal(-ratio.Scale.Low, ratio.Scale.High);
        Assert.NotEmpty(FigureFile.ToBytes(new TimeFrequencyGraph([Panel("C3") with { Values = [.. Enumerable.Repeat(double.NaN, 200)] }]), ".png", Colophon.None));
        Assert.Throws<UnfitInputException>(() => new TimeFrequencyGraph([]));
        Assert.Throws<UnfitInputException>(() => new TimeFrequencyGraph([Panel("C3"), Panel("M") with { Unit = Unit.Tesla }]));
    }

    private static TimeFrequencyPanel Panel(string name) =>
        new(name, 0, 0.5, [.. Enumerable.Range(1, 10).Select(f => (double)f)], [.. Enumerable.Range(0, 200).Select(i => i == 199 ? 1e4 : 1.0 + (i % 7))], Unit.Parse("uV2/Hz"));
}
