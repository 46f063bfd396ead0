using System.Text.Json;
using CsCheck;
using SignalLab.Analysis.Spectra;
using SignalLab.Formats;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterOracleTests;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Spectra;

public class SpectraTests
{
    private static readonly WelchOptions Median = new() { Averaging = Averaging.Median };

    internal static JsonElement Oracle => SharedData.Oracle("eeg/oracles/dsp/spectra_nk_O1.json");

    internal static Recording O1
    {
        get
        {
            var file = Recordings.Open(SharedData.File("eeg/edf/nk_MB0400FU_discontinuous.edf"));
            var o1 = Enumerable.Range(0, file.Channels.Count).Single(i => file.Channels[i].Label == "EEG O1-Ref");
            return new([file.Channels[o1]], new MemorySamples([file.ReadAll(o1)]));
        }
    }

    [Fact]
    public void Welchs_mean_equals_SciPys()
    {
        var spectrum = O1.Welch()[0];
        var welch = Oracle.GetProperty("welch");
        SharedData.AssertClose(Numbers(welch.GetProperty("psd_first121")), [.. spectrum.Density.Values.Take(121)], 1e-9);
        Assert.Equal(welch.GetProperty("n_bins").GetInt32(), spectrum.Density.Values.Count);
        Assert.Equal(0.5, spectrum.Density.Axis.Values[1]);
        Assert.Equal("uV2/Hz", spectrum.Density.Unit.Symbol);
        Assert.Equal(28, spectrum.SegmentCount);
    }

    [Fact]
    public void Welchs_median_equals_SciPys()
    {
        var expected = Numbers(Oracle.GetProperty("welch_median"));
        SharedData.AssertClose(expected, [.. O1.Welch(Median)[0].Density.Values.Take(expected.Length)], 1e-9);
    }

    [Fact]
    public void Band_powers_equal_the_reference()
    {
        var powers = O1.Welch()[0].Powers(FrequencyBand.Standard);
        Assert.Equal("uV2", O1.Welch()[0].PowerUnit.Symbol);
        foreach (var power in powers)
        {
            var expected = Oracle.GetProperty("band_power_uV2_trapz_inclusive").GetProperty(power.Band.Name);
            Assert.Equal(expected.GetProperty("absolute").GetDouble(), power.Absolute, 1e-9 * power.Absolute);
            Assert.Equal(expected.GetProperty("relative").GetDouble(), power.Relative, 1e-9);
        }
    }

    [Fact]
    public void Edge_median_and_peak_equal_the_reference()
    {
        var spectrum = O1.Welch()[0];
        Assert.Equal(Oracle.GetProperty("spectral_edge_95_0.5_30").GetDouble(), spectrum.EdgeHz());
        Assert.Equal(Oracle.GetProperty("median_freq_0.5_30").GetDouble(), spectrum.MedianHz());
        Assert.Equal(Oracle.GetProperty("peak_alpha_hz").GetDouble(), spectrum.PeakHz(FrequencyBand.Alpha));
    }

    [Fact]
    public void Hamming_segments_equal_MNEs_Welch()
    {
        var expected = Numbers(Oracle.GetProperty("mne_psd_array_welch_nfft400_overlap200_hamming").GetProperty("psd"));
        SharedData.AssertClose(expected, [.. O1.Welch(new() { Taper = Taper.Hamming })[0].Density.Values.Take(expected.Length)], 1e-9);
    }

    [Fact]
    public void The_spectrograms_columns_are_spectra_of_single_segments()
    {
        var spectrogram = Oracle.GetProperty("spectrogram_1s_hann_50pct");
        var expected = Numbers(spectrogram.GetProperty("psd")[0]);
        var samples = O1.ReadAll(0);
        var first = One(samples[..200]) with { Channels = [Channel("O1", 200, 200)] };
        SharedData.AssertClose(expected, [.. first.Welch(new() { SegmentSeconds = 1 })[0].Density.Values.Take(expected.Length)], 1e-9);
    }

