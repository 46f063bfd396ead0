using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

public sealed class FiffEpochsContractTests : FormatContract
{
    protected override IFormat Format { get; } = new FiffFormat();

    protected override IEnumerable<string> RealSamples => ["meg/fif/audio_decim-epo.fif"];

    protected override string Ending => "-epo.fif";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "made-epo.fif");
        FiffEpochsTests.Write(path, 1000, 40, [100, 1000, 5000]);
        return [path];
    }
}

public sealed class FiffEpochsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Epochs of two channels at 100 Hz that begin 0.1 s before their event.</summary>
    internal static void Write(string path, double rawRateHz, int samples, int[] events, string? next = null, int stated = 0) => FiffBuilder.Write(path, tags => tags.Block(BlockKind.ProcessedData, () => tags.Block(BlockKind.MneEpochs, () =>
    {
        tags.Block(BlockKind.MneEvents, () =>
        {
            tags.Ints(TagKind.MneEvents, [.. events.SelectMany((e, i) => new[] { e, 0, i % 2 == 0 ? 1 : 7 })]);
            tags.Text(TagKind.Comment, "left:hand:1;right:7");
        });
        tags.Ints(TagKind.FirstSample, -10);
        tags.Ints(TagKind.LastSample, samples - 11);
        if (rawRateHz > 0)
        {
            tags.Float(TagKind.MneRawRate, rawRateHz);
        }

        var numbers = TagWriter.Floats([.. Enumerable.Range(0, 2 * samples * events.Length).Select(i => (double)i)]);
        tags.Bytes(TagKind.Epoch, DataType.DenseMatrix | DataType.Float, [.. numbers, .. TagWriter.Words(samples, 2, stated > 0 ? stated : events.Length, 3)]);
        if (next is not null)
        {
            tags.Block(BlockKind.Reference, () =>
            {
                tags.Ints(TagKind.ReferenceRole, 2);
                tags.Text(TagKind.ReferenceName, next);
            });
        }
    })));

    [Fact]
    public void Real_epochs_agree_with_an_independent_reader()
    {
        var expected = SharedData.Oracle("meg/oracles/io_other.json").GetProperty("files").GetProperty("fif/audio_decim-epo.fif");
        var recording = Assert.Single(new FiffFormat().Open(SharedData.File("meg/fif/audio_decim-epo.fif")).Recordings);
        var (rate, from, to) = (expected.GetProperty("info").GetProperty("sfreq").GetDouble(), expected.GetProperty("tmin").GetDouble(), expected.GetProperty("tmax").GetDouble());
        var length = (int)Math.Round((to - from) * rate) + 1;
        Assert.Equal(expected.GetProperty("n_epochs").GetInt32(), recording.Segments.Count);
        Assert.Equal(length * recording.Segments.Count, recording.Channels[0].SampleCount);
        Assert.Equal("audio", recording.Channels[0].Label);

        // The recording had 16 kHz.
        var events = expected.GetProperty("events").EnumerateArray().Select(e => e[0].GetInt32()).ToArray();
        Assert.All(events.Zip(recording.Segments), p => Assert.Equal((p.First - events[0]) / 16000.0, p.Second.OnsetSeconds, 1e-9));
        Assert.All(recording.Annotations.Zip(recording.Segments), p => Assert.Equal(("1", p.Second.OnsetSeconds - from), (p.First.Text, p.First.OnsetSeconds)));
        var values = recording.ReadAll(0);
        var samples = expected.GetProperty("samples_epoch0").GetProperty("audio");
        double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];
        Assert.Equal(Numbers(samples.GetProperty("first")), values[..8]);
        Assert.Equal(Numbers(samples.GetProperty("last")), values[(length - 8)..length]);
        Assert.Equal(samples.GetProperty("mean").GetDouble(), values[..length].Average(), 1e-6);
        var average = expected.GetProperty("average_first8").GetProperty("audio").GetProperty("mean").GetDouble();
        Assert.Equal(average, values.Average(), 1e-6);
    }

    [Fact]
    public void Epochs_lie_where_they_were_recorded_and_samples_have_the_calibration_alone()
    {
        var recording = Open(1000, 40, [100, 1000, 5000]);
        Assert.Equal([new Segment(0, 0.4), new Segment(0.9, 0.4), new Segment(4.9, 0.4)], recording.Segments.Select(s => new Segment(Math.Round(s.OnsetSeconds, 9), s.DurationSeconds)));
        Assert.Equal([("left:hand", 0.1), ("right", 1.0), ("left:hand", 5.0)], recording.Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 9))));
        Assert.Equal(FiffBuilder.Date, recording.Start);

        // Epoch 2, channel B, sample 5: number (2 × 80) + 40 + 5, calibration 0.001.
        Assert.Equal(0.205, recording.ReadAll(1)[85], 1e-7);
        Assert.Equal(0.25 * 81, recording.ReadAll(0)[41], 1e-9);
    }

    [Theory]
    [InlineData(0, 5000)]
    [InlineData(1000, 1200)]
    public void Epochs_that_overlap_or_state_no_rate_follow_each_other(double rawRateHz, int last)
    {
        var recording = Open(rawRateHz, 40, [100, 1000, last]);
        Assert.Equal([0, 0.4, 0.8], recording.Segments.Select(s => Math.Round(s.OnsetSeconds, 9)));
        Assert.Contains(recording.Remarks, r => r.Contains("3 epochs", StringComparison.Ordinal));
        Assert.Null(recording.Start);
    }

    [Fact]
    public void A_split_set_is_joined()
    {
        Write(folder["made-epo-1.fif"], 1000, 40, [5000]);
        Write(folder["made-epo.fif"], 1000, 40, [100, 1000], next: "made-epo-1.fif");
        var recording = FiffBuilder.Open(folder["made-epo.fif"]);
        Assert.Equal([40, 40, 40], recording.Runs(0).Select(r => r.Count));
        Assert.Equal(recording.ReadAll(1)[..40], recording.ReadAll(1)[80..]);
        File.Delete(folder["made-epo-1.fif"]);
        Assert.Contains("made-epo-1.fif", Assert.Throws<MalformedFileException>(() => FiffBuilder.Open(folder["made-epo.fif"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dimensions_that_do_not_fit_the_data_are_refused()
    {
        Write(folder["made-epo.fif"], 1000, 40, [100, 1000], stated: 4);
        Assert.Contains("4 × 2 × 40", Assert.Throws<MalformedFileException>(() => FiffBuilder.Open(folder["made-epo.fif"])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private Recording Open(double rawRateHz, int samples, int[] events)
    {
        Write(folder["made-epo.fif"], rawRateHz, samples, events);
        return FiffBuilder.Open(folder["made-epo.fif"]);
    }
}
