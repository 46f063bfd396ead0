using System.Text.Json;
using SignalLab.Analysis.Resampling;
using SignalLab.Formats;

namespace SignalLab.Tests.Analysis.Resampling;

public sealed class PolyphaseResamplingTests
{
    [Fact]
    public void With_SciPys_options_it_equals_resample_poly()
    {
        var (samples, oracle) = Real("resample_poly_200_to_128");
        AssertEquals(oracle, PolyphaseResampling.Resample(samples, 200, 128, ResamplingOptions.SciPy));
    }

    [Fact]
    public void Cutting_the_spectrum_equals_MNEs_resample()
    {
        var (samples, oracle) = Real("mne_resample_200_to_128");
        AssertEquals(oracle, FourierResampling.Resample(samples, 128.0 / 200, padding: 100));
    }

    [Theory]
    [InlineData(7, 3, 2)]
    [InlineData(10, 2, 3)]
    [InlineData(3, 16, 25)]
    public void Every_sample_is_the_sum_that_defines_it(int count, int up, int down)
    {
        // The definition, with SciPy's window: y[m] = Σ x[k]·h[m·down − k·up].
        var random = new Random(count);
        double[] x = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        var half = 10 * Math.Max(up, down);
        double[] h = [.. Enumerable.Range(-half, (2 * half) + 1).Select(n => Sinc((double)n / Math.Max(up, down)) * I0(5 * Math.Sqrt(1 - Math.Pow((double)n / half, 2))))];
        var gain = up / h.Sum();
        var y = PolyphaseResampling.Resample(x, down, up, ResamplingOptions.SciPy);
        Assert.Equal(((count * up) + down - 1) / down, y.Length);
        for (var m = 0; m < y.Length; m++)
        {
            var sum = 0.0;
            for (var k = 0; k < count; k++)
            {
                var index = half + (m * down) - (k * up);
                sum += index >= 0 && index < h.Length ? x[k] * h[index] * gain : 0;
            }

            Assert.Equal(sum, y[m], 1e-13);
        }
    }

    [Theory]
    [InlineData(512, 256, 40)]
    [InlineData(512, 441.1, 170)]
    [InlineData(200, 128.7, 50)]
    [InlineData(128, 512, 50)]
    [InlineData(500, 314.15926535897932, 120)]
    [InlineData(1000, 31.4159265358979, 10)]
    [InlineData(100, 271.8281828459045, 40)]
    public void A_sine_in_the_pass_band_keeps_amplitude_and_place_to_the_stated_accuracy(double fromHz, double toHz, double frequencyHz)
    {
        double Wave(double seconds) => 1000 + Math.Sin((2 * Math.PI * frequencyHz * seconds) + 0.3);
        double[] x = [.. Enumerable.Range(0, 20_000).Select(t => Wave(t / fromHz))];
        var y = PolyphaseResampling.Resample(x, fromHz, toHz);
        var margin = (int)(70 * Math.Max(1, toHz / fromHz));
        for (var m = margin; m < y.Length - margin; m++)
        {
            Assert.Equal(Wave(m / toHz), y[m], 1e-4);
        }
    }

    [Fact]
    public void What_the_new_rate_cannot_hold_does_not_fold_back()
    {
        double[] x = [.. Enumerable.Range(0, 8000).Select(t => Math.Sin(2 * Math.PI * 0.2502 * t))];
        var y = PolyphaseResampling.Resample(x, 512, 256);
        Assert.True(y[100..^100].Max(Math.Abs) < 5e-5);
        var scipy = PolyphaseResampling.Resample(x, 512, 256, ResamplingOptions.SciPy);
        Assert.True(scipy[100..^100].Max(Math.Abs) > 0.3);
    }

    [Fact]
    public void An_interpolated_bank_equals_the_exact_one_where_both_can_be()
    {
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, 3000).Select(_ => random.NextDouble() - 0.5)];
        var exact = new PolyphaseBank(new(63, 100), ResamplingOptions.Default);
        var interpolated = new InterpolatedBank(100.0 / 63, ResamplingOptions.Default);
        var (a, b) = (new double[500], new double[500]);
        exact.Apply(x, 0, 500, a);
        interpolated.Apply(x, 0, 500, b);
        SharedData.AssertClose(a, b, 1e-5);
    }

    [Theory]
    [InlineData(200, 128, 16, 25)]
    [InlineData(512, 441.1, 4411, 5120)]
    [InlineData(599.88, 500, 12500, 14997)]
    public void Rates_that_people_state_have_an_exact_fraction(double fromHz, double toHz, int up, int down) =>
        Assert.Equal(new RateRatio(up, down), RateRatio.Of(fromHz, toHz));

    [Fact]
    public void Rates_without_a_fraction_have_none() => Assert.Null(RateRatio.Of(500, 100 * Math.PI));

    [Fact]
    public void Nothing_one_sample_a_constant_and_missing_values_have_a_defined_result()
    {
        Assert.Empty(PolyphaseResampling.Resample([], 512, 256));
        Assert.All(PolyphaseResampling.Resample([7], 100, 250), v => Assert.Equal(7, v, 1e-13));
        Assert.All(PolyphaseResampling.Resample(Enumerable.Repeat(-3.0, 1000).ToArray(), 512, 200), v => Assert.Equal(-3, v, 1e-13));
        var holed = Enumerable.Repeat(1.0, 1000).ToArray();
        holed[500] = double.NaN;
        var y = PolyphaseResampling.Resample(holed, 512, 256);
        Assert.True(double.IsNaN(y[250]));
        Assert.All(y[..200].Concat(y[300..]), v => Assert.Equal(1, v, 1e-13));
        Assert.Throws<ArgumentOutOfRangeException>(() => PolyphaseResampling.Resample([1], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PolyphaseResampling.Resample([1], 1, 2, new ResamplingOptions { Cutoff = 1.5 }));
    }

    private static (double[] Samples, JsonElement Oracle) Real(string name)
    {
        var file = Recordings.Open(SharedData.File("eeg/edf/nk_MB0400FU_discontinuous.edf"));
        var c3 = Enumerable.Range(0, file.Channels.Count).Single(i => file.Channels[i].Label == "EEG C3-Ref");
        return (file.ReadAll(c3), SharedData.Oracle("eeg/oracles/dsp/filters_nk_C3.json").GetProperty(name).GetProperty("y"));
    }

    private static void AssertEquals(JsonElement oracle, double[] y)
    {
        SharedData.AssertClose(Numbers(oracle.GetProperty("values")), [.. y.Where((_, i) => i % 100 == 0)], 1e-9);
        SharedData.AssertClose(Numbers(oracle.GetProperty("last8")), y.AsSpan()[^8..], 1e-9);
        Assert.Equal(oracle.GetProperty("rms").GetDouble(), Math.Sqrt(y.Average(v => v * v)), 1e-8);
        Assert.Equal(oracle.GetProperty("sum").GetDouble(), y.Sum(), 1e-6);
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double I0(double x)
    {
        var (sum, term) = (0.0, 1.0);
        for (var k = 1; k < 60; k++)
        {
            sum += term;
            term *= x * x / (4.0 * k * k);
        }

        return sum;
    }
}
