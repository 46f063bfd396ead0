using SignalLab.Analysis.Artifacts;
using SignalLab.Analysis.Nirs;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Nirs;

public class ScalpCouplingTests
{
    private const int Count = 3000;

    [Fact]
    public void A_pulse_in_both_wavelengths_couples_noise_and_a_dead_detector_do_not()
    {
        var recording = LightSample.Of(
            (LightSample.Light("S1", "D1", 760, 0), Pulse(1, 0.01)), (LightSample.Light("S1", "D1", 850, 0), Pulse(2, 0.02)),
            (LightSample.Light("S2", "D1", 760, 0), LightSample.Noise(Count, 3)), (LightSample.Light("S2", "D1", 850, 0), LightSample.Noise(Count, 4)),
            (LightSample.Light("S3", "D1", 760, 0), Pulse(5, 0.01)), (LightSample.Light("S3", "D1", 850, 0), [.. Enumerable.Repeat(0.3, Count)]),
            (LightSample.Light("S4", "D1", 760, 0), Pulse(6, 0.01)), (LightSample.Light("S4", "D1", 850, 0), Pulse(7, -0.01)));
        var coupling = recording.ScalpCoupling();
        Assert.Equal(["S1", "S2", "S3", "S4"], coupling.Select(c => c.Source));
        Assert.InRange(coupling[0].Index, 0.99, 1);
        Assert.InRange(coupling[1].Index, -0.3, 0.3);
        Assert.Equal(0, coupling[2].Index);
        Assert.InRange(coupling[3].Index, -1, -0.99);
        Assert.Equal(["S1_D1 760", "S1_D1 850"], coupling[0].Channels);
    }

    [Fact]
    public void Of_three_wavelengths_the_worst_two_count()
    {
        var recording = LightSample.Of(
            (LightSample.Light("S1", "D1", 690, 0), Pulse(1, 0.01)), (LightSample.Light("S1", "D1", 760, 0), Pulse(2, 0.01)), (LightSample.Light("S1", "D1", 830, 0), LightSample.Noise(Count, 3)));
        Assert.InRange(Assert.Single(recording.ScalpCoupling()).Index, -0.3, 0.3);
    }

    [Fact]
    public void Missing_light_takes_no_part()
    {
        var holed = Pulse(1, 0.01);
        Array.Clear(holed, 1000, 300);
        var recording = LightSample.Of((LightSample.Light("S1", "D1", 760, 0), holed), (LightSample.Light("S1", "D1", 850, 0), Pulse(2, 0.01)));
        Assert.InRange(Assert.Single(recording.ScalpCoupling()).Index, 0.98, 1);
    }

    [Fact]
    public void A_rate_that_holds_no_pulse_is_refused() =>
        Assert.Contains("samples/s", Assert.Throws<UnfitInputException>(() => LightSample.Of(
            (LightSample.Light("S1", "D1", 760, 0) with { RateHz = 2 }, new double[9]), (LightSample.Light("S1", "D1", 850, 0) with { RateHz = 2 }, new double[9])).ScalpCoupling()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_real_recording_has_the_indices_of_an_independent_program()
    {
        // MNE-Python 1.3.0: scalp_coupling_index(optical_density(read_raw_nirx(folder))), one of each pair.
        double[] expected =
        [
            0.9963677691333817, 0.9993486868764948, 0.9931584008738041, 0.9996942016468862, 0.9988512628800487, 0.9986551904014862, 0.9992377928509929, 0.997885014981654, 0.9864046062840878,
            0.999306040357096, 0.9932837008780444, 0.9985378194681956, 0.9996757738456878,
        ];
        var coupling = KnownFormats.Open(SharedData.File("eeg/nirx/nirx_15_3_wo_saturation")).Recordings[0].ScalpCoupling();
        SharedData.AssertClose(expected, [.. coupling.Select(c => c.Index)], 1e-9);
    }

    [Fact]
    public void Uncoupled_optodes_are_found_as_faulty_channels()
    {
        var recording = LightSample.Of(
            (LightSample.Light("S1", "D1", 760, 0), Pulse(1, 0.01)), (LightSample.Light("S1", "D1", 850, 0), Pulse(2, 0.02)),
            (LightSample.Light("S2", "D1", 760, 0), LightSample.Noise(Count, 3)), (LightSample.Light("S2", "D1", 850, 0), LightSample.Noise(Count, 4)));
        var report = recording.FindArtifacts();
        Assert.Equal(2, report.ScalpCoupling.Count);
        Assert.All(report.Faults, f => Assert.Equal((ArtifactKind.Uncoupled, "scalp_coupling_index", 0.5), (f.Kind, f.Measure, f.Threshold)));
        Assert.Equal(["S2_D1 760", "S2_D1 850"], report.FaultyChannels);
        Assert.Empty(report.Remarks);
        var marked = recording.Annotated(report);
        Assert.Equal([false, false, true, true], marked.Channels.Select(c => c.IsBad));
    }

    [Fact]
    public void Where_coupling_cannot_be_measured_a_remark_says_why()
    {
        var alone = LightSample.Of((LightSample.Light("S1", "D1", 760, 0), LightSample.Noise(Count, 1)));
        Assert.Contains(alone.FindArtifacts().Remarks, r => r.StartsWith("Scalp coupling was not measured", StringComparison.Ordinal));
    }

    // A pulse of 66 a minute over slow drift and a little noise.
    private static double[] Pulse(int seed, double depth)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Count).Select(i => 1 + (depth * Math.Sin(2 * Math.PI * 1.1 * i / LightSample.RateHz)) + (0.05 * Math.Sin((i + seed) / 200.0)) + (0.0005 * random.NextDouble()))];
    }
}
