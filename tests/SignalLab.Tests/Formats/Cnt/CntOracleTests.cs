using System.Globalization;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Cnt;

/// <summary>A real file against what MNE says of it.</summary>
public sealed class CntOracleTests
{
    // The file states blocks of 8 samples a channel and alternates sample by sample: its signals then run 100 times as smooth. MNE believes the
    // statement, so its values are ours in another order: 8 consecutive numbers of the file to the first channel, the next 8 to the second.
    private const int StatedBlock = 8;

    [Fact]
    public void The_real_file_reads_as_mne_reads_it_but_for_the_order_of_its_samples()
    {
        var oracle = SharedData.Oracle("eeg/oracles/cnt__eeglab_test.cnt.json");
        var study = KnownFormats.Open(SharedData.File("eeg/cnt/eeglab_test.cnt"));
        var recording = study.Recordings[0];
        Assert.Equal("Neuroscan CNT", study.Format);
        Assert.Equal(oracle.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()), recording.Channels.Select(c => c.Label));
        Assert.All(recording.Channels, c => Assert.Equal((ChannelKind.Eog, 200.0, oracle.GetProperty("n_times").GetInt64()), (c.Kind, c.RateHz, c.SampleCount)));
        Assert.Equal(DateTime.ParseExact(oracle.GetProperty("meas_date").GetString()![..19], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), recording.Start);
        Assert.Equal(
            oracle.GetProperty("annotations").EnumerateArray().Select(a => (a.GetProperty("onset").GetDouble(), a.GetProperty("duration").GetDouble(), a.GetProperty("text").GetString()!)),
            recording.Annotations.Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Text)));

        double[][] ours = [recording.ReadAll(0), recording.ReadAll(1)];
        for (var c = 0; c < 2; c++)
        {
            var theirs = oracle.GetProperty("samples_si").GetProperty(recording.Channels[c].Label);
            AssertPart(theirs.GetProperty("first8"), ours, c, 0);
            AssertPart(theirs.GetProperty("mid8"), ours, c, theirs.GetProperty("mid_start").GetInt32());
        }

        Assert.Contains(recording.Remarks, r => r.Contains("alternate one by one", StringComparison.Ordinal));
    }

    private static void AssertPart(System.Text.Json.JsonElement theirs, double[][] ours, int channel, int first)
    {
        double InTheirOrder(int sample)
        {
            var number = ((((sample / StatedBlock) * 2) + channel) * StatedBlock) + (sample % StatedBlock);
            return ours[number % 2][number / 2];
        }

        SharedData.AssertClose([.. theirs.EnumerateArray().Select(v => v.GetDouble() * 1e6)], [.. Enumerable.Range(first, 8).Select(InTheirOrder)], 1e-6);
    }
}
