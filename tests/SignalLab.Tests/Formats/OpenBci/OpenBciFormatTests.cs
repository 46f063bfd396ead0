using System.Globalization;
using SignalLab.Formats;
using SignalLab.Formats.OpenBci;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.OpenBci;

public sealed class OpenBciFormatTests : FormatContract
{
    private const string Head = "%OpenBCI Raw EXG Data\n%Number of channels = 2\n%Sample Rate = 250 Hz\n%Board = OpenBCI_GUI$BoardCytonSerial\n";

    private const string Names = "Sample Index, EXG Channel 0, EXG Channel 1, Accel Channel 0, Timestamp, Marker Channel, Timestamp (Formatted)\n";

    private readonly TemporaryFolder made = new();

    protected override IFormat Format { get; } = new OpenBciFormat();

    protected override string Ending => ".txt";

    // A small table is looked at once for its head and once for its rows.
    protected override double OpeningShare => 2;

    protected override IEnumerable<string> RealSamples => ["eeg/openbci/cyton_v6_blinks.txt"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "made.txt");
        File.WriteAllText(path, Head + Names + string.Concat(Enumerable.Range(0, 600).Select(i => Row(i % 256, i))));
        yield return path;
    }

    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var (whole, part) = (original.Recordings[0], cut.Recordings[0]);
        for (var c = 0; c < part.Channels.Count; c++)
        {
            var values = part.ReadAll(c);
            Assert.True(whole.ReadAll(c).AsSpan(0, values.Length - 1).SequenceEqual(values.AsSpan(0, values.Length - 1)));
        }
    }

    [Fact]
    public void Packets_that_are_missing_by_their_number_are_a_gap()
    {
        var recording = Open(Head + Names + string.Concat(Enumerable.Range(0, 600).Where(i => i is < 250 or > 260).Select(i => Row(i % 256, i))))[0];
        Assert.Equal([new Segment(0, 1), new Segment(261 / 250.0, 339 / 250.0)], recording.Segments);
        Assert.Equal([261.5, 262.5], recording.ReadAll(0)[250..252]);
    }

    [Fact]
    public void Electrodes_are_one_recording_and_what_is_beside_them_another()
    {
        var recordings = Open(Head + Names + Row(0, 0) + Row(1, 1, 3) + Row(2, 2));
        Assert.Equal(["EXG Channel 0", "EXG Channel 1"], recordings[0].Channels.Select(c => c.Label));
        Assert.All(recordings[0].Channels, c => Assert.Equal((ChannelKind.Eeg, "uV", 250.0), (c.Kind, c.Unit.Symbol, c.RateHz)));
        Assert.Equal(["Accel Channel 0"], recordings[1].Channels.Select(c => c.Label));
        Assert.Equal(("3", 0.004), (recordings[0].Annotations[0].Text, recordings[0].Annotations[0].OnsetSeconds));
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc), recordings[0].Start);
    }

    [Fact]
    public void Tables_before_version_5_have_no_names()
    {
        var recording = Open("%OpenBCI Raw EEG Data\n%Number of channels = 2\n%Sample Rate = 250.0 Hz\n%First Column = SampleIndex\n%Last Column = Timestamp\n0, 1.5, 2.5, 0.1, 0.2, 0.3, 12:00:00.000, 1700000000000\n1, 3.5, 4.5, 0.1, 0.2, 0.3, 12:00:00.004, 1700000000004\n")[0];
        Assert.Equal(["EXG Channel 0", "EXG Channel 1"], recording.Channels.Select(c => c.Label));
        Assert.Equal([2.5, 4.5], recording.ReadAll(1));
    }

    [Fact]
    public void A_real_recording_reads_as_its_text_stands()
    {
        var oracle = SharedData.Oracle("eeg/oracles/openbci__cyton_v6_blinks.txt.json");
        var recording = Recordings.Open(SharedData.File("eeg/openbci/cyton_v6_blinks.txt"));
        Assert.Equal((oracle.GetProperty("n_channels").GetInt32(), oracle.GetProperty("sfreq").GetDouble(), oracle.GetProperty("duration_s").GetDouble()), (recording.Channels.Count, recording.CommonRateHz!.Value, recording.DurationSeconds));
        foreach (var channel in oracle.GetProperty("samples_uV").EnumerateObject())
        {
            ReaderOracle.AssertSamples(channel.Value, recording.ReadAll(ReaderOracle.IndexOf(recording, channel.Name)));
        }
    }

    private static string Row(int number, int i, int marker = 0) => string.Create(CultureInfo.InvariantCulture, $"{number}, {i + 0.5}, {-i}, 0.25, {1700000000000 + (i * 4)}, {marker}, 12:00:00.000\n");

    private IReadOnlyList<Recording> Open(string text)
    {
        File.WriteAllText(made["made.txt"], text);
        return KnownFormats.Open(made["made.txt"]).Recordings;
    }
}
