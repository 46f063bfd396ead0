using System.Text.Json;
using SignalLab.Analysis.Filters;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Filters;

/// <summary>Golden values of SciPy 1.10.1 on one channel of a real recording.</summary>
public class FilterOracleTests
{
    private const double Tolerance = 1e-9;

    private static JsonElement Oracle => SharedData.Oracle("eeg/oracles/dsp/filters_nk_C3.json");

    private static Recording Input
    {
        get
        {
            var file = Recordings.Open(SharedData.File("eeg/edf/nk_MB0400FU_discontinuous.edf"));
            var c3 = Enumerable.Range(0, file.Channels.Count).Single(i => file.Channels[i].Label == "EEG C3-Ref");
            return new([file.Channels[c3]], new MemorySamples([file.ReadAll(c3)]));
        }
    }

    [Fact]
    public void A_band_pass_of_order_4_has_SciPys_sections() =>
        AssertSections(FilterDesign.Butterworth(FilterBand.Bandpass(0.5, 70)), Oracle.GetProperty("butter_bandpass_N4_0.5_70_sosfiltfilt").GetProperty("sos"));

    [Fact]
    public void A_high_pass_and_a_low_pass_of_order_4_have_SciPys_sections()
    {
        var pair = Oracle.GetProperty("butter_hp4_0.5_then_lp4_70_sosfiltfilt");
        AssertSections(FilterDesign.Butterworth(FilterBand.Highpass(0.5)), pair.GetProperty("sos_hp"));
        AssertSections(FilterDesign.Butterworth(FilterBand.Lowpass(70)), pair.GetProperty("sos_lp"));
    }

    [Fact]
    public void A_time_constant_is_a_first_order_high_pass() =>
        AssertSections(FilterDesign.TimeConstant(0.3), Oracle.GetProperty("clinical_RC_highpass_timeconstant_0.3s_causal").GetProperty("sos"));

    [Theory]
    [InlineData(50)]
    [InlineData(60)]
    public void A_notch_has_SciPys_coefficients(int hz)
    {
        var reference = Oracle.GetProperty($"iirnotch_{hz}_Q30_filtfilt");
        var section = FilterDesign.Notch(hz).For(200).Sections[0];
        SharedData.AssertClose(Numbers(reference.GetProperty("b")), [section.B0, section.B1, section.B2], 1e-13);
        SharedData.AssertClose(Numbers(reference.GetProperty("a")), [1, section.A1, section.A2], 1e-13);
    }

    [Fact]
    public void Padding_is_as_long_as_SciPys()
    {
        Assert.Equal(27, FilterDesign.Butterworth(FilterBand.Bandpass(0.5, 70)).For(200).PadLength);
        Assert.Equal(9, FilterDesign.Notch(50).For(200).PadLength);
        Assert.Equal(6, FilterDesign.TimeConstant(0.3).For(200).PadLength);
    }

    [Fact]
    public void The_input_is_the_one_the_reference_saw() => AssertTrace(Oracle.GetProperty("input"), Input);

    [Fact]
    public void A_zero_phase_band_pass_equals_sosfiltfilt() =>
        AssertTrace(Oracle.GetProperty("butter_bandpass_N4_0.5_70_sosfiltfilt").GetProperty("y"), Input.Bandpass(0.5, 70));

    [Fact]
    public void High_pass_then_low_pass_equals_sosfiltfilt_twice() =>
        AssertTrace(Oracle.GetProperty("butter_hp4_0.5_then_lp4_70_sosfiltfilt").GetProperty("y"), Input.Highpass(0.5).Lowpass(70));

    [Fact]
    public void A_causal_band_pass_equals_sosfilt_from_rest() =>
        AssertTrace(Oracle.GetProperty("causal_sosfilt_bandpass_N4_0.5_70_zero_state").GetProperty("y"), Input.Bandpass(0.5, 70, phase: Phase.Forward));

    [Fact]
    public void A_causal_time_constant_equals_sosfilt_from_rest() =>
        AssertTrace(Oracle.GetProperty("clinical_RC_highpass_timeconstant_0.3s_causal").GetProperty("y"), Input.Filter(FilterDesign.TimeConstant(0.3), Phase.Forward));

    [Theory]
    [InlineData(50)]
    [InlineData(60)]
    public void A_notch_equals_filtfilt_alone_and_after_a_band_pass(int hz)
    {
        var reference = Oracle.GetProperty($"iirnotch_{hz}_Q30_filtfilt");
        AssertTrace(reference.GetProperty("y"), Input.Notch(hz));
        AssertTrace(reference.GetProperty("y_after_bandpass"), Input.Bandpass(0.5, 70).Notch(hz));
    }

    [Fact]
    public void A_finite_band_pass_equals_MNEs_default() =>
        AssertTrace(Oracle.GetProperty("mne_fir_1_40_default").GetProperty("y"), Input.Filter(FilterDesign.WindowedSinc(FilterBand.Bandpass(1, 40))));

    [Fact]
    public void A_finite_notch_equals_MNEs_default() =>
        AssertTrace(Oracle.GetProperty("mne_notch_fir_50").GetProperty("y"), Input.Filter(FilterDesign.FirNotch(50)));

    [Theory]
    [InlineData(50)]
    [InlineData(60)]
    public void The_notchs_response_equals_freqz(int hz)
    {
        var expected = Numbers(Oracle.GetProperty($"iirnotch_{hz}_Q30_filtfilt").GetProperty("single_pass_gain_db_at_f0_-5_-1_0_1_5"));
        var response = FilterDesign.Notch(hz).Response([hz - 5, hz - 1, hz, hz + 1, hz + 5], 200);
        for (var i = 0; i < 5; i++)
        {
            // At the notch itself nothing but rounding is left: any depth beyond 250 dB is zero.
            Assert.True(i == 2 ? response.MagnitudeDb[i] < -250 : Math.Abs(expected[i] - response.MagnitudeDb[i]) < 1e-9);
        }
    }

    internal static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];

    private static void AssertSections(RecursiveDesign design, JsonElement expected)
    {
        var sections = design.For(200).Sections.ToArray();
        Assert.Equal(expected.GetArrayLength(), sections.Length);
        foreach (var (section, row) in sections.Zip(expected.EnumerateArray()))
        {
            SharedData.AssertClose(Numbers(row), [section.B0, section.B1, section.B2, 1, section.A1, section.A2], 1e-12);
        }
    }

    private static void AssertTrace(JsonElement expected, Recording actual)
    {
        var y = actual.ReadAll(0);
        var every = expected.GetProperty("every").GetInt32();
        var picked = y.Where((_, i) => i % every == 0).Concat(y[^8..]).ToArray();
        SharedData.AssertClose([.. Numbers(expected.GetProperty("values")), .. Numbers(expected.GetProperty("last8"))], picked, Tolerance);
        var rms = expected.GetProperty("rms").GetDouble();
        Assert.Equal(rms, Math.Sqrt(y.Average(v => v * v)), Tolerance * rms);
        Assert.Equal(expected.GetProperty("max_abs").GetDouble(), y.Max(Math.Abs), Tolerance * rms);
        Assert.Equal(expected.GetProperty("sum").GetDouble(), y.Sum(), Tolerance * rms * y.Length);
    }
}
