using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Curry;

/// <summary>Real files against what MNE says of them.</summary>
public sealed class CurryOracleTests
{
    [Theory]
    [InlineData("test_bdf_stim_channel Curry 7.dap", "Curry 7")]
    [InlineData("test_bdf_stim_channel Curry 8.cdt", "Curry 8")]
    public void A_real_recording_reads_as_mne_reads_it(string name, string format)
    {
        var oracle = SharedData.Oracle($"eeg/oracles/curry__{name.Replace(' ', '_')}.json");
        var study = KnownFormats.Open(SharedData.File("eeg/curry/" + name));
        var recording = study.Recordings[0];
        Assert.Equal(format, study.Format);
        Assert.Equal(oracle.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()), recording.Channels.Select(c => c.Label));
        Assert.All(recording.Channels, c => Assert.Equal((ChannelKind.Eeg, Unit.Microvolt, 500.0, 5000L), (c.Kind, c.Unit, c.RateHz, c.SampleCount)));
        Assert.Null(recording.Start);
        Assert.Equal(
            oracle.GetProperty("annotations").EnumerateArray().Select(a => (Math.Round(a.GetProperty("onset").GetDouble(), 9), a.GetProperty("duration").GetDouble(), a.GetProperty("text").GetString()!)),
            recording.Annotations.Select(a => (Math.Round(a.OnsetSeconds, 9), a.DurationSeconds, a.Text)));
        for (var c = 0; c < 3; c++)
        {
            var expected = oracle.GetProperty("samples_si").GetProperty(recording.Channels[c].Label);
            var values = recording.ReadAll(c).Select(v => v * 1e-6).ToArray();
            void Part(string part, int first) => SharedData.AssertClose([.. expected.GetProperty(part).EnumerateArray().Select(v => v.GetDouble())], values.AsSpan(first, 8), 1e-6);
            Part("first8", 0);
            Part("mid8", expected.GetProperty("mid_start").GetInt32());
            Part("last8", values.Length - 8);
            SharedData.AssertClose([expected.GetProperty("min").GetDouble(), expected.GetProperty("max").GetDouble()], [values.Min(), values.Max()], 1e-6);
            SharedData.AssertClose([expected.GetProperty("mean").GetDouble()], [values.Average()], 1e-6);
        }

        // C3 is on the left: the file's x, which points left, is turned.
        Assert.Equal(new Point3(-0.071, 0.0176, 0.1167), recording.Channels[0].Sensor!.PositionMetres);
    }
}
