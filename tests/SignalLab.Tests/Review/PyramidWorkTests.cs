using SignalLab.Analysis.Envelopes;
using SignalLab.Analysis.Filters;
using SignalLab.Model;
using SignalLab.Review.Overviews;
using SignalLab.Review.Traces;

namespace SignalLab.Tests.Review;

public sealed class PyramidWorkTests : IDisposable
{
    private const long Room = 1L << 30;

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_long_recording_gets_one_that_is_kept_and_a_damaged_one_is_built_anew()
    {
        var samples = new Waves();
        Assert.NotNull(await Pyramid(Long(samples)));
        var file = Assert.Single(Directory.GetFiles(folder));
        var asBuilt = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.True(samples.Read >= 1 << 26);

        var again = new Waves();
        Assert.NotNull(await Pyramid(Long(again)));
        Assert.Equal(0, again.Read);

        await File.WriteAllBytesAsync(file, asBuilt[..1000], TestContext.Current.CancellationToken);
        Assert.NotNull(await Pyramid(Long(new Waves())));
        Assert.Equal(asBuilt, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(folder)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_short_recording_needs_none_and_one_larger_than_half_the_room_gets_none()
    {
        Assert.Null(await Pyramid(Long(new Waves(1000))));
        Assert.Null(await Pyramid(Long(new Waves()), room: 4 << 20));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Work_that_is_given_up_leaves_nothing_behind()
    {
        var before = new TaskCompletionSource();
        var work = new PyramidWork(Long(new Waves()), Cache(), before.Task);
        Assert.Equal(0, work.Progress);
        work.Dispose();
        before.SetResult();
        while (work.Progress < 1)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Null(work.Pyramid);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Pages_are_the_same_with_and_without()
    {
        var recording = Long(new Waves());
        var pyramid = await Pyramid(recording);
        int[] rows = [3, 0, 63];
        foreach (var (from, seconds, columns) in new[] { (0.0, 2000.0, 1700), (133.7, 600, 300), (1500, 5000, 1024), (-20, 700, 100), (40, 0.5, 900) })
        {
            Assert.Equal(
                TracePage.Of(recording, rows, from, from + seconds, columns, cancellation: TestContext.Current.CancellationToken),
                TracePage.Of(recording, rows, from, from + seconds, columns, pyramid, TestContext.Current.CancellationToken));
        }

        var untouched = (Waves)recording.Samples;
        var read = untouched.Read;
        _ = TracePage.Of(recording, rows, 0, 1000, 1000, pyramid, TestContext.Current.CancellationToken);
        Assert.Equal(read, untouched.Read);

        // Behind a filter the samples are others.
        var filtered = recording.Bandpass(1, 30);
        Assert.Equal(
            TracePage.Of(filtered, rows, 100, 700, 500, cancellation: TestContext.Current.CancellationToken),
            TracePage.Of(filtered, rows, 100, 700, 500, pyramid, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Where_room_is_short_what_was_unused_for_longest_goes_first()
    {
        CacheFolder Of(int index) => new(folder, "a file", 250, index);
        for (var i = 0; i < 2; i++)
        {
            Assert.True(Of(i).Save("x", file => RandomAccess.Write(file, new byte[100], 0)));
            foreach (var path in Directory.GetFiles(folder))
            {
                File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddHours(-1));
            }
        }

        // The first was kept longest ago, but used just now.
        Of(0).Load("x")!.Dispose();
        Assert.True(Of(2).Save("x", file => RandomAccess.Write(file, new byte[100], 0)));
        Assert.NotNull(Loaded(Of(0)));
        Assert.Null(Loaded(Of(1)));
        Assert.NotNull(Loaded(Of(2)));

        static object? Loaded(CacheFolder cache)
        {
            using var file = cache.Load("x");
            return file;
        }
    }

    private static Recording Long(Waves samples) => new(
        [.. Enumerable.Range(0, samples.ChannelCount).Select(c => new Channel($"C{c}", ChannelKind.Eeg, Unit.Microvolt, 512, samples.Count(c)))], samples);

    private CacheFolder Cache(long room = Room) => new(folder, "a file", room);

    private async Task<EnvelopePyramid?> Pyramid(Recording recording, long room = Room)
    {
        using var work = new PyramidWork(recording, Cache(room), Task.CompletedTask);
        while (work.Progress < 1)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        return work.Pyramid;
    }

    // 64 channels of 2^20 samples and a few, made when read.
    private sealed class Waves(long count = (1 << 20) + 77) : ISampleSource
    {
        private long read;

        public long Read => Interlocked.Read(ref read);

        public int ChannelCount => 64;

        public long Count(int channel) => count;

        void ISampleSource.Read(int channel, long first, Span<double> into)
        {
            Interlocked.Add(ref read, into.Length);
            for (var i = 0; i < into.Length; i++)
            {
                into[i] = ((first + i) * (channel + 7919) % 104_729) - 50_000;
            }
        }
    }
}
