using SignalLab.Analysis.Projections;
using SignalLab.Analysis.Selection;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Projections;

public class ProjectingTests
{
    [Fact]
    public void A_pattern_along_a_projector_is_removed_and_one_across_it_stays()
    {
        var (along, across) = (new[] { 0.6, 0.8, 0, 0 }, new[] { -0.8, 0.6, 1, 2 });
        var recording = Pattern(along, across) with { Projectors = [new("p", ["c0", "c1", "c2", "c3"], [along], false)] };
        var projected = recording.ApplyProjectors();

        for (var c = 0; c < 4; c++)
        {
            var values = projected.ReadAll(c);
            for (var t = 0; t < values.Length; t++)
            {
                Assert.Equal(across[c] * Second(t), values[t], 1e-12);
            }
        }

        Assert.All(projected.Projectors, p => Assert.True(p.IsActive));
    }

    [Fact]
    public void Projecting_twice_is_projecting_once()
    {
        var random = new Random(7);
        var recording = Noise(random, 12, 500) with { Projectors = [Random(random, "a", 12), Random(random, "b", 12)] };
        var once = recording.ApplyProjectors();
        var again = (once with { Projectors = recording.Projectors }).ApplyProjectors();

        for (var c = 0; c < 12; c++)
        {
            Assert.All(once.ReadAll(c).Zip(again.ReadAll(c)), p => Assert.Equal(p.First, p.Second, 1e-12));
        }
    }

