using SignalLab.Analysis.Nirs;
using SignalLab.Formats;
using SignalLab.Model;
using SignalLab.Tests.Analysis.Montages;

namespace SignalLab.Tests.Analysis.Nirs;

public class OpticalDensityTests
{
    [Fact]
    public void It_is_minus_the_logarithm_of_the_intensity_over_its_mean()
    {
        double[] light = [1, 2, 3, 6];
        var density = LightSample.Of((LightSample.Light("S1", "D1", 760, 4), light)).OpticalDensity();
        Assert.Equal("OD", density.Channels[0].Unit.Symbol);
        Assert.Equal("S1_D1 760", density.Channels[0].Label);
        SharedData.AssertClose([.. light.Select(v => -Math.Log(v / 3))], density.ReadAll(0), 1e-14);
    }

    [Fact]
    public void The_unit_and_the_brightness_of_the_light_do_not_matter()
    {
        var light = LightSample.Noise(3000, 1);
        var bright = LightSample.Of((LightSample.Light("S1", "D1", 760, 0, "mV"), [.. light.Select(v => 700 * v)])).OpticalDensity();
        SharedData.AssertClose(LightSample.Of((LightSample.Light("S1", "D1", 760, 0, ""), light)).OpticalDensity().ReadAll(0), bright.ReadAll(0), 1e-12);
    }

    [Fact]
    public void Light_of_zero_or_below_has_none_and_does_not_enter_the_mean()
    {
        var density = LightSample.Of((LightSample.Light("S1", "D1", 760, 0), [1, 0, 3, -5, double.NaN, 2, double.PositiveInfinity])).OpticalDensity().ReadAll(0);
        Assert.Equal([-Math.Log(0.5), double.NaN, -Math.Log(1.5), double.NaN, double.NaN, 0, double.NaN], density);
        Assert.All(LightSample.Of((LightSample.Light("S1", "D1", 760, 0), new double[5])).OpticalDensity().ReadAll(0), v => Assert.True(double.IsNaN(v)));
    }

    [Fact]
    public void Every_run_between_gaps_has_its_own_mean()
    {
        var (first, second) = (LightSample.Noise(40, 2), LightSample.Noise(60, 3, 5));
        var gapped = LightSample.Of((LightSample.Light("S1", "D1", 760, 0), [.. first, .. second])) with { Segments = [new(0, 4), new(9, 6)] };
        double[] apart = [.. Alone(first), .. Alone(second)];
        SharedData.AssertClose(apart, gapped.OpticalDensity().ReadAll(0), 1e-13);

        static double[] Alone(double[] light) => LightSample.Of((LightSample.Light("S1", "D1", 760, 0), light)).OpticalDensity().ReadAll(0);
    }

    [Fact]
    public void A_block_is_bit_for_bit_the_whole_whatever_is_read_first()
    {
        var recording = LightSample.Of((LightSample.Light("S1", "D1", 760, 0), LightSample.Noise(5000, 4)), (LightSample.Light("S1", "D1", 850, 0), LightSample.Noise(5000, 5))) with { Segments = [new(0, 120), new(200, 380)] };
        var whole = recording.OpticalDensity();
        var blocks = recording.OpticalDensity();
        var random = new Random(6);
        for (var trial = 0; trial < 50; trial++)
        {
            var first = random.Next(5000);
            var block = new double[random.Next(1, 5001 - first)];
            blocks.Samples.Read(trial % 2, first, block);
            Assert.True(whole.ReadAll(trial % 2).AsSpan(first, block.Length).SequenceEqual(block));
        }
    }

    [Fact]
    public void Concurrent_readers_get_the_same_and_the_mean_is_found_once()
    {
        var source = new CountingCopy(new MemorySamples([LightSample.Noise(20_000, 7)]));
        var density = (LightSample.Of((LightSample.Light("S1", "D1", 760, 0), new double[20_000])) with { Samples = source }).OpticalDensity();
        Assert.Equal(0, source.SamplesRead);
        var blocks = new double[16][];
        Parallel.For(0, 16, i => density.Samples.Read(0, 1000 * i, blocks[i] = new double[1000]));
        Assert.Equal(36_000, source.SamplesRead);
        Assert.Equal(density.ReadAll(0)[..16_000], blocks.SelectMany(b => b));
    }

    [Fact]
    public void Other_channels_pass_and_what_was_done_is_written_down()
    {
        var eeg = new Channel("Cz", ChannelKind.Eeg, Unit.Microvolt, LightSample.RateHz, 4);
        var recording = LightSample.Of((eeg, [1, -2, 3, 0]), (LightSample.Light("S1", "D1", 760, 0), [1, 1, 1, 1]));
        var density = recording.OpticalDensity();
        Assert.Equal([1.0, -2, 3, 0], density.ReadAll(0));
        Assert.Equal([0.0, 0, 0, 0], density.ReadAll(1).Select(Math.Abs));
        Assert.Equal(("optical density", "S1_D1 760"), (density.Provenance.Steps[^1].Name, density.Provenance.Steps[^1].Parameters["channels"]));
    }

    [Fact]
    public void What_is_no_light_is_refused_in_a_sentence()
    {
        var density = LightSample.Of((LightSample.Light("S1", "D1", 760, 0), LightSample.Noise(10, 8))).OpticalDensity();
        Assert.Contains("already", Assert.Throws<UnfitInputException>(() => density.OpticalDensity()).Message, StringComparison.Ordinal);
        var eeg = LightSample.Of((new Channel("Cz", ChannelKind.Eeg, Unit.Microvolt, 10, 2), [1.0, 2]));
        Assert.Contains("No NIRS channel", Assert.Throws<UnfitInputException>(() => eeg.OpticalDensity()).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => new Recording([], new MemorySamples([])).OpticalDensity());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Recordings_of_no_and_of_one_sample_have_as_many_densities(int count) =>
        Assert.Equal(new double[count], LightSample.Of((LightSample.Light("S1", "D1", 760, 0), LightSample.Noise(count, 9))).OpticalDensity().ReadAll(0).Select(Math.Abs));

    [Fact]
    public void A_real_recording_has_the_densities_of_an_independent_program()
    {
        // MNE-Python 1.3.0: optical_density(read_raw_nirx(folder)), sample 7 of each channel.
        double[] expected =
        [
            -0.011656590970488611, -0.010627118624696256, -0.008107980696110463, -0.011840524891289382, -0.017055833663045084, -0.006449543269599799, -0.00915885432040929,
            -0.009463305966064633, 0.003836762051503048, 0.01495318934850676, -0.012470370822704541, -0.008768635631209366, -0.0063689719891082365, -0.006827770078848985,
            -0.008767441236443348, 0.0028543852704262717, -0.013669321704056409, -0.010219648427145131, -0.0019679495441150777, -0.005487568188609372, 0.030892668326659996,
            0.035387078712962816, 0.003391068003445093, 0.0031706832501004136, 0.00645229742928948, 0.012357397021463367,
        ];
        var density = KnownFormats.Open(SharedData.File("eeg/nirx/nirx_15_3_wo_saturation")).Recordings[0].OpticalDensity();
        SharedData.AssertClose(expected, [.. Enumerable.Range(0, density.Channels.Count).Select(c => density.ReadAll(c)[7])], 1e-12);
    }
}
