using SignalLab.Analysis.Montages;
using SignalLab.Analysis.Sources;
using SignalLab.Model;
using SignalLab.Tests.Analysis.Filters;

namespace SignalLab.Tests.Analysis.Montages;

public class ReferenceTests
{
    [Fact]
    public void Every_electrode_is_measured_against_the_named_ones()
    {
        var recording = Make(("Fp1", 5), ("Cz", 2), ("A1", 8), ("A2", 10));
        Assert.Equal([3.0, 0, 6, 8], Values(recording.Montage(Montage.Reference("Cz"))));
        var ears = recording.Montage(Montage.Reference("A1", "A2"));
        Assert.Equal([-4.0, -7, -1, 1], Values(ears));
        Assert.Equal(["Fp1", "Cz", "A1", "A2"], ears.Channels.Select(c => c.Label));
        Assert.Equal("A1+A2", ears.Provenance.Steps[^1].Parameters["reference"]);
    }

    [Fact]
    public void Bad_reference_electrodes_are_left_out_and_named()
    {
        var recording = Make(("Fp1", 5), ("A1", 8), ("A2", 10)).Bad("A2");
        foreach (var montage in new[] { Montage.Reference("A1", "A2"), Montage.LinkedEars })
        {
            var referred = recording.Montage(montage);
            Assert.Equal(-3.0, Values(referred)[0]);
            Assert.Contains("A2", Assert.Single(referred.Remarks), StringComparison.Ordinal);
            Assert.Throws<UnfitInputException>(() => recording.Bad("A1").Montage(montage));
        }
    }

    [Fact]
    public void A_reference_that_was_not_recorded_is_refused_by_name()
    {
        Assert.Contains("Pz", Assert.Throws<UnfitInputException>(() => Make(("Fp1", 5)).Montage(Montage.Reference("Pz"))).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => Montage.Reference());
        Assert.Throws<UnfitInputException>(() => Montage.Reference("A1", " "));
    }

    // Expected locations: the formula written with NumPy's median.
    [Fact]
    public void The_robust_average_is_Tukeys_biweight_of_the_good_electrodes()
    {
        double[] values = [1, 2.5, -0.3, 4, 250, 1.7, 0.2];
        var recording = Make([.. values.Select((v, i) => ("E" + (i + 1), v))]);
        Assert.Equal(1.503339614806579, 1 - Values(recording.Montage(Montage.RobustAverage))[0], 1e-12);
        var holed = Make(("E1", 1), ("E2", 2.5), ("E3", -0.3), ("E4", 4), ("E5", double.NaN), ("E6", 1.7)).Montage(Montage.RobustAverage);
        Assert.Equal(1.720307855786135, 1 - Values(holed)[0], 1e-12);
        Assert.True(double.IsNaN(Values(holed)[4]));
    }

    [Fact]
    public void The_robust_average_of_electrodes_that_agree_is_their_median_and_a_bad_one_takes_no_part()
    {
        Assert.Equal([0.0, 0, 0, 90], Values(Make(("E1", 10), ("E2", 10), ("E3", 10), ("E4", 100)).Montage(Montage.RobustAverage)));
        var bad = Make(("E1", 1), ("E2", 2), ("E3", 3), ("E4", 1e6)).Bad("E4").Montage(Montage.RobustAverage);
        Assert.Equal(1 - 2.0, Values(bad)[0]);
        Assert.Throws<UnfitInputException>(() => Make(("E1", 1), ("E2", 2)).Montage(Montage.RobustAverage));
    }

    [Fact]
    public void Robust_and_plain_references_follow_a_common_shift()
    {
        var recording = ScalpSample.Noise(ScalpSample.Cap, 300);
        var shifted = recording.With((_, x) => [.. x.Select((v, i) => v + (100 * Math.Sin(i)))]);
        foreach (var montage in new[] { Montage.RobustAverage, Montage.AverageReference, Montage.Rest, Montage.Reference("Cz", "Pz"), Montage.NearestLaplacian(4, byDistance: true) })
        {
            SharedData.AssertClose(recording.Montage(montage).All(), shifted.Montage(montage).All(), 1e-9);
        }
    }

