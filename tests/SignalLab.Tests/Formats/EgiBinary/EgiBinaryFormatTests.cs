using SignalLab.Formats;
using SignalLab.Formats.EgiBinary;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.EgiBinary;

public sealed class EgiBinaryFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new EgiBinaryFormat();

    protected override string Ending => ".raw";

    protected override IEnumerable<string> RealSamples => ["eeg/egi/test_egi.raw"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        foreach (var (version, isBig) in new[] { (2, true), (3, true), (4, false), (5, true), (6, true), (7, false) })
        {
            var path = Path.Combine(scratch, $"version{version}.raw");
            File.WriteAllBytes(path, Made(version, isBig).ToArray());
            yield return path;
        }
    }

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(4, 1)]
    [InlineData(6, 1)]
    public void A_continuous_file_has_electrodes_in_microvolts_and_a_stim_channel_an_event(int version, double scale)
    {
        var recording = Open(new EgiBinarySample().Head(version, 250, 2, version == 2 ? 10 : 0, version == 2 ? 512 : 0).Int(3).Shorts(1).Text("DIN1").Samples(version, 10, -20, 0, 11, -21, 1, 12, -22, 0));
        Assert.Equal(["E1", "E2", "DIN1"], recording.Channels.Select(c => c.Label));
        Assert.Equal([ChannelKind.Eeg, ChannelKind.Eeg, ChannelKind.Stim], recording.Channels.Select(c => c.Kind));
        Assert.Equal(Unit.Microvolt, recording.Channels[0].Unit);
        Assert.Equal([10 * scale, 11 * scale, 12 * scale], recording.ReadAll(0));
        Assert.Equal([-20 * scale, -21 * scale, -22 * scale], recording.ReadAll(1));
        Assert.Equal([0, 1, 0], recording.ReadAll(2));
        Assert.Equal(new DateTime(2014, 4, 8, 9, 46, 44, 736), recording.Start);
        Assert.Equal([new Segment(0, 0.012)], recording.Segments);
    }

    [Fact]
    public void Segments_lie_at_their_times_and_name_their_categories()
    {
        var recording = Open(Segmented(1000, 1008, 2000));
        Assert.Equal([new Segment(0, 0.008), new Segment(0.008, 0.008), new Segment(1, 0.008)], recording.Segments);
        Assert.Equal([new(0, 0.008, "go"), new(0.008, 0.008, "stop"), new(1, 0.008, "go")], recording.Annotations);
        Assert.Equal([1, 2, 3, 4, 5, 6], recording.ReadAll(0));
        Assert.Equal(new DateTime(2014, 4, 8, 9, 46, 45, 736), recording.Start);
        Assert.Empty(recording.Remarks);
    }

    [Fact]
    public void Segments_whose_times_overlap_follow_each_other()
    {
        var recording = Open(Segmented(0, 0, 0));
        Assert.Equal([new Segment(0, 0.008), new Segment(0.008, 0.008), new Segment(0.016, 0.008)], recording.Segments);
        Assert.Contains(recording.Remarks, r => r.Contains("overlap", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1)]
    public void Another_version_is_refused(int version) =>
        Assert.Throws<MalformedFileException>(() => Open(new EgiBinarySample().Head(version, 250, 1).Int(0).Shorts(0)));

    [Fact]
    public void A_count_that_the_file_has_no_room_for_is_refused() =>
        Assert.Throws<MalformedFileException>(() => Open(new EgiBinarySample().Head(6, 250, 20000).Int(int.MaxValue).Shorts(0)));

    [Fact]
    public void A_real_file_reads_as_an_independent_reader_reads_it()
    {
        var oracle = SharedData.Oracle("eeg/oracles/egi__test_egi.raw.json");
        var recording = Recordings.Open(SharedData.File("eeg/egi/test_egi.raw"));

        // The reader adds a channel of its own that sums up the events.
        Assert.Equal(ReaderOracle.Names(oracle).Where(n => n != "STI 014"), recording.Channels.Select(c => c.Label));
        Assert.Equal(oracle.GetProperty("sfreq").GetDouble(), recording.CommonRateHz);
        Assert.Equal(oracle.GetProperty("duration_s").GetDouble(), recording.DurationSeconds, 9);
        Assert.Empty(recording.Annotations);
        Assert.Equal(new DateTime(2014, 4, 8, 9, 46, 44, 736), recording.Start);
        foreach (var channel in oracle.GetProperty("samples_si").EnumerateObject().Where(c => c.Name != "STI 014"))
        {
            ReaderOracle.AssertSamples(channel.Value, ReaderOracle.InSi(recording, ReaderOracle.IndexOf(recording, channel.Name)));
        }

        // The reader's channel numbers the events in the order of the file.
        var summed = oracle.GetProperty("samples_si").GetProperty("STI 014").GetProperty("mean").GetDouble() * 77;
        var events = Enumerable.Range(256, 6).Select(recording.ReadAll).ToArray();
        Assert.Equal(summed, events.Select((e, i) => e.Sum() * (i + 1)).Sum(), 9);
    }

    private static EgiBinarySample Made(int version, bool isBig)
    {
        var sample = new EgiBinarySample(isBig).Head(version, 500, 3, 12, 400);
        var random = new Random(version);
        IEnumerable<double> Noise(int count) => Enumerable.Range(0, count).Select(_ => (double)random.Next(-30000, 30000));
        if ((version & 1) == 0)
        {
            return sample.Int(200).Shorts(2).Text("DIN1").Text("go  ").Samples(version, Noise(1000));
        }

        sample.Shorts(2).Byte(2).Text("go").Byte(4).Text("stop").Shorts(3).Int(50).Shorts(1).Text("DIN1");
        for (var s = 0; s < 3; s++)
        {
            sample.Shorts(1 + (s % 2)).Int(300 * s).Samples(version, Noise(200));
        }

        return sample;
    }

    private static EgiBinarySample Segmented(params int[] times)
    {
        var sample = new EgiBinarySample().Head(5, 250, 1).Shorts(2).Byte(2).Text("go").Byte(4).Text("stop").Shorts(times.Length).Int(2).Shorts(0);
        for (var s = 0; s < times.Length; s++)
        {
            sample.Shorts(1 + (s % 2)).Int(times[s]).Samples(5, (2 * s) + 1, (2 * s) + 2);
        }

        return sample;
    }

    private static Recording Open(EgiBinarySample sample)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.raw"], sample.ToArray());
        return Assert.Single(new EgiBinaryFormat().Open(folder["a.raw"]).Recordings);
    }
}
