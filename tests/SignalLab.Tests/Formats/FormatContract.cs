using System.Security.Cryptography;
using SignalLab.Formats;
using SignalLab.Fuzz;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>What every format promises. A format's test class inherits it and names its samples; the promises then run on each.</summary>
public abstract class FormatContract : IDisposable
{
    private const int Truncations = 64;
    private const int Mutations = 2000;

    // SignalLab.Fuzz has the full number for every file: those that are large, real ones, companions.
    private const int MutationsOfOthers = 100;
    private const long SmallBytes = 16_384;

    private readonly TemporaryFolder folder = new();

    /// <summary>The format under test.</summary>
    protected abstract IFormat Format { get; }

    /// <summary>Valid files: written by our own writer or simulator into <paramref name="scratch"/>, so that the promises hold without real data.</summary>
    protected abstract IEnumerable<string> Samples(string scratch);

    /// <summary>The same for tests that go over all formats.</summary>
    internal IEnumerable<string> SamplesIn(string scratch) => Samples(scratch);

    /// <summary>Real files beside them, relative to the shared data; used where they are at hand.</summary>
    protected virtual IEnumerable<string> RealSamples => [];

    /// <summary>The other files a sample needs beside itself.</summary>
    protected virtual IEnumerable<string> Companions(string sample) => [];

    /// <summary>Writes a study's content as this format, or null where there is no writer.</summary>
    protected virtual Action<Study, string>? Writer => null;

    /// <summary>Ending for written copies, where the format's files name each other.</summary>
    protected virtual string Ending => ".bin";

    /// <summary>Largest share of the file that opening may read; 1 for small or compressed formats.</summary>
    protected virtual double OpeningShare => 1;

    [Fact]
    public void Is_known_by_content_alone() => ForEach(sample =>
    {
        Assert.True(Format.Recognises(FileHead.Of(sample)));
        if (!Companions(sample).Any())
        {
            var renamed = folder["renamed.unknown"];
            File.Copy(sample, renamed, true);
            Assert.True(Format.Recognises(FileHead.Of(renamed)));
        }
    });

    [Fact]
    public void Is_the_first_known_format_to_claim_its_files() => ForEach(sample =>
        Assert.Equal(Format.Name, KnownFormats.All.First(f => f.Recognises(FileHead.Of(sample))).Name));

    [Fact]
    public void Opens_the_same_twice() => ForEach(sample => AssertSame(Format.Open(sample), Format.Open(sample)));

