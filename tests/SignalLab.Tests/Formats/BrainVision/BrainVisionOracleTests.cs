using System.Globalization;
using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Formats.BrainVision;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.BrainVision;

public sealed class BrainVisionOracleTests
{
    [Theory]
    [InlineData("brainvision/test.vhdr", 0)]
    [InlineData("brainvision/test_mixed_highpass.vhdr", 0)]
    [InlineData("brainvision/test_units.vhdr", 0)]
    [InlineData("brainvision/test_old_layout_latin1_software_filter.vhdr", 0)]
    [InlineData("brainvision/testbva.vhdr", 0)]
    [InlineData("brainvision/testv2.vhdr", 3)]
    [InlineData("bids/tiny_bids/sub-01/ses-eeg/eeg/sub-01_ses-eeg_task-rest_eeg.vhdr", 0)]
    public void A_real_recording_reads_as_mne_reads_it(string file, int markersAfterTheEnd)
    {
        var oracle = SharedData.Oracle($"eeg/oracles/{file.Replace("/", "__", StringComparison.Ordinal)}.json");
        var recording = new BrainVisionFormat().Open(SharedData.File("eeg/" + file)).Recordings[0];
        Assert.Equal(oracle.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()), recording.Channels.Select(c => c.Label));
        Assert.Equal(oracle.GetProperty("sfreq").GetDouble(), recording.CommonRateHz);
        Assert.All(recording.Channels, c => Assert.Equal(oracle.GetProperty("n_times").GetInt64(), c.SampleCount));
        Assert.Equal(oracle.GetProperty("duration_s").GetDouble(), recording.DurationSeconds, 1e-9);
        Assert.Equal(Date(oracle.GetProperty("meas_date").GetString()!), recording.Start);

        // MNE leaves out what lies behind the last sample.
        var annotations = oracle.GetProperty("annotations").EnumerateArray().ToArray();
        Assert.Equal(annotations.Length + markersAfterTheEnd, recording.Annotations.Count);
        Assert.All(recording.Annotations.Skip(annotations.Length), a => Assert.True(a.OnsetSeconds > recording.DurationSeconds));
        Assert.All(annotations.Zip(recording.Annotations), p =>
        {
            Assert.Equal(p.First.GetProperty("text").GetString(), p.Second.Text);
            Assert.Equal(p.First.GetProperty("onset").GetDouble(), p.Second.OnsetSeconds, 5.1e-7);
            Assert.Equal(p.First.GetProperty("duration").GetDouble(), p.Second.DurationSeconds, 5.1e-7);
        });
        foreach (var channel in oracle.GetProperty("samples_si").EnumerateObject())
        {
            AssertSamples(channel.Value, recording, Enumerable.Range(0, recording.Channels.Count).Single(c => recording.Channels[c].Label == channel.Name));
        }
    }

    [Fact]
    public void Units_kinds_filters_and_positions_of_the_real_recordings_are_the_files_own()
    {
        var mixed = Recordings.Open(SharedData.File("eeg/brainvision/test_units.vhdr"));
        Assert.Equal(["nV", "mV", "V", "uV"], mixed.Channels.Take(4).Select(c => c.Unit.Symbol));
        Assert.Equal(["BS", "uS", "ARU", "uS", "S", "degC"], mixed.Channels.TakeLast(6).Select(c => c.Unit.Symbol));
        Assert.All(mixed.Channels.Take(26), c => Assert.Equal(ChannelKind.Eeg, c.Kind));
        Assert.Equal("HP:DC LP:250Hz N:Off", mixed.Channels[0].Prefilter);

        var old = Recordings.Open(SharedData.File("eeg/brainvision/test_old_layout_latin1_software_filter.vhdr"));
        Assert.Equal("HP:10s LP:1000Hz N:Off software HP:0.9s LP:50Hz N:50Hz", old.Channels[0].Prefilter);
        Assert.Equal(2, old.Segments.Count);
        Assert.Contains(old.Comments, c => c.Contains("µS", StringComparison.Ordinal));

        // MNE 1.3: read_raw_brainvision('testv2.vhdr').get_montage().get_positions()['ch_pos'], rounded to 0.1 mm.
        var version2 = Recordings.Open(SharedData.File("eeg/brainvision/testv2.vhdr"));
        Point3[] expected = [new(-0.0294, 0.0904, 0), new(0.0294, 0.0904, 0), new(-0.0518, 0.0639, 0.0475), new(0.0518, 0.0639, 0.0475), new(-0.0672, 0, 0.0672), new(0.0672, 0, 0.0672)];
        Assert.All(expected.Zip(version2.Channels), p => Assert.True((p.First - p.Second.Sensor!.PositionMetres).Norm < 1e-4));
        Assert.Equal(4, version2.Channels.Count(c => c.Sensor is null));
    }

    private static DateTime? Date(string text) =>
        text == "None" ? null : DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private static void AssertSamples(JsonElement oracle, Recording recording, int channel)
    {
        var unit = recording.Channels[channel].Unit;
        var scale = unit.ConvertsTo(Unit.Volt) ? unit.To(Unit.Volt).Factor : 1;
        var values = recording.ReadAll(channel).Select(v => v * scale).ToArray();
        Assert.Equal(oracle.GetProperty("n").GetInt32(), values.Length);
        AssertPart(oracle.GetProperty("first8"), values.AsSpan(0, 8));
        AssertPart(oracle.GetProperty("mid8"), values.AsSpan(oracle.GetProperty("mid_start").GetInt32(), 8));
        AssertPart(oracle.GetProperty("last8"), values.AsSpan(values.Length - 8));
        SharedData.AssertClose([oracle.GetProperty("mean").GetDouble()], [values.Average()], 1e-6);
        SharedData.AssertClose([oracle.GetProperty("min").GetDouble()], [values.Min()], 1e-9);
        SharedData.AssertClose([oracle.GetProperty("max").GetDouble()], [values.Max()], 1e-9);
    }

    private static void AssertPart(JsonElement expected, ReadOnlySpan<double> actual) =>
        SharedData.AssertClose(expected.EnumerateArray().Select(e => e.GetDouble()).ToArray(), actual, 1e-9);
}
