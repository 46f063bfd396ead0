using System.Text.Json;
using SignalLab.Analysis.Spectra;
using SignalLab.Formats;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterOracleTests;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Spectra;

public class MorletTests
{
    private static JsonElement Oracle => SharedData.Oracle("eeg/oracles/dsp/morlet_eegmmi_C3.json");

    [Fact]
    public void Power_equals_MNEs_to_the_edges()
    {
        var file = Recordings.Open(SharedData.File("eeg/edf/eegmmi_64ch_motor.edf"));
        var c3 = Enumerable.Range(0, file.Channels.Count).Single(i => file.Channels[i].Label == "C3..");
        var samples = file.ReadAll(c3)[..1280];
        var wavelets = new MorletWavelets(128, Numbers(Oracle.GetProperty("freqs")), Numbers(Oracle.GetProperty("n_cycles")));
        var power = new double[6 * 1280];
        new MorletTransform(wavelets, 1280).Power(samples, 1, power);
        var row = 0;
        foreach (var at in Numbers(Oracle.GetProperty("sample_index")))
        {
            var expected = Numbers(Oracle.GetProperty("power")[row++]);
            SharedData.AssertClose(expected, [.. Enumerable.Range(0, 6).Select(f => power[(f * 1280) + (int)at])], 1e-9);
        }

        SharedData.AssertClose(Numbers(Oracle.GetProperty("mean_power")), [.. Enumerable.Range(0, 6).Select(f => power.Skip(f * 1280).Take(1280).Average())], 1e-9);
    }

    [Fact]
    public void Wavelets_equal_MNEs()
    {
        var wavelets = new MorletWavelets(128, Numbers(Oracle.GetProperty("freqs")), Numbers(Oracle.GetProperty("n_cycles")));
        Assert.Equal(Numbers(Oracle.GetProperty("wavelet_lengths")), Enumerable.Range(0, 6).Select(f => (double)wavelets[f].Re.Count));
        var first = Oracle.GetProperty("wavelet_10Hz_first5");
        for (var s = 0; s < 5; s++)
        {
            Assert.Equal(first[s][0].GetDouble(), wavelets[2].Re[s], 1e-18);
            Assert.Equal(first[s][1].GetDouble(), wavelets[2].Im[s], 1e-18);
        }

        Assert.Equal(0, wavelets[0].Re.Sum(), 1e-5);
        Assert.Equal(2, wavelets[5].Re.Sum(v => v * v) + wavelets[5].Im.Sum(v => v * v), 1e-12);
    }

    [Theory]
    [InlineData(1, 700)]
    [InlineData(3, 64)]
    [InlineData(8, 5000)]
    [InlineData(11, 999)]
    public void The_transform_is_the_convolution_for_any_number_of_channels(int channels, int count)
    {
        var wavelets = new MorletWavelets(100, [3, 10, 31], [2, 5, 7]);
        double[] samples = [.. Enumerable.Range(0, channels).SelectMany(c => Noise(count, c))];
        var (re, im, power) = (new double[channels * 3 * count], new double[channels * 3 * count], new double[channels * 3 * count]);
        var transform = new MorletTransform(wavelets, Math.Min(count, 900));
        transform.Coefficients(samples, channels, re, im);
        transform.Power(samples, channels, power);
        foreach (var (c, f, t) in new[] { (0, 0, 0), (channels - 1, 1, count / 2), (channels - 1, 2, count - 1), (channels / 2, 0, count / 3) })
        {
            var (sumRe, sumIm, half) = (0.0, 0.0, wavelets[f].Re.Count / 2);
            for (var s = -half; s <= half; s++)
            {
                if (t - s >= 0 && t - s < count)
                {
                    sumRe += wavelets[f].Re[s + half] * samples[(c * count) + t - s];
                    sumIm += wavelets[f].Im[s + half] * samples[(c * count) + t - s];
                }
            }

            var at = (((c * 3) + f) * count) + t;
            Assert.Equal(sumRe, re[at], 1e-10);
            Assert.Equal(sumIm, im[at], 1e-10);
            Assert.Equal((sumRe * sumRe) + (sumIm * sumIm), power[at], 1e-10 + (1e-12 * power[at]));
        }
    }

