using SignalLab.Analysis.Filters;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Filters;

/// <summary>Finite filters against MNE-Python 1.3 and SciPy 1.10.1, and against the convolution that they are.</summary>
public class FirDesignTests
{
    [Fact]
    public void MNEs_default_band_pass_has_its_taps()
    {
        var oracle = SharedData.Oracle("eeg/oracles/dsp/filters_nk_C3.json").GetProperty("mne_fir_1_40_default");
        var taps = FilterDesign.WindowedSinc(FilterBand.Bandpass(1, 40)).For(200).Taps;
        Assert.Equal(oracle.GetProperty("n_taps").GetInt32(), taps.Length);
        SharedData.AssertClose(FilterOracleTests.Numbers(oracle.GetProperty("taps_first10")), taps[..10], 1e-12);
        Assert.Equal(oracle.GetProperty("centre_tap").GetDouble(), taps[330], 14);
    }

    [Theory]
    [InlineData(FirWindow.Hamming, 1, 40, 512, 1691)]
    [InlineData(FirWindow.Hann, 1, 40, 512, 1589)]
    [InlineData(FirWindow.Blackman, 0.5, 70, 256, 2561)]
    [InlineData(FirWindow.Hamming, 10, 90, 200, 265)]
    public void The_length_follows_from_the_narrowest_transition(FirWindow window, double low, double high, double rate, int taps) =>
        Assert.Equal(taps, FilterDesign.WindowedSinc(FilterBand.Bandpass(low, high), window).For(rate).Taps.Length);

    // scipy.signal.firwin(93, 50, window=('kaiser', kaiser_beta(60)), fs=500) of kaiserord(60, 20/250).
    [Fact]
    public void A_Kaiser_low_pass_is_SciPys()
    {
        var taps = FilterDesign.KaiserSinc(FilterBand.Lowpass(40), 60, highTransitionHz: 20).For(500).Taps;
        Assert.Equal(93, taps.Length);
        SharedData.AssertClose([-8.2895321877215513e-05, 0, 1.5636249346563205e-04, 3.2895453542031026e-04, 4.1745032191671701e-04, 3.2119965313949229e-04, 0, -4.7635681982085881e-04], taps[..8], 1e-11);
    }

    // scipy.signal.remez(31, [0, 40, 60, 250], [1, 0], fs=500), remez(45, [0, 20, 40, 80, 100, 250], [0, 1, 0], weight=[10, 1, 10], fs=500), remez(25, [0, 30, 60, 250], [0, 1], weight=[3, 1], fs=500).
    [Fact]
    public void Equiripple_filters_are_SciPys()
    {
        AssertRemez(31, [new(0, 0.08, 1, 1), new(0.12, 0.5, 0, 1)],
            [-1.3652238021399863e-02, 1.9520067699387331e-02, 1.9754745591932552e-02, 1.9341793762637748e-02, 1.3363939227562949e-02, 5.2357137007366390e-04, -1.6523923893346237e-02, -3.1919088848326400e-02, -3.8111849115107350e-02, -2.8546908030179972e-02, -1.9149138515785603e-04, 4.4776249583337709e-02, 9.8583767932402672e-02, 1.4988447045594080e-01, 1.8677704966311312e-01, 2.0017125254195484e-01]);
        AssertRemez(45, [new(0, 0.04, 0, 10), new(0.08, 0.16, 1, 1), new(0.2, 0.5, 0, 10)],
            [-0.00084895282184159, -0.00457021836213989, -0.00023299779121724, 0.00039218427918201, -0.00312532842585398, -0.01159485064133414, -0.01660231813610377, -0.00801600490833853, 0.01379103800769898, 0.03351165146521276, 0.03342509937865965, 0.01307212832066229, -0.00615530750527026, -0.00184777938538909, 0.02110065244188303, 0.02722880066508985, -0.01599210474959146, -0.09609056975360664, -0.15070964344764073, -0.11549869695361363, 0.01303972403698821, 0.16009620033670288, 0.2246202780245778]);
        AssertRemez(25, [new(0, 0.06, 0, 3), new(0.12, 0.5, 1, 1)],
            [-2.4231768729085796e-02, 3.9053733532539835e-04, 8.9981794495863337e-03, 2.0327403754799318e-02, 2.9306978948707207e-02, 2.9910109503299399e-02, 1.7249487268339296e-02, -1.0763408921846292e-02, -5.1772134026403460e-02, -9.9241905416574461e-02, -1.4373034779693217e-01, -1.7539150763130468e-01, 8.1312798114787754e-01]);
    }

    [Fact]
    public void An_equiripple_design_keeps_its_ripple_and_its_attenuation_with_the_fewest_taps()
    {
        var filter = FilterDesign.Equiripple(FilterBand.Bandpass(8, 30), 0.2, 50, 4, 6).For(250);
        double Db(double hz) => 20 * Math.Log10(Math.Max(1e-15, filter.At(2 * Math.PI * hz / 250).Magnitude));
        double[] inside = [.. Enumerable.Range(0, 221).Select(i => Db(8 + (i * 0.1)))];
        Assert.True(inside.Max() - inside.Min() < 0.2 * 1.01);
        Assert.All(Enumerable.Range(0, 41), i => Assert.True(Db(i * 0.1) < -50));
        Assert.All(Enumerable.Range(0, 891), i => Assert.True(Db(36 + (i * 0.1)) < -50));
        Assert.True(filter.Taps.Length < FilterDesign.KaiserSinc(FilterBand.Bandpass(8, 30), 50, 4, 6).For(250).Taps.Length);
    }

