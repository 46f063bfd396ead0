using SignalLab.Analysis.Components;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Components;

public class DecompositionTests
{
    private static readonly Recording Mixed = Mixtures.Laplace(9, 6, 10_001).Recording;

    private static readonly Decomposition Found = Mixed.Decompose(new() { HighpassHz = null });

    [Fact]
    public void All_components_together_are_the_recording()
    {
        var sources = Enumerable.Range(0, 6).Select(k => Found.Sources(Mixed).ReadAll(k)).ToArray();
        for (var c = 0; c < 6; c++)
        {
            var values = Mixed.ReadAll(c);
            for (var t = 0; t < values.Length; t++)
            {
                Assert.Equal(values[t], Found.Channels[c].Mean + Enumerable.Range(0, 6).Sum(k => Found.Maps[k][c] * sources[k][t]), 1e-11);
            }
        }
    }

    [Fact]
    public void Removing_nothing_changes_no_bit_and_removing_everything_leaves_the_mean()
    {
        Assert.Equal(Mixed.ReadAll(3), Found.Remove(Mixed, []).ReadAll(3));
        Assert.All(Found.Remove(Mixed, [0, 1, 2, 3, 4, 5]).ReadAll(3), v => Assert.Equal(Found.Channels[3].Mean, v, 1e-11));
    }

    [Fact]
    public void A_removed_component_is_gone_and_the_others_stay()
    {
        var cleaned = Found.Remove(Mixed, [2]);
        var (before, after) = (Found.Sources(Mixed), Found.Sources(cleaned));

        Assert.All(after.ReadAll(2), v => Assert.Equal(0, v, 1e-12));
        Assert.All(before.ReadAll(4).Zip(after.ReadAll(4)), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.Equal("2", cleaned.Provenance.Steps[^1].Parameters["components"]);
    }

    [Fact]
    public void What_is_left_out_of_the_components_stays_in_the_recording()
    {
        var few = Mixed.Decompose(new() { HighpassHz = null, Components = 2 });
        var cleaned = few.Remove(Mixed, [0, 1]);

        Assert.Equal(2, few.Count);
        Assert.InRange(cleaned.ReadAll(0).Max(Math.Abs), 0.01, Mixed.ReadAll(0).Max(Math.Abs));
        Assert.All(few.Sources(cleaned).ReadAll(0), v => Assert.Equal(0, v, 1e-12));
    }

    [Fact]
    public void Blocks_equal_the_whole_bit_for_bit()
    {
        var cleaned = Found.Remove(Mixed, [0, 3]);
        foreach (var recording in new[] { cleaned, Found.Sources(Mixed) })
        {
            var whole = recording.ReadAll(1);
            foreach (var (first, count) in new[] { (0, 1), (1, 4097), (4095, 3), (9998, 3), (17, 8192) })
            {
                var block = new double[2 * count];
                recording.Samples.Read([1, 4], first, count, block);
                Assert.Equal(whole.AsSpan(first, count).ToArray(), block[..count]);
            }
        }
    }

    [Fact]
    public void The_variance_removed_is_told_per_channel()
    {
        var removed = Found.RemovedVariance(Mixed, [1]);
        for (var c = 0; c < 6; c++)
        {
            var values = Mixed.ReadAll(c);
            var mean = values.Average();
            var total = values.Average(v => (v - mean) * (v - mean));
            Assert.Equal(Found.Maps[1][c] * Found.Maps[1][c] / total, removed[c], 1e-9);
        }
    }

    [Fact]
    public void A_recording_in_another_unit_with_other_channels_beside_is_cleaned_alike()
    {
        var rows = new[] { 5, 1, 0, 2, 3, 4 }.Select(c => Mixed.ReadAll(c).Select(v => v / 1000).ToArray()).Prepend([.. Mixed.ReadAll(0).Select(v => v * v)]).ToArray();
        var other = new Recording(
            [new("pulse", ChannelKind.Pleth, Unit.One, 250, 10_001), .. new[] { 5, 1, 0, 2, 3, 4 }.Select(c => Mixed.Channels[c] with { Unit = Unit.Millivolt, Label = $"EEG C{c}-Ref" })], new MemorySamples(rows));
        var (expected, cleaned) = (Found.Remove(Mixed, [0]), Found.Remove(other, [0]));

        Assert.Equal(rows[0], cleaned.ReadAll(0));
        Assert.All(expected.ReadAll(5).Zip(cleaned.ReadAll(1)), p => Assert.Equal(p.First, 1000 * p.Second, 1e-10));
    }

    [Fact]
    public void Channels_or_components_that_do_not_exist_are_refused()
    {
        Assert.Contains("no component 6", Assert.Throws<UnfitInputException>(() => Found.Remove(Mixed, [6])).Message, StringComparison.Ordinal);
        var fewer = new Recording([.. Mixed.Channels.Take(5)], Mixed.Samples);
        Assert.Contains("c5", Assert.Throws<UnfitInputException>(() => Found.Remove(fewer, [0])).Message, StringComparison.Ordinal);
        var volts = Mixed with { Channels = [.. Mixed.Channels.Select(c => c with { Unit = Unit.Second })] };
        Assert.Contains("decomposed in 'uV'", Assert.Throws<UnfitInputException>(() => Found.Sources(volts)).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => Found.MapOf(Mixed, ChannelKind.Eeg));
    }

    [Fact]
    public void Kept_as_text_it_cleans_bit_for_bit_alike()
    {
        var labelled = Found.Label(Mixed, null);
        var read = DecompositionJson.Parse(DecompositionJson.Write(labelled));

        Assert.Equal(Found.Remove(Mixed, [0, 5]).ReadAll(2), read.Remove(Mixed, [0, 5]).ReadAll(2));
        Assert.Equal(labelled.Labels.Select(l => (l.Class, l.Confidence)), read.Labels.Select(l => (l.Class, l.Confidence)));
        Assert.Equal(labelled.Explained, read.Explained);
        Assert.Equal((Found.Iterations, Found.Change, Found.Converged), (read.Iterations, read.Change, read.Converged));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"kind\": \"montage\"}")]
    [InlineData("{\"kind\": \"signallab decomposition\", \"channels\": [], \"components\": [{}]}")]
    public void Other_text_is_refused(string json) => Assert.Throws<UnfitInputException>(() => DecompositionJson.Parse(json));

    [Fact]
    public void Maps_stand_at_the_sensors()
    {
        var placed = Mixed with { Channels = [.. Mixed.Channels.Select((c, i) => c with { Sensor = new(c.Label, new(0.01 * i, 0, 0.09)), Frame = Frame.Head })] };
        var maps = Found.MapOf(placed, ChannelKind.Eeg);

        Assert.Equal((6, 6L), (maps.FrameCount, maps.Support.Count));
        Assert.Equal(Found.Maps[4], maps.ReadFrame(4));
        Assert.Equal(AxisKind.Component, maps.Axes[0].Kind);
    }
}
