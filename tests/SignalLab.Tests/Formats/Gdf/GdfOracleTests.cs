using System.Globalization;
using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Gdf;

/// <summary>Real files against what MNE and biosig say of them.</summary>
public sealed class GdfOracleTests
{
    [Theory]
    [InlineData("test_1ch.gdf", "GDF 2.10")]
    [InlineData("stim_channel_gdf1.gdf", "GDF 1.25")]
    public void A_real_file_reads_as_mne_reads_it(string name, string format)
    {
        var (oracle, study) = Opened(name);
        var recording = study.Recordings[0];
        Assert.Equal(format, study.Format);
        Assert.Equal(oracle.GetProperty("duration_s").GetDouble(), recording.DurationSeconds, 9);
        var start = oracle.GetProperty("meas_date").GetString();
        Assert.Equal(start == "None" ? null : DateTime.ParseExact(start![..19], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), recording.Start);

        // The reader numbers a name that occurs twice, and gives an event without a duration that of a sample.
        Assert.Equal(Labels(oracle).Select(l => l.Length > 3 && l[^2] == '-' ? l[..^2] : l), recording.Channels.Select(c => c.Label));
        Assert.Equal(
            oracle.GetProperty("annotations").EnumerateArray().Select(a => (a.GetProperty("onset").GetDouble(), 0.0, a.GetProperty("text").GetString()!)),
            recording.Annotations.Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Text)));
        AssertSamples(oracle.GetProperty("samples_si"), recording, 1 / recording.Channels[0].Unit.Scale);
    }

    [Fact]
    public void A_real_file_of_version_251_reads_as_biosig_reads_it()
    {
        var (oracle, study) = Opened("chtypes_gdf2.gdf");
        var recording = study.Recordings[0];
        Assert.Equal("GDF 2.51", study.Format);
        var start = DateTime.ParseExact(oracle.GetProperty("start").GetString()!, "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        Assert.True((recording.Start!.Value - start).Duration() <= TimeSpan.FromMicroseconds(1));
        Assert.Equal(Labels(oracle), recording.Channels.Select(c => c.Label));
        Assert.All(recording.Channels, c => Assert.Equal((Unit.Microvolt, 200.0, 1000L), (c.Unit, c.RateHz, c.SampleCount)));
        foreach (var (expected, channel) in oracle.GetProperty("channels").EnumerateArray().Zip(recording.Channels))
        {
            Assert.Equal(expected.GetProperty("digital_max").GetDouble(), channel.Calibration!.DigitalMaximum);
            Assert.Equal(expected.GetProperty("physical_max").GetDouble(), channel.Calibration.PhysicalMaximum, Math.Abs(1e-5 * channel.Calibration.PhysicalMaximum));
        }

        // The annotation's text is the decimal code; the file's own words for its codes are comments.
        var events = oracle.GetProperty("events").EnumerateArray().ToArray();
        Assert.Equal(
            events.Select(e => (e.GetProperty("onset").GetDouble(), Convert.ToInt32(e.GetProperty("type").GetString(), 16).ToString(CultureInfo.InvariantCulture))),
            recording.Annotations.Select(a => (a.OnsetSeconds, a.Text)));
        Assert.Equal(events.Select((e, i) => $"event {i + 1}: {e.GetProperty("text").GetString()}"), recording.Comments.Where(c => c.StartsWith("event ", StringComparison.Ordinal)));
        Assert.Equal(("0", new DateOnly(1985, 6, 25)), (recording.Subject.Id, recording.Subject.Birthdate));
        AssertSamples(oracle.GetProperty("samples_physical"), recording, 1);
    }

    // Saturated samples are NaN with biosig (null here); with us they keep their value.
    private static void AssertSamples(JsonElement samples, Recording recording, double scale)
    {
        var taken = new HashSet<int>();
        foreach (var entry in samples.EnumerateObject())
        {
            var channel = Enumerable.Range(0, recording.Channels.Count).First(c => !taken.Contains(c) && entry.Name.StartsWith(recording.Channels[c].Label, StringComparison.Ordinal));
            taken.Add(channel);
            var values = recording.ReadAll(channel);
            Assert.Equal(entry.Value.GetProperty("n").GetInt32(), values.Length);
            if (entry.Value.GetProperty("min").ValueKind == JsonValueKind.Null)
            {
                Assert.All(values, v => Assert.True(double.IsFinite(v)));
                continue;
            }

            void Part(string name, int first) => SharedData.AssertClose([.. entry.Value.GetProperty(name).EnumerateArray().Select(v => v.GetDouble() * scale)], values.AsSpan(first, 8), 1e-6);
            Part("first8", 0);
            Part("mid8", entry.Value.GetProperty("mid_start").GetInt32());
            Part("last8", values.Length - 8);
            SharedData.AssertClose([entry.Value.GetProperty("min").GetDouble() * scale, entry.Value.GetProperty("max").GetDouble() * scale], [values.Min(), values.Max()], 1e-6);
            SharedData.AssertClose([entry.Value.GetProperty("mean").GetDouble() * scale], [values.Average()], 1e-6);
        }

        Assert.NotEmpty(taken);
    }

    private static string[] Labels(JsonElement oracle) => [.. oracle.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];

    private static (JsonElement Oracle, Study Study) Opened(string name) =>
        (SharedData.Oracle($"eeg/oracles/gdf__{name}.json"), KnownFormats.Open(SharedData.File("eeg/gdf/" + name)));
}
