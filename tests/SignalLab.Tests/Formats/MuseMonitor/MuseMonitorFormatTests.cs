using System.Globalization;
using SignalLab.Formats;
using SignalLab.Formats.MuseMonitor;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.MuseMonitor;

public sealed class MuseMonitorFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new MuseMonitorFormat();

    protected override string Ending => ".csv";

    protected override IEnumerable<string> RealSamples => ["eeg/openbci/muse_monitor.csv"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "made.csv");
        var start = new DateTime(2024, 2, 3, 4, 5, 6);
        File.WriteAllText(path, "TimeStamp,Delta_TP9,RAW_TP9,RAW_AF7,Gyro_X,Battery,Elements\n" + string.Concat(Enumerable.Range(0, 300).Select(i =>
            start.AddSeconds(i / 250.0).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + (i == 100 ? ",,,,,,/muse/elements/blink\n" : string.Create(CultureInfo.InvariantCulture, $",0.5,{800 + i},{790 - i},1.5,80,\n")))));
        yield return path;
    }

    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var (whole, part) = (original.Recordings[0], cut.Recordings[0]);
        var values = part.ReadAll(0);
        Assert.True(whole.ReadAll(0).AsSpan(0, values.Length - 1).SequenceEqual(values.AsSpan(0, values.Length - 1)));
    }

    [Fact]
    public void A_real_table_reads_as_its_text_stands()
    {
        var oracle = SharedData.Oracle("eeg/oracles/openbci__muse_monitor.csv.json");
        var recording = Recordings.Open(SharedData.File("eeg/openbci/muse_monitor.csv"));
        var header = oracle.GetProperty("header").EnumerateArray().Select(h => h.GetString()!).ToArray();
        Assert.Equal(header.Where(h => h is not ("TimeStamp" or "Elements")), recording.Channels.Select(c => c.Label));
        Assert.All(recording.Channels, c => Assert.Equal(oracle.GetProperty("n_rows").GetInt64(), c.SampleCount));
        foreach (var (row, sample) in (ReadOnlySpan<(string, int)>)[("first", 0), ("last", recording.ReadAll(0).Length - 1)])
        {
            var expected = oracle.GetProperty(row).EnumerateArray().Skip(1).Take(recording.Channels.Count).Select(v => double.Parse(v.GetString()!, CultureInfo.InvariantCulture));
            Assert.Equal(expected, Enumerable.Range(0, recording.Channels.Count).Select(c => recording.ReadAll(c)[sample]));
        }

        Assert.Equal(new DateTime(2017, 11, 2, 12, 33, 5, 90), recording.Start);
        Assert.Equal(("uV", ChannelKind.Eeg), (recording.Channels[20].Unit.Symbol, recording.Channels[20].Kind));
        Assert.Equal("RAW_TP9", recording.Channels[20].Label);
    }
}
