using SignalLab.Analysis.Montages;
using SignalLab.Model;
using SignalLab.Tests.Analysis.Filters;

namespace SignalLab.Tests.Analysis.Montages;

public class InterpolationTests
{
    [Fact]
    public void Weights_and_values_of_a_bad_electrode_are_the_references()
    {
        var oracle = SharedData.Oracle("eeg/oracles/dsp/topography_eegmmi.json");
        var expected = oracle.GetProperty("interpolate_C3");
        var options = new InterpolationOptions { Sphere = CurrentSourceDensityTests.Sphere(oracle) };
        var recording = CurrentSourceDensityTests.Cap().Montage(Montage.AverageReference).Bad("C3");

        // The values were made with the sphere that MNE-Python fits, where its simplex stopped; the weights with the sphere that the reference names.
        var samples = recording.InterpolateBads().Of("C3");
        SharedData.AssertClose(
            FilterOracleTests.Numbers(expected.GetProperty("interpolated")), [.. expected.GetProperty("sample_index").EnumerateArray().Select(i => samples[i.GetInt32()])], 1e-6);

        // One electrode at 1 and the others at 0 shows its weight.
        var names = expected.GetProperty("weights").EnumerateObject().ToArray();
        var impulses = recording with { Channels = [.. recording.Channels.Select(c => c with { SampleCount = names.Length })] };
        impulses = impulses with
        {
            Samples = new MemorySamples([.. recording.Channels.Select(c => names.Select(n => n.Name.Equals(c.Label, StringComparison.OrdinalIgnoreCase) ? 1.0 : 0).ToArray())]),
            Segments = [new(0, names.Length / recording.Channels[0].RateHz)],
        };
        SharedData.AssertClose([.. names.Select(n => n.Value.GetDouble())], impulses.InterpolateBads(options).Of("C3"), 1e-9);
    }

    [Fact]
    public void Good_electrodes_pass_bit_for_bit_and_the_filled_one_is_good()
    {
        var recording = ScalpSample.Noise(ScalpSample.Cap, 300).Bad("C3", "Oz");
        var filled = recording.InterpolateBads();
        Assert.DoesNotContain(filled.Channels, c => c.IsBad);
        Assert.Equal(recording.Of("Cz"), filled.Of("Cz"));
        Assert.Contains("C3, Oz", Assert.Single(filled.Remarks), StringComparison.Ordinal);
        Assert.Equal("C3,Oz", filled.Provenance.Steps[^1].Parameters["channels"].Replace("Oz,C3", "C3,Oz", StringComparison.Ordinal));
        var holed = recording.With((c, x) => recording.Channels[c].IsBad ? [.. x.Select(_ => double.NaN)] : x);
        Assert.Equal(filled.All(), holed.InterpolateBads().All());
    }

    [Fact]
    public void A_constant_stays_one_and_its_reference_goes_along()
    {
        var recording = ScalpSample.Noise(ScalpSample.TenTwenty, 40).Bad("C3");
        var shifted = recording.With((_, x) => [.. x.Select(v => v + 1000)]);
        SharedData.AssertClose([.. recording.InterpolateBads().Of("C3").Select(v => v + 1000)], shifted.InterpolateBads().Of("C3"), 1e-9);
    }

    [Fact]
    public void Without_bad_electrodes_nothing_changes() =>
        Assert.Same(ScalpSample.Noise("Cz C3", 4) is var r ? r : null, r.InterpolateBads());

    [Fact]
    public void What_cannot_be_filled_is_refused_by_name()
    {
        var lost = ScalpSample.Noise(ScalpSample.TenTwenty + " E201", 5).Bad("E201");
        Assert.Contains("E201", Assert.Throws<UnfitInputException>(() => lost.InterpolateBads()).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => ScalpSample.Noise("Cz C3 C4 Fz", 5).Bad("Cz").InterpolateBads());
        var mixed = ScalpSample.Noise(ScalpSample.TenTwenty, 5).Bad("C3");
        mixed = mixed with { Channels = [.. mixed.Channels.Select(c => c.Label == "O1" ? c with { RateHz = 50 } : c)] };
        Assert.Contains("'O1'", Assert.Throws<UnfitInputException>(() => mixed.InterpolateBads()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filled_electrode_enters_the_average()
    {
        var filled = ScalpSample.Noise(ScalpSample.TenTwenty, 30).Bad("C3").InterpolateBads();
        Assert.Contains("C3", filled.Montage(Montage.AverageReference).Provenance.Steps[^1].Parameters["reference"], StringComparison.Ordinal);
    }
}
