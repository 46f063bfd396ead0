using SignalLab.Analysis.Nirs;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Nirs;

public class HaemoglobinTests
{
    private static readonly double[] Oxygenated = [.. Enumerable.Range(0, 400).Select(i => 2e-6 * Math.Sin(i / 30.0))];
    private static readonly double[] Deoxygenated = [.. Enumerable.Range(0, 400).Select(i => -0.7e-6 * Math.Sin((i - 9) / 30.0))];

    [Theory]
    [InlineData(690, 830)]
    [InlineData(760, 850)]
    [InlineData(690, 760, 830)]
    [InlineData(690, 760, 830, 850)]
    public void Light_that_a_change_of_both_made_gives_that_change_back(params int[] wavelengths)
    {
        double[] factors = [.. wavelengths.Select((_, i) => 5.5 + i)];
        var recording = LightSample.Densities(Oxygenated, Deoxygenated, factors, [.. wavelengths.Select(w => (double)w)]);
        var blood = recording.Haemoglobin(new() { PathlengthFactors = factors, WithTotal = true });
        Assert.Equal(["S1_D1 hbo", "S1_D1 hbr", "S1_D1 hbt"], blood.Channels.Select(c => c.Label));
        Assert.All(blood.Channels, c => Assert.Equal(("umol/L", ChannelKind.Nirs, (double?)null), (c.Unit.Symbol, c.Kind, c.Light!.WavelengthNm)));
        SharedData.AssertClose(Oxygenated, [.. blood.ReadAll(0).Select(v => 1e-6 * v)], 1e-12);
        SharedData.AssertClose(Deoxygenated, [.. blood.ReadAll(1).Select(v => 1e-6 * v)], 1e-12);
        SharedData.AssertClose([.. Oxygenated.Zip(Deoxygenated, (o, d) => o + d)], [.. blood.ReadAll(2).Select(v => 1e-6 * v)], 1e-12);
    }

    [Fact]
    public void Intensities_are_made_densities_first()
    {
        var light = LightSample.Of((LightSample.Light("S1", "D1", 760, 0), LightSample.Noise(500, 1)), (LightSample.Light("S1", "D1", 850, 0), LightSample.Noise(500, 2)));
        var (direct, stepwise) = (light.Haemoglobin(), light.OpticalDensity().Haemoglobin());
        Assert.Equal(stepwise.ReadAll(0), direct.ReadAll(0));
        Assert.Equal(["optical density", "haemoglobin"], direct.Provenance.Steps.Select(s => s.Name));
        Assert.Equal("6", direct.Provenance.Steps[^1].Parameters["pathlength_factors"]);
    }

    [Fact]
    public void Twice_the_path_is_half_the_change()
    {
        var recording = LightSample.Densities(Oxygenated, Deoxygenated, [6], 760, 850);
        var twice = recording.Haemoglobin(new() { PathlengthFactors = [12] }).ReadAll(0);
        SharedData.AssertClose([.. recording.Haemoglobin().ReadAll(0).Select(v => v / 2)], twice, 1e-13);
    }

    [Fact]
    public void More_wavelengths_than_two_are_weighed_by_least_squares()
    {
        // numpy.linalg.lstsq(A, [1, 0, 0]) and ([0, 1, 0]), ([0, 0, 1]), A = 2.303 * 100 * 0.03 * 6 * [[276, 2051.96], [586, 1548.52], [974, 693.04]], times 1e6.
        var channels = new[] { 690.0, 760, 830 }.Select((nm, i) => (LightSample.Light("S1", "D1", nm, 0, "OD"), Enumerable.Range(0, 3).Select(k => k == i ? 1.0 : 0).ToArray())).ToArray();
        var blood = LightSample.Of(channels).Haemoglobin();
        SharedData.AssertClose([-11.642945321725268, 3.923608461043199, 25.705690736858987], blood.ReadAll(0), 1e-9);
        SharedData.AssertClose([10.512134836874349, 4.080278925426294, -5.43366803416543], blood.ReadAll(1), 1e-9);
    }

