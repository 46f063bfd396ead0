using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Formats.StructuredReport;

/// <summary>Measurements of an ECG as the content of a DICOM structured report, in DICOM's JSON model.</summary>
/// <remarks>Source: DICOM PS3.3 C.17.3; PS3.16 TID 3700; PS3.18 annex F.</remarks>
public static class StructuredReportJson
{
    private const string ComprehensiveSr = "1.2.840.10008.5.1.4.1.1.88.33";
    private const string Own = "99SIGNALLAB";

    // Concepts of TID 3713 and of the context groups 3228 and 3229. Source: DICOM PS3.16; ISO/IEEE 11073-10102.
    private static readonly Dictionary<string, (string Code, string Meaning)> Concepts = new(StringComparer.Ordinal)
    {
        ["heart rate"] = ("2:16016", "Ventricular Heart Rate"),
        ["RR median"] = ("2:16168", "RR interval global"),
        ["P duration"] = ("2:16184", "P duration global"),
        ["PR interval"] = ("2:15872", "PR interval global"),
        ["QRS duration"] = ("2:16156", "QRS duration global"),
        ["QT interval"] = ("2:16160", "QT interval global"),
        ["QTc interval (Bazett)"] = ("2:15876", "QTc interval global"),
        ["QTc interval (Fridericia)"] = ("2:15876", "QTc interval global"),
        ["QTc interval (Framingham)"] = ("2:15876", "QTc interval global"),
        ["QTc interval (Hodges)"] = ("2:15876", "QTc interval global"),
        ["P axis"] = ("2:16128", "P Axis"),
        ["QRS axis"] = ("2:16132", "QRS axis"),
        ["T axis"] = ("2:16136", "T axis"),
    };

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the report.</summary>
    /// <param name="recording">Whom and when it is about.</param>
    /// <param name="measurements">What was measured.</param>
    /// <param name="rhythm">What the rhythm is: name as text, onset and length.</param>
    /// <param name="software">Who measured: program and version.</param>
    /// <param name="codes">LOINC codes of measurements by name, for those that DICOM's template has no concept for.</param>
    /// <param name="path">The file, replaced where it exists.</param>
    public static void Write(Recording recording, IReadOnlyList<Measurement> measurements, IReadOnlyList<Annotation> rhythm, string software, IReadOnlyDictionary<string, string> codes, string path)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(measurements);
        ArgumentNullException.ThrowIfNull(rhythm);
        ArgumentNullException.ThrowIfNull(codes);
        var subject = recording.Subject;
        var document = new JsonObject
        {
            ["00080016"] = Element("UI", ComprehensiveSr),
            ["00080018"] = Element("UI", Uid(recording)),
            ["00080020"] = Element("DA", recording.Start?.ToString("yyyyMMdd", CultureInfo.InvariantCulture)),
            ["00080030"] = Element("TM", recording.Start?.ToString("HHmmss.ffffff", CultureInfo.InvariantCulture)),
            ["00080060"] = Element("CS", "SR"),
            ["00080070"] = Element("LO", software),
            ["00100010"] = subject.Name is { } name ? new JsonObject { ["vr"] = "PN", ["Value"] = new JsonArray(new JsonObject { ["Alphabetic"] = name }) } : Element("PN", null),
            ["00100020"] = Element("LO", subject.Id),
            ["00100030"] = Element("DA", subject.Birthdate?.ToString("yyyyMMdd", CultureInfo.InvariantCulture)),
            ["00100040"] = Element("CS", subject.Sex switch { "F" or "M" => subject.Sex, null => null, _ => "O" }),
            ["0040A040"] = Element("CS", "CONTAINER"),
            ["0040A043"] = Code("28010-7", "LN", "ECG Report"),
            ["0040A050"] = Element("CS", "SEPARATE"),
            ["0040A491"] = Element("CS", "COMPLETE"),
            ["0040A493"] = Element("CS", "UNVERIFIED"),
            ["0040A730"] = Sequence([Container(Code("122158", "DCM", "ECG Global Measurements"), measurements.Select(m => Number(m, codes))), Container(Code("ECG Rhythm", Own, "ECG Rhythm"), rhythm.Select(Rhythm))]),
        };
        File.WriteAllText(path, document.ToJsonString(Layout) + "\n");
    }

    private static JsonObject Container(JsonObject concept, IEnumerable<JsonObject> items)
    {
        var container = Item("CONTAINER", concept);
        container["0040A050"] = Element("CS", "SEPARATE");
        container["0040A730"] = Sequence(items);
        return container;
    }

    private static JsonObject Number(Measurement m, IReadOnlyDictionary<string, string> codes)
    {
        var item = Item("NUM", Concepts.TryGetValue(m.Name, out var concept) ? Code(concept.Code, "MDC", concept.Meaning) : codes.TryGetValue(m.Name, out var loinc) ? Code(loinc, "LN", m.Name) : Code(m.Name, Own, m.Name));
        var details = new List<JsonObject> { Text("Measurement Method", m.Method) };
        if (m.Value is { } value && double.IsFinite(value))
        {
            item["0040A300"] = Sequence([new JsonObject
            {
                ["0040A30A"] = new JsonObject { ["vr"] = "DS", ["Value"] = new JsonArray(JsonValue.Create(double.Parse(value.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))) },
                ["004008EA"] = Code(m.Unit.IsKnown ? m.Unit.Code : "1", "UCUM", m.Unit.Symbol),
            }]);
        }
        else
        {
            item["0040A300"] = new JsonObject { ["vr"] = "SQ" };
            item["0040A301"] = Code("114006", "DCM", "Measurement failure");
            details.Add(Text("Reason", m.Reason ?? "not measured"));
        }

        if (m.Reference is { } range)
        {
            details.Add(Text("Normal Range", FormattableString.Invariant($"{range.Low} to {range.High} {m.Unit.Symbol} ({range.Source}): {m.Verdict}")));
        }

        item["0040A730"] = Sequence(details);
        return item;
    }

    private static JsonObject Rhythm(Annotation rhythm)
    {
        var item = Text("Rhythm", rhythm.Text);
        item["0040A730"] = Sequence([Text("Evidence", FormattableString.Invariant($"from {rhythm.OnsetSeconds:0.###} s to {rhythm.OnsetSeconds + rhythm.DurationSeconds:0.###} s{(rhythm.Details.Length > 0 ? ": " + rhythm.Details : "")}"))]);
        return item;
    }

    private static JsonObject Text(string meaning, string text)
    {
        var item = Item("TEXT", Code(meaning, Own, meaning));
        item["0040A160"] = Element("UT", text);
        return item;
    }

    private static JsonObject Item(string type, JsonObject concept) => new() { ["0040A010"] = Element("CS", "CONTAINS"), ["0040A040"] = Element("CS", type), ["0040A043"] = concept };

    private static JsonObject Code(string value, string scheme, string meaning) => Sequence([new JsonObject
    {
        [value.Length <= 16 ? "00080100" : "00080119"] = Element(value.Length <= 16 ? "SH" : "UC", value),
        ["00080102"] = Element("SH", scheme),
        ["00080104"] = Element("LO", meaning),
    }]);

    private static JsonObject Sequence(IEnumerable<JsonObject> items) => new() { ["vr"] = "SQ", ["Value"] = new JsonArray([.. items]) };

    private static JsonObject Element(string vr, string? value) => value is null ? new() { ["vr"] = vr } : new() { ["vr"] = vr, ["Value"] = new JsonArray(value) };

    // A UID from a UUID. Source: DICOM PS3.5 B.2.
    private static string Uid(Recording recording)
    {
        var seed = FormattableString.Invariant($"{recording.Provenance.InputSha256}|{recording.Provenance.Input}|{string.Join('|', recording.Provenance.Steps)}|report");
        return "2.25." + new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
    }
}
