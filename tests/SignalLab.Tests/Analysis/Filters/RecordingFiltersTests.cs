using SignalLab.Analysis.Filters;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Filters;

public class RecordingFiltersTests
{
    [Fact]
    public void A_cut_off_at_half_the_rate_is_refused_and_the_channel_is_named()
    {
        var recording = new Recording([Channel("Fz", 100), Channel("SpO2", 1, 1)], new MemorySamples([new double[100], [97]]));
        var refusal = Assert.Throws<UnfitInputException>(() => recording.Lowpass(30));
        Assert.Contains("'SpO2' has 1 samples/s", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => One(new double[10]).Highpass(50));
        Assert.Equal([97.0], recording.Filter(FilterDesign.Butterworth(FilterBand.Lowpass(30)), channels: [0]).ReadAll(1));
    }

    [Theory]
    [InlineData(70, 0.5, 4)]
    [InlineData(10, 10, 4)]
    [InlineData(0, 10, 4)]
    [InlineData(-1, 10, 4)]
    [InlineData(double.NaN, 10, 4)]
    [InlineData(1, double.PositiveInfinity, 4)]
    [InlineData(1, 10, 0)]
    [InlineData(1, 10, 21)]
    public void An_impossible_band_is_refused_in_one_line(double lowHz, double highHz, int order)
    {
        var refusal = Assert.Throws<UnfitInputException>(() => One(new double[10]).Bandpass(lowHz, highHz, order));
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_notch_or_time_constant_of_nothing_is_refused()
    {
        Assert.Throws<UnfitInputException>(() => FilterDesign.Notch(0));
        Assert.Throws<UnfitInputException>(() => FilterDesign.Notch(50, 0));
        Assert.Throws<UnfitInputException>(() => FilterDesign.TimeConstant(0));
    }

    [Fact]
    public void A_filter_that_remembers_hours_is_refused() =>
        Assert.Contains("resample", Assert.Throws<UnfitInputException>(() => FilterDesign.Butterworth(FilterBand.Highpass(1e-4)).For(20_000)).Message, StringComparison.Ordinal);

    [Fact]
    public void Trigger_channels_pass_unchanged()
    {
        double[] codes = [.. Enumerable.Range(0, 500).Select(i => i % 50 == 0 ? 255.0 : 0)];
        var recording = new Recording(
            [Channel("Cz", 500), Channel("STI", 500) with { Kind = ChannelKind.Stim, Calibration = new(1, 0, 0, 255, 0, 255) }],
            new MemorySamples([Noise(500, 1), codes]));
        var filtered = recording.Bandpass(1, 30);
        Assert.Equal(codes, Read(filtered, 0, 500)[500..]);
        Assert.Equal(recording.Channels[1], filtered.Channels[1]);
    }

    [Fact]
    public void What_was_done_is_written_down()
    {
        var recording = One(new double[100]);
        recording = recording with { Channels = [recording.Channels[0] with { Prefilter = "HP:0.1Hz", Calibration = new(1, 0, -1, 1, -1, 1) }] };
        var filtered = recording.Bandpass(0.5, 40).Notch(25, phase: Phase.Forward);
        Assert.Equal("HP:0.1Hz HP:0.5Hz LP:40Hz N:25Hz", filtered.Channels[0].Prefilter);
        Assert.Null(filtered.Channels[0].Calibration);
        Assert.Equal(
            ["bandpass(low_hz=0.5, high_hz=40, order=4, design=butterworth, phase=zero)", "notch(frequency_hz=25, q=30, phase=forward)"],
            filtered.Provenance.Steps.Select(s => s.ToString()));
    }

    [Fact]
    public void A_segment_shorter_than_the_padding_is_filtered_with_what_there_is_and_remarked()
    {
        var filtered = One(Noise(20, 3)).Bandpass(1, 30);
        Assert.Contains("28 samples", Assert.Single(filtered.Remarks), StringComparison.Ordinal);
        Assert.All(filtered.ReadAll(0), v => Assert.True(double.IsFinite(v)));
        Assert.Empty(One(Noise(28, 3)).Bandpass(1, 30).Remarks);
    }

    [Fact]
    public void One_sample_is_all_constant()
    {
        Assert.Equal(0, One([5]).Highpass(1).ReadAll(0)[0], 1e-9);
        Assert.Equal(5, One([5]).Lowpass(1).ReadAll(0)[0], 1e-9);
    }

    [Fact]
    public void An_empty_recording_stays_empty()
    {
        Assert.Empty(One([]).Bandpass(1, 30).ReadAll(0));
        Assert.Empty(new Recording([], new MemorySamples([])).Bandpass(1, 30).Channels);
    }

    [Fact]
    public void A_flat_channel_comes_out_flat()
    {
        var flat = Enumerable.Repeat(300_000.0, 5000).ToArray();
        Assert.All(One(flat).Bandpass(0.5, 30).ReadAll(0), v => Assert.Equal(0, v, 1e-6));
        Assert.All(One(flat).Notch(25).ReadAll(0), v => Assert.Equal(300_000, v, 1e-6));
    }

    [Fact]
    public void An_order_8_high_pass_of_a_tenth_hertz_is_stable_at_5_kHz()
    {
        const double rate = 5000;
        const int samples = 10 * 60 * 5000;
        var x = new double[samples];
        for (var t = 0; t < samples; t++)
        {
            x[t] = 100_000 + (0.01 * t) + (20 * Math.Sin(2 * Math.PI * 10 * t / rate));
        }

        var y = (One(x) with { Channels = [Channel("Cz", samples, rate)] }).Highpass(0.1, order: 8).ReadAll(0);
        for (var t = samples / 2; t < (samples / 2) + 50_000; t++)
        {
            Assert.Equal(20 * Math.Sin(2 * Math.PI * 10 * t / rate), y[t], 1e-3);
        }

        Assert.True(y.Max(Math.Abs) < 1000);
    }

    [Fact]
    public void Reading_a_page_reads_the_page_and_its_margins_only()
    {
        var source = new CountingSamples(16, 24 * 3600 * 100);
        var recording = new Recording([.. Enumerable.Range(0, 16).Select(i => Channel($"E{i}", (int)source.Count(i)))], source).Bandpass(0.5, 30).Notch(25);
        Read(recording, 12 * 3600 * 100, 1000);
        var margins = FilterDesign.Butterworth(FilterBand.Bandpass(0.5, 30)).For(100).Margin + FilterDesign.Notch(25).For(100).Margin;
        Assert.Equal(16L * (1000 + (2 * margins)), source.SamplesRead);
    }

    [Fact]
    public void Short_reads_one_after_another_do_not_pay_the_margins_each_time()
    {
        var source = new CountingSamples(4, 600 * 100);
        var recording = new Recording([.. Enumerable.Range(0, 4).Select(i => Channel($"E{i}", 600 * 100))], source).Bandpass(0.5, 30);
        for (var second = 0; second < 600; second++)
        {
            Read(recording, second * 100, 100);
        }

        Assert.InRange(source.SamplesRead, 4L * 600 * 100, 3L * 4 * 600 * 100);
    }

    [Fact]
    public void Many_readers_at_once_read_the_same()
    {
        var data = Enumerable.Range(0, 9).Select(c => Noise(6000, c)).ToArray();
        var recording = new Recording([.. data.Select((_, c) => Channel($"E{c}", 6000))], new MemorySamples(data)).Bandpass(1, 30);
        var expected = Read(recording, 0, 6000);
        Parallel.For(0, 64, i =>
        {
            var first = i % 12 * 500;
            var part = Read(recording, first, 500);
            for (var c = 0; c < 9; c++)
            {
                SharedData.AssertClose(expected.AsSpan((c * 6000) + first, 500), part.AsSpan(c * 500, 500), 1e-9);
            }
        });
    }

    [Fact]
    public void A_range_outside_the_channel_is_a_programmers_error()
    {
        var filtered = One(new double[100]).Bandpass(1, 30);
        Assert.Throws<ArgumentOutOfRangeException>(() => filtered.Samples.Read(0, 90, new double[20]));
        Assert.Throws<ArgumentOutOfRangeException>(() => filtered.Samples.Read(0, -1, new double[2]));
    }
}

/// <summary>Counts how many samples are asked for.</summary>
internal sealed class CountingSamples(int channels, long count) : ISampleSource
{
    private long samplesRead;

    public long SamplesRead => samplesRead;

    public int ChannelCount => channels;

    public long Count(int channel) => count;

    public void Read(int channel, long first, Span<double> into)
    {
        Interlocked.Add(ref samplesRead, into.Length);
        for (var t = 0; t < into.Length; t++)
        {
            into[t] = Math.Sin(0.1 * (first + t + channel));
        }
    }
}
