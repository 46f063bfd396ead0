using System.Globalization;
using SignalLab.Formats;
using SignalLab.Formats.NihonKohden;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.NihonKohden;

public sealed class NihonKohdenReadingTests : IDisposable
{
    private static readonly DateTime Start = new(2019, 4, 3, 16, 0, 16);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Words_become_volts_by_the_number_of_the_input()
    {
        var recording = Open(NihonKohdenSample.Eeg1100(new SampleBlock(Start, 10, [5, 43, 76], [32768, 32768, 0, 7, 65535, 65535, 65535, 9, 0, 0, 0, 0])));
        Assert.Equal(["C4", "DC02", "Mark1"], recording.Channels.Select(c => c.Label));
        Assert.Equal(["uV", "mV", "mV"], recording.Channels.Select(c => c.Unit.Symbol));
        Assert.Equal([ChannelKind.Eeg, ChannelKind.Misc, ChannelKind.Stim], recording.Channels.Select(c => c.Kind));
        SharedData.AssertClose([-3200 + (32768 * 6399.902 / 65535), 3199.902, -3200], recording.ReadAll(0), 1e-12);
        SharedData.AssertClose([-12002.9 + (32768 * 24005.46 / 65535), 12002.56, -12002.9], recording.ReadAll(1), 1e-12);
        SharedData.AssertClose([-12002.9, 12002.56, -12002.9], recording.ReadAll(2), 1e-12);
    }

    [Fact]
    public void Blocks_lie_at_their_clock_times()
    {
        var recording = Open(NihonKohdenSample.Eeg1100(
            new(Start, 100, [0], NihonKohdenSample.Noise(1, 250, 1)), new(Start.AddSeconds(2), 100, [0], NihonKohdenSample.Noise(1, 100, 2)), new(Start.AddDays(1), 100, [0], NihonKohdenSample.Noise(1, 100, 3))));
        Assert.Equal([new Segment(0, 2.5), new Segment(2.5, 1), new Segment(86400, 1)], recording.Segments);
        Assert.Equal(Start, recording.Start);
        Assert.Contains(recording.Remarks, r => r.Contains("second", StringComparison.Ordinal));
    }

    [Fact]
    public void The_newer_systems_have_many_inputs_and_exact_times()
    {
        var words = NihonKohdenSample.Noise(300, 20, 1);
        var recording = Open(NihonKohdenSample.Eeg1200(new SampleBlock(Start.AddSeconds(0.125), 200, [.. Enumerable.Range(100, 300)], words)));
        Assert.Equal(300, recording.Channels.Count);
        Assert.Equal("input 299", recording.Channels[199].Label);
        Assert.Equal(Start.AddSeconds(0.125), recording.Start);
        SharedData.AssertClose([.. Enumerable.Range(0, 20).Select(s => -3200 + (words[(301 * s) + 299] * 6399.902 / 65535))], recording.ReadAll(299), 1e-12);
    }

    [Fact]
    public void Where_the_montage_changes_another_recording_begins()
    {
        Write("a.LOG", NihonKohdenSample.Log(true, ("one", 0), ("two", 60_500_000)));
        var study = Study(NihonKohdenSample.Eeg1100(
            new(Start, 100, [0, 1], NihonKohdenSample.Noise(2, 100, 1)), new(Start.AddSeconds(60), 200, [0], NihonKohdenSample.Noise(1, 200, 2)), new(Start.AddSeconds(90), 100, [0, 1], NihonKohdenSample.Noise(2, 100, 3))));
        Assert.Equal([2, 1], study.Recordings.Select(r => r.Channels.Count));
        Assert.Equal([new Segment(0, 1), new Segment(90, 1)], study.Recordings[0].Segments);
        Assert.Equal([0, 60.5], study.Recordings[0].Annotations.Select(a => a.OnsetSeconds));
        Assert.Equal([-60, 0.5], study.Recordings[1].Annotations.Select(a => a.OnsetSeconds));
        Assert.Equal(Start.AddSeconds(60), study.Recordings[1].Start);
    }

    [Theory]
    [InlineData(true, 3661.14)]
    [InlineData(false, 3661)]
    public void Log_entries_have_their_fraction_of_a_second_where_it_is_stored(bool hasFractions, double onset)
    {
        Write("a.LOG", NihonKohdenSample.Log(hasFractions, ("späte Übung", 3_661_140_000), ("REC START", 0)));
        var recording = Open(Small());
        Assert.Equal([new Annotation(0, 0, "REC START"), new Annotation(onset, 0, "späte Übung")], recording.Annotations);
    }