    [Fact]
    public void A_missing_value_leaves_the_plain_average_without_one_and_other_samples_alone()
    {
        var recording = ScalpSample.Noise(ScalpSample.TenTwenty, 30);
        var holed = recording.With((c, x) => c == 2 ? [.. x[..5], double.NaN, .. x[6..]] : x);
        foreach (var name in new[] { "Cz", "F7" })
        {
            var (whole, part) = (recording.Montage(Montage.AverageReference).Of(name), holed.Montage(Montage.AverageReference).Of(name));
            Assert.True(double.IsNaN(part[5]));
            Assert.Equal(whole[..5], part[..5]);
            Assert.Equal(whole[6..], part[6..]);
        }

        // A pair that the electrode is not in is not touched.
        Assert.False(double.IsNaN(holed.Montage(Montage.Banana).Of("Fz-Cz")[5]));
        Assert.True(double.IsNaN(holed.Montage(Montage.Banana).Of("Fp1-F7")[5]));
        Assert.False(double.IsNaN(holed.Bad("F7").Montage(Montage.AverageReference).Of("Cz")[5]));
    }

    [Theory]
    [InlineData(400, 33)]
    [InlineData(30_000, 4999)]
    public void Blocks_of_the_robust_average_are_bit_for_bit_the_whole(int samples, int block)
    {
        var robust = ScalpSample.Noise(ScalpSample.TenTwenty, samples).Montage(Montage.RobustAverage);
        var (whole, first) = (FilterPropertyTests.Read(robust, 0, samples), samples / 5);
        var part = FilterPropertyTests.Read(robust, first, block);
        for (var c = 0; c < robust.Channels.Count; c++)
        {
            Assert.True(whole.AsSpan((c * samples) + first, block).SequenceEqual(part.AsSpan(c * block, block)));
        }
    }

    // Dipoles in a head of other skull conductivity and shells than REST assumes, recorded against Cz.
    [Fact]
    public void REST_finds_the_potential_against_infinity_better_than_the_average_does()
    {
        var cap = ScalpSample.Noise(ScalpSample.Cap, 1);
        Point3[] directions = [.. cap.Channels.Select(c => (c.Sensor!.PositionMetres - new Point3(0, 0.015, 0.045)).Unit())];
        var head = new ConcentricShells([0.081, 0.0855, 0.09], [0.33, 0.006, 0.33]);
        var random = new Random(7);
        var (rest, average) = (new List<double>(), new List<double>());
        for (var d = 0; d < 100; d++)
        {
            var place = 0.07 * new Point3(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble());
            var truth = new double[directions.Length];
            head.Potentials(place, new(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5), directions, truth);
            var againstCz = cap.With((c, _) => [truth[c] - truth[9]]);
            var size = Math.Sqrt(truth.Sum(v => v * v));
            rest.Add(Distance(againstCz.Montage(Montage.Rest)) / size);
            average.Add(Distance(againstCz.Montage(Montage.AverageReference)) / size);

            double Distance(Recording r) => Math.Sqrt(r.All().Zip(truth).Sum(p => (p.First - p.Second) * (p.First - p.Second)));
        }

        Assert.True(Median(rest) < 0.6 * Median(average), $"REST {Median(rest):G3}, average {Median(average):G3}");
    }

    [Fact]
    public void A_montage_file_may_name_its_reference()
    {
        var recording = Make(("Fp1", 5), ("Cz", 2), ("A1", 8), ("A2", 10));
        Assert.Equal([-4.0, -3], Values(recording.Montage(Montage.FromJson("""{"reference": ["A1", "A2"], "derivations": ["Fp1", "Cz-Fp1"]}"""))));
        var all = recording.Montage(Montage.FromJson("""{"name": "ears", "reference": "A1+A2"}"""));
        Assert.Equal([-4.0, -7, -1, 1], Values(all));
        Assert.Equal("ears", all.Provenance.Steps[^1].Parameters["name"]);
        Assert.Throws<UnfitInputException>(() => Montage.FromJson("""{"reference": [], "derivations": ["A-B"]}"""));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Recording Make(params (string Label, double Value)[] channels) => new(
        [.. channels.Select(c => new Channel(c.Label, ChannelKind.Eeg, Unit.Microvolt, 100, 1))],
        new MemorySamples([.. channels.Select(c => new[] { c.Value })]));

    private static double[] Values(Recording recording) => FilterPropertyTests.Read(recording, 0, 1);
}
