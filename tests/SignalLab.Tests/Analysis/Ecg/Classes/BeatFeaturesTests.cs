using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;
using SignalLab.Analysis.Simulation;

namespace SignalLab.Tests.Analysis.Ecg.Classes;

public sealed class BeatFeaturesTests
{
    [Fact]
    public void Every_beat_has_a_finite_value_for_every_name()
    {
        var strip = EcgSimulation.Strip(2, 60).Data;
        Beat[] beats = [.. strip.Annotations.Select(a => new Beat((long)Math.Round(a.OnsetSeconds * 250), a.OnsetSeconds))];
        var features = BeatFeatures.Of(strip, strip.EcgLeads(), beats);
        Assert.Equal(beats.Length, features.Values.Count);
        Assert.All(features.Values, v => Assert.Equal(BeatFeatures.Names.Count, v.Length));
        Assert.All(features.Values, v => Assert.All(v, x => Assert.True(float.IsFinite(x))));
        Assert.Distinct(BeatFeatures.Names);
    }

    [Fact]
    public void Where_early_beats_are_the_most_the_mean_interval_tells_them_though_the_median_is_theirs()
    {
        double[] run = [1.6, 0.7, 0.7, 0.7];
        var features = Features([.. Enumerable.Repeat(run, 40).SelectMany(r => r)]);
        var (median, mean) = (BeatFeatures.IndexOf("RR before / record"), BeatFeatures.IndexOf("RR before / record mean"));
        Assert.Equal(1, features.Values[81][median], 1e-6);
        Assert.Equal(0.7 / 0.925, features.Values[81][mean], 1e-6);
    }

    [Fact]
    public void Intervals_of_bigeminy_are_alike_one_another_and_independent_ones_are_not()
    {
        var random = new Random(1);
        var at = BeatFeatures.IndexOf("intervals alike one another");
        var bigeminy = Features([.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 0.6 : 1.1)]);
        var independent = Features([.. Enumerable.Range(0, 100).Select(_ => 0.5 + (0.6 * random.NextDouble()))]);
        Assert.True(bigeminy.Values[50][at] > 0.45);
        Assert.True(independent.Values[50][at] < 0.25);
    }

    [Fact]
    public void No_beat_gives_no_values()
    {
        var strip = EcgSimulation.Strip(2, 10).Data;
        Assert.Empty(BeatFeatures.Of(strip, strip.EcgLeads(), []).Values);
    }

    private static BeatFeatures Features(double[] intervals) =>
        BeatFeatures.Of(new BeatEvidence(intervals, [.. intervals.Select(_ => new float[BeatEvidence.ShapeNames.Count])], new int[intervals.Length]));
}
