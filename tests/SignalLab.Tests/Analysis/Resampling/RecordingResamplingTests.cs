using SignalLab.Analysis.Resampling;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Resampling;

public sealed class RecordingResamplingTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(441.1)]
    [InlineData(157.07963267948966)]
    public void Blocks_read_as_the_whole_bit_for_bit(double rateHz)
    {
        var recording = new Recording([Eeg("A", 512, 9000), Eeg("B", 512, 9000)], new MemorySamples([Noise(9000, 1), Noise(9000, 2)]))
        {
            Segments = [new(0, 1000 / 512.0), new(5, 8000 / 512.0)],
        }.Resample(rateHz);
        var whole = new[] { recording.ReadAll(0), recording.ReadAll(1) };
        var random = new Random(3);
        for (var trial = 0; trial < 30; trial++)
        {
            var first = random.Next(whole[0].Length);
            var count = random.Next(1, Math.Min(700, whole[0].Length - first) + 1);
            var block = new double[2 * count];
            recording.Samples.Read([1, 0], first, count, block);
            Assert.Equal(whole[1][first..(first + count)], block[..count]);
            Assert.Equal(whole[0][first..(first + count)], block[count..]);
        }
    }

    [Fact]
    public void Each_stretch_is_resampled_alone_and_keeps_its_time()
    {
        var (a, b) = (Noise(1001, 1), Noise(2000, 2));
        var gapped = new Recording([Eeg("A", 500, 3001)], new MemorySamples([[.. a, .. b]])) { Segments = [new(0, 1001 / 500.0), new(100, 4)], Annotations = [new(50, 1, "in the gap")] };
        var resampled = gapped.Resample(200);
        Assert.Equal(gapped.Segments, resampled.Segments);
        Assert.Equal(gapped.Annotations, resampled.Annotations);
        var runs = resampled.Runs(0);
        Assert.Equal([(0.0, 400L), (100.0, 800L)], runs.Select(r => (r.OnsetSeconds, r.Count)));
        var values = resampled.ReadAll(0);
        Assert.Equal(PolyphaseResampling.Resample(a, 500, 200)[..400], values[..400]);
        Assert.Equal(PolyphaseResampling.Resample(b, 500, 200), values[400..]);
    }

    [Fact]
    public void A_trigger_channel_keeps_its_codes_and_a_channel_of_that_rate_its_samples()
    {
        var codes = new double[1000];
        Array.Fill(codes, 7, 300, 100);
        var same = Noise(250, 5);
        var recording = new Recording(
            [Eeg("A", 1000, 1000), new("STI", ChannelKind.Stim, Unit.Unknown, 1000, 1000), Eeg("B", 250, 250)], new MemorySamples([Noise(1000, 1), codes, same])).Resample(250);
        Assert.Equal([.. new double[75], .. Enumerable.Repeat(7.0, 25), .. new double[150]], recording.ReadAll(1));
        Assert.Equal(same, recording.ReadAll(2));
        Assert.All(recording.Channels, c => Assert.Equal((250.0, 250L), (c.RateHz, c.SampleCount)));
    }

    [Fact]
    public void Channels_of_different_rates_that_end_together_share_a_table()
    {
        // 959.375 s of one record: 100 Hz, 10 Hz and 1 Hz do not end at one sample.
        var recording = new Recording([Eeg("A", 100, 959), Eeg("B", 10, 96), Eeg("C", 1, 10)], new MemorySamples([Noise(959, 1), Noise(96, 2), Noise(10, 3)])).Resample(128);
        Assert.Single(recording.Channels.Select(c => c.SampleCount).Distinct());
        Assert.All(Enumerable.Range(0, 3), c => Assert.All(recording.ReadAll(c), v => Assert.True(double.IsFinite(v))));
    }

    [Fact]
    public void The_step_is_told_with_every_parameter()
    {
        var recording = new Recording([Eeg("A", 100, 100)], new MemorySamples([new double[100]])).Resample(50);
        Assert.Equal("resample(rate_hz=50, half_length_samples=32, kaiser_beta=8.96, cutoff_of_half_rate=0.911, edges=odd)", recording.Provenance.Steps[^1].ToString());
        Assert.Null(recording.Channels[0].Calibration);
        Assert.Same(recording, recording.Resample(50));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e9)]
    [InlineData(1e-6)]
    public void A_rate_that_is_none_is_refused_in_one_sentence(double rateHz)
    {
        var recording = new Recording([Eeg("A", 100, 100)], new MemorySamples([new double[100]]));
        Assert.DoesNotContain('\n', Assert.Throws<UnfitInputException>(() => recording.Resample(rateHz)).Message);
    }

    [Fact]
    public void Empty_one_sample_and_very_short_stretches_have_a_defined_result()
    {
        Assert.Empty(new Recording([Eeg("A", 100, 0)], new MemorySamples([[]])).Resample(50).ReadAll(0));
        Assert.Equal(3, new Recording([Eeg("A", 100, 1)], new MemorySamples([[4]])).Resample(250).ReadAll(0).Length);
        var shreds = new Recording([Eeg("A", 100, 4)], new MemorySamples([[1, 2, 3, 4]])) { Segments = [new(0, 0.01), new(1, 0.01), new(2, 0.02)] }.Resample(30);
        Assert.Equal(shreds.Channels[0].SampleCount, shreds.Runs(0).Sum(r => r.Count));
        Assert.All(shreds.ReadAll(0), v => Assert.True(double.IsFinite(v)));
    }

    [Fact]
    public void A_block_reads_no_more_than_itself_and_the_filters_reach()
    {
        var counted = new CountingSamples(100_000);
        var recording = new Recording([Eeg("A", 512, 100_000)], counted).Resample(256);
        recording.Samples.Read(0, 10_000, new double[100]);
        Assert.InRange(counted.Read, 200, 200 + 140);
    }

    private static Channel Eeg(string label, double rateHz, long count) => new(label, ChannelKind.Eeg, Unit.Microvolt, rateHz, count);

    private static double[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }

    private sealed class CountingSamples(long count) : ISampleSource
    {
        public long Read { get; private set; }

        public int ChannelCount => 1;

        public long Count(int channel) => count;

        void ISampleSource.Read(int channel, long first, Span<double> into)
        {
            Read += into.Length;
            into.Clear();
        }
    }
}