    [Fact]
    public void A_sine_of_one_unit_has_half_a_square_unit_in_its_bin()
    {
        var samples = Enumerable.Range(0, 5000).Select(t => Math.Sin(2 * Math.PI * 10 * t / 100) + 1e6).ToArray();
        foreach (var taper in Enum.GetValues<Taper>())
        {
            var spectrum = One(samples).Welch(new() { Taper = taper })[0];
            Assert.Equal(0.5, spectrum.Power(FrequencyBand.Of("all", 0, 50)), 1e-6);
            Assert.Equal(10, spectrum.PeakHz(FrequencyBand.Alpha));
        }

        Assert.Equal(0.5, One(samples).Periodogram()[0].Power(FrequencyBand.Of("all", 0, 50)), 1e-6);
    }

    [Fact]
    public void The_density_integrates_to_the_variance() =>
        Gen.Select(Gen.Int[2, 900], Gen.Int[0, 1000]).Sample(
            (count, seed) =>
            {
                var samples = Noise(count, seed);
                var mean = samples.Average();
                var variance = samples.Average(v => (v - mean) * (v - mean));
                var spectrum = One(samples).Periodogram()[0];
                Assert.Equal(variance, spectrum.Density.Values.Sum() * 100 / count, 1e-9 * variance);
            },
            iter: 200, threads: 1);

    [Fact]
    public void Segments_are_averaged_within_runs_and_over_all_of_them()
    {
        var options = new WelchOptions { SegmentSeconds = 1 };
        var (a, b, c) = (Noise(730, 1), Noise(99, 2), Noise(260, 3));
        var gapped = One([.. a, .. b, .. c]) with { Segments = [new(0, 7.3), new(20, 0.99), new(30, 2.6)] };
        var spectrum = gapped.Welch(options)[0];
        var (first, third) = (One(a).Welch(options)[0], One(c).Welch(options)[0]);
        Assert.Equal((13, 4, 17), (first.SegmentCount, third.SegmentCount, spectrum.SegmentCount));
        double[] expected = [.. first.Density.Values.Zip(third.Density.Values, (x, y) => ((13 * x) + (4 * y)) / 17)];
        SharedData.AssertClose(expected, [.. spectrum.Density.Values], 1e-12);
    }

    [Fact]
    public void Power_scales_with_the_square_and_not_with_the_offset() =>
        Gen.Select(Gen.Int[200, 2000], Gen.Int[0, 1000], Gen.Double[0.1, 100], Gen.Double[-1e4, 1e4], Gen.Bool).Sample(
            (count, seed, factor, offset, median) =>
            {
                var samples = Noise(count, seed);
                var options = median ? Median : WelchOptions.Default;
                double[] scaled = [.. One(samples).Welch(options)[0].Density.Values.Select(v => v * factor * factor)];
                SharedData.AssertClose(scaled, [.. One([.. samples.Select(v => (v * factor) + offset)]).Welch(options)[0].Density.Values], 1e-9);
            },
            iter: 100, threads: 1);

    [Fact]
    public void Segments_with_missing_values_are_passed_over()
    {
        var samples = Noise(1000, 4);
        var broken = samples.ToArray();
        broken[450] = double.NaN;
        var options = new WelchOptions { SegmentSeconds = 1, Overlap = 0 };
        var spectrum = One(broken).Welch(options)[0];
        Assert.Equal(9, spectrum.SegmentCount);
        var without = One([.. samples[..400], .. samples[500..]]).Welch(options)[0];
        SharedData.AssertClose([.. without.Density.Values], [.. spectrum.Density.Values], 1e-12);
        var nothing = One(Enumerable.Repeat(double.NaN, 500).ToArray()).Welch()[0];
        Assert.Equal(0, nothing.SegmentCount);
        Assert.All(nothing.Density.Values, v => Assert.True(double.IsNaN(v)));
    }

