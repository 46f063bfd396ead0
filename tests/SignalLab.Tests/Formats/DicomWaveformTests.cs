using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Formats.Dicom;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class DicomWaveformTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_group_is_a_recording_of_its_own_rate_unit_and_start()
    {
        var study = new DicomFormat().Open(TwoGroups().Write(folder["w.dcm"]));
        Assert.Equal(["RHYTHM", "group 2"], study.Recordings.Select(r => r.Title));
        var (rhythm, slow) = (study.Recordings[0], study.Recordings[1]);
        Assert.Equal((500.0, 300L, "uV"), (rhythm.Channels[0].RateHz, rhythm.Channels[0].SampleCount, rhythm.Channels[0].Unit.Symbol));
        Assert.Equal(["Lead I (Einthoven)", "own label"], rhythm.Channels.Select(c => c.Label));
        Assert.Equal(new DateTime(2020, 1, 2, 3, 4, 5, 500), slow.Start);
        Assert.Equal((50.0, 40L, "mmHg"), (slow.Channels[0].RateHz, slow.Channels[0].SampleCount, slow.Channels[0].Unit.Symbol));
    }

    [Fact]
    public void PS3_3_C_10_9_1_4_2_a_value_is_stored_times_sensitivity_times_correction_plus_baseline()
    {
        var recording = new DicomFormat().Open(TwoGroups().Write(folder["w.dcm"])).Recordings[0];
        Assert.Equal(Stored(7, 0) * 1.25, recording.ReadAll(0)[7], 1e-12);
        Assert.Equal((Stored(7, 1) * 2.5 * 0.5) - 40, recording.ReadAll(1)[7], 1e-12);
    }

    [Fact]
    public void A_padded_sample_is_not_a_number()
    {
        var values = new DicomFormat().Open(TwoGroups().Write(folder["w.dcm"])).Recordings[1].ReadAll(0);
        Assert.True(double.IsNaN(values[3]));
        Assert.Equal(39, values.Count(double.IsFinite));
        Assert.Equal(8, values[4]);
    }

    [Fact]
    public void Annotations_go_to_their_group_with_time_channel_and_number()
    {
        var recordings = new DicomFormat().Open(TwoGroups().Write(folder["w.dcm"])).Recordings;
        Assert.Equal(
            [new Annotation(0, 0, "SINUS RHYTHM"), new(0, 0, "QT Interval 368 ms"), new(0.2, 0, "R", "own label"), new(0.4, 0.1, "noise")],
            recordings[0].Annotations.Select(a => a with { DurationSeconds = Math.Round(a.DurationSeconds, 9) }));
        Assert.Equal([new Annotation(0.5, 0, "systole")], recordings[1].Annotations);
        var qt = Assert.Single(recordings[0].Measurements);
        Assert.Equal(("QT Interval", 368.0, "ms", OriginKind.Algorithm, "Cart Inc."), (qt.Name, qt.Value, qt.Unit.Symbol, qt.Origin.Kind, qt.Origin.Name));
    }

    [Fact]
    public void A_waveform_object_without_waveforms_is_refused() =>
        Assert.Contains("waveform sequence", Assert.Throws<MalformedFileException>(() => new DicomFormat().Open(TwoGroups().Without(0x54000100).Write(folder["w.dcm"]))).Message, StringComparison.Ordinal);

    [Fact]
    public void More_samples_than_bytes_are_refused()
    {
        var sample = TwoGroups(claimed: 301);
        Assert.Contains("waveform data of RHYTHM", Assert.Throws<MalformedFileException>(() => new DicomFormat().Open(sample.Write(folder["w.dcm"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_twelve_lead_ecg_reads_as_an_independent_reader_reads_it()
    {
        var oracle = SharedData.Oracle("ecg/oracle.json").GetProperty("dicom/waveform_ecg.dcm");
        var study = KnownFormats.Open(SharedData.File("ecg/dicom/waveform_ecg.dcm"));
        foreach (var (group, recording) in oracle.GetProperty("groups").EnumerateArray().Zip(study.Recordings))
        {
            Assert.Equal(group.GetProperty("label").GetString(), recording.Title);
            EcgOracle.AssertLeads(group, recording, Unit.Millivolt);
        }

        var texts = oracle.GetProperty("annotations").EnumerateArray().ToArray();
        var annotations = study.Recordings[0].Annotations;
        foreach (var (expected, actual) in texts.Zip(annotations))
        {
            Assert.Contains(expected.GetProperty("text").GetString()!, actual.Text, StringComparison.Ordinal);
            Assert.Contains(expected.GetProperty("concept").GetString() ?? "", actual.Text, StringComparison.Ordinal);
        }

        var numbers = texts.Where(t => t.GetProperty("value").ValueKind == JsonValueKind.Number).Select(t => (t.GetProperty("concept").GetString()!, (double?)t.GetProperty("value").GetDouble()));
        Assert.Equal(numbers, study.Recordings[0].Measurements.Select(m => (m.Name, m.Value)));
        Assert.Equal("642341", study.Recordings[0].Subject.Id);
        Assert.Contains((439 - 1) / 1000.0, annotations.Where(a => a.Text == "P Offset").Select(a => a.OnsetSeconds));
    }

    /// <summary>Two multiplex groups with annotations: 500 Hz in microvolts and 50 Hz in mmHg with padding.</summary>
    internal static DicomSample TwoGroups(uint claimed = 300)
    {
        var rhythm = Group(2, claimed, "500", [.. Enumerable.Range(0, 600).SelectMany(i => BitConverter.GetBytes((short)Stored(i / 2, i % 2)))])
            .With(0x003A0020, "SH", "RHYTHM")
            .With(0x003A0200, "SQ", new[]
            {
                new DicomSample().With(0x003A0208, "SQ", Code("5.6.3-9-1", "Lead I (Einthoven)")).With(0x003A0210, "DS", "1.25").With(0x003A0211, "SQ", Code("uV", "microvolt")).With(0x003A0212, "DS", "1").With(0x003A0213, "DS", "0"),
                new DicomSample().With(0x003A0203, "SH", "own label").With(0x003A0208, "SQ", Code("5.6.3-9-2", "Lead II")).With(0x003A0210, "DS", "2.5").With(0x003A0211, "SQ", Code("uV", "microvolt")).With(0x003A0212, "DS", "0.5").With(0x003A0213, "DS", "-40"),
            });
        var slow = Group(1, 40, "50", [.. Enumerable.Range(0, 40).SelectMany(i => BitConverter.GetBytes((short)(i == 3 ? -9999 : i)))])
            .With(0x00181068, "DS", "500")
            .With(0x5400100A, "OW", BitConverter.GetBytes((short)-9999))
            .With(0x003A0200, "SQ", new[] { new DicomSample().With(0x003A0208, "SQ", Code("109016", "Arterial pressure")).With(0x003A0210, "DS", "2").With(0x003A0211, "SQ", Code("mm[Hg]", "mmHg")) });
        return new DicomSample()
            .With(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.9.1.1")
            .With(0x0008002A, "DT", "20200102030405")
            .With(0x00080060, "CS", "ECG")
            .With(0x00080070, "LO", "Cart Inc.")
            .With(0x00100020, "LO", "P1")
            .With(0x0040B020, "SQ", new[]
            {
                Note(1, 0).With(0x00700006, "ST", "SINUS RHYTHM"),
                Note(1, 0).With(0x0040A043, "SQ", Code("5.13.5-11", "QT Interval")).With(0x0040A30A, "DS", "368").With(0x004008EA, "SQ", Code("ms", "milliseconds")),
                Note(1, 2).With(0x0040A043, "SQ", Code("R", "R")).With(0x0040A130, "CS", "POINT").With(0x0040A132, "UL", 101u),
                Note(1, 0).With(0x00700006, "ST", "noise").With(0x0040A130, "CS", "SEGMENT").With(0x0040A138, "DS", @"0.4\0.5"),
                Note(2, 0).With(0x00700006, "ST", "systole").With(0x0040A130, "CS", "POINT").With(0x0040A138, "DS", "0.5"),
            })
            .With(0x54000100, "SQ", new[] { rhythm, slow });
    }

    private static int Stored(int sample, int channel) => (sample * 37 % 1000) - 500 + channel;

    private static DicomSample Group(int channels, uint samples, string rate, byte[] data) => new DicomSample()
        .With(0x003A0005, "US", (ushort)channels)
        .With(0x003A0010, "UL", samples)
        .With(0x003A001A, "DS", rate)
        .With(0x54001004, "US", (ushort)16)
        .With(0x54001006, "CS", "SS")
        .With(0x54001010, "OW", data);

    private static DicomSample Note(ushort group, ushort channel) => new DicomSample().With(0x0040A0B0, "US", new[] { group, channel });

    private static DicomSample[] Code(string value, string meaning) => [new DicomSample().With(0x00080100, "SH", value).With(0x00080104, "LO", meaning)];
}
