using System.Globalization;
using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Mff;

public sealed class MffOracleTests
{
    // Channels that the independent reader makes of events.
    private static readonly string[] Made = ["SESS", "CELL", "cat1", "STI 014"];

    [Fact]
    public void A_real_paused_recording_reads_as_an_independent_reader_reads_it()
    {
        var oracle = SharedData.Oracle("eeg/oracles/egi__multiepoch_paused_crop.mff.json");
        var recording = Recordings.Open(SharedData.File("eeg/egi/multiepoch_paused_crop.mff"));
        Assert.Equal(ReaderOracle.Names(oracle).Except(Made), recording.Channels.Select(c => c.Label));
        Assert.Equal(oracle.GetProperty("sfreq").GetDouble(), recording.CommonRateHz);
        Assert.Equal(oracle.GetProperty("duration_s").GetDouble(), recording.DurationSeconds, 9);
        Assert.Equal(Start(oracle), recording.Start);

        // The reader annotates the gap from half a sample before it, and fills it with zeros.
        var skip = oracle.GetProperty("annotations")[0];
        Assert.Equal(skip.GetProperty("onset").GetDouble() + 0.002, recording.Segments[0].EndSeconds, 9);
        Assert.Equal(skip.GetProperty("duration").GetDouble(), recording.Segments[1].OnsetSeconds - recording.Segments[0].EndSeconds, 9);
        foreach (var channel in oracle.GetProperty("samples_si").EnumerateObject().Where(c => !Made.Contains(c.Name)))
        {
            var c = ReaderOracle.IndexOf(recording, channel.Name);
            var filled = new double[oracle.GetProperty("n_times").GetInt32()];
            var stored = ReaderOracle.InSi(recording, c);
            foreach (var run in recording.Runs(c))
            {
                stored.AsSpan((int)run.FirstSample, (int)run.Count).CopyTo(filled.AsSpan((int)Math.Round(run.OnsetSeconds * 250)));
            }

            ReaderOracle.AssertSamples(channel.Value, filled);
        }

        Assert.Equal(257, recording.Channels.Count(c => c.Sensor is not null && c.Frame == Frame.Head));
    }

    [Fact]
    public void Events_of_a_real_recording_lie_where_its_file_says()
    {
        var recording = Recordings.Open(SharedData.File("eeg/egi/multiepoch_paused_crop.mff"));

        // 10:47:01.904436 and on, of a recording that began at 10:47:01.021673.
        Assert.Equal(("SESS", 0.882763, 0.001), (recording.Annotations[0].Text, Math.Round(recording.Annotations[0].OnsetSeconds, 6), recording.Annotations[0].DurationSeconds));
        Assert.Equal(("CELL", 0.890763, 0.001), (recording.Annotations[1].Text, Math.Round(recording.Annotations[1].OnsetSeconds, 6), recording.Annotations[1].DurationSeconds));

        // The reader's channel of codes: samples at which something happened.
        var oracle = SharedData.Oracle("eeg/oracles/egi__multiepoch_paused_crop.mff.json");
        var marked = (int)Math.Round(oracle.GetProperty("samples_si").GetProperty("STI 014").GetProperty("mean").GetDouble() * 743);
        Assert.Equal(marked, recording.Annotations.Where(a => a.Text == "CELL").Select(a => (int)(a.OnsetSeconds * 250)).Distinct().Count());
    }

    [Fact]
    public void Real_averages_read_as_an_independent_reader_reads_them()
    {
        var oracle = SharedData.Oracle("eeg/oracles/egi__test_egi_evoked.mff.json");
        var study = KnownFormats.Open(SharedData.File("eeg/egi/test_egi_evoked.mff"));
        Assert.Equal([("Category 1", 3.0, -0.012), ("Category 2", 3.0, -0.004)], study.Recordings.Select(r => (r.Evoked!.Condition, r.Evoked.AverageCount, r.Evoked.FirstLatencySeconds)));
        Assert.All(study.Recordings, r => Assert.Equal(ReaderOracle.Names(oracle).Except(Made), r.Channels.Select(c => c.Label)));
        Assert.Equal(["E8", "E11", "E17", "E28", "ECG"], study.Recordings[0].Channels.Where(c => c.IsBad).Select(c => c.Label));
        Assert.Equal(["VREF", "EMG"], study.Recordings[1].Channels.Where(c => c.IsBad).Select(c => c.Label));
        Assert.Equal(Start(oracle), study.Recordings[0].Start);
        Assert.Equal("example_3", study.Recordings[0].Subject.Id);
        foreach (var channel in oracle.GetProperty("samples_si").EnumerateObject().Where(c => !Made.Contains(c.Name)))
        {
            // The reader gives both averages one after the other.
            ReaderOracle.AssertSamples(channel.Value, [.. study.Recordings.SelectMany(r => ReaderOracle.InSi(r, ReaderOracle.IndexOf(r, channel.Name)))]);
        }
    }

    private static DateTime Start(JsonElement oracle) => DateTime.Parse(oracle.GetProperty("meas_date").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
