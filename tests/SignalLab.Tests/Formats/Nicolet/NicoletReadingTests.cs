using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Nicolet;

public sealed class NicoletReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Channels_of_a_sample_stand_together_and_share_one_gain()
    {
        var recording = Open([10, -20, 30, 40]);
        Assert.Equal([2.5, 7.5], recording.ReadAll(0));
        Assert.Equal([-5, 10], recording.ReadAll(1));
        Assert.Equal([(ChannelKind.Eeg, Unit.Microvolt, 256.0), (ChannelKind.Ecg, Unit.Microvolt, 256)], recording.Channels.Select(c => (c.Kind, c.Unit, c.RateHz)));
        Assert.Equal(new DateTime(2015, 1, 1, 12, 0, 0, 250), recording.Start);
        Assert.Equal("102", recording.Subject.Id);
        Assert.Equal(["adm_id: 1102"], recording.Comments);
    }

    [Theory]
    [InlineData("num_samples", "3", "samples")]
    [InlineData("num_samples", "1e300", "[] num_samples")]
    [InlineData("num_channels", "3", "[] num_channels")]
    [InlineData("sample_freq", "0", "[] sample_freq")]
    [InlineData("conversion_factor", "NaN", "[] conversion_factor")]
    [InlineData("sample_bytes", "3", "[] sample_bytes")]
    [InlineData("elec_names", null, "[] elec_names")]
    public void A_header_that_cannot_be_is_refused_at_its_line(string key, string? value, string field) =>
        Assert.Equal(field, Assert.Throws<MalformedFileException>(() => new SignalLab.Formats.Nicolet.NicoletFormat().Open(Write([1, 2, 3, 4], (key, value)))).Field);

    [Fact]
    public void Data_beyond_the_stated_samples_are_left_out_with_a_remark()
    {
        var recording = Open([1, 2, 3, 4, 5, 6], ("num_samples", "2"));
        Assert.Equal(2, recording.Channels[0].SampleCount);
        Assert.Contains(recording.Remarks, r => r.Contains("4 bytes more", StringComparison.Ordinal));
    }

    [Fact]
    public void A_header_without_its_data_names_the_file()
    {
        var path = Write([1, 2]);
        File.Delete(folder["made.data"]);
        Assert.Contains("made.data", Assert.Throws<MalformedFileException>(() => Recordings.Open(path)).Message, StringComparison.Ordinal);
    }

    // Reference: MNE 1.3.0, read_raw_nicolet(…, 'eeg').get_data() of the same file, in volts.
    [Fact]
    public void The_real_file_reads_as_mne_reads_it()
    {
        var recording = Recordings.Open(SharedData.File("eeg/nicolet/test_nicolet_raw.data"));
        Assert.Equal(29, recording.Channels.Count);
        Assert.All(recording.Channels, c => Assert.Equal((256.0, 512L), (c.RateHz, c.SampleCount)));
        Assert.Equal(["FP1", "FP2", "F3"], recording.Channels.Take(3).Select(c => c.Label));
        Assert.Equal(new DateTime(2015, 1, 1, 12, 0, 0), recording.Start);
        (int Channel, int Sample, double Microvolts)[] expected =
        [
            (0, 0, -280.314), (0, 255, -269.574), (0, 511, -255.254),
            (7, 0, -31.325), (7, 255, 31.325), (7, 511, -54.237),
            (24, 0, 16.468), (24, 255, -25.418), (24, 511, -33.294),
        ];
        foreach (var (channel, sample, microvolts) in expected)
        {
            Assert.Equal(microvolts, recording.ReadAll(channel)[sample], 6);
        }

        Assert.Equal(-265.567826, recording.ReadAll(0).Average(), 5);
        Assert.Equal(-7.472201, recording.ReadAll(7).Average(), 5);
        Assert.Equal(-14.421387, recording.ReadAll(24).Average(), 5);
    }

    private Recording Open(short[] values, params (string Key, string? Value)[] other) => Recordings.Open(Write(values, other));

    private string Write(short[] values, params (string Key, string? Value)[] other)
    {
        var path = folder["made.head"];
        NicoletSample.Write(path, ["FP1", "ECG"], values, other);
        return path;
    }
}
