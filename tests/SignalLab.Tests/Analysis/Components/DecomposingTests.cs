using SignalLab.Analysis.Components;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Components;

public class DecomposingTests
{
    private static readonly DecompositionOptions AsRecorded = new() { HighpassHz = null };

    [Theory]
    [InlineData(ComponentMethod.FastIca)]
    [InlineData(ComponentMethod.Infomax)]
    [InlineData(ComponentMethod.Picard)]
    [InlineData(ComponentMethod.PicardOrthogonal)]
    public void Laplacian_sources_are_found_from_any_seed(ComponentMethod method)
    {
        foreach (var mixture in new[] { 1, 4 })
        {
            var (recording, mixing) = Mixtures.Laplace(mixture);
            foreach (var seed in new[] { 0, 1, 2 })
            {
                var found = recording.Decompose(AsRecorded with { Method = method, Seed = seed });
                Assert.True(found.Converged);
                Assert.Equal(8, found.Count);
                Assert.InRange(Mixtures.Amari(found.Unmixing, mixing), 0, 0.01);
            }
        }
    }

    [Theory]
    [InlineData(ComponentMethod.FastIca)]
    [InlineData(ComponentMethod.Infomax)]
    [InlineData(ComponentMethod.Picard)]
    [InlineData(ComponentMethod.PicardOrthogonal)]
    public void Flat_and_peaked_sources_are_found_together(ComponentMethod method)
    {
        var random = new Random(5);
        double[][] sources =
        [
            [.. Enumerable.Range(0, 12_000).Select(_ => Mixtures.Laplacian(random))], [.. Enumerable.Range(0, 12_000).Select(_ => random.NextDouble() - 0.5)],
            [.. Enumerable.Range(0, 12_000).Select(_ => Mixtures.Laplacian(random))], [.. Enumerable.Range(0, 12_000).Select(i => Math.Sin(i * 0.7311))],
        ];
        double[][] mixing = [[1, 2, 0.3, -1], [0.5, -1, 2, 0.2], [0.1, 0.7, 1, 3], [-2, 0.4, 0.6, 1]];

        var found = Mixtures.Of(sources, mixing, 250).Decompose(AsRecorded with { Method = method });

        Assert.True(found.Converged);
        Assert.InRange(Mixtures.Amari(found.Unmixing, mixing), 0, 0.02);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_components_have_unit_variance_sorted_by_what_they_explain()
    {
        var (recording, _) = Mixtures.Laplace(2, 5, 4001);
        foreach (var method in Enum.GetValues<ComponentMethod>())
        {
            var (first, second) = (recording.Decompose(AsRecorded with { Method = method }), recording.Decompose(AsRecorded with { Method = method }));
            Assert.Equal(first.Unmixing.SelectMany(r => r), second.Unmixing.SelectMany(r => r));
            Assert.Equal(first.Explained.OrderDescending(), first.Explained);
            Assert.Equal(1, first.Explained.Sum(), method is ComponentMethod.Infomax or ComponentMethod.Picard ? 0.1 : 1e-9);
            Assert.All(Enumerable.Range(0, 5), k => Assert.Equal(1, first.Sources(recording).ReadAll(k).Average(v => v * v), 1e-9));
            Assert.All(first.Maps, map => Assert.Equal(map.Max(Math.Abs), map.Max()));
        }
    }

    [Fact]
    public void An_average_reference_lowers_the_rank_and_more_components_are_refused()
    {
        var (recording, _) = Mixtures.Laplace(3, 6, 3000);
        var rows = Enumerable.Range(0, 6).Select(recording.ReadAll).ToArray();
        for (var t = 0; t < 3000; t++)
        {
            var mean = rows.Average(r => r[t]);
            foreach (var row in rows)
            {
                row[t] -= mean;
            }
        }

        var referenced = recording with { Samples = new MemorySamples(rows) };
        var found = referenced.Decompose(AsRecorded);

        Assert.Equal((5, 5), (found.Rank, found.Count));
        Assert.Contains(found.Remarks, r => r.Contains("rank 5", StringComparison.Ordinal));
        Assert.Contains("rank 5", Assert.Throws<UnfitInputException>(() => referenced.Decompose(AsRecorded with { Components = 6 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flat_and_equal_channels_take_no_component()
    {
        var (recording, _) = Mixtures.Laplace(3, 4, 3000);
        var rows = Enumerable.Range(0, 4).Select(recording.ReadAll).ToArray();
        double[][] more = [.. rows, new double[3000], rows[1]];
        var found = new Recording([.. more.Select((r, c) => new Channel($"c{c}", ChannelKind.Eeg, Unit.Microvolt, 250, 3000))], new MemorySamples(more)).Decompose(AsRecorded);

        Assert.Equal((4, 4), (found.Rank, found.Count));
        Assert.All(found.Maps, map => Assert.Equal(0, map[4], 1e-12));
        Assert.All(found.Maps, map => Assert.Equal(map[1], map[5], 1e-6));
    }

    [Fact]
    public void Magnetometers_and_gradiometers_count_alike_whatever_their_units()
    {
        var (recording, _) = Mixtures.Laplace(6, 6, 5000);
        Recording Scaled(double factor) => new(
            [.. Enumerable.Range(0, 6).Select(c => new Channel($"m{c}", c < 3 ? ChannelKind.Mag : ChannelKind.Grad, c < 3 ? Unit.Tesla : Unit.TeslaPerMetre, 250, 5000))],
            new MemorySamples([.. Enumerable.Range(0, 6).Select(c => recording.ReadAll(c).Select(v => v * (c < 3 ? 1e-13 : 1e-13 * factor)).ToArray())]));

        var (one, other) = (Scaled(1).Decompose(AsRecorded), Scaled(16).Decompose(AsRecorded));

        Assert.Equal(6, one.Rank);
        Assert.Equal(one.Explained.Select(e => Math.Round(e, 6)), other.Explained.Select(e => Math.Round(e, 6)));
        Assert.Equal(one.Unmixing[0][4], 16 * other.Unmixing[0][4], Math.Abs(one.Unmixing[0][4]) * 1e-6);
    }

    [Fact]
    public void Missing_values_gaps_and_bad_stretches_take_no_part()
    {
        var (recording, mixing) = Mixtures.Laplace(1, 4, 9000);
        var rows = Enumerable.Range(0, 4).Select(recording.ReadAll).ToArray();
        rows[2][100] = double.NaN;
        rows[0][7000] = double.PositiveInfinity;
        for (var t = 2500; t < 3000; t++)
        {
            rows[1][t] = 1e5;
        }

        var spoilt = recording with { Samples = new MemorySamples(rows), Segments = [new(0, 20), new(100, 16)], Annotations = [new(10, 2, "BAD jump"), new(105, 4, "eyes closed")] };
        var found = spoilt.Decompose(AsRecorded);

        Assert.Equal(9000 - 500 - 2, found.SampleCount);
        Assert.InRange(Mixtures.Amari(found.Unmixing, mixing), 0, 0.03);
    }

    [Fact]
    public void A_long_recording_is_fitted_on_stretches_spread_over_it()
    {
        var recording = new Recording([.. Enumerable.Range(0, 2).Select(c => new Channel($"c{c}", ChannelKind.Eeg, Unit.Microvolt, 10, 100_000))], new MemorySamples([new double[100_000], new double[100_000]]))
        {
            Annotations = [new(0, 1000, "bad start")],
        };
        var stretches = FittingStretches.Of(recording, [0, 1], 0, null, 1000);

        Assert.Equal(1000, stretches.Sum(s => s.Count));
        Assert.Equal((10_000, 99_900), (stretches[0].First, stretches[^1].First));
        Assert.All(stretches.Zip(stretches.Skip(1)), p => Assert.True(p.First.First + p.First.Count <= p.Second.First));
        Assert.Equal((50, 450), FittingStretches.Of(recording with { Annotations = [] }, [0], 5, 50, 1000).Single());
    }

    [Fact]
    public void No_convergence_is_said_with_what_was_reached()
    {
        var (recording, _) = Mixtures.Laplace(1);
        var found = recording.Decompose(AsRecorded with { MostIterations = 2 });

        Assert.False(found.Converged);
        Assert.Equal(2, found.Iterations);
        Assert.Contains(found.Remarks, r => r.StartsWith("FastICA did not converge: after 2 iterations the change was ", StringComparison.Ordinal));
        Assert.Equal("no", found.Provenance.Steps[^1].Parameters["converged"]);
    }

    [Fact]
    public void What_cannot_be_taken_apart_is_refused_with_a_number()
    {
        var (recording, _) = Mixtures.Laplace(1, 8, 79);
        Assert.Contains("at least 80 samples", Assert.Throws<UnfitInputException>(() => recording.Decompose(AsRecorded)).Message, StringComparison.Ordinal);
        Assert.Contains("there is 1", Assert.Throws<UnfitInputException>(() => recording.Decompose(AsRecorded, [3])).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => recording.Decompose(AsRecorded, [3, 3]));
        Assert.Throws<UnfitInputException>(() => new Recording([], new MemorySamples([])).Decompose(AsRecorded));
        Assert.Throws<UnfitInputException>(() => recording.Decompose(AsRecorded with { VarianceFraction = 0 }));
        var flat = new Recording([.. Enumerable.Range(0, 2).Select(c => new Channel($"c{c}", ChannelKind.Eeg, Unit.Microvolt, 10, 100))], new MemorySamples([new double[100], new double[100]]));
        Assert.Contains("flat", Assert.Throws<UnfitInputException>(() => flat.Decompose(AsRecorded)).Message, StringComparison.Ordinal);
        var rates = flat with { Channels = [flat.Channels[0], flat.Channels[1] with { RateHz = 20 }] };
        Assert.Contains("20 Hz", Assert.Throws<UnfitInputException>(() => rates.Decompose(AsRecorded)).Message, StringComparison.Ordinal);
        var lost = new double[100];
        Array.Fill(lost, double.NaN);
        Assert.Contains("'c1' lacks 100 finite values", Assert.Throws<UnfitInputException>(() => (flat with { Samples = new MemorySamples([new double[100], lost]) }).Decompose(AsRecorded)).Message, StringComparison.Ordinal);
    }
}
