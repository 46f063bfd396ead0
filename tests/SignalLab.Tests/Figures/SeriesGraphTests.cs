using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Model;

namespace SignalLab.Tests.Figures;

public sealed class SeriesGraphTests
{
    [Theory]
    [InlineData("T", 1.2e-13, "(fT)", "100")]
    [InlineData("T/m", 3e-11, "(fT/cm)", "200")]
    [InlineData("V", 4e-5, "(µV)", "20")]
    [InlineData("ms", 900, "(ms)", "500")]
    [InlineData("mV", 1.5, "(mV)", "1")]
    public void Values_are_shown_in_a_unit_that_gives_handy_numbers(string unit, double largest, string titled, string tick)
    {
        var axis = Axis.Uniform(AxisKind.Latency, Unit.Second, 0, 0.1, 11);
        var graph = new SeriesGraph([new("global field power", axis, [.. axis.Values.Select(t => t * largest)], Unit.Parse(unit))]);
        var svg = System.Text.Encoding.UTF8.GetString(FigureFile.ToBytes(graph, ".svg", Colophon.None));
        Assert.Contains(titled, svg, StringComparison.Ordinal);
        Assert.Contains($">{tick}", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("e−", svg, StringComparison.Ordinal);
    }
}
