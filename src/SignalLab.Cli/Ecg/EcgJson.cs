using System.Text.Json.Nodes;
using SignalLab.Analysis.Ecg;
using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>The document of <c>ecg --json</c>.</summary>
internal static class EcgJson
{
    private static readonly Unit Milliseconds = Unit.Parse("ms");
    private static readonly (string Key, string Name)[] Intervals = [("p", "P duration"), ("pr", "PR interval"), ("qrs", "QRS duration"), ("qt", "QT interval")];
    private static readonly (string Key, string Name)[] Corrected = [("bazett", "QTc interval (Bazett)"), ("fridericia", "QTc interval (Fridericia)"), ("framingham", "QTc interval (Framingham)"), ("hodges", "QTc interval (Hodges)")];
    private static readonly (string Key, string Name)[] Axes = [("p", "P axis"), ("qrs", "QRS axis"), ("t", "T axis")];
    private static readonly (string Key, string Name)[] Variability = [("sdnn_ms", "SDNN"), ("rmssd_ms", "RMSSD"), ("pnn50", "pNN50"), ("lf_ms2", "LF"), ("hf_ms2", "HF")];

    /// <summary>Letters of the classes, in the order in which they are printed.</summary>
    public static readonly (BeatClass Class, string Letter)[] Classes =
        [(BeatClass.Normal, "N"), (BeatClass.Supraventricular, "S"), (BeatClass.Ventricular, "V"), (BeatClass.Fusion, "F"), (BeatClass.Unclassifiable, "Q")];

    public static JsonObject Of(EcgRecord record)
    {
        var examination = record.Examination;
        var numbers = new EcgNumbers(examination.Measurements);
        var document = new JsonObject
        {
            ["record"] = record.Name,
            ["duration_s"] = examination.Recording.DurationSeconds,
            ["leads"] = new JsonArray([.. record.Leads.Select(l => (JsonNode)l)]),
            ["subject"] = Subject(examination.Recording.Subject),
        };
        numbers.Fill(document, [("heart_rate_bpm", "heart rate")], Unit.Parse("/min"));
        document["rr_ms"] = numbers.Object([("median", "RR median"), ("min", "RR min"), ("max", "RR max")], Milliseconds);
        document["intervals_ms"] = numbers.Object(Intervals, Milliseconds);
        document["qtc_ms"] = numbers.Object(Corrected, Milliseconds);
        document["axes_deg"] = numbers.Object(Axes, Unit.Parse("deg"));
        document["st_mv"] = numbers.Object(record.Leads.Distinct().Select(l => (l, $"ST at J+60 ({l})")), Unit.Millivolt);
        document["rhythm"] = new JsonArray([.. examination.Rhythm.Select(r => (JsonNode)Rhythm(r, record.FirstSeconds))]);
        document["hrv"] = HeartRateVariability(examination);
        document["beats"] = new JsonObject(Classes.Select(c => KeyValuePair.Create(c.Letter, (JsonNode?)examination.Beats.Count(b => b.Class == c.Class))));
        document["quality"] = Quality(record);
        document["findings"] = new JsonArray([.. examination.Measurements.Concat(examination.Variability).Where(m => m.Reference is not null).Select(m => (JsonNode)Finding(m))]);
        return document;
    }

    /// <summary>The letter of a class.</summary>
    public static string LetterOf(BeatClass kind) => Classes.First(c => c.Class == kind).Letter;

    // What the file says of whom it is about, as far as norms need it.
    private static JsonObject Subject(Subject subject)
    {
        var result = new JsonObject();
        if (subject.Sex is { } sex)
        {
            result["sex"] = sex;
        }

        if (subject.AgeYears is { } age)
        {
            result["age_y"] = age;
        }

        return result;
    }

    private static JsonObject Rhythm(RhythmFinding finding, double firstSeconds) => new()
    {
        ["name"] = finding.Name,
        ["onset_s"] = firstSeconds + finding.OnsetSeconds,
        ["end_s"] = firstSeconds + finding.EndSeconds,
        ["evidence"] = finding.Evidence,
        ["confidence"] = double.IsFinite(finding.Confidence) ? finding.Confidence : null,
    };

    private static JsonObject HeartRateVariability(EcgExamination examination)
    {
        var result = new JsonObject();
        var numbers = new EcgNumbers(examination.Variability);
        var reasons = new List<(string Key, string Reason)>();
        var others = examination.Variability.Select(m => (Key: KeyOf(m), m.Name)).Where(f => !Variability.Any(v => v.Name.Equals(f.Name, StringComparison.OrdinalIgnoreCase)));
        foreach (var (key, name) in Variability.Concat(others))
        {
            var unit = examination.Variability.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Unit ?? Unit.One;
            var (value, reason) = numbers.Get(name, unit);
            result[key] = value;
            if (value is null)
            {
                reasons.Add((key, reason));
            }
        }

        EcgNumbers.AddReason(result, reasons);
        return result;
    }

    // The name in lower case with its unit at the end: "SD1" in ms is sd1_ms.
    private static string KeyOf(Measurement m)
    {
        var name = string.Concat(m.Name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')).Trim('_');
        var unit = m.Unit.Symbol is "1" or "%" or "" ? "" : "_" + string.Concat(m.Unit.Symbol.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        return name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
    }

    private static JsonObject Quality(EcgRecord record)
    {
        var result = new JsonObject();
        var missing = new List<(string Key, string Reason)>();
        for (var i = 0; i < record.Leads.Count; i++)
        {
            var channel = record.Examination.Leads[i];
            var score = record.Examination.Quality.FirstOrDefault(q => q.Channel == channel)?.Score;
            result[record.Leads[i]] = score is { } s && double.IsFinite(s) ? s : null;
            if (score is null)
            {
                missing.Add((record.Leads[i], "not assessed"));
            }
        }

        EcgNumbers.AddReason(result, missing);
        return result;
    }

    private static JsonObject Finding(Measurement m) => new()
    {
        ["name"] = m.Name,
        ["value"] = m.Value is { } v && double.IsFinite(v) ? v : null,
        ["unit"] = m.Unit.Symbol,
        ["low"] = m.Reference!.Low,
        ["high"] = m.Reference.High,
        ["source"] = m.Reference.Source,
        ["abnormal"] = m.Value is null ? null : m.Verdict is Verdict.Low or Verdict.High,
    };
}
