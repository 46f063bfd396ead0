using SignalLab.Analysis.Spectra;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterOracleTests;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Spectra;

public class MultitaperTests
{
    private static readonly int[] Bins = [0, 1, 25, 50, 100, 118, 119, 200, 250];

    // Two sines in a residue sequence: the same numbers on every machine.
    private static double[] Signal => [.. Enumerable.Range(0, 500).Select(t =>
        Math.Sin(2 * Math.PI * 10 * t / 100) + (0.5 * Math.Cos(2 * Math.PI * 23.7 * t / 100)) + (0.01 * (((long)t * t * 7919 % 1009) - 504) / 504))];

    [Fact]
    public void The_multitaper_density_equals_MNEs()
    {
        var oracle = SpectraTests.Oracle.GetProperty("mne_multitaper_bandwidth2_lowbias_normalization_length");
        var spectrum = SpectraTests.O1.Multitaper(new() { BandwidthHz = 2 })[0];
        double[] expected = [.. Numbers(oracle.GetProperty("every_5th")).Select(v => v / 200)];
        var length = oracle.GetProperty("n").GetInt32();
        double[] density = [.. spectrum.Density.Values.Take(length)];
        SharedData.AssertClose(expected, [.. density.Where((_, k) => k % 5 == 0)], 1e-9);
        Assert.Equal(oracle.GetProperty("df").GetDouble(), spectrum.Density.Axis.Values[1], 1e-15);
        Assert.Equal(1, spectrum.SegmentCount);
    }

    // mne.time_frequency.psd_array_multitaper(x, 100, bandwidth=2, low_bias=…, normalization='full'), MNE 1.3.
    [Theory]
    [InlineData(true, 5.023255635013726e-06, 1.156021732554864e-05, 1.734690350651158e-05, 0.2726312904869203, 3.7350690443372566e-05, 0.06615687383948725, 0.06614588442687572, 3.773650660493706e-06, 1.0585409341076881e-06)]
    [InlineData(false, 7.667886743379421e-05, 0.00014800021160732988, 0.0002764348176057844, 0.2529978718760704, 6.0164007265564644e-05, 0.06314296427787401, 0.06314202149461266, 5.504262319743281e-06, 2.1267428604126113e-06)]
    public void Weights_by_concentration_equal_MNEs(bool lowBias, params double[] expected)
    {
        var spectrum = One(Signal).Multitaper(new() { BandwidthHz = 2, LowBias = lowBias })[0];
        SharedData.AssertClose(expected, [.. Bins.Select(k => spectrum.Density.Values[k])], 1e-12);
    }

    // Percival and Walden's eq. 368a and 370a in NumPy with SciPy's tapers, 2000 rounds.
    // MNE 1.3 sets the one-sided density against the variance of both sides, which halves the bias it expects: with half the variance the same rounds give MNE's 0.27058, 5.517e-07 at 10 and 5 Hz.
    [Fact]
    public void Adaptive_weights_are_the_fixed_point_of_Thomsons_rule()
    {
        double[] expected = [7.8367106382946e-07, 1.8358159085858279e-06, 5.580176465038032e-07, 0.2706318847686231, 6.765554826218036e-07, 0.06528467802781482, 0.06527336750482525, 7.058166154225224e-07, 5.107512266630322e-08];
        var spectrum = One(Signal).Multitaper(new() { BandwidthHz = 2, Adaptive = true })[0];
        for (var i = 0; i < Bins.Length; i++)
        {
            Assert.Equal(expected[i], spectrum.Density.Values[Bins[i]], 1e-9 * expected[i]);
        }

        Assert.Equal("multitaper(bandwidth_hz=2, tapers=9, low_bias=True, weights=adaptive, segment_s=whole, overlap=0, detrend=constant)", spectrum.Density.Provenance.Steps[^1].ToString());
    }

    [Fact]
    public void White_noise_keeps_its_variance_whatever_the_weights()
    {
        var samples = Noise(4000, 3);
        var variance = samples.Average(v => v * v) - Math.Pow(samples.Average(), 2);
        foreach (var adaptive in (bool[])[false, true])
        {
            var density = One(samples).Multitaper(new() { Adaptive = adaptive })[0].Density.Values;
            Assert.Equal(variance, density.Sum() * 100 / 4000, 0.02 * variance);
        }
    }

    [Fact]
    public void Segments_are_averaged_and_gaps_and_missing_values_passed_over()
    {
        var options = new MultitaperOptions { SegmentSeconds = 1, Overlap = 0, BandwidthHz = 4 };
        var (a, b) = (Noise(200, 1), Noise(170, 2));
        var gapped = One([.. a, .. b]) with { Segments = [new(0, 2), new(20, 1.7)] };
        var spectrum = gapped.Multitaper(options)[0];
        Assert.Equal(3, spectrum.SegmentCount);
        double[][] single = [.. new[] { a[..100], a[100..], b[..100] }.Select(s => One(s).Multitaper(options)[0].Density.Values.ToArray())];
        SharedData.AssertClose([.. Enumerable.Range(0, 51).Select(k => single.Average(s => s[k]))], [.. spectrum.Density.Values], 1e-12);
        a[150] = double.NaN;
        Assert.Equal(1, One(a).Multitaper(options)[0].SegmentCount);
        var whole = gapped.Multitaper()[0];
        Assert.Equal((1, 101), (whole.SegmentCount, whole.Density.Values.Count));
    }

    [Fact]
    public void A_flat_channel_has_no_power_and_missing_values_give_none()
    {
        Assert.All(One(Enumerable.Repeat(7.0, 500).ToArray()).Multitaper(new() { Adaptive = true })[0].Density.Values, v => Assert.Equal(0, v));
        Assert.All(One(Enumerable.Repeat(double.NaN, 500).ToArray()).Multitaper()[0].Density.Values, v => Assert.True(double.IsNaN(v)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("bandwidth", Assert.Throws<UnfitInputException>(() => One(Noise(100, 1)).Multitaper(new() { BandwidthHz = 0.5 })).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => One(Noise(100, 1)).Multitaper(new() { BandwidthHz = 100 }));
        Assert.Throws<UnfitInputException>(() => One(Noise(100, 1)).Multitaper(new() { BandwidthHz = double.NaN }));
        Assert.Throws<UnfitInputException>(() => One(Noise(100, 1)).Multitaper(new() { SegmentSeconds = 2 }));
        Assert.Throws<UnfitInputException>(() => One([]).Multitaper());
        Assert.Throws<UnfitInputException>(() => One([1]).Multitaper());
        Assert.Contains("segments", Assert.Throws<UnfitInputException>(() => One(new double[200_000]).Multitaper(new() { BandwidthHz = 2 })).Message, StringComparison.Ordinal);
        Assert.Equal(2, One([1, 2]).Multitaper()[0].Density.Values.Count);
    }
}
