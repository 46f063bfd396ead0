using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Intervals;

public sealed class BodySurfaceTests
{
    [Fact]
    public void The_potentials_are_those_of_the_leads_and_the_limbs_sum_to_the_central_terminals_zero()
    {
        var simulated = Exact(EcgSimulation.TwelveLead(2, 5, noiseMillivolts: 0));
        var peak = SimulatedExamination.Beats(simulated)[1];
        var map = simulated.Data.TorsoPotentialsAt(peak.Sample / 500.0);
        var values = map.ReadFrame();
        double Of(string name) => values[BodySurface.Layout.Sensors.ToList().FindIndex(s => s.Name == name)];
        for (var lead = 6; lead < 12; lead++)
        {
            Assert.Equal(simulated.Data.ReadAll(lead)[peak.Sample], Of($"V{lead - 5}"), 1e-12);
        }

        Assert.Equal(0, Of("RA") + Of("LA") + Of("LL"), 1e-9);
        Assert.Equal(simulated.Data.ReadAll(0)[peak.Sample], Of("LA") - Of("RA"), 1e-9);
        Assert.Contains("interpolated", Assert.Single(map.Remarks), StringComparison.Ordinal);

        // Eight leads give the same as twelve.
        int[] eight = [0, 1, 6, 7, 8, 9, 10, 11];
        var fewer = new Recording([.. eight.Select(c => simulated.Data.Channels[c])], new MemorySamples([.. eight.Select(simulated.Data.ReadAll)]));
        Assert.All(fewer.TorsoPotentialsAt(peak.Sample / 500.0).ReadFrame().Zip(values), p => Assert.Equal(p.Second, p.First, 1e-9));
    }

    [Fact]
    public void The_map_is_seen_from_the_front_and_passes_through_its_electrodes()
    {
        var simulated = EcgSimulation.TwelveLead(2, 5, noiseMillivolts: 0);
        var map = simulated.Data.BodySurfaceMapAt(SimulatedExamination.Beats(simulated)[1].Seconds);
        var places = map.PlaneSensors.Sensors.ToDictionary(s => s.Name, s => s.PositionMetres);
        Assert.True(places["LA"].X > 0.05 && places["RA"].X < -0.05 && places["LL"].Y < -0.05 && places["V6"].X > places["V1"].X);
        Assert.False(map.IsHead);
        Assert.Contains("from the front", Assert.Single(new SignalLab.Figures.Maps.TopographicMapFigure(map).Notes), StringComparison.Ordinal);
        Assert.Equal(9, map.SensorValues.Count);
        Assert.All(map.Grid.ReadFrame().Where((_, i) => map.Grid.Mask![i]), v => Assert.True(double.IsFinite(v)));
    }

    [Fact]
    public void Two_leads_make_no_map()
    {
        var strip = EcgSimulation.Strip(1, 5).Data;
        Assert.Contains("V1 to V6", Assert.Throws<UnfitInputException>(() => strip.BodySurfaceMapAt(1)).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => EcgSimulation.TwelveLead(1, 5).Data.TorsoPotentialsAt(99));
        Assert.Throws<UnfitInputException>(() => EcgSimulation.TwelveLead(1, 5).Data.TorsoPotentialsAt(double.NaN));
    }

    // The simulated wander is another in every lead; here the limb leads follow from I and II exactly.
    private static Simulated<Recording> Exact(Simulated<Recording> simulated)
    {
        var (one, two) = (simulated.Data.ReadAll(0), simulated.Data.ReadAll(1));
        double[] Mix(double a, double b) => [.. one.Zip(two, (x, y) => (a * x) + (b * y))];
        double[][] samples = [one, two, Mix(-1, 1), Mix(-0.5, -0.5), Mix(1, -0.5), Mix(-0.5, 1), .. Enumerable.Range(6, 6).Select(simulated.Data.ReadAll)];
        return simulated with { Data = simulated.Data with { Samples = new MemorySamples(samples) } };
    }
}