    [Fact]
    public void Header_counts_equal_what_can_be_read() => ForEachRecording(recording =>
    {
        Assert.Equal(recording.Channels.Count, recording.Samples.ChannelCount);
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            Assert.Equal(recording.Channels[c].SampleCount, recording.Samples.Count(c));
            Assert.Equal(recording.Channels[c].SampleCount, recording.ReadAll(c).Length);
        }
    });

    [Fact]
    public void Every_rate_is_positive_and_finite() => ForEachRecording(recording =>
        Assert.All(recording.Channels, c => Assert.True(c.RateHz > 0 && double.IsFinite(c.RateHz))));

    [Fact]
    public void Block_reads_equal_whole_reads() => ForEachRecording(recording =>
    {
        var random = new Random(1);
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            var whole = recording.ReadAll(c);
            for (var trial = 0; trial < 8 && whole.Length > 0; trial++)
            {
                var first = random.Next(whole.Length);
                var block = new double[random.Next(1, Math.Min(4000, whole.Length - first) + 1)];
                recording.Samples.Read(c, first, block);
                Assert.True(whole.AsSpan(first, block.Length).SequenceEqual(block));
            }
        }
    });

    [Fact]
    public void Many_channels_at_once_equal_one_by_one() => ForEachRecording(recording =>
    {
        foreach (var group in Enumerable.Range(0, recording.Channels.Count).GroupBy(c => (recording.Channels[c].RateHz, recording.Channels[c].SampleCount)))
        {
            int[] channels = [.. group.Reverse()];
            var count = (int)Math.Min(1500, group.Key.SampleCount);
            var first = group.Key.SampleCount - count;
            var block = new double[channels.Length * count];
            recording.Samples.Read(channels, first, count, block);
            for (var i = 0; i < channels.Length; i++)
            {
                var one = new double[count];
                recording.Samples.Read(channels[i], first, one);
                Assert.True(block.AsSpan(i * count, count).SequenceEqual(one));
            }
        }
    });

    [Fact]
    public void Concurrent_readers_get_the_same() => ForEachRecording(recording =>
    {
        if (recording.Channels.Count == 0)
        {
            return;
        }

        var expected = Enumerable.Range(0, recording.Channels.Count).Select(recording.ReadAll).ToArray();
        Parallel.For(0, 32, i => Assert.Equal(expected[i % expected.Length], recording.ReadAll(i % expected.Length)));
    });

    [Fact]
    public void Reading_outside_the_channel_is_an_argument_error() => ForEachRecording(recording =>
    {
        for (var c = 0; c < Math.Min(2, recording.Channels.Count); c++)
        {
            var count = recording.Channels[c].SampleCount;
            Assert.ThrowsAny<ArgumentOutOfRangeException>(() => recording.Samples.Read(c, count, new double[1]));
            Assert.ThrowsAny<ArgumentOutOfRangeException>(() => recording.Samples.Read(c, -1, new double[1]));
        }
    });

    [Fact]
    public void Segments_are_in_order_and_cover_every_sample_once() => ForEachRecording(recording =>
    {
        Assert.All(recording.Segments.Zip(recording.Segments.Skip(1)), p => Assert.True(p.First.EndSeconds <= p.Second.OnsetSeconds + 1e-9));
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            var runs = recording.Runs(c);
            Assert.Equal(recording.Channels[c].SampleCount, runs.Sum(r => r.Count));
            Assert.All(runs.Zip(runs.Skip(1)), p => Assert.Equal(p.First.EndSample, p.Second.FirstSample));
        }
    });

    [Fact]
    public void Annotations_have_finite_times() => ForEachRecording(recording =>
        Assert.All(recording.Annotations, a => Assert.True(double.IsFinite(a.OnsetSeconds) && a.DurationSeconds >= 0)));

    [Fact]
    public void Provenance_names_the_file_and_its_hash() => ForEach(sample =>
    {
        var study = Format.Open(sample);
        var provenance = study.Recordings.Select(r => r.Provenance).Concat(study.Maps.Select(m => m.Provenance)).FirstOrDefault();
        if (provenance is not null)
        {
            Assert.Equal(Path.GetFileName(sample), provenance.Input);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(sample))), provenance.InputSha256);
        }
    });

    [Fact]
    public void Map_frames_read_in_blocks_equal_whole_frames() => ForEach(sample =>
    {
        foreach (var map in Format.Open(sample).Maps)
        {
            Assert.Equal(map.FrameCount, map.Values.FrameCount);
            var random = new Random(2);
            for (var trial = 0; trial < 4; trial++)
            {
                var frame = random.Next(map.FrameCount);
                var whole = map.ReadFrame(frame);
                var first = random.Next(whole.Length);
                var block = new double[random.Next(1, Math.Min(4000, whole.Length - first) + 1)];
                map.Values.Read(frame, first, block);
                Assert.True(whole.AsSpan(first, block.Length).SequenceEqual(block));
            }

            Assert.ThrowsAny<ArgumentOutOfRangeException>(() => map.Values.Read(0, map.Support.Count, new double[1]));
        }
    });

    [Fact]
    public void Grid_maps_have_an_invertible_affine() => ForEach(sample => Assert.All(
        Format.Open(sample).Maps.Select(m => m.Support).OfType<GridSupport>(),
        g => Assert.NotEqual(0, g.ToMillimetres.Determinant)));

    [Fact]
    public void Layout_positions_are_finite() => ForEach(sample => Assert.All(
        Format.Open(sample).Layouts.SelectMany(l => l.Sensors), s => Assert.True(double.IsFinite(s.PositionMetres.Norm))));

    [Fact]
    public void An_empty_file_is_refused_in_one_line()
    {
        var empty = folder["empty" + Ending];
        File.WriteAllBytes(empty, []);
        var e = Assert.Throws<MalformedFileException>(() => Format.Open(empty));
        Assert.Contains("empty" + Ending, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_foreign_file_is_not_recognised_and_refused()
    {
        var foreign = folder["foreign" + Ending];
        var bytes = new byte[5000];
        new Random(3).NextBytes(bytes);
        File.WriteAllBytes(foreign, bytes);
        Assert.False(Format.Recognises(FileHead.Of(foreign)));
        Assert.Throws<MalformedFileException>(() => Reading.Whole(Format.Open(foreign)));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_or_loses_nothing() => ForEach(sample =>
    {
        var whole = File.ReadAllBytes(sample);
        var original = Format.Open(sample);
        var random = new Random(4);
        CopyCompanions(sample);
        foreach (var cut in Enumerable.Range(0, Truncations).Select(i => Mutation.Cut(whole.Length, i, random)).Distinct())
        {
            var path = Copy(sample, whole[..cut]);
            try
            {
                AssertCutLosesNothing(original, Format.Open(path));
            }
            catch (Exception e) when (e is MalformedFileException or UnfitInputException)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    });

    [Fact]
    public void A_mutated_file_gives_a_result_or_one_clear_error() => ForEach(sample =>
    {
        CopyCompanions(sample);
        var path = Copy(sample, File.ReadAllBytes(sample));
        MutatedFiles.AssertBorne(() => Format.Open(path), path, IsReal(sample) || new FileInfo(sample).Length > SmallBytes ? MutationsOfOthers : Mutations);
    });

    [Fact]
    public void A_mutated_companion_gives_a_result_or_one_clear_error() => ForEach(sample =>
    {
        CopyCompanions(sample);
        var path = Copy(sample, File.ReadAllBytes(sample));
        foreach (var companion in Companions(sample).ToArray())
        {
            MutatedFiles.AssertBorne(() => Format.Open(path), folder[Path.GetFileName(companion)], MutationsOfOthers);
        }
    });

    [Fact]
    public void Opening_reads_headers_only() => ForEach(sample =>
    {
        ByteSource.BytesRead = 0;
        Format.Open(sample);
        var size = new FileInfo(sample).Length + Companions(sample).Sum(c => new FileInfo(c).Length);
        Assert.True(ByteSource.BytesRead <= Math.Max(OpeningShare * size, 65536), $"{ByteSource.BytesRead} of {size} bytes read when opening");
    });

    [Fact]
    public void Written_and_read_again_it_is_equal()
    {
        if (Writer is null)
        {
            return;
        }

        ForEach(sample =>
        {
            var original = Format.Open(sample);
            var copy = folder["written" + Ending];
            Writer(original, copy);
            AssertEquivalent(original, Format.Open(copy));
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Equality of a written copy: exact by default; a format that stores coarser steps overrides it with its own resolution.</summary>
    protected virtual void AssertEquivalent(Study expected, Study actual) => AssertSame(expected, actual);

    /// <summary>What a cut file may still open as: the whole, unless the format states no count and a cut is no fault in it.</summary>
    protected virtual void AssertCutLosesNothing(Study original, Study cut) => AssertSame(original, cut);

    /// <summary>Everything the user sees is equal, samples bit for bit.</summary>
    protected static void AssertSame(Study expected, Study actual)
    {
        Assert.Equal(expected.Recordings.Count, actual.Recordings.Count);
        foreach (var (a, b) in expected.Recordings.Zip(actual.Recordings))
        {
            Assert.Equal(a.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount)), b.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount)));
            Assert.Equal(a.Segments, b.Segments);
            Assert.Equal(a.Annotations, b.Annotations);
            Assert.Equal(a.Start, b.Start);
            for (var c = 0; c < a.Channels.Count; c++)
            {
                Assert.Equal(a.ReadAll(c), b.ReadAll(c));
            }
        }

        Assert.Equal(expected.Maps.Count, actual.Maps.Count);
        foreach (var (a, b) in expected.Maps.Zip(actual.Maps))
        {
            Assert.Equal((a.Support.Count, a.Unit, a.Quantity, a.FrameCount), (b.Support.Count, b.Unit, b.Quantity, b.FrameCount));
            Assert.Equal((a.Support as GridSupport)?.ToMillimetres, (b.Support as GridSupport)?.ToMillimetres);
            for (var f = 0; f < a.FrameCount; f++)
            {
                Assert.Equal(a.ReadFrame(f), b.ReadFrame(f));
            }
        }

        ModelEquality.AssertSame(expected, actual);
        Assert.Equal(expected.Layouts.SelectMany(l => l.Sensors).Select(s => (s.Name, s.PositionMetres)), actual.Layouts.SelectMany(l => l.Sensors).Select(s => (s.Name, s.PositionMetres)));
    }

    private void CopyCompanions(string sample)
    {
        foreach (var companion in Companions(sample).ToArray())
        {
            Copy(companion, File.ReadAllBytes(companion));
        }
    }

    private string Copy(string file, byte[] bytes)
    {
        var path = folder[Path.GetFileName(file)];
        MutatedFiles.Write(path, bytes);
        return path;
    }

    private static bool IsReal(string sample) => SharedData.Folder is { } real && sample.StartsWith(Path.GetFullPath(real), StringComparison.Ordinal);

    private void ForEachRecording(Action<Recording> promise) => ForEach(sample =>
    {
        foreach (var recording in Format.Open(sample).Recordings)
        {
            promise(recording);
        }
    });

    private void ForEach(Action<string> promise)
    {
        var scratch = Directory.CreateDirectory(folder["scratch"]).FullName;
        var real = SharedData.Folder is null ? [] : RealSamples.Select(SharedData.File);
        foreach (var sample in Samples(scratch).Concat(real))
        {
            promise(sample);
        }
    }
}
