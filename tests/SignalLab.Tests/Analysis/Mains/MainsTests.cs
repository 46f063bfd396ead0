using SignalLab.Analysis.Mains;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Mains;

public class MainsTests
{
    private const double Rate = 250;

    [Theory]
    [InlineData(50)]
    [InlineData(49.93)]
    [InlineData(50.11)]
    public void A_steady_hum_and_its_harmonic_go_and_the_brain_stays(double hz)
    {
        var brain = White(15_000, 1);
        double[] hummed = [.. brain.Select((v, t) => v + (30 * Math.Sin((2 * Math.PI * hz * t / Rate) + 0.4)) + (5 * Math.Cos(4 * Math.PI * hz * t / Rate)))];
        var cleaned = Signal(hummed).RemoveMains();
        var y = cleaned.ReadAll(0);
        var error = Math.Sqrt(y.Zip(brain, (a, b) => (a - b) * (a - b)).Average());
        Assert.True(error < 0.12, FormattableString.Invariant($"RMS error {error} beside a brain of 1"));
        var told = Assert.Single(cleaned.Remarks);
        Assert.Contains("50 Hz 30 uV", told, StringComparison.Ordinal);
        Assert.Matches("100 Hz (4[.]9|5[.]?0?)", told);
    }

    [Fact]
    public void A_pure_hum_leaves_a_two_thousandth_at_most()
    {
        double[] hum = [.. Enumerable.Range(0, 10_000).Select(t => 30 * Math.Sin(2 * Math.PI * 50.05 * t / Rate))];
        Assert.All(Signal(hum).RemoveMains().ReadAll(0), v => Assert.Equal(0, v, 0.015));
    }

    [Fact]
    public void A_hum_that_grows_and_fades_is_followed()
    {
        var brain = White(25_000, 2);
        double Swell(int t) => 20 * (1 + Math.Sin(2 * Math.PI * t / (60 * Rate)));
        double[] hummed = [.. brain.Select((v, t) => v + (Swell(t) * Math.Sin(2 * Math.PI * 50 * t / Rate)))];
        var y = Signal(hummed).RemoveMains().ReadAll(0);
        Assert.True(Math.Sqrt(y.Zip(brain, (a, b) => (a - b) * (a - b)).Average()) < 1.5);
    }

    [Fact]
    public void Without_hum_nearly_nothing_is_taken()
    {
        var brain = White(20_000, 3);
        var y = Signal(brain).RemoveMains(new() { Significance = 0.002 }).ReadAll(0);
        Assert.True(y.Zip(brain).Count(p => p.First == p.Second) > 0.85 * y.Length);
    }

    [Fact]
    public void A_block_equals_the_same_samples_of_a_whole_read_bit_for_bit()
    {
        double[] hummed = [.. White(12_345, 4).Select((v, t) => v + (10 * Math.Sin(2 * Math.PI * 50 * t / Rate)))];
        var gapped = Signal(hummed) with { Segments = [new(0, 7000 / Rate), new(40, 5345 / Rate)] };
        var whole = gapped.RemoveMains().ReadAll(0);
        for (var first = 0; first < hummed.Length; first += 997)
        {
            var part = new double[Math.Min(997, hummed.Length - first)];
            gapped.RemoveMains().Samples.Read(0, first, part);
            Assert.Equal(whole[first..(first + part.Length)], part);
        }
    }

    [Fact]
    public void Gaps_part_and_missing_values_are_left_alone()
    {
        double[] hummed = [.. White(9000, 5).Select((v, t) => v + (10 * Math.Sin(2 * Math.PI * 50 * t / Rate)))];
        var gapped = Signal(hummed) with { Segments = [new(0, 5000 / Rate), new(30, 4000 / Rate)] };
        double[] apart = [.. Signal(hummed[..5000]).RemoveMains().ReadAll(0), .. Signal(hummed[5000..]).RemoveMains().ReadAll(0)];
        Assert.Equal(apart, gapped.RemoveMains().ReadAll(0));
        hummed[8000] = double.NaN;
        var y = Signal(hummed).RemoveMains().ReadAll(0);
        Assert.Equal(1, y.Count(double.IsNaN));
        Assert.NotEqual(hummed[100], y[100]);
    }

    [Fact]
    public void Short_empty_flat_and_slow_signals_have_defined_results()
    {
        double[] few = [.. White(30, 6)];
        var cleaned = Signal(few).RemoveMains();
        Assert.Equal(few, cleaned.ReadAll(0));
        Assert.Contains("no stretch long enough", Assert.Single(cleaned.Remarks), StringComparison.Ordinal);
        Assert.Empty(Signal([]).RemoveMains().ReadAll(0));
        Assert.Equal([7.0], Signal([7]).RemoveMains().ReadAll(0));
        Assert.All(Signal([.. Enumerable.Repeat(5.0, 6000)]).RemoveMains().ReadAll(0), v => Assert.Equal(5, v, 1e-9));
        Assert.Throws<UnfitInputException>(() => One(new double[500]).RemoveMains());
        Assert.Throws<UnfitInputException>(() => Signal(few).RemoveMains(new() { FrequencyHz = 0 }));
        Assert.Throws<UnfitInputException>(() => Signal(few).RemoveMains(new() { WindowSeconds = double.NaN }));
    }

    private static double[] White(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(3) * ((2 * random.NextDouble()) - 1))];
    }

    private static Recording Signal(double[] samples) => new([Channel("Cz", samples.Length, Rate)], new MemorySamples([samples]));
}
