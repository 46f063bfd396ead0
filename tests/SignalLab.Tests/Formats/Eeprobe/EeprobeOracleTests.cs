using System.Text.Json;
using SignalLab.Formats;

namespace SignalLab.Tests.Formats.Eeprobe;

public sealed class EeprobeOracleTests
{
    // The file keeps whole steps of 1/256 microvolt; the vendor exported what it had before rounding towards zero, in single precision.
    private const double StepVolts = 3.90625e-9 * 1.001;

    [Theory]
    [InlineData("test-ref.cnt")]
    [InlineData("test-user-annotation.cnt")]
    public void A_real_recording_reads_as_the_vendor_exports_it(string name)
    {
        var oracle = SharedData.Oracle($"eeg/oracles/antcnt__{name}.json");
        var recording = Recordings.Open(SharedData.File("eeg/antcnt/" + name));
        Assert.Equal(oracle.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()), recording.Channels.Select(c => c.Label));
        Assert.Equal(oracle.GetProperty("sfreq").GetDouble(), recording.CommonRateHz);
        Assert.All(recording.Channels, c => Assert.Equal(oracle.GetProperty("n_times").GetInt64(), c.SampleCount));
        var start = DateTime.Parse(oracle.GetProperty("meas_date").GetString()![..26], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(start, recording.Start!.Value, TimeSpan.FromMilliseconds(1));
        foreach (var channel in oracle.GetProperty("samples_si").EnumerateObject())
        {
            var values = recording.ReadAll(recording.Channels.Select(c => c.Label).ToList().IndexOf(channel.Name)).Select(v => v * 1e-6).ToArray();
            AssertPart(channel.Value, "first8", values.AsSpan(0, 8));
            AssertPart(channel.Value, "mid8", values.AsSpan(channel.Value.GetProperty("mid_start").GetInt32(), 8));
            AssertPart(channel.Value, "last8", values.AsSpan(values.Length - 8));
            Assert.Equal(channel.Value.GetProperty("mean").GetDouble(), values.Average(), StepVolts);
            Assert.Equal(channel.Value.GetProperty("min").GetDouble(), values.Min(), StepVolts);
            Assert.Equal(channel.Value.GetProperty("max").GetDouble(), values.Max(), StepVolts);
        }
    }

    // The vendor's export adds a New Segment marker, writes types before descriptions and a length of one sample; it counts the second marker a sample early (3.884 s).
    [Fact]
    public void Impedance_markers_stand_at_their_time_of_day() => Assert.Equal(
        [("Impedance", 0.0), ("Impedance", 3.886)],
        Recordings.Open(SharedData.File("eeg/antcnt/test-ref.cnt")).Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 9))));

    // The export's other markers come from an event file that does not lie beside this recording.
    [Fact]
    public void The_trigger_inside_the_file_stands_at_its_sample() => Assert.Equal(
        [("1000", 1.78)],
        Recordings.Open(SharedData.File("eeg/antcnt/test-user-annotation.cnt")).Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 9))));

    private static void AssertPart(JsonElement oracle, string part, ReadOnlySpan<double> actual) =>
        SharedData.AssertClose(oracle.GetProperty(part).EnumerateArray().Select(e => e.GetDouble()).ToArray(), actual, 1.2e-7, StepVolts);
}
