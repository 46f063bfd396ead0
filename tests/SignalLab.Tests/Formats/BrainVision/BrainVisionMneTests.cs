using System.Text.Json;
using SignalLab.Formats.BrainVision;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.BrainVision;

/// <summary>MNE-Python reads what we write; skipped where it is not installed.</summary>
public sealed class BrainVisionMneTests : IDisposable
{
    private const string Script = """
        import sys, json, warnings
        import mne
        warnings.simplefilter('ignore'); mne.set_log_level('error')
        out = []
        for path in sys.argv[1:]:
            raw = mne.io.read_raw_brainvision(path)
            montage = raw.get_montage()
            out.append(dict(names=raw.ch_names, rate=raw.info['sfreq'], date=raw.info['meas_date'].timestamp() if raw.info['meas_date'] else None, data=raw.get_data().ravel().tolist(),
                            positions={} if montage is None else {k: v.tolist() for k, v in montage.get_positions()['ch_pos'].items()},
                            annotations=[[a['onset'], a['duration'], a['description']] for a in raw.annotations]))
        print(json.dumps(out))
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Mne_reads_what_we_write()
    {
        var rich = BrainVisionWriterTests.Rich() with { Segments = [new Segment(0, 15)], Annotations = [.. BrainVisionWriterTests.Rich().Annotations.Take(2)], Start = new DateTime(2020, 2, 29, 23, 59, 58, 250), Comments = [] };
        var steps = new Calibration(0.1, 0, short.MinValue, short.MaxValue, 0, 0);
        double[][] whole = [[.. Enumerable.Range(-500, 1000).Select(i => i * 0.1)], [.. Enumerable.Range(-500, 1000).Select(i => -i * 0.1)]];
        var integers = new Recording([.. whole.Select((_, i) => new Channel($"C{i + 1}", ChannelKind.Eeg, Unit.Microvolt, 256, 1000) { Calibration = steps })], new MemorySamples(whole));
        BrainVisionWriter.Write(rich, folder["rich.vhdr"]);
        BrainVisionWriter.Write(integers, folder["integers.vhdr"]);
        var mne = Python.Run("mne", Script, folder["rich.vhdr"], folder["integers.vhdr"]);

        AssertSeen(rich, mne[0]);
        Assert.Equal(
            [(0, 0, "Comment/spike é 仰卧"), (0, 0.01, "New Segment/"), (1, 2.5, "Stimulus/S  1, left")],
            mne[0].GetProperty("annotations").EnumerateArray().Select(a => (a[0].GetDouble(), a[1].GetDouble(), a[2].GetString()!)).Order());
        Assert.Equal((rich.Start!.Value - DateTime.UnixEpoch).TotalSeconds, mne[0].GetProperty("date").GetDouble(), 1e-6);
        double[] place = [.. mne[0].GetProperty("positions").GetProperty("Fp1").EnumerateArray().Select(v => v.GetDouble())];
        Assert.All(place.Zip([-0.03, 0.08, 0.01]), p => Assert.Equal(p.Second, p.First, 1e-6));
        AssertSeen(integers, mne[1]);
        Assert.Equal(256, mne[1].GetProperty("rate").GetDouble());
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static void AssertSeen(Recording ours, JsonElement theirs)
    {
        Assert.Equal(ours.Channels.Select(c => c.Label), theirs.GetProperty("names").EnumerateArray().Select(n => n.GetString()!));
        double[] data = [.. theirs.GetProperty("data").EnumerateArray().Select(v => v.GetDouble())];
        for (var c = 0; c < ours.Channels.Count; c++)
        {
            var scale = ours.Channels[c].Unit.ConvertsTo(Unit.Volt) ? ours.Channels[c].Unit.To(Unit.Volt).Factor : 1;
            var values = ours.ReadAll(c).Select(v => v * scale).ToArray();
            SharedData.AssertClose(values, data.AsSpan(c * values.Length, values.Length), 2e-7);
        }
    }
}
