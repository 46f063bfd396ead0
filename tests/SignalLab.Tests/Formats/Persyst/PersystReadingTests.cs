using System.Globalization;
using SignalLab.Formats;
using SignalLab.Formats.Persyst;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Persyst;

public sealed class PersystReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_are_those_the_map_says_and_steps_are_microvolts()
    {
        var recording = Open("[FileInfo]\nFile=C:\\data\\a.dat\nFileType=Interleaved\nSamplingRate=256.5\nHeaderLength=4\nCalibration=0.5\nWaveformCount=3\nDataType=0\n[ChannelMap]\nCz-Ref=3\nEKG=1\n", [9, 9, 1, 2, 3, -4, 5, 6]);
        Assert.Equal(["Cz-Ref", "EKG"], recording.Channels.Select(c => c.Label));
        Assert.Equal([ChannelKind.Eeg, ChannelKind.Ecg], recording.Channels.Select(c => c.Kind));
        Assert.Equal(256.5, recording.CommonRateHz);
        Assert.Equal([1.5, 3], recording.ReadAll(0));
        Assert.Equal([0.5, -2], recording.ReadAll(1));
    }

    [Fact]
    public void Comments_keep_their_commas_and_come_in_order_of_time()
    {
        var recording = Open(Plain + "[Comments]\n2.5,0.5,0,65536,spike, left\n1,0,0,1,go\nno comment\n", new short[100]);
        Assert.Equal([new Annotation(1, 0, "go"), new Annotation(2.5, 0.5, "spike, left")], recording.Annotations);
        Assert.Contains(recording.Remarks, r => r.StartsWith("1 comments", StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_that_is_later_than_the_samples_explain_is_a_gap_also_past_midnight()
    {
        var recording = Open(Plain + "[Patient]\nTestDate=2014.12.19\nTestTime=23:59:58\n[SampleTimes]\n0=86398.25\n20=86400.26\n50=5.26\n60=6.26\n", new short[80]);
        Assert.Equal([new Segment(0, 5), new Segment(7, 3)], recording.Segments.Select(s => new Segment(Math.Round(s.OnsetSeconds, 9), s.DurationSeconds)), new NearSegments());
        Assert.Equal(new DateTime(2014, 12, 19, 23, 59, 58, 250), recording.Start);
    }

    [Theory]
    [InlineData("12/19/2014")]
    [InlineData("19-12-2014")]
    [InlineData("2014.12.19")]
    public void Dates_are_read_in_the_forms_that_files_have(string date)
    {
        var recording = Open(Plain + $"[Patient]\nFirst=Anna\nLast=Muster\nSex=female\nID=7\nBirthDate=12/19/84\nTestDate={date}\nTestTime=02:37:48\nHistory=none\n", new short[10]);
        Assert.Equal(new DateTime(2014, 12, 19, 2, 37, 48), recording.Start);
        Assert.Equal(("7", "F", "Anna Muster", new DateOnly(1984, 12, 19)), (recording.Subject.Id, recording.Subject.Sex, recording.Subject.Name, recording.Subject.Birthdate));
        Assert.Equal(["History: none"], recording.Comments);
    }

    [Theory]
    [InlineData("File=a.dat", "File=../a.dat")]
    [InlineData("WaveformCount=1", "WaveformCount=0")]
    [InlineData("WaveformCount=1", "WaveformCount=99999999999")]
    [InlineData("DataType=0", "DataType=3")]
    [InlineData("SamplingRate=10", "SamplingRate=NaN")]
    [InlineData("Calibration=1", "Calibration=x")]
    [InlineData("HeaderLength=0", "HeaderLength=-1")]
    [InlineData("HeaderLength=0", "HeaderLength=1000")]
    [InlineData("A=1", "A=2")]
    [InlineData("FileType=Interleaved", "FileType=Other")]
    public void What_cannot_be_is_refused(string good, string bad) => Assert.Throws<MalformedFileException>(() => Open(Plain.Replace(good, bad, StringComparison.Ordinal), new short[10]));

    [Fact]
    public void Samples_under_the_layouts_own_name_are_found_with_a_remark()
    {
        File.WriteAllText(folder["b.lay"], Plain.Replace("a.dat", "old.dat", StringComparison.Ordinal));
        File.WriteAllBytes(folder["b.dat"], new byte[20]);
        var recording = Assert.Single(new PersystFormat().Open(folder["b.lay"]).Recordings);
        Assert.Equal(10, recording.Channels[0].SampleCount);
        Assert.Contains(recording.Remarks, r => r.Contains("old.dat", StringComparison.Ordinal));
    }

    [Fact]
    public void A_real_recording_reads_as_an_independent_reader_reads_it()
    {
        const string Name = "sub-pt1_ses-02_task-monitor_acq-ecog_run-01_clip2.lay";
        var oracle = SharedData.Oracle($"eeg/oracles/persyst__{Name}.json");
        var recording = Recordings.Open(SharedData.File("eeg/persyst/" + Name));

        // The reader writes names in capitals and without -Ref; the file's own stand here.
        Assert.Equal(ReaderOracle.Names(oracle), recording.Channels.Select(c => c.Label.ToUpperInvariant().Replace("-REF", "", StringComparison.Ordinal)));
        Assert.Equal(oracle.GetProperty("sfreq").GetDouble(), recording.CommonRateHz);
        Assert.Equal(oracle.GetProperty("n_times").GetInt64(), recording.Channels[0].SampleCount);
        Assert.Equal(oracle.GetProperty("annotations").EnumerateArray().Select(a => (a.GetProperty("onset").GetDouble(), a.GetProperty("duration").GetDouble(), a.GetProperty("text").GetString()!)).Order(),
            recording.Annotations.Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Text)).Order());

        // 02:37:48, and the first sample at 9468.360 s of the day.
        var start = DateTime.Parse(oracle.GetProperty("meas_date").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        Assert.Equal(start.AddSeconds(0.36), recording.Start);
        foreach (var channel in oracle.GetProperty("samples_si").EnumerateObject())
        {
            ReaderOracle.AssertSamples(channel.Value, ReaderOracle.InSi(recording, ReaderOracle.Names(oracle).ToList().IndexOf(channel.Name)));
        }
    }

    private const string Plain = "[FileInfo]\nFile=a.dat\nFileType=Interleaved\nSamplingRate=10\nHeaderLength=0\nCalibration=1\nWaveformCount=1\nDataType=0\n[ChannelMap]\nA=1\n";

    private Recording Open(string layout, short[] samples)
    {
        File.WriteAllText(folder["a.lay"], layout);
        File.WriteAllBytes(folder["a.dat"], [.. samples.SelectMany(BitConverter.GetBytes)]);
        return Assert.Single(new PersystFormat().Open(folder["a.lay"]).Recordings);
    }

    private sealed class NearSegments : IEqualityComparer<Segment>
    {
        public bool Equals(Segment x, Segment y) => Math.Abs(x.OnsetSeconds - y.OnsetSeconds) < 1e-9 && Math.Abs(x.DurationSeconds - y.DurationSeconds) < 1e-9;

        public int GetHashCode(Segment obj) => 0;
    }
}
