using SignalLab.Formats;
using SignalLab.Formats.Scp;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class ScpReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ScpSample.Coding.Plain, 0)]
    [InlineData(ScpSample.Coding.Plain, 1)]
    [InlineData(ScpSample.Coding.Plain, 2)]
    [InlineData(ScpSample.Coding.Default, 0)]
    [InlineData(ScpSample.Coding.Default, 1)]
    [InlineData(ScpSample.Coding.Default, 2)]
    [InlineData(ScpSample.Coding.Custom, 0)]
    [InlineData(ScpSample.Coding.Custom, 1)]
    [InlineData(ScpSample.Coding.Custom, 2)]
    internal void EN_1064_5_5_and_5_9_every_coding_gives_the_steps_back(ScpSample.Coding coding, int differences)
    {
        var sample = new ScpSample { Table = coding, Differences = differences };
        sample.Leads.Add((3, 1, [.. ScpSample.Wave(700, 5), 100, 5000, -5000, 7, -8, 8, 9, -9]));
        var recording = new ScpFormat().Open(sample.Write(folder["s.scp"])).Recordings[0];
        Assert.Equal("V1", recording.Channels[0].Label);
        Assert.Equal(sample.Leads[0].Steps.Select(s => s * 2.5), recording.ReadAll(0));
    }

    [Fact]
    public void EN_1064_annex_C_a_reference_beat_that_was_subtracted_is_added_again_in_its_own_scale()
    {
        var sample = Subtracted(1);
        var study = new ScpFormat().Open(sample.Write(folder["s.scp"]));
        Assert.Equal(["rhythm", "reference beat"], study.Recordings.Select(r => r.Title));
        for (var lead = 0; lead < 2; lead++)
        {
            Assert.Equal(sample.Leads[lead].Steps.Select(s => s * 2.5), study.Recordings[0].ReadAll(lead));
            Assert.Equal(sample.Reference![lead].Select(s => s * 2.5), study.Recordings[1].ReadAll(lead));
        }
    }

    [Fact]
    public void EN_1064_annex_C_bimodal_coding_is_exact_in_protected_areas_and_near_between_them()
    {
        var sample = Subtracted(4);
        var study = new ScpFormat().Open(sample.Write(folder["s.scp"]));
        var recording = study.Recordings[0];
        Assert.Equal((500.0, 800L), (recording.Channels[0].RateHz, recording.Channels[0].SampleCount));
        var values = recording.ReadAll(0);
        for (var i = 0; i < values.Length; i++)
        {
            var isProtected = sample.Beats.Exists(b => i + 1 >= b.ProtectedFirst && i + 1 <= b.ProtectedLast);
            Assert.Equal(sample.Leads[0].Steps[i] * 2.5, values[i], isProtected ? 1e-9 : 22.5);
        }

        Assert.Contains(study.Remarks, r => r.Contains("bimodal", StringComparison.Ordinal));
    }

    [Fact]
    public void An_interval_of_1667_microseconds_is_599_88_hertz()
    {
        var sample = new ScpSample { IntervalMicroseconds = 1667 };
        sample.Leads.Add((1, 1, ScpSample.Wave(600, 0)));
        var channel = new ScpFormat().Open(sample.Write(folder["s.scp"])).Recordings[0].Channels[0];
        Assert.Equal(1e6 / 1667, channel.RateHz);
    }

    [Fact]
    public void Leads_that_begin_later_are_a_recording_of_their_own()
    {
        var sample = new ScpSample();
        sample.Leads.AddRange([(1, 1, ScpSample.Wave(500, 0)), (2, 1, ScpSample.Wave(500, 1)), (3, 501, ScpSample.Wave(500, 2))]);
        var recordings = new ScpFormat().Open(sample.Write(folder["s.scp"])).Recordings;
        Assert.Equal(["I", "II", "V1"], recordings.SelectMany(r => r.Channels).Select(c => c.Label));
        Assert.Equal(new DateTime(2021, 3, 4, 5, 6, 7), recordings[0].Start);
        Assert.Equal(new DateTime(2021, 3, 4, 5, 6, 8), recordings[1].Start);
    }

    [Fact]
    public void Patient_statements_beats_and_measurements_are_kept_with_their_origin()
    {
        var sample = Subtracted(1);
        sample.Others[7] =
        [
            1, 1, .. ScpSample.U16(800), .. ScpSample.U16(29999),
            .. new[] { 10, 110, 160, 250, 29998, 44, -61, 86 }.SelectMany(ScpSample.U16), .. ScpSample.U16(120), .. ScpSample.U16(900), 0, 0, 0, 0, 0, 0,
            .. ScpSample.U16(2), 0, 0, .. ScpSample.U16(75), .. ScpSample.U16(0), .. ScpSample.U16(443),
        ];
        sample.Others[8] = [0, .. ScpSample.U16(2021), 3, 4, 5, 6, 7, 1, 1, .. ScpSample.U16(13), .. "Sinus rhythm\0"u8];
        sample.Others[10] = [.. ScpSample.U16(1), .. ScpSample.U16(0), .. ScpSample.U16(2), .. ScpSample.U16(4), .. ScpSample.U16(98), .. ScpSample.U16(150)];
        var recording = new ScpFormat().Open(sample.Write(folder["s.scp"])).Recordings[0];
        Assert.Equal(("P7", "F", 61.0, "Doe, Jo"), (recording.Subject.Id, recording.Subject.Sex, recording.Subject.AgeYears, recording.Subject.Name));
        Assert.Equal((50.0, "HP:0.05Hz LP:150Hz", "a note"), (recording.LineFrequencyHz, recording.Channels[0].Prefilter, recording.Comments[0]));
        Assert.Equal(["Sinus rhythm", "QRS type 0", "QRS type 1", "pacemaker spike"], recording.Annotations.Select(a => a.Text));
        Assert.Equal([0, 0.298, 1.098, 0.12], recording.Annotations.Select(a => Math.Round(a.OnsetSeconds, 9)));
        double? Value(string name) => recording.Measurements.Single(m => m.Name == name).Value;
        Assert.Equal((800.0, null, 150.0, 90.0, -61.0), (Value("RR interval"), Value("PP interval"), Value("PR interval"), Value("QRS duration"), Value("QRS axis")));
        Assert.Equal((75.0, null, 443.0, 98.0), (Value("heart rate"), Value("atrial rate"), Value("QTc interval"), Value("P duration (II)")));
        Assert.Equal((null, "not found"), (Value("QT interval"), recording.Measurements.Single(m => m.Name == "QT interval").Reason));
        Assert.All(recording.Measurements, m => Assert.Equal(new Origin(OriginKind.Algorithm, "CART01"), m.Origin));
    }

    [Fact]
    public void More_samples_than_the_bytes_can_hold_are_refused_on_opening()
    {
        var sample = new ScpSample();
        sample.Leads.Add((1, 1, new int[100]));
        var path = sample.Write(folder["s.scp"]);
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[1, 12, 1, 0, 0, 0, 100, 0, 0, 0]);
        bytes[at + 8] = 0xff;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("which its bytes can hold", Assert.Throws<MalformedFileException>(() => new ScpFormat().Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_record_reads_as_an_independent_reader_reads_it()
    {
        var study = KnownFormats.Open(SharedData.File("ecg/scp/Example.scp"));
        var oracle = SharedData.Oracle("ecg/oracle.json").GetProperty("scp/Example.scp");

        // The oracle went through a format of 16 bits: within a hundredth of a step of 2.5 microvolts.
        EcgOracle.AssertLeads(oracle.GetProperty("waveform"), study.Recordings[0], Unit.Microvolt, 0.05);
        Assert.All(study.Recordings[0].ReadAll(3), v => Assert.Equal(v, 2.5 * Math.Round(v / 2.5), 1e-9));
        Assert.Equal(new DateTime(2002, 11, 22, 9, 10, 0), study.Recordings[0].Start);
        Assert.Equal(("SBJ-123", "M", 49.0), (study.Recordings[0].Subject.Id, study.Recordings[0].Subject.Sex, study.Recordings[0].Subject.AgeYears));
        Assert.Equal(443, study.Recordings[0].Measurements.Single(m => m.Name == "QTc interval").Value);
    }

    [Fact]
    public void The_same_ecg_as_annotated_ecg_has_the_same_samples_and_reference_beat()
    {
        var scp = KnownFormats.Open(SharedData.File("ecg/scp/Example.scp"));
        var aecg = KnownFormats.Open(SharedData.File("ecg/aecg/fda_subject1_0.xml"));
        Assert.Equal(2, aecg.Recordings.Count);
        for (var r = 0; r < 2; r++)
        {
            for (var c = 0; c < 12; c++)
            {
                Assert.Equal(aecg.Recordings[r].ReadAll(c), scp.Recordings[r].ReadAll(c));
            }
        }
    }

    /// <summary>Two leads with two beats, one of which had the reference beat subtracted.</summary>
    internal static ScpSample Subtracted(int decimation)
    {
        var sample = new ScpSample { Subtract = true, Decimation = decimation, ReferenceFiducial = 60, Reference = [ScpSample.Slow(200, 3, 65), ScpSample.Slow(200, 11, 65)] };
        sample.Leads.AddRange([(1, 1, ScpSample.Slow(800, 0, 156, 556)), (2, 1, ScpSample.Slow(800, 30, 156, 556))]);
        sample.Beats.AddRange([decimation == 1 ? (0, 101, 150, 280, 141, 172) : (0, 141, 150, 172, 141, 172), (1, 501, 550, 680, 541, 572)]);
        return sample;
    }
}