    [Fact]
    public void Blocks_equal_the_whole_and_gaps_keep_their_means()
    {
        var light = LightSample.Of((LightSample.Light("S1", "D1", 760, 0), LightSample.Noise(5000, 3)), (LightSample.Light("S1", "D1", 850, 0), LightSample.Noise(5000, 4))) with { Segments = [new(0, 200), new(300, 300)] };
        var whole = light.Haemoglobin();
        var (a, b) = (whole.ReadAll(0), whole.ReadAll(1));
        var block = new double[2 * 700];
        light.Haemoglobin().Samples.Read([1, 0], 1700, 700, block);
        Assert.True(b.AsSpan(1700, 700).SequenceEqual(block.AsSpan(0, 700)) && a.AsSpan(1700, 700).SequenceEqual(block.AsSpan(700)));
        Assert.Equal(light.Segments, whole.Segments);
    }

    [Fact]
    public void Other_channels_follow_and_a_bad_light_makes_its_pair_bad()
    {
        var recording = LightSample.Of(
            (new Channel("STI", ChannelKind.Stim, Unit.One, LightSample.RateHz, 0), [0, 1, 0]), (LightSample.Light("S1", "D1", 850, 0), [1, 2, 3]), (LightSample.Light("S2", "D1", 760, 0), [1, 2, 3]),
            (LightSample.Light("S1", "D1", 760, 0) with { IsBad = true }, [1, 2, 3]), (LightSample.Light("S2", "D1", 850, 0), [1, 2, 3]));
        var blood = recording.Haemoglobin();
        Assert.Equal(["S1_D1 hbo", "S1_D1 hbr", "S2_D1 hbo", "S2_D1 hbr", "STI"], blood.Channels.Select(c => c.Label));
        Assert.Equal([true, true, false, false, false], blood.Channels.Select(c => c.IsBad));
        Assert.Equal([0.0, 1, 0], blood.ReadAll(4));
    }