    [Fact]
    public void Vectors_that_depend_on_each_other_count_once()
    {
        var random = new Random(8);
        var projector = Random(random, "a", 6);
        var recording = Noise(random, 6, 50);
        var once = (recording with { Projectors = [projector] }).ApplyProjectors();
        var twice = (recording with { Projectors = [projector, projector with { Name = "same", Vectors = [[.. projector.Vectors[0].Select(x => -3 * x)]] }] }).ApplyProjectors();

        Assert.All(once.ReadAll(2).Zip(twice.ReadAll(2)), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Fact]
    public void The_average_reference_projector_subtracts_the_mean_of_the_good_channels()
    {
        var recording = Noise(new Random(9), 5, 100);
        Channel[] channels = [.. recording.Channels.Select((c, i) => c with { IsBad = i == 3 })];
        var vector = Enumerable.Repeat(1 / Math.Sqrt(5), 5).ToArray();
        var projected = (recording with { Channels = channels, Projectors = [new("Average EEG reference", [.. channels.Select(c => c.Label)], [vector], false)] }).ApplyProjectors();

        int[] good = [0, 1, 2, 4];
        for (var t = 0; t < 100; t++)
        {
            var mean = good.Average(c => recording.ReadAll(c)[t]);
            Assert.All(good, c => Assert.Equal(recording.ReadAll(c)[t] - mean, projected.ReadAll(c)[t], 1e-12));
        }

        Assert.Equal(recording.ReadAll(3), projected.ReadAll(3));
        Assert.Empty(projected.Remarks);
    }

    [Fact]
    public void What_an_active_projector_removed_does_not_come_back()
    {
        var (a, b) = (new[] { 1.0, 0, 0 }, new[] { 0.6, 0.6, Math.Sqrt(0.28) });
        var recording = Noise(new Random(10), 3, 20) with { Projectors = [new("a", ["c0", "c1", "c2"], [a], true), new("b", ["c0", "c1", "c2"], [b], false)] };

        Assert.All(recording.ApplyProjectors().ReadAll(0), v => Assert.Equal(0, v, 1e-12));
    }

    [Fact]
    public void Channels_in_different_multiples_of_a_unit_are_projected_alike()
    {
        var recording = Noise(new Random(11), 4, 60) with { Projectors = [Random(new Random(12), "a", 4)] };
        var scaled = recording with
        {
            Channels = [.. recording.Channels.Select((c, i) => i == 1 ? c with { Unit = Unit.Microvolt } : c)],
            Samples = new MemorySamples([.. Enumerable.Range(0, 4).Select(c => recording.ReadAll(c).Select(v => c == 1 ? v * 1e6 : v).ToArray())]),
        };
        var (expected, actual) = (recording.ApplyProjectors(), scaled.ApplyProjectors());

        Assert.All(expected.ReadAll(0).Zip(actual.ReadAll(0)), p => Assert.Equal(p.First, p.Second, 1e-10));
        Assert.All(expected.ReadAll(1).Zip(actual.ReadAll(1)), p => Assert.Equal(p.First, p.Second / 1e6, 1e-10));
    }

    [Fact]
    public void Read_in_blocks_equals_read_whole_bit_for_bit()
    {
        var random = new Random(13);
        var projected = (Noise(random, 9, 5000) with { Projectors = [Random(random, "a", 9), Random(random, "b", 9)] }).ApplyProjectors();
        var whole = projected.ReadAll(4);
        for (var trial = 0; trial < 20; trial++)
        {
            var first = random.Next(5000);
            var block = new double[2 * random.Next(1, 5001 - first)];
            projected.Samples.Read([2, 4], first, block.Length / 2, block);
            Assert.Equal(whole[first..(first + (block.Length / 2))], block[(block.Length / 2)..]);
        }
    }

    [Fact]
    public void A_projector_on_a_channel_left_alone_is_refused_and_a_reduced_one_is_remarked()
    {
        var recording = Noise(new Random(14), 4, 10) with { Projectors = [new("a", ["c0", "c1", "c2", "c3"], [[0.1, 0.7, 0.5, Math.Sqrt(0.25)]], false)] };

        Assert.Throws<UnfitInputException>(() => recording.Pick([1]).ApplyProjectors());
        Assert.Contains("71 %", Assert.Single(recording.Pick([0, 1]).ApplyProjectors().Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Sensor_values_of_a_topographic_map_agree_with_an_independent_computation()
    {
        var oracle = SharedData.Oracle("meg/oracles/topomap.json").GetProperty("maps");
        var file = new FiffFormat().Open(SharedData.File("meg/fif/test-ave.fif.gz")).Recordings[0];

        // The reference projected with the file's own bad channels (none) and left two channels out of the map afterwards.
        var evoked = file.BaselineCorrected(null, 0).ApplyProjectors();
        foreach (var map in oracle.EnumerateArray())
        {
            var expected = map.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()).ToArray();
            var names = map.GetProperty("names").EnumerateArray().Select(n => n.GetString()!).ToArray();
            var sample = map.GetProperty("sample").GetInt64();
            var scale = map.GetProperty("unit").GetString() switch { "uV" => 1e6, "fT" => 1e15, _ => 1e13 };
            double At(string name)
            {
                Span<double> one = [0];
                evoked.Samples.Read(Enumerable.Range(0, evoked.Channels.Count).First(c => evoked.Channels[c].Label == name), sample, one);
                return one[0] * scale;
            }

            // A pair of planar gradiometers is shown as the root mean square of the two.
            var actual = names.Select(n => n.EndsWith('x')
                ? Math.Sqrt(evoked.Channels.Where(c => c.Label.StartsWith(n[..^1], StringComparison.Ordinal) && c.Kind == ChannelKind.Grad && c.Label != "MEG 2443").Average(c => At(c.Label) * At(c.Label)))
                : At(n)).ToArray();
            Assert.Equal(map.GetProperty("latency_s").GetDouble(), evoked.Evoked!.FirstLatencySeconds + (sample / evoked.CommonRateHz!.Value), 1e-7);

            // Six digits are printed.
            SharedData.AssertClose(expected, actual, 1e-6, 0.5e-5 * Math.Pow(10, Math.Floor(Math.Log10(expected.Max(Math.Abs)))));
        }
    }

    private static double First(int t) => Math.Sin(t);

    private static double Second(int t) => Math.Cos(2 * t);

    private static Recording Pattern(double[] first, double[] second) => Of(
        [.. first.Zip(second, (a, b) => Enumerable.Range(0, 40).Select(t => (a * First(t)) + (b * Second(t))).ToArray())]);

    private static Recording Noise(Random random, int channels, int samples) =>
        Of([.. Enumerable.Range(0, channels).Select(_ => Enumerable.Range(0, samples).Select(_ => random.NextDouble() - 0.5).ToArray())]);

    private static Recording Of(double[][] values) =>
        new([.. values.Select((v, i) => new Channel($"c{i}", ChannelKind.Eeg, Unit.Volt, 100, v.Length))], new MemorySamples(values));

    private static Projector Random(Random random, string name, int channels)
    {
        double[] vector = [.. Enumerable.Range(0, channels).Select(_ => random.NextDouble() - 0.5)];
        var norm = Math.Sqrt(vector.Sum(x => x * x));
        return new(name, [.. Enumerable.Range(0, channels).Select(i => $"c{i}")], [[.. vector.Select(x => x / norm)]], false);
    }
}
