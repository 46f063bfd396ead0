using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis;

public sealed class FieldPowerTests
{
    [Fact]
    public void Of_electrodes_it_is_the_standard_deviation_and_knows_no_reference()
    {
        double[][] samples = [[1, 2], [3, 2], [5, 2]];
        Assert.Equal([Math.Sqrt(8.0 / 3), 0], Eeg(samples).GlobalFieldPower(ChannelKind.Eeg).Values);
        Assert.Equal(Math.Sqrt(8.0 / 3), Eeg([.. samples.Select(c => c.Select(v => v + 100).ToArray())]).GlobalFieldPower(ChannelKind.Eeg).Values[0], 1e-9);
    }

    [Fact]
    public void It_peaks_when_the_simulated_dipole_does()
    {
        var (evoked, truth) = MegSimulation.Create(1);
        var power = evoked.GlobalFieldPower(ChannelKind.Mag);
        Assert.Equal(AxisKind.Latency, power.Axis.Kind);
        var best = Enumerable.Range(0, power.Values.Count).MaxBy(i => power.Values[i]);
        Assert.Equal(truth["peak_latency_s"]!.GetValue<double>(), power.Axis.Values[best], 0.005);
    }

    [Fact]
    public void The_mean_map_is_the_mean_of_the_maps()
    {
        var evoked = MegSimulation.Create(2).Data;
        var mean = evoked.MapOver(0.196, 0.204, ChannelKind.Mag).ReadFrame();
        var each = new[] { 0.196, 0.2, 0.204 }.Select(t => evoked.MapAt(t, ChannelKind.Mag).ReadFrame()).ToArray();
        Assert.All(Enumerable.Range(0, mean.Length), i => Assert.Equal(each.Average(m => m[i]), mean[i], 1e-24));
    }

    [Fact]
    public void A_stretch_without_samples_is_refused() =>
        Assert.Throws<UnfitInputException>(() => MegSimulation.Create(2).Data.MapOver(7, 8, ChannelKind.Mag));

    private static Recording Eeg(double[][] samples) => new(
        [.. samples.Select((s, i) => new Channel($"E{i}", ChannelKind.Eeg, Unit.Microvolt, 100, s.Length))], new MemorySamples(samples));
}