    [Fact]
    public void A_bad_channel_without_partner_is_left_out_with_a_remark_a_good_one_is_refused()
    {
        (Channel, double[])[] pair = [(LightSample.Light("S1", "D1", 760, 0), [1, 2]), (LightSample.Light("S1", "D1", 850, 0), [1, 2])];
        var alone = LightSample.Light("S9", "D9", 760, 0);
        Assert.Contains("'S9_D9 760' has no partner", Refusal(LightSample.Of([.. pair, (alone, [1, 2])])), StringComparison.Ordinal);
        var blood = LightSample.Of([.. pair, (alone with { IsBad = true }, [1, 2])]).Haemoglobin();
        Assert.Equal(2, blood.Channels.Count);
        Assert.Contains("S9_D9 760", Assert.Single(blood.Remarks), StringComparison.Ordinal);
        Assert.Contains("No pair", Refusal(LightSample.Of((alone with { IsBad = true }, [1, 2]))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_place_wavelength_or_path_and_wavelengths_alike_are_refused_each_in_a_sentence()
    {
        Recording Pair(double? first, double? second, Func<LightPath, LightPath>? change = null) => LightSample.Of(
            [.. new[] { first, second }.Select(nm => LightSample.Light("S1", "D1", nm, 0, "OD")).Select(c => (c with { Light = change?.Invoke(c.Light!) ?? c.Light }, new double[] { 0, 1 }))]);
        Assert.Contains("is not known", Refusal(Pair(760, 850, l => l with { DetectorMetres = null })), StringComparison.Ordinal);
        Assert.Contains("is 0", Refusal(Pair(760, 850, l => l with { DetectorMetres = l.SourceMetres })), StringComparison.Ordinal);
        Assert.Contains("not at 1300 nm", Refusal(Pair(760, 1300)), StringComparison.Ordinal);
        Assert.Contains("one wavelength", Refusal(Pair(760, 760.4)), StringComparison.Ordinal);
        Assert.Contains("does not tell", Refusal(Pair(848, 850)), StringComparison.Ordinal);
        Assert.Contains("states no source", Refusal(LightSample.Of((new Channel("x", ChannelKind.Nirs, Unit.Parse("OD"), 10, 0), [0, 1]))), StringComparison.Ordinal);
        Assert.Contains("the light they were computed from is gone", Refusal(LightSample.Densities(Oxygenated, Deoxygenated, [6], 760, 850).Haemoglobin()), StringComparison.Ordinal);
        var fit = Pair(760, 850);
        Assert.Contains("3 pathlength factors", Assert.Throws<UnfitInputException>(() => fit.Haemoglobin(new() { PathlengthFactors = [1, 2, 3] })).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => fit.Haemoglobin(new() { PathlengthFactors = [0] }));
        Assert.Throws<UnfitInputException>(() => fit.Haemoglobin(new() { PathlengthFactors = [] }));
        Assert.Contains("10 cm", string.Join(' ', Pair(760, 850, l => l with { DetectorMetres = l.SourceMetres!.Value + new Point3(0.1001, 0, 0) }).Haemoglobin().Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Extinction_coefficients_between_the_tables_rows_lie_on_a_line()
    {
        Assert.Equal(2.303 * 100 * 586, Extinction.PerMetreAndMolar(760).Oxygenated, 1e-6);
        Assert.Equal(2.303 * 100 * 1548.52, Extinction.PerMetreAndMolar(760).Deoxygenated, 1e-6);
        var (a, b, between) = (Extinction.PerMetreAndMolar(760), Extinction.PerMetreAndMolar(762), Extinction.PerMetreAndMolar(760.5));
        Assert.Equal((0.75 * a.Oxygenated) + (0.25 * b.Oxygenated), between.Oxygenated, 1e-6);
        Assert.Equal(2.303 * 100 * 206.784, Extinction.PerMetreAndMolar(1000).Deoxygenated, 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => Extinction.PerMetreAndMolar(249));
    }

    [Fact]
    public void A_real_recording_has_the_haemoglobins_of_an_independent_program()
    {
        // MNE-Python 1.3.0: beer_lambert_law(optical_density(read_raw_nirx(folder)), ppf=6.0) in umol/L, samples 0 and 100 of each channel.
        double[] first =
        [
            -0.12251175015290945, -0.14661409968176126, -0.2066804669853141, -0.04888967339883271, 0.04031989890060877, -0.3444412363126434, -0.0870896087193293, -0.12835015738493616,
            0.48338281609640266, -0.12050778542835154, 0.05411131993056859, -0.1941220476990999, -0.015636610423489784, -0.05251347978429697, 0.2663057695768176, -0.14770710498655382,
            -0.11980933095756353, -0.03839563955129439, -0.00868988620936165, 0.04427426400469962, 0.5315869331287677, 0.2576889449060887, 0.1574469037277341, -0.009621964153612127,
            0.44121883876287243, -0.016947612267275872,
        ];
        double[] later =
        [
            0.06383754634387916, 0.04371579092262328, 0.07805206353495335, -0.004740409220249231, -0.0004845938029456748, 0.1695788344572059, 0.05939396622891521, 0.0281501663754313,
            -0.017673487967103756, 0.004836004132393212, -0.016781619127273485, 0.05555685382304758, 0.0256976228620661, -0.004320753172572355, 0.03596176489373829, -0.0059847070042084,
            0.09546496155417532, -0.017575310993701073, 0.20016927290566564, -0.07781710900381292, -0.03163819287936039, -0.07828620217341359, 0.07723553491741669, -0.030948866282145358,
            0.08000435315433045, 0.0007760260009764513,
        ];
        var blood = KnownFormats.Open(SharedData.File("eeg/nirx/nirx_15_3_wo_saturation")).Recordings[0].Haemoglobin();
        Assert.Equal("S1_D4 hbo", blood.Channels[0].Label);
        double[] At(int sample) => [.. Enumerable.Range(0, blood.Channels.Count).Select(c => blood.ReadAll(c)[sample])];
        SharedData.AssertClose(first, At(0), 1e-6);
        SharedData.AssertClose(later, At(100), 1e-6);
    }

    private static string Refusal(Recording recording) => Assert.Throws<UnfitInputException>(() => recording.Haemoglobin()).Message;
}