    [Theory]
    [InlineData("a.pnt")]
    [InlineData("A.PNT")]
    public void Whom_it_is_about_is_told_by_the_patient_file(string name)
    {
        Write(name, NihonKohdenSample.Patient("6416", "Anna Muster", "Weibl.", "1989/04/03"));
        var subject = Open(Small(), name[0] + ".EEG").Subject;
        Assert.Equal(("6416", "Anna Muster", "F", new DateOnly(1989, 4, 3)), (subject.Id, subject.Name, subject.Sex, subject.Birthdate));
        Assert.Equal(30, subject.AgeYears!.Value, 0.01);
    }

    [Fact]
    public void Without_its_companions_a_recording_opens_with_remarks() => Assert.Equal(3, Open(Small()).Remarks.Count);

    [Fact]
    public void The_companions_are_no_recordings()
    {
        Write("a.LOG", NihonKohdenSample.Log(true, ("x", 0)));
        Write("a.PNT", NihonKohdenSample.Patient("1", "2", "M", ""));
        Assert.False(new NihonKohdenFormat().Recognises(FileHead.Of(folder["a.LOG"])));
        Assert.False(new NihonKohdenFormat().Recognises(FileHead.Of(folder["a.PNT"])));
    }

    [Fact]
    public void Blocks_that_share_bytes_are_refused()
    {
        var bytes = NihonKohdenSample.Eeg1100(new(Start, 100, [0], NihonKohdenSample.Noise(1, 100, 1)), new(Start, 100, [0], NihonKohdenSample.Noise(1, 100, 2)));
        bytes.AsSpan(0x412, 4).CopyTo(bytes.AsSpan(0x412 + 20));
        Assert.Contains("overlap", Assert.Throws<MalformedFileException>(() => Open(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_recording_reads_as_an_independent_reader_reads_it()
    {
        var oracle = SharedData.Oracle("eeg/oracles/nihonkohden__MB0400FU.EEG.json");
        var recording = Recordings.Open(SharedData.File("eeg/nihonkohden/MB0400FU.EEG"));
        Assert.Equal(ReaderOracle.Names(oracle), recording.Channels.Select(c => c.Label));
        Assert.Equal(oracle.GetProperty("sfreq").GetDouble(), recording.CommonRateHz);
        Assert.Equal(oracle.GetProperty("n_times").GetInt64(), recording.Channels[0].SampleCount);
        Assert.Equal(DateTime.Parse(oracle.GetProperty("meas_date").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), recording.Start);
        Assert.Equal(("6416", "Test_no_cap Asdf", "M"), (recording.Subject.Id, recording.Subject.Name, recording.Subject.Sex));

        // The reader leaves the fraction of a second out; the maker's own EDF+ export says +1.140000.
        Assert.Equal([("REC START ALLE EEG", 0), ("A1+A2 OFF", 1.14)], recording.Annotations.Select(a => (a.Text, a.OnsetSeconds)));
        Assert.Equal(oracle.GetProperty("annotations").EnumerateArray().Select(a => a.GetProperty("onset").GetDouble()), recording.Annotations.Select(a => Math.Floor(a.OnsetSeconds)));

        // The reader gives the reference inputs in mV as numbers without unit.
        foreach (var channel in oracle.GetProperty("samples_si").EnumerateObject())
        {
            var c = ReaderOracle.IndexOf(recording, channel.Name);
            ReaderOracle.AssertSamples(channel.Value, ReaderOracle.InSi(recording, c));
        }
    }

    [Fact]
    public void A_real_recording_equals_its_makers_export_as_edf()
    {
        var recording = Recordings.Open(SharedData.File("eeg/nihonkohden/MB0400FU.EEG"));
        var export = Recordings.Open(SharedData.File("eeg/edf/nk_MB0400FU_discontinuous.edf"));
        Assert.Equal(recording.Start, export.Start);
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            Assert.Equal(recording.Channels[c].Unit, export.Channels[c].Unit);

            // Its limits are printed with few digits, cut off: a tenth of a step.
            SharedData.AssertClose(export.ReadAll(c), recording.ReadAll(c), 0, 0.2 * recording.Channels[c].Calibration!.Gain);
        }
    }

    private static byte[] Small() => NihonKohdenSample.Eeg1100(new SampleBlock(Start, 100, [0], NihonKohdenSample.Noise(1, 100, 1)));

    private Recording Open(byte[] eeg, string name = "a.EEG") => Assert.Single(Study(eeg, name).Recordings);

    private Study Study(byte[] eeg, string name = "a.EEG")
    {
        Write(name, eeg);
        return new NihonKohdenFormat().Open(folder[name]);
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(folder[name], bytes);
}
