using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Snirf;

public sealed class SnirfOracleTests
{
    [Theory]
    [InlineData("Simple_Probe.snirf", 0.1)]
    [InlineData("nirx_15_3_recording_mne-nirs.snirf", 0)]
    public void A_real_file_reads_as_mne_reads_it(string name, double firstSeconds)
    {
        var oracle = SharedData.Oracle($"eeg/oracles/snirf__{name}.json");
        var recording = Recordings.Open(SharedData.File("eeg/snirf/" + name));
        AssertSame(oracle, recording);
        // The reference counts onsets from the file's zero; ours count from the first sample, which has a time of its own.
        Assert.Equal(
            oracle.GetProperty("annotations").EnumerateArray().Select(a => (Math.Round(a.GetProperty("onset").GetDouble() - firstSeconds, 6), a.GetProperty("text").GetString()!)),
            recording.Annotations.Select(a => (Math.Round(a.OnsetSeconds, 6), a.Text)));
        Assert.Equal(DateTime.Parse(oracle.GetProperty("meas_date").GetString()!, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal), DateTime.SpecifyKind(recording.Start!.Value, DateTimeKind.Utc));
    }

    [Fact]
    public void A_file_without_samples_opens_without_channels()
    {
        var recording = Recordings.Open(SharedData.File("eeg/snirf/minimum_example.snirf"));
        Assert.Empty(recording.Channels);
        Assert.Contains(recording.Remarks, r => r.Contains("no samples", StringComparison.Ordinal));
    }

    /// <summary>Names, rate, counts and samples are the reference's.</summary>
    internal static void AssertSame(JsonElement oracle, Recording recording)
    {
        Assert.Equal(oracle.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()), recording.Channels.Select(c => c.Label));
        Assert.Equal(oracle.GetProperty("sfreq").GetDouble(), recording.CommonRateHz!.Value, 9);
        Assert.All(recording.Channels, c => Assert.Equal(oracle.GetProperty("n_times").GetInt64(), c.SampleCount));
        foreach (var channel in oracle.GetProperty("samples_si").EnumerateObject())
        {
            var values = recording.ReadAll(recording.Channels.Select(c => c.Label).ToList().IndexOf(channel.Name));
            AssertPart(channel.Value, "first8", values.AsSpan(0, 8));
            AssertPart(channel.Value, "mid8", values.AsSpan(channel.Value.GetProperty("mid_start").GetInt32(), 8));
            AssertPart(channel.Value, "last8", values.AsSpan(values.Length - 8));
            SharedData.AssertClose([channel.Value.GetProperty("mean").GetDouble()], [values.Average()], 1e-9);
        }
    }

    private static void AssertPart(JsonElement oracle, string part, ReadOnlySpan<double> actual) =>
        SharedData.AssertClose(oracle.GetProperty(part).EnumerateArray().Select(e => e.GetDouble()).ToArray(), actual, 1e-12);
}
