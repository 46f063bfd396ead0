using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Formats.Aecg;
using SignalLab.Formats.Fhir;
using SignalLab.Formats.StructuredReport;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>What was found in an ECG, written for other programs.</summary>
public sealed class EcgFindingsTests : IDisposable
{
    private static readonly Origin Author = new(OriginKind.Algorithm, "SignalLab 1");

    private static readonly Measurement[] Measured =
    [
        new("heart rate", 61.5, Unit.Parse("/min"), "median", Author) { Reference = new(50, 100, "limits of a paper") },
        new("QT interval", null, Unit.Parse("ms"), "median beat", Author) { Reason = "no T wave" },
        new("made up", 3, Unit.Millivolt, "by hand", Author),
    ];

    private static readonly Annotation[] Rhythm = [new(0, 2, "sinus rhythm") { Details = "RR even" }];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_annotated_ECG_reads_back_as_it_was_written(bool hasClock)
    {
        var recording = Recording(hasClock);
        var beats = new AecgBeat("MDC_ECG_BEAT_NORMAL", 0.5, [new("MDC_ECG_WAVC_QRSWAVE", 0.45, 0.55), new("MDC_ECG_WAVC_TWAVE", 0.7, 0.9, "II")]);
        AecgWriter.Write(recording, new AecgFindings(Author) { Beats = [beats], Rhythm = Rhythm, Measurements = Measured }, folder["a.xml"]);
        var study = KnownFormats.Open(folder["a.xml"]);
        var read = Assert.Single(study.Recordings);
        Assert.Equal("HL7 aECG", study.Format);
        Assert.Equal(["MDC_ECG_LEAD_II", "MDC_ECG_LEAD_AVR"], read.Channels.Select(c => c.Label));
        Assert.All(read.Channels, c => Assert.Equal((250, 500, Unit.Millivolt), (c.RateHz, c.SampleCount, c.Unit)));
        for (var c = 0; c < 2; c++)
        {
            SharedData.AssertClose(recording.ReadAll(c), read.ReadAll(c), 1e-6);
        }

        Assert.Equal(recording.Start, read.Start);
        Assert.Equal("P1", read.Subject.Id);
        var told = read.Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 6), Math.Round(a.DurationSeconds, 6), a.Channel));
        Assert.Equal(
            [
                ("MDC_ECG_RHY sinus rhythm", 0, 2, null), ("MDC_ECG_BEAT MDC_ECG_BEAT_NORMAL", 0.5, 0, null), ("MDC_ECG_WAVC MDC_ECG_WAVC_QRSWAVE", 0.45, 0.1, null),
                ("MDC_ECG_WAVC MDC_ECG_WAVC_TWAVE", 0.7, 0.2, "MDC_ECG_LEAD_II"), ("MDC_ECG_HEART_RATE 61.5 /min", 0, 0, null),
            ],
            told);
        var rate = Assert.Single(read.Measurements);
        Assert.Equal(("heart rate", 61.5, OriginKind.Algorithm, "SignalLab 1"), (rate.Name, rate.Value, rate.Origin.Kind, rate.Origin.Name));
    }

    [Fact]
    public void An_annotated_ECG_is_refused_where_rates_differ_or_a_day_is_asked_for()
    {
        var recording = Recording(true);
        Assert.Throws<UnfitInputException>(() => AecgWriter.Write(recording with { Channels = [recording.Channels[0], recording.Channels[1] with { RateHz = 100 }] }, new(Author), folder["a.xml"]));
        Assert.Throws<UnfitInputException>(() => AecgWriter.Write(recording with { Channels = [recording.Channels[0] with { SampleCount = AecgWriter.MostSamples + 1 }] }, new(Author), folder["a.xml"]));
    }

    [Fact]
    public void A_FHIR_bundle_links_every_observation_and_says_why_a_value_is_absent()
    {
        FhirBundle.Write(Recording(true), Measured, Rhythm, "SignalLab 1", folder["f.json"]);
        using var document = JsonDocument.Parse(File.ReadAllText(folder["f.json"]));
        var entries = document.RootElement.GetProperty("entry").EnumerateArray().ToList();
        Assert.Equal("Bundle", document.RootElement.GetProperty("resourceType").GetString());
        var urls = entries.Select(e => e.GetProperty("fullUrl").GetString()!).ToHashSet();
        Assert.Equal(entries.Count, urls.Count);
        var observations = entries.Select(e => e.GetProperty("resource")).Where(r => r.GetProperty("resourceType").GetString() == "Observation").ToList();
        Assert.Equal(5, observations.Count);
        Assert.All(observations, o => Assert.Contains(o.GetProperty("subject").GetProperty("reference").GetString()!, urls));
        Assert.All(observations[0].GetProperty("hasMember").EnumerateArray(), m => Assert.Contains(m.GetProperty("reference").GetString()!, urls));
        var rate = observations[1];
        Assert.Equal("8867-4", rate.GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString());
        Assert.Equal((61.5, "/min"), (rate.GetProperty("valueQuantity").GetProperty("value").GetDouble(), rate.GetProperty("valueQuantity").GetProperty("code").GetString()));
        Assert.Equal("limits of a paper", rate.GetProperty("referenceRange")[0].GetProperty("text").GetString());
        Assert.Equal("N", rate.GetProperty("interpretation")[0].GetProperty("coding")[0].GetProperty("code").GetString());
        Assert.Equal("no T wave", observations[2].GetProperty("dataAbsentReason").GetProperty("text").GetString());
        Assert.False(observations[2].TryGetProperty("valueQuantity", out _));
        Assert.False(observations[3].GetProperty("code").TryGetProperty("coding", out _));
        Assert.Equal("2024-03-01", rate.GetProperty("effectiveDateTime").GetString());
        Assert.Equal("sinus rhythm", observations[4].GetProperty("valueCodeableConcept").GetProperty("text").GetString());
    }

    [Fact]
    public void A_structured_report_holds_numbers_with_units_and_failures_with_reasons()
    {
        StructuredReportJson.Write(Recording(true), Measured, Rhythm, "SignalLab 1", FhirBundle.Codes, folder["s.json"]);
        using var document = JsonDocument.Parse(File.ReadAllText(folder["s.json"]));
        var content = document.RootElement.GetProperty("0040A730").GetProperty("Value");
        Assert.Equal(2, content.GetArrayLength());
        var numbers = content[0].GetProperty("0040A730").GetProperty("Value");
        var value = numbers[0].GetProperty("0040A300").GetProperty("Value")[0];
        Assert.Equal(61.5, value.GetProperty("0040A30A").GetProperty("Value")[0].GetDouble());
        Assert.Equal("/min", value.GetProperty("004008EA").GetProperty("Value")[0].GetProperty("00080100").GetProperty("Value")[0].GetString());
        Assert.Equal("2:16016", numbers[0].GetProperty("0040A043").GetProperty("Value")[0].GetProperty("00080100").GetProperty("Value")[0].GetString());
        Assert.Equal("114006", numbers[1].GetProperty("0040A301").GetProperty("Value")[0].GetProperty("00080100").GetProperty("Value")[0].GetString());
        Assert.Contains("no T wave", numbers[1].ToString(), StringComparison.Ordinal);
        Assert.Matches("^2\\.25\\.[1-9][0-9]{20,38}$", document.RootElement.GetProperty("00080018").GetProperty("Value")[0].GetString());
    }

    private static Recording Recording(bool hasClock)
    {
        double[] Lead(double phase) => [.. Enumerable.Range(0, 500).Select(i => Math.Round(1000 * Math.Sin((i / 20.0) + phase)) / 1000)];
        return new(
            [new("II", ChannelKind.Ecg, Unit.Millivolt, 250, 500) { Calibration = new(0.001, 0, -32768, 32767, -32.768, 32.767) }, new("aVR", ChannelKind.Ecg, Unit.Millivolt, 250, 500)],
            new MemorySamples([Lead(0), Lead(1)]))
        {
            Start = hasClock ? new DateTime(2024, 3, 1, 10, 0, 0) : null,
            Subject = new Subject("P1", "F", 40),
        };
    }
}