    [Fact]
    public void A_flat_channel_has_no_power()
    {
        var spectrum = One(Enumerable.Repeat(7.0, 500).ToArray()).Welch()[0];
        Assert.All(spectrum.Density.Values, v => Assert.Equal(0, v));
        Assert.True(double.IsNaN(spectrum.PeakHz(FrequencyBand.Alpha)));
        Assert.True(double.IsNaN(spectrum.EdgeHz()));
    }

    [Fact]
    public void Channels_keep_their_own_frequency_axis()
    {
        var recording = new Recording([Channel("fast", 1000, 200), Channel("STI", 1000, 200) with { Kind = ChannelKind.Stim }, Channel("slow", 500)], new MemorySamples([Noise(1000, 1), new double[1000], Noise(500, 2)]));
        var spectra = recording.Welch();
        Assert.Equal([0, 2], spectra.Select(s => s.Channel));
        Assert.Equal([100.0, 50.0], spectra.Select(s => s.Density.Axis.Values[^1]));
        Assert.Equal("welch(segment_s=2, overlap=0.5, window=hann, average=mean, detrend=constant)", spectra[0].Density.Provenance.Steps[^1].ToString());
    }

    [Fact]
    public void What_is_too_short_or_impossible_is_refused()
    {
        Assert.Contains("'Cz'", Assert.Throws<UnfitInputException>(() => One(new double[199]).Welch()).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => (One(new double[300]) with { Segments = [new(0, 1.5), new(3, 1.5)] }).Welch());
        Assert.Throws<UnfitInputException>(() => One([]).Welch());
        Assert.Throws<UnfitInputException>(() => One([1]).Periodogram());
        Assert.Throws<UnfitInputException>(() => One(new double[500]).Welch(new() { Overlap = 1 }));
        Assert.Throws<UnfitInputException>(() => One(new double[500]).Welch(new() { SegmentSeconds = 0 }));
        Assert.Throws<UnfitInputException>(() => One(new double[500]).Welch(new() { SegmentSeconds = 0.01 }));
        Assert.Throws<UnfitInputException>(() => FrequencyBand.Of("x", 4, 4));
        Assert.Empty(new Recording([], new MemorySamples([])).Welch());
    }

    [Fact]
    public void A_band_outside_the_spectrum_or_between_bins_is_refused()
    {
        var spectrum = One(Noise(500, 1)).Welch()[0];
        Assert.Throws<UnfitInputException>(() => spectrum.Power(FrequencyBand.Of("high", 40, 60)));
        Assert.Throws<UnfitInputException>(() => spectrum.Power(FrequencyBand.Of("thin", 10.1, 10.4)));
    }

    [Fact]
    public void A_band_map_holds_the_band_power_at_each_good_sensor()
    {
        string[] names = ["O1", "O2", "Cz", "ECG"];
        var recording = new Recording(
            [.. names.Select((n, i) => Channel(n, 1000) with
            {
                Kind = n == "ECG" ? ChannelKind.Ecg : ChannelKind.Eeg,
                IsBad = n == "Cz",
                Unit = n == "O2" ? Unit.Millivolt : Unit.Microvolt,
                Sensor = new(n, new(0.01 * i, 0, 0.1)),
                Frame = Frame.Head,
            })],
            new MemorySamples([.. names.Select((_, i) => Noise(1000, i))]));
        var map = recording.BandMap(FrequencyBand.Alpha);
        var powers = recording.Welch(channels: [0, 1]).Select(s => s.Power(FrequencyBand.Alpha)).ToArray();
        Assert.Equal([powers[0], powers[1] * 1e6], map.ReadFrame(), (x, y) => Math.Abs(x - y) <= 1e-9 * x);
        Assert.Equal((MapKind.Derived, Quantity.Power, "uV2"), (map.Kind, map.Quantity, map.Unit.Symbol));
        Assert.Equal("band power(band=alpha, low_hz=8, high_hz=13)", map.Provenance.Steps[^1].ToString());
    }
}