    [Fact]
    public void Columns_read_in_blocks_are_those_of_the_whole_and_of_each_stretch_alone()
    {
        // So many channels that a block holds a part of a stretch only.
        var (channels, a, b) = (40, 3000, 1500);
        double[][] samples = [.. Enumerable.Range(0, channels).Select(c => Noise(a + b, c))];
        var recording = new Recording([.. samples.Select((_, i) => Channel($"c{i}", a + b))], new MemorySamples(samples)) { Segments = [new(0, 30), new(100, 15)] };
        var options = new MorletOptions { FrequenciesHz = [.. Enumerable.Range(1, 45).Select(i => (double)i)], Cycles = [2], Every = 7 };
        var columns = recording.MorletPower(options).Columns().Select(c => (c.TimeSeconds, Values: c.Values.ToArray())).ToList();
        Assert.Equal(recording.MorletPower(options).ColumnCount, columns.Count);
        Assert.Equal(((a + 6) / 7) + ((b + 6) / 7), columns.Count);
        var wavelets = new MorletWavelets(100, options.FrequenciesHz, options.Cycles);
        foreach (var (first, count, onset, columnsBefore) in new[] { (0, a, 0.0, 0), (a, b, 100.0, (a + 6) / 7) })
        {
            var power = new double[45 * count];
            new MorletTransform(wavelets, count).Power(samples[33].AsMemory(first, count), 1, power);
            for (var i = 0; i * 7 < count; i++)
            {
                Assert.Equal(onset + (i * 7 / 100.0), columns[columnsBefore + i].TimeSeconds, 1e-9);
                Assert.Equal(power[(20 * count) + (i * 7)], columns[columnsBefore + i].Values[(33 * 45) + 20], 1e-9);
            }
        }
    }

    [Fact]
    public void A_missing_value_blanks_what_its_wavelet_reaches_and_nothing_more()
    {
        var samples = Noise(1000, 1);
        samples[500] = double.NaN;
        var wavelets = new MorletWavelets(100, [10, 20], [5]);
        var power = new double[2000];
        new MorletTransform(wavelets, 1000).Power(samples, 1, power);
        for (var f = 0; f < 2; f++)
        {
            var half = wavelets[f].Re.Count / 2;
            Assert.Equal(Enumerable.Range(500 - half, (2 * half) + 1), Enumerable.Range(0, 1000).Where(t => double.IsNaN(power[(f * 1000) + t])));
        }
    }

    [Fact]
    public void A_sines_power_peaks_at_its_frequency_and_an_offset_has_none()
    {
        var sine = One([.. Enumerable.Range(0, 2000).Select(t => Math.Sin(2 * Math.PI * 12 * t / 100))]);
        var middle = sine.MorletPower(new() { Cycles = [7] }).Columns().ElementAt(1000).Values.ToArray();
        Assert.Equal(12, 2 + Array.IndexOf(middle, middle.Max()));
        var flat = One(Enumerable.Repeat(5.0, 2000).ToArray()).MorletPower(new() { Cycles = [7] }).Columns().ElementAt(1000).Values.ToArray();
        Assert.All(flat, v => Assert.Equal(0, v, 1e-4));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("longest", Assert.Throws<UnfitInputException>(() => One(Noise(50, 1)).MorletPower()).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => One(Noise(5000, 1)).MorletPower(new() { FrequenciesHz = [51], Cycles = [3] }));
        Assert.Throws<UnfitInputException>(() => One(Noise(5000, 1)).MorletPower(new() { FrequenciesHz = [0], Cycles = [3] }));
        Assert.Throws<UnfitInputException>(() => One(Noise(5000, 1)).MorletPower(new() { FrequenciesHz = [5], Cycles = [double.NaN] }));
        Assert.Throws<UnfitInputException>(() => One(Noise(5000, 1)).MorletPower(new() { FrequenciesHz = [5, 6], Cycles = [1, 2, 3] }));
        Assert.Throws<UnfitInputException>(() => One([]).MorletPower());
        Assert.Throws<UnfitInputException>(() => new Recording([], new MemorySamples([])).MorletPower());
        var mixed = new Recording([Channel("a", 1000, 200), Channel("b", 500)], new MemorySamples([Noise(1000, 1), Noise(500, 2)]));
        Assert.Contains("rate", Assert.Throws<UnfitInputException>(() => mixed.MorletPower()).Message, StringComparison.Ordinal);
    }
}
