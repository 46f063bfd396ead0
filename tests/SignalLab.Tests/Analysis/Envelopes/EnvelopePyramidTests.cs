using SignalLab.Analysis.Envelopes;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Envelopes;

public sealed class EnvelopePyramidTests
{
    [Theory]
    [InlineData(0, 900, 7)]
    [InlineData(-50, 1200, 100)]
    [InlineData(3.7, 871.3, 331)]
    [InlineData(400, 420, 3)]
    public void Columns_hold_the_extremes_of_the_bins_that_end_in_them(double fromSeconds, double toSeconds, int width)
    {
        var recording = Gapped(2);
        var pyramid = EnvelopePyramid.Of(recording);
        var (low, high) = (new float[width], new float[width]);
        for (var channel = 0; channel < 2; channel++)
        {
            Assert.True(pyramid.TryColumns(channel, fromSeconds, toSeconds, low, high));
            var (expectedLow, expectedHigh) = ByHand(recording, channel, fromSeconds, toSeconds, width);
            Assert.Equal(expectedLow, low);
            Assert.Equal(expectedHigh, high);
        }
    }

    [Fact]
    public void No_extreme_is_lost_whatever_the_width()
    {
        var recording = Gapped(1);
        var pyramid = EnvelopePyramid.Of(recording);
        var values = recording.ReadAll(0).Where(v => !double.IsNaN(v)).ToArray();
        foreach (var width in new[] { 1, 2, 3, 10, 97, 300 })
        {
            var (low, high) = (new float[width], new float[width]);
            Assert.True(pyramid.TryColumns(0, 0, recording.DurationSeconds, low, high));
            Assert.Equal((float)values.Min(), low.Where(v => !float.IsNaN(v)).Min());
            Assert.Equal((float)values.Max(), high.Where(v => !float.IsNaN(v)).Max());
        }
    }

    [Fact]
    public void Columns_in_a_gap_and_bins_of_missing_values_hold_nothing()
    {
        var recording = new Recording([Channel(2560)], new MemorySamples([[.. new double[1280], .. Enumerable.Repeat(double.NaN, 1280)]])) { Segments = [new(0, 5), new(10, 5)] };
        var pyramid = EnvelopePyramid.Of(recording);
        var (low, high) = (new float[15], new float[15]);
        Assert.True(pyramid.TryColumns(0, 0, 15, low, high));
        Assert.All(low[..5].Concat(high[..5]), v => Assert.Equal(0, v));
        Assert.All(low[5..].Concat(high[5..]), v => Assert.True(float.IsNaN(v)));
    }

    [Fact]
    public void Columns_narrower_than_a_bin_are_left_to_the_samples() =>
        Assert.False(EnvelopePyramid.Of(Gapped(1)).TryColumns(0, 0, 10, new float[1000], new float[1000]));

    [Fact]
    public void It_takes_a_24th_byte_of_a_sample_and_reads_each_sample_once()
    {
        var counted = new CountingSamples(1 << 20);
        var pyramid = EnvelopePyramid.Of(new Recording([Channel(1 << 20)], counted));
        Assert.Equal(1 << 20, counted.Read);
        Assert.InRange(pyramid.SizeBytes, (1 << 20) / 32, (1 << 20) / 23);
    }

    [Fact]
    public void Channels_of_different_rates_are_refused_and_an_empty_one_has_nothing()
    {
        var two = new Recording([Channel(10), Channel(10) with { RateHz = 10 }], new MemorySamples([new double[10], new double[10]]));
        Assert.Throws<UnfitInputException>(() => EnvelopePyramid.Of(two));
        var low = new float[2];
        Assert.True(EnvelopePyramid.Of(new Recording([Channel(0)], new MemorySamples([[]]))).TryColumns(0, 0, 10, low, new float[2]));
        Assert.All(low, v => Assert.True(float.IsNaN(v)));
    }

    private static Channel Channel(long count) => new("A", ChannelKind.Eeg, Unit.Microvolt, 256, count);

    private static Recording Gapped(int channels)
    {
        const int Count = 100_000 + 77 + 93_000;
        var random = new Random(1);
        double[] Noise() => [.. Enumerable.Range(0, Count).Select(_ => random.Next(50) == 0 ? double.NaN : random.NextDouble() - 0.5)];
        return new Recording([.. Enumerable.Range(0, channels).Select(_ => Channel(Count))], new MemorySamples([.. Enumerable.Range(0, channels).Select(_ => Noise())]))
        {
            Segments = [new(0, 100_000 / 256.0), new(410, 77 / 256.0), new(500.25, 93_000 / 256.0)],
        };
    }

    private static (float[] Low, float[] High) ByHand(Recording recording, int channel, double from, double to, int width)
    {
        var (low, high) = (new float[width], new float[width]);
        Array.Fill(low, float.NaN);
        Array.Fill(high, float.NaN);
        var values = recording.ReadAll(channel);
        var step = (to - from) / width;
        foreach (var run in recording.Runs(channel))
        {
            for (var bin = 0L; bin * 256 < run.Count; bin++)
            {
                // A bin's end, the run's end for the short one.
                var end = run.OnsetSeconds + (Math.Min(run.Count, (bin + 1) * 256) / 256.0);
                var column = Enumerable.Range(0, width).FirstOrDefault(c => end > from + (c * step) && end <= from + ((c + 1) * step), -1);
                foreach (var value in column < 0 ? [] : values[(int)(run.FirstSample + (bin * 256))..(int)(run.FirstSample + Math.Min(run.Count, (bin + 1) * 256))].Where(v => !double.IsNaN(v)))
                {
                    low[column] = float.IsNaN(low[column]) ? (float)value : Math.Min(low[column], (float)value);
                    high[column] = float.IsNaN(high[column]) ? (float)value : Math.Max(high[column], (float)value);
                }
            }
        }

        return (low, high);
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
