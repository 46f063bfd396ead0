using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class EeglabOracleTests
{
    [Theory]
    [InlineData("test_raw_2021.set")]
    [InlineData("test_raw_event_duration.set")]
    public void A_real_dataset_reads_as_mne_reads_it(string name)
    {
        var oracle = SharedData.Oracle($"eeg/oracles/eeglab__{name}.json");
        var recording = Recordings.Open(SharedData.File("eeg/eeglab/" + name));
        Assert.Equal(oracle.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()), recording.Channels.Select(c => c.Label));
        Assert.Equal(oracle.GetProperty("sfreq").GetDouble(), recording.CommonRateHz);
        var annotations = oracle.GetProperty("annotations").EnumerateArray().ToArray();
        Assert.Equal(annotations.Length, recording.Annotations.Count);
        Assert.All(annotations.Zip(recording.Annotations), p =>
        {
            Assert.Equal(p.First.GetProperty("text").GetString(), p.Second.Text);
            Assert.Equal(p.First.GetProperty("onset").GetDouble(), p.Second.OnsetSeconds, 5.1e-7);
            Assert.Equal(p.First.GetProperty("duration").GetDouble(), p.Second.DurationSeconds, 5.1e-7);
        });
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            AssertSamples(oracle.GetProperty("samples_si").GetProperty(recording.Channels[c].Label), recording, c, 1e-6);
        }
    }

    [Fact]
    public void A_real_dataset_of_version_73_with_its_samples_beside_reads_as_h5py_and_numpy_read_it()
    {
        var oracle = SharedData.Oracle("eeg/oracles/eeglab__test_raw_h5.set.json");
        var recording = Recordings.Open(SharedData.File("eeg/eeglab/test_raw_h5.set"));
        Assert.Equal(oracle.GetProperty("n_channels").GetInt32(), recording.Channels.Count);
        Assert.Equal(oracle.GetProperty("n_times").GetInt64(), recording.Channels[0].SampleCount);
        Assert.Equal(128, recording.CommonRateHz);
        Assert.Equal(
            oracle.GetProperty("annotations").EnumerateArray().Select(a => (a.GetProperty("onset").GetDouble(), a.GetProperty("text").GetString()!)),
            recording.Annotations.Select(a => (a.OnsetSeconds, a.Text)));
        foreach (var channel in oracle.GetProperty("samples_uV").EnumerateObject())
        {
            AssertSamples(channel.Value, recording, int.Parse(channel.Name, System.Globalization.CultureInfo.InvariantCulture), 1);
        }
    }

    private static void AssertSamples(JsonElement oracle, Recording recording, int channel, double scale)
    {
        var values = recording.ReadAll(channel).Select(v => v * scale).ToArray();
        Assert.Equal(oracle.GetProperty("n").GetInt32(), values.Length);
        AssertPart(oracle.GetProperty("first8"), values.AsSpan(0, 8));
        AssertPart(oracle.GetProperty("mid8"), values.AsSpan(oracle.GetProperty("mid_start").GetInt32(), 8));
        AssertPart(oracle.GetProperty("last8"), values.AsSpan(values.Length - 8));
        SharedData.AssertClose([oracle.GetProperty("mean").GetDouble()], [values.Average()], 1e-6);
        SharedData.AssertClose([oracle.GetProperty("min").GetDouble()], [values.Min()], 1e-6);
        SharedData.AssertClose([oracle.GetProperty("max").GetDouble()], [values.Max()], 1e-6);
    }

    private static void AssertPart(JsonElement expected, ReadOnlySpan<double> actual) =>
        SharedData.AssertClose(expected.EnumerateArray().Select(e => e.GetDouble()).ToArray(), actual, 1e-6);
}
