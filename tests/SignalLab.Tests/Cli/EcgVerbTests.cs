using System.Text.Json;
using SignalLab.Analysis.Ecg;
using SignalLab.Cli.Ecg;
using SignalLab.Formats.Delimited;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Tests.Cli;

/// <summary><c>signallab ecg</c>: names of fields and columns, sample numbers, and what happens to files that are no ECG.</summary>
public sealed class EcgVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_document_has_the_fields_of_the_contract_and_the_simulated_rate()
    {
        var path = Simulated("a", "--heart-rate", "75", "--duration", "20");
        var document = CommandLine.Run("ecg", path, "--json").Done().Json;
        Assert.Equal("a", document.GetProperty("record").GetString());
        Assert.Equal(20, document.GetProperty("duration_s").GetDouble());
        Assert.Equal(12, document.GetProperty("leads").GetArrayLength());
        Assert.Equal(75, document.GetProperty("heart_rate_bpm").GetDouble(), 2.0);
        Assert.Equal(800, document.GetProperty("rr_ms").GetProperty("median").GetDouble(), 25.0);
        AssertHas(document.GetProperty("rr_ms"), "median", "min", "max");
        AssertHas(document.GetProperty("intervals_ms"), "p", "pr", "qrs", "qt");
        AssertHas(document.GetProperty("qtc_ms"), "bazett", "fridericia", "framingham", "hodges");
        AssertHas(document.GetProperty("axes_deg"), "p", "qrs", "t");
        AssertHas(document.GetProperty("st_mv"), "I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");
        AssertHas(document.GetProperty("hrv"), "sdnn_ms", "rmssd_ms", "pnn50", "lf_ms2", "hf_ms2");
        AssertHas(document.GetProperty("quality"), "I", "V6");
        Assert.Equal(["N", "S", "V", "F", "Q"], document.GetProperty("beats").EnumerateObject().Select(p => p.Name));
        Assert.InRange(document.GetProperty("beats").EnumerateObject().Sum(p => p.Value.GetInt32()), 23, 26);
        Assert.Equal(JsonValueKind.Array, document.GetProperty("rhythm").ValueKind);
        Assert.Equal(JsonValueKind.Array, document.GetProperty("findings").ValueKind);
        AssertReasons(document, "");
    }

    [Fact]
    public void Beats_and_fiducials_are_tables_that_count_samples_of_the_record()
    {
        var path = Simulated("a", "--strip", "--duration", "30");
        CommandLine.Run("ecg", path, "--fiducials", folder["f.csv"], "--beats", folder["b.csv"], "--csv", folder["s.csv"]).Done();
        var fiducials = Rows("f.csv");
        var beats = Rows("b.csv");
        Assert.Equal("record,lead,sample_index,kind", fiducials[0]);
        Assert.Equal("record,sample_index,class", beats[0]);
        var qrs = fiducials.Where(r => r.EndsWith(",QRS", StringComparison.Ordinal)).Select(r => r.Split(',')).ToList();
        Assert.All(qrs, r => Assert.Equal(("a", ""), (r[0], r[1])));
        Assert.Equal(beats.Skip(1).Select(r => r.Split(',')[1]), qrs.Select(r => r[2]));
        Assert.All(beats.Skip(1), r => Assert.Contains(r[^1], "NSVFQ"));
        var known = File.ReadAllLines(folder["a.truth.json"]).Count(l => l.Contains("\"r_s\"", StringComparison.Ordinal));
        Assert.InRange(qrs.Count, known - 1, known);
        var summary = Rows("s.csv");
        Assert.StartsWith("record,sex,age_y,duration_s,heart_rate_bpm,", summary[0], StringComparison.Ordinal);
        Assert.StartsWith("a,M,57,30,", Assert.Single(summary.Skip(1)), StringComparison.Ordinal);
        Assert.All(new[] { "f.csv", "b.csv", "s.csv" }, t => Assert.Contains("signallab ecg", File.ReadAllText(folder[t + ".json"]), StringComparison.Ordinal));
    }

    [Fact]
    public void A_stretch_and_one_lead_keep_the_records_sample_numbers()
    {
        var path = Simulated("a", "--duration", "40");
        CommandLine.Run("ecg", path, "--beats", folder["whole.csv"]).Done();
        CommandLine.Run("ecg", path, "--beats", folder["part.csv"], "--within", "10,30", "--leads", "II").Done();
        var whole = Samples("whole.csv").Where(s => s is >= 10 * 500 and < 30 * 500).ToList();
        var part = Samples("part.csv");
        Assert.Equal(whole.Count, part.Count);
        Assert.All(whole.Zip(part), p => Assert.InRange(Math.Abs(p.First - p.Second), 0, 10));
        CommandLine.AssertRefused(2, "ecg", path, "--within", "30,10");
        CommandLine.AssertRefused(3, "ecg", path, "--leads", "V9");
    }

    [Fact]
    public void Of_many_files_the_bad_one_is_named_and_the_others_are_done()
    {
        var (a, b) = (Simulated("a"), Simulated("b", "--seed", "2"));
        File.WriteAllText(folder["bad.edf"], "nothing of the kind");
        var outcome = CommandLine.Run("ecg", a, folder["bad.edf"], b, "--csv", folder["s.csv"]);
        Assert.Equal(4, outcome.Status);
        Assert.Contains("bad.edf", Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(["record", "a", "b"], Rows("s.csv").Select(r => r.Split(',')[0]));
        Assert.Equal(2, CommandLine.Run("ecg", a, b, "--json").Done().Json.GetArrayLength());
        Assert.Equal(3, CommandLine.Run("ecg", folder["bad.edf"], folder["missing.edf"], "--csv", folder["none.csv"]).Status);
        Assert.False(File.Exists(folder["none.csv"]));
    }

    [Fact]
    public void Pictures_of_several_records_go_into_a_folder()
    {
        var (a, b) = (Simulated("a"), Simulated("b"));
        Directory.CreateDirectory(folder["out"]);
        CommandLine.Run("ecg", a, b, "--png", folder["out"], "--pdf", folder["out"]).Done();
        Assert.Equal(["a.pdf", "a.png", "b.pdf", "b.png"], Directory.GetFiles(folder["out"]).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        CommandLine.AssertRefused(2, "ecg", a, b, "--png", folder["one.png"]);
        CommandLine.AssertRefused(2, "ecg", a, "--png", folder["one.jpg"]);
    }

    [Fact]
    public void The_median_beat_and_its_body_surface_maps_are_drawn_and_refused_where_leads_are_missing()
    {
        var (a, b) = (Simulated("a"), Simulated("b"));
        Directory.CreateDirectory(folder["maps"]);
        CommandLine.Run("ecg", a, b, "--median", folder["maps"], "--body-surface", folder["maps"]).Done();
        Assert.Equal(["a-body-surface.png", "a-median.png", "b-body-surface.png", "b-median.png"], Directory.GetFiles(folder["maps"]).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        CommandLine.Run("ecg", a, "--body-surface", folder["one.svg"]).Done();
        Assert.Contains("body-surface potentials", File.ReadAllText(folder["one.svg"]), StringComparison.Ordinal);
        CommandLine.AssertRefused(3, "ecg", a, "--leads", "I,II", "--body-surface", folder["two.png"]);
        CommandLine.AssertRefused(2, "ecg", a, "--median", folder["two.csv"]);
    }

    [Fact]
    public void What_cannot_be_measured_stands_on_the_sheet_with_its_reason()
    {
        Measurement Of(string name, double? value, string? reason = null) => new(name, value, Unit.Parse(name == "heart rate" ? "/min" : "ms"), "", Origin.File) { Reason = reason };
        var examination = new SignalLab.Analysis.Ecg.EcgExamination(new Recording([], new MemorySamples([])), [], [])
        {
            Measurements = [Of("heart rate", 70), Of("P duration", null, "The median beat has no P onset."), Of("PR interval", null, "The median beat has no P onset."), Of("QT interval", 400)],
        };
        Assert.Equal(["P, PR not measurable: the median beat has no P onset."], SignalLab.Cli.Ecg.EcgText.SheetStatements(examination));
    }

    [Fact]
    public void Beats_become_a_WFDB_annotation_file_and_documents_for_other_programs()
    {
        var path = Simulated("a", "--duration", "20");
        CommandLine.Run("ecg", path, "--annotations", folder["a.det"], "--beats", folder["b.csv"], "--aecg", folder["a.xml"], "--fhir", folder["f.json"], "--sr", folder["s.json"]).Done();
        var marks = WfdbAnnotations.Read(folder["a.det"]).All;
        Assert.Equal(Samples("b.csv"), marks.Where(m => WfdbCodes.IsBeat(m.Code)).Select(m => m.Sample));
        Assert.All(marks, m => Assert.Contains(m.Symbol, "NSVFQpt()"));
        var read = CommandLine.Run("info", folder["a.xml"], "--json").Done().Json;
        Assert.Equal("HL7 aECG", read.GetProperty("format").GetString());
        Assert.Equal(marks.Count(m => WfdbCodes.IsBeat(m.Code)), read.GetProperty("annotations").EnumerateArray().Count(a => a.GetProperty("text").GetString()!.StartsWith("MDC_ECG_BEAT ", StringComparison.Ordinal)));
        Assert.Contains("\"Bundle\"", File.ReadAllText(folder["f.json"]), StringComparison.Ordinal);
        Assert.Contains("ECG Report", File.ReadAllText(folder["s.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_ECGs_are_compared_measure_by_measure()
    {
        var (now, before) = (Simulated("now", "--heart-rate", "90"), Simulated("before", "--heart-rate", "60"));
        var comparison = CommandLine.Run("ecg", now, "--compare", before, "--json").Done().Json.GetProperty("comparison");
        var rate = comparison.GetProperty("differences").EnumerateArray().First(d => d.GetProperty("name").GetString() == "heart rate");
        Assert.Equal("before", comparison.GetProperty("other").GetString());
        Assert.Equal(rate.GetProperty("value").GetDouble() - rate.GetProperty("other").GetDouble(), rate.GetProperty("difference").GetDouble(), 1e-9);
        Assert.Equal(30, rate.GetProperty("difference").GetDouble(), 2.0);
        Assert.Matches("heart rate.* +\\+(29|30|31)", CommandLine.Run("ecg", now, "--compare", before, "--overlay", folder["both.png"]).Done().Output);
        Assert.True(new FileInfo(folder["both.png"]).Length > 10_000);
        CommandLine.AssertRefused(2, "ecg", now, "--overlay", folder["one.png"]);
        CommandLine.AssertRefused(3, "ecg", now, "--compare", folder["missing.hea"]);
        CommandLine.AssertRefused(2, "ecg", now, before, "--compare", before);
    }

    [Theory]
    [InlineData(170, -170, -20)]
    [InlineData(-170, 170, 20)]
    [InlineData(40, 10, 30)]
    public void An_axis_turns_the_shorter_way_round(double now, double before, double expected)
    {
        Measurement Axis(double value) => new("QRS axis", value, Unit.Parse("deg"), "", Origin.File);
        Assert.Equal(expected, new EcgChange(Axis(now), Axis(before)).Difference);
    }

    [Theory]
    [InlineData(0.002, 1)]
    [InlineData(1, 1)]
    [InlineData(20, 0)]
    public void Too_short_and_flat_recordings_have_no_number_but_a_reason(double seconds, double height)
    {
        var samples = Enumerable.Range(0, (int)(500 * seconds)).Select(i => height * Math.Sin(i * 0.4) * 0.01).ToArray();
        var recording = new Recording([new("II", ChannelKind.Ecg, Unit.Millivolt, 500, samples.Length)], new MemorySamples([samples]));
        using var document = JsonDocument.Parse(EcgJson.Of(new("x", recording.Examine(), 0, 0)).ToJsonString());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("heart_rate_bpm").ValueKind);
        AssertReasons(document.RootElement, "");
    }

    [Fact]
    public void Global_marks_stand_before_those_of_the_leads_and_names_with_commas_are_quoted()
    {
        var recording = new Recording([new("CC5, CM2", ChannelKind.Ecg, Unit.Millivolt, 250, 1000)], new MemorySamples([new double[1000]]));
        var beat = new Beat(500, 2) { Global = new WaveMarks { QrsOn = 490, TOff = 600 }, Leads = [new WaveMarks { POn = 450, P = 460, POff = 470, QrsOn = 491, R = 500, QrsOff = 510, TOn = 560, T = 580, TOff = 599 }] };
        using var memory = new MemoryStream();
        using (var table = new TableWriter(memory))
        {
            EcgTables.WriteFiducials(new("sel1", new EcgExamination(recording, [0], [beat]), 1000, 4), table);
        }

        Assert.Equal(
            ["sel1,,1500,QRS", "sel1,,1490,QRSon", "sel1,,1600,Toff", .. new[] { "1450,Pon", "1460,P", "1470,Poff", "1491,QRSon", "1500,R", "1510,QRSoff", "1560,Ton", "1580,T", "1599,Toff" }.Select(r => "sel1,\"CC5, CM2\"," + r)],
            System.Text.Encoding.UTF8.GetString(memory.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private string Simulated(string name, params string[] options)
    {
        CommandLine.Run(["simulate", "ecg", folder[name + ".hea"], "--truth", folder[name + ".truth.json"], .. options]).Done();
        return folder[name + ".hea"];
    }

    private string[] Rows(string table) => File.ReadAllLines(folder[table]);

    private List<long> Samples(string table) => [.. Rows(table).Skip(1).Select(r => long.Parse(r.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];

    private static void AssertHas(JsonElement element, params string[] names) => Assert.All(names, n => Assert.True(element.TryGetProperty(n, out _), n));

    // Wherever a number is null, the reason stands in the same object.
    private static void AssertReasons(JsonElement element, string place)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            Assert.All(element.EnumerateArray(), e => AssertReasons(e, place));
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var field in element.EnumerateObject())
        {
            Assert.True(field.Value.ValueKind != JsonValueKind.Null || element.TryGetProperty("reason", out _) || place == "findings", $"{place}.{field.Name} is null without a reason");
            AssertReasons(field.Value, field.Name);
        }
    }
}
