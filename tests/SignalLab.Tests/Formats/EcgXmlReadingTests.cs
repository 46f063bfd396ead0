using SignalLab.Formats;
using SignalLab.Formats.Aecg;
using SignalLab.Formats.Muse;
using SignalLab.Formats.Philips;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class EcgXmlReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_aECG_sequence_set_is_a_recording_at_its_own_time_and_rate()
    {
        var recordings = new AecgFormat().Open(EcgXmlSample.Aecg(folder["a.xml"])).Recordings;
        Assert.Equal(["RHYTHM 1", "RHYTHM 2", "REPRESENTATIVE_BEAT"], recordings.Select(r => r.Title));
        Assert.Equal([500.0, 250.0, 1000.0], recordings.Select(r => r.CommonRateHz!.Value));
        Assert.Equal([new DateTime(2020, 1, 2, 3, 4, 5, 250), new DateTime(2020, 1, 2, 3, 4, 7, 250), null], recordings.Select(r => r.Start));
        Assert.Equal("MDC_ECG_LEAD_II", recordings[0].Channels[1].Label);
        Assert.All(EcgXmlSample.TwelveLeads(400)[1].Zip(recordings[0].ReadAll(1)), p => Assert.Equal((p.First * 5.0) + 10, p.Second, 1e-9));
        Assert.Equal(("S-9", "F", 50.0), (recordings[0].Subject.Id, recordings[0].Subject.Sex, recordings[0].Subject.AgeYears));
    }

    [Fact]
    public void An_aECG_annotation_has_its_code_time_lead_and_author()
    {
        var recordings = new AecgFormat().Open(EcgXmlSample.Aecg(folder["a.xml"])).Recordings;
        Assert.Equal(
            [
                (0.1, 0.55, "MDC_ECG_BEAT MDC_ECG_BEAT_NORMAL", null), (0.1, 0.1, "MDC_ECG_WAVC MDC_ECG_WAVC_PWAVE", "MDC_ECG_LEAD_II"),
                (0.65, 0, "MDC_ECG_WAVC MDC_ECG_WAVC_TWAVE (end)", null), (0.1, 0, "MDC_ECG_TIME_PD_P 100 ms", null), (0, 0, "MDC_ECG_HEART_RATE 62 /min", (string?)null),
            ],
            recordings[0].Annotations.Select(a => (Math.Round(a.OnsetSeconds, 9), a.Text.Contains("TIME_PD", StringComparison.Ordinal) ? 0 : Math.Round(a.DurationSeconds, 9), a.Text, a.Channel)));
        Assert.Contains((0.1, 0.09, "MDC_ECG_WAVC MDC_ECG_WAVC_QRSWAVE"), recordings[2].Annotations.Select(a => (Math.Round(a.OnsetSeconds, 9), Math.Round(a.DurationSeconds, 9), a.Text)));
        Assert.All(recordings[0].Annotations, a => Assert.Equal(new Origin(OriginKind.Algorithm, "CART 5.3"), a.Origin));
        Assert.Equal([("heart rate", 62.0), ("QT interval", 420.0)], recordings[0].Measurements.Select(m => (m.Name, m.Value!.Value)));
    }

    [Fact]
    public void A_real_aECG_keeps_every_sample_code_and_number()
    {
        var oracle = SharedData.Oracle("ecg/oracle.json").GetProperty("aecg/fda_subject1_0.xml");
        var study = KnownFormats.Open(SharedData.File("ecg/aecg/fda_subject1_0.xml"));
        foreach (var (set, recording) in oracle.GetProperty("sequence_sets").EnumerateArray().Zip(study.Recordings))
        {
            Assert.Equal(1 / set.GetProperty("increment").GetDouble(), recording.CommonRateHz!.Value, 1e-9);
            EcgOracle.AssertLeads(set, recording, Unit.Millivolt, 1e-9);
        }

        var texts = study.Recordings.SelectMany(r => r.Annotations).Select(a => a.Text.Split(' ')).ToList();
        Assert.Equal(oracle.GetProperty("annotation_codes").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32()), texts.GroupBy(t => t[0]).ToDictionary(g => g.Key, g => g.Count()));
        var values = oracle.GetProperty("first_values").EnumerateArray().Select(v => $"{v[0]} {v[1]} {v[2]}").ToList();
        Assert.Equal(values, texts.Where(t => t.Length == 3 && double.TryParse(t[1], out _)).Take(values.Count).Select(t => string.Join(' ', t)));
        Assert.Equal((420.0, 46.0), (study.Recordings[0].Measurements.Single(m => m.Name == "QT interval").Value, study.Recordings[0].Subject.AgeYears));
        var p = study.Recordings[0].Annotations.First(a => a.Text.EndsWith("PWAVE", StringComparison.Ordinal));
        Assert.Equal((0.122, 0.102), (Math.Round(p.OnsetSeconds, 9), Math.Round(p.DurationSeconds, 9)));
    }

    [Fact]
    public void Limb_leads_of_a_MUSE_file_follow_from_I_and_II()
    {
        var study = new MuseFormat().Open(EcgXmlSample.Muse(folder["m.xml"]));
        Assert.Equal([("Rhythm", 500L), ("Median", 300L)], study.Recordings.Select(r => (r.Title, r.Channels[0].SampleCount)));
        var recording = study.Recordings[0];
        Assert.Equal(["I", "II", "V1", "III", "aVR", "aVL", "aVF"], recording.Channels.Select(c => c.Label));
        var leads = Enumerable.Range(0, 7).Select(recording.ReadAll).ToArray();
        for (var i = 0; i < 500; i++)
        {
            var (one, two) = (leads[0][i], leads[1][i]);
            Assert.Equal(two - one, leads[3][i], 1e-9);
            Assert.Equal(0, leads[4][i] + leads[5][i] + leads[6][i], 1e-9);
            Assert.Equal(-(one + two) / 2, leads[4][i], 1e-9);
        }

        Assert.Equal(EcgXmlSample.TwelveLeads(500)[6].Select(s => s * 4.88), leads[2]);
        Assert.Contains("computed from I and II", Assert.Single(study.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Person_time_statements_and_measurements_of_a_MUSE_file_are_kept()
    {
        var recording = new MuseFormat().Open(EcgXmlSample.Muse(folder["m.xml"])).Recordings[0];
        Assert.Equal(("M1", "F", 1.5, "DOE"), (recording.Subject.Id, recording.Subject.Sex, recording.Subject.AgeYears, recording.Subject.Name));
        Assert.Equal(new DateTime(2019, 12, 24, 8, 9, 10), recording.Start);
        Assert.Equal([(0.0, "Sinus bradycardia"), (0.614, "QRS 0")], recording.Annotations.Select(a => (a.OnsetSeconds, a.Text)));
        Assert.Equal(
            [("heart rate", 48.0), ("QT interval", 452.0), ("QRS onset", 432.0), ("QT interval", 460.0), ("RR interval", 1242.0)],
            recording.Measurements.Select(m => (m.Name, m.Value!.Value)));
        Assert.Equal("original QTInterval", recording.Measurements[3].Method);
        Assert.Equal("HP:0.16Hz LP:150Hz", recording.Channels[0].Prefilter);
    }

    [Fact]
    public void A_wrong_checksum_of_a_lead_is_a_remark() =>
        Assert.Contains(new MuseFormat().Open(EcgXmlSample.Muse(folder["m.xml"], withWrongSum: true)).Remarks, r => r.Contains("checksum of lead V1", StringComparison.Ordinal));

    [Theory]
    [InlineData("example1")]
    [InlineData("example2")]
    public void A_real_MUSE_file_reads_as_an_independent_reader_reads_it(string name)
    {
        var oracle = SharedData.Oracle("ecg/oracle.json").GetProperty($"muse/{name}.xml");
        var study = KnownFormats.Open(SharedData.File($"ecg/muse/{name}.xml"));
        foreach (var waveform in oracle.GetProperty("waveforms").EnumerateArray())
        {
            EcgOracle.AssertLeads(waveform, study.Recordings.Single(r => r.Title == waveform.GetProperty("type").GetString()), Unit.Millivolt, 1e-9);
        }

        var measured = study.Recordings[0].Measurements.ToDictionary(m => m.Method.Split(':')[0], m => m.Value);
        foreach (var (field, value) in oracle.GetProperty("measurements").EnumerateObject().Where(p => !p.Name.StartsWith("ECGSample", StringComparison.Ordinal)).Select(p => (p.Name, double.Parse(p.Value.GetString()!, System.Globalization.CultureInfo.InvariantCulture))))
        {
            Assert.Equal(field.EndsWith("set", StringComparison.Ordinal) ? 2 * value : value, measured[field]);
        }

        Assert.Equal(["III", "aVR", "aVL", "aVF"], study.Recordings[0].Channels.Skip(8).Select(c => c.Label));
        Assert.DoesNotContain(study.Remarks, r => r.Contains("checksum", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sierra_leads_are_what_was_encoded(bool isXli)
    {
        var study = new SierraFormat().Open(EcgXmlSample.Sierra(folder["s.xml"], isXli));
        var (recording, leads) = (study.Recordings[0], EcgXmlSample.TwelveLeads(600));
        Assert.Equal(["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"], recording.Channels.Select(c => c.Label));
        for (var c = 0; c < 12; c++)
        {
            Assert.Equal(leads[c].Select(s => s * 5.0), recording.ReadAll(c));
        }

        Assert.Equal((1000.0, 120L, "uV"), (study.Recordings[1].CommonRateHz, study.Recordings[1].Channels[0].SampleCount, study.Recordings[1].Channels[0].Unit.Symbol));
        Assert.Equal(["- ABNORMAL ECG -", "Sinus bradycardia rate< 50"], recording.Annotations.Select(a => a.Text));
        Assert.Equal([("QT interval", 476.0, null), ("sthorizaxis", null, "Indeterminate"), ("ramp (I)", 912.0, null)], recording.Measurements.Select(m => (m.Name, m.Value, m.Reason)));
        Assert.Equal((new DateTime(2011, 12, 1, 7, 27, 34), "77", "M", 50.0), (recording.Start, recording.Subject.Id, recording.Subject.Sex, recording.Subject.AgeYears));
    }

    [Fact]
    public void A_real_Sierra_file_has_the_steps_of_an_independent_decoder_at_five_microvolts()
    {
        var study = KnownFormats.Open(SharedData.File("ecg/philips/sierra_1_03_repbeats.xml"));
        var recording = study.Recordings[0];
        var oracle = SharedData.Oracle("ecg/oracle.json").GetProperty("philips/sierra_1_03_repbeats.xml");

        // The independent decoder prints steps as if they were microvolts; the file states 5 µV a step, and its calibration pulse of 1 mV has 200 of them.
        var steps = recording with { Channels = [.. recording.Channels.Select(c => c with { Unit = Unit.Parse("uV") })], Samples = new MemorySamples([.. Enumerable.Range(0, 12).Select(c => Array.ConvertAll(recording.ReadAll(c), v => v / 5))]) };
        EcgOracle.AssertLeads(oracle.GetProperty("waveform"), steps, Unit.Millivolt, 1e-9);
        Assert.All(Enumerable.Range(0, 12), c => Assert.Equal(1000, recording.ReadAll(c).Max()));
        Assert.Equal(12, study.Recordings[1].Channels.Count);
        Assert.Equal(-2, study.Recordings[1].ReadAll(0)[0]);
        Assert.Equal((476.0, 41.0), (recording.Measurements.First(m => m.Name == "QT interval").Value, recording.Measurements.First(m => m.Name == "heart rate").Value));
    }
}