    [Theory]
    [InlineData(Phase.Zero)]
    [InlineData(Phase.Forward)]
    public void Blocks_of_transforms_are_the_convolution(Phase phase)
    {
        var design = FilterDesign.WindowedSinc(FilterBand.Bandpass(2, 30));
        foreach (var (channels, samples) in new[] { (1, 1), (1, 50), (1, 300), (3, 2000), (9, 5000), (20, 1500) })
        {
            var data = Enumerable.Range(0, channels).Select(c => Noise(samples, c)).ToArray();
            var recording = new Recording([.. data.Select((_, c) => Channel($"E{c}", samples))], new MemorySamples(data)).Filter(design, phase);
            var read = Read(recording, 0, samples);
            var taps = design.For(100).Taps.ToArray();
            for (var c = 0; c < channels; c++)
            {
                SharedData.AssertClose(Convolved(data[c], taps, phase), read.AsSpan(c * samples, samples), 1e-11, 1e-11 * data[c].Max(Math.Abs));
            }
        }
    }

    [Fact]
    public void A_loud_channel_leaves_no_trace_in_a_quiet_one()
    {
        var quiet = Noise(3000, 1).Select(v => 1e-9 * v).ToArray();
        var loud = Noise(3000, 2).Select(v => 1e9 * v).ToArray();
        var design = FilterDesign.WindowedSinc(FilterBand.Lowpass(20));
        var both = new Recording([Channel("a", 3000), Channel("b", 3000)], new MemorySamples([quiet, loud])).Filter(design);
        SharedData.AssertClose(One(quiet).Filter(design).ReadAll(0), Read(both, 0, 3000).AsSpan(0, 3000), 1e-13);
    }

    [Fact]
    public void A_causal_finite_filter_delays_everything_by_half_its_length()
    {
        var design = FilterDesign.WindowedSinc(FilterBand.Lowpass(20));
        var delay = design.For(100).Taps.Length / 2;
        var x = Noise(4000, 5);
        var (zero, causal) = (One(x).Filter(design).ReadAll(0), One(x).Filter(design, Phase.Forward).ReadAll(0));
        SharedData.AssertClose(zero.AsSpan(delay, 3000), causal.AsSpan(2 * delay, 3000), 1e-11);
        Assert.All(design.Response([1, 10, 30], 100).GroupDelaySeconds, d => Assert.Equal(delay / 100.0, d));
    }

    [Fact]
    public void Designs_that_leave_the_band_are_refused()
    {
        Assert.Throws<UnfitInputException>(() => FilterDesign.WindowedSinc(FilterBand.Lowpass(50)).For(100));
        Assert.Throws<UnfitInputException>(() => FilterDesign.WindowedSinc(FilterBand.Highpass(5), lowTransitionHz: 6).For(100));
        Assert.Throws<UnfitInputException>(() => FilterDesign.WindowedSinc(FilterBand.Bandstop(20, 22)).For(100));
        Assert.Throws<UnfitInputException>(() => FilterDesign.WindowedSinc(FilterBand.Highpass(5), lowTransitionHz: 0));
        Assert.Contains("taps", Assert.Throws<UnfitInputException>(() => FilterDesign.WindowedSinc(FilterBand.Highpass(0.001)).For(5000)).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => FilterDesign.KaiserSinc(FilterBand.Lowpass(5), 3));
        Assert.Throws<UnfitInputException>(() => FilterDesign.Equiripple(FilterBand.Lowpass(5), 0));
        Assert.Contains("window", Assert.Throws<UnfitInputException>(() => FilterDesign.Equiripple(FilterBand.Highpass(0.1)).For(5000)).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => FilterDesign.FirNotch());
    }

    private static void AssertRemez(int count, RemezBand[] bands, double[] half) =>
        SharedData.AssertClose([.. half, .. half.Reverse().Skip(1)], Remez.Design(bands, count)!.Value.Taps, 1e-9);

    // The definition, sample by sample: the signal continued by half a turn about its ends, as far as there is signal.
    private static double[] Convolved(double[] x, double[] taps, Phase phase)
    {
        var last = x.Length - 1;
        double At(int i) => i >= 0 && i <= last ? x[i]
            : phase == Phase.Forward ? 0
            : i < 0 && -i <= last ? (2 * x[0]) - x[-i]
            : i > last && i - last <= last ? (2 * x[last]) - x[last - (i - last)] : 0;
        var shift = phase == Phase.Zero ? taps.Length / 2 : 0;
        return [.. x.Select((_, t) => taps.Select((h, k) => h * At(t + shift - k)).Sum())];
    }
}
