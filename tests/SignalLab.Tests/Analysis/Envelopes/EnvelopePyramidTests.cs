using Microsoft.Win32.SafeHandles;
using SignalLab.Analysis.Envelopes;
using SignalLab.Model;
using SignalLab.Review.Overviews;

namespace SignalLab.Tests.Analysis.Envelopes;

public sealed class EnvelopePyramidTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Every_level_holds_the_extremes_of_its_bins()
    {
        var recording = Gapped();
        var pyramid = Built(recording);
        for (var channel = 0; channel < recording.Channels.Count; channel++)
        {
            var values = recording.ReadAll(channel);
            foreach (var (run, r) in recording.Runs(channel).Select((run, r) => (run, r)))
            {
                foreach (var bin in channel == 2 ? [128] : new[] { 128, 512 })
                {
                    var bins = (int)((run.Count + bin - 1) / bin);
                    var extremes = new float[2 * bins];
                    Assert.True(pyramid.TryRead(channel, r, bin, 0, extremes));
                    for (var b = 0; b < bins; b++)
                    {
                        var inside = values[(int)(run.FirstSample + ((long)b * bin))..(int)Math.Min(run.EndSample, run.FirstSample + ((b + 1L) * bin))].Where(v => !double.IsNaN(v)).ToArray();
                        Assert.Equal(inside.Length == 0 ? float.NaN : (float)inside.Min(), extremes[2 * b]);
                        Assert.Equal(inside.Length == 0 ? float.NaN : (float)inside.Max(), extremes[(2 * b) + 1]);
                    }

                    var middle = new float[2 * (bins / 3)];
                    Assert.True(pyramid.TryRead(channel, r, bin, bins / 2, middle));
                    Assert.Equal(extremes[(2 * (bins / 2))..((2 * (bins / 2)) + middle.Length)], middle);
                }
            }
        }
    }

    [Fact]
    public void What_it_does_not_hold_is_left_to_the_samples()
    {
        var pyramid = Built(Gapped());
        Assert.False(pyramid.TryRead(0, 0, 256, 0, new float[2]));
        Assert.False(pyramid.TryRead(0, 0, 128, -1, new float[2]));
        Assert.False(pyramid.TryRead(0, 1, 128, 0, new float[4]));
    }

    [Fact]
    public void A_cut_an_unfinished_and_another_recordings_file_are_none()
    {
        var recording = Gapped();
        Built(recording);
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(EnvelopePyramid.SizeOf(recording), bytes.Length);
        Assert.Null(Over(recording, bytes[..^1]));
        Assert.Null(Over(recording, [.. new byte[8], .. bytes[8..]]));
        Assert.Null(Over(recording, []));
        Assert.Null(Over(recording with { Channels = [recording.Channels[0]], Samples = new MemorySamples([recording.ReadAll(0)]) }, bytes));
        Assert.NotNull(Over(recording, bytes));
    }

    [Fact]
    public void A_file_that_is_cut_while_it_is_read_is_left_to_the_samples()
    {
        var pyramid = Built(Gapped());
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            RandomAccess.SetLength(file, 100);
        }

        Assert.False(pyramid.TryRead(2, 0, 128, 0, new float[2]));
    }

    [Fact]
    public void A_build_that_is_given_up_leaves_nothing_that_opens()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite))
        {
            Assert.ThrowsAny<OperationCanceledException>(() => EnvelopePyramid.Build(Gapped(), file, null, stop.Token));
        }

        Assert.Null(EnvelopePyramid.Over(Gapped(), File.OpenHandle(path)));
    }

    [Theory]
    [InlineData(4.1)]
    [InlineData(127.9)]
    public void Columns_narrower_than_a_bin_have_no_level(double samplesAColumn) => Assert.Null(EnvelopePyramid.BinFor(samplesAColumn));

    [Theory]
    [InlineData(128, 128)]
    [InlineData(180.7, 128)]
    [InlineData(511.9, 128)]
    [InlineData(512, 512)]
    [InlineData(26_000, 8192)]
    public void Each_column_gets_one_to_four_bins(double samplesAColumn, int bin)
    {
        Assert.Equal(bin, EnvelopePyramid.BinFor(samplesAColumn));
        Assert.InRange(samplesAColumn / bin, 1, 4);
    }

    [Fact]
    public void It_takes_a_twelfth_byte_of_a_sample_and_reads_each_sample_once()
    {
        var counted = new CountingSamples(1 << 22);
        var recording = new Recording([new Channel("A", ChannelKind.Eeg, Unit.Microvolt, 256, 1 << 22)], counted);
        var last = 0.0;
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        EnvelopePyramid.Build(recording, file, new Share(p => last = Math.Max(last, p)), TestContext.Current.CancellationToken);
        Assert.Equal(1 << 22, counted.Read);
        Assert.InRange(EnvelopePyramid.SizeOf(recording) / (double)(1 << 22), 1 / 13.0, 1 / 11.9);
        Assert.Equal(1, last);
    }

    private static Channel Channel(long count, double rate = 256) => new("A", ChannelKind.Eeg, Unit.Microvolt, rate, count);

    // Two channels of one rate and one of another, in three stretches; some values missing, one stretch shorter than a bin.
    private static Recording Gapped()
    {
        const int Count = 300_000 + 77 + 93_000;
        var random = new Random(1);
        double[] Noise(int count) => [.. Enumerable.Range(0, count).Select(i => random.Next(50) == 0 || i is > 20_000 and < 21_000 ? double.NaN : random.NextDouble() - 0.5)];
        Segment[] segments = [new(0, 300_000 / 256.0), new(1410, 77 / 256.0), new(1500.25, 93_000 / 256.0)];
        Segment[] slow = [new(0, 1171), new(1500, 100)];
        return new Recording([Channel(Count), Channel(Count), Channel(1271 * 64, 64) with { Segments = slow }], new MemorySamples([Noise(Count), Noise(Count), Noise(1271 * 64)])) { Segments = segments };
    }

    private EnvelopePyramid Built(Recording recording)
    {
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite))
        {
            EnvelopePyramid.Build(recording, file);
        }

        return EnvelopePyramid.Over(recording, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))!;
    }

    private EnvelopePyramid? Over(Recording recording, byte[] bytes)
    {
        var other = path + ".other";
        File.WriteAllBytes(other, bytes);
        SafeFileHandle file = File.OpenHandle(other, options: FileOptions.DeleteOnClose);
        return EnvelopePyramid.Over(recording, file);
    }

    private sealed class CountingSamples(long count) : ISampleSource
    {
        private long read;

        public long Read => Interlocked.Read(ref read);

        public int ChannelCount => 1;

        public long Count(int channel) => count;

        void ISampleSource.Read(int channel, long first, Span<double> into)
        {
            Interlocked.Add(ref read, into.Length);
            into.Clear();
        }
    }
}
