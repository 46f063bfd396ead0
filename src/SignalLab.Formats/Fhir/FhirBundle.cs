using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Formats.Fhir;

/// <summary>Measurements of an ECG as a FHIR R4 bundle of observations.</summary>
/// <remarks>Source: HL7 FHIR R4 (4.0.1), Bundle and Observation; LOINC.</remarks>
public static class FhirBundle
{
    private const string Loinc = "http://loinc.org";
    private const string Ucum = "http://unitsofmeasure.org";
    private const string Terminology = "http://terminology.hl7.org/CodeSystem/";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>LOINC codes of measurements by name, those that are certain.</summary>
    public static IReadOnlyDictionary<string, string> Codes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["heart rate"] = "8867-4",
        ["RR median"] = "8637-1",
        ["PR interval"] = "8625-6",
        ["QRS duration"] = "8633-0",
        ["QT interval"] = "8634-8",
        ["QTc interval (Bazett)"] = "8636-3",
        ["QTc interval (Fridericia)"] = "8636-3",
        ["QTc interval (Framingham)"] = "8636-3",
        ["QTc interval (Hodges)"] = "8636-3",
        ["P axis"] = "8626-4",
        ["QRS axis"] = "8632-2",
        ["T axis"] = "8638-9",
    };

    /// <summary>Writes the bundle.</summary>
    /// <param name="recording">Whom and when it is about.</param>
    /// <param name="measurements">What was measured.</param>
    /// <param name="rhythm">What the rhythm is: name as text, onset and length.</param>
    /// <param name="software">Who measured: program and version.</param>
    /// <param name="path">The file, replaced where it exists.</param>
    public static void Write(Recording recording, IReadOnlyList<Measurement> measurements, IReadOnlyList<Annotation> rhythm, string software, string path)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(measurements);
        ArgumentNullException.ThrowIfNull(rhythm);
        var seed = FormattableString.Invariant($"{recording.Provenance.InputSha256}|{recording.Provenance.Input}|{string.Join('|', recording.Provenance.Steps)}");
        var (patient, device) = (Id(seed, "patient"), Id(seed, "device"));
        var members = new List<(string Id, JsonObject Resource)>();
        foreach (var m in measurements)
        {
            members.Add((Id(seed, "measurement " + m.Name), Observation(recording, m, patient, device)));
        }

        for (var i = 0; i < rhythm.Count; i++)
        {
            members.Add((Id(seed, FormattableString.Invariant($"rhythm {i}")), Rhythm(recording, rhythm[i], patient, device)));
        }

        var study = Head(recording, Concept("11524-6", "EKG study"), patient, device);
        study["hasMember"] = new JsonArray([.. members.Select(m => (JsonNode)Reference(m.Id))]);
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "collection",
            ["entry"] = new JsonArray(
            [
                Entry(patient, Patient(recording.Subject)),
                Entry(device, new JsonObject { ["resourceType"] = "Device", ["deviceName"] = new JsonArray(new JsonObject { ["name"] = software, ["type"] = "model-name" }) }),
                Entry(Id(seed, "study"), study),
                .. members.Select(m => Entry(m.Id, m.Resource)),
            ]),
        };
        File.WriteAllText(path, bundle.ToJsonString(Layout) + "\n");
    }

    private static JsonObject Observation(Recording recording, Measurement m, string patient, string device)
    {
        var observation = Head(recording, Concept(Codes.GetValueOrDefault(m.Name), m.Name), patient, device);
        if (m.Value is { } value && double.IsFinite(value))
        {
            observation["valueQuantity"] = Quantity(value, m.Unit);
            if (m.Verdict != Verdict.NotJudged)
            {
                observation["interpretation"] = new JsonArray(new JsonObject
                {
                    ["coding"] = new JsonArray(Coding(Terminology + "v3-ObservationInterpretation", m.Verdict switch { Verdict.Low => "L", Verdict.High => "H", _ => "N" })),
                });
            }
        }
        else
        {
            observation["dataAbsentReason"] = new JsonObject { ["coding"] = new JsonArray(Coding(Terminology + "data-absent-reason", "unknown")), ["text"] = m.Reason ?? "not measured" };
        }

        observation["method"] = new JsonObject { ["text"] = m.Method };
        if (m.Reference is { } range)
        {
            var limits = new JsonObject { ["text"] = range.Source };
            if (range.Low is { } low)
            {
                limits["low"] = Quantity(low, m.Unit);
            }

            if (range.High is { } high)
            {
                limits["high"] = Quantity(high, m.Unit);
            }

            observation["referenceRange"] = new JsonArray(limits);
        }

        return observation;
    }

    private static JsonObject Rhythm(Recording recording, Annotation rhythm, string patient, string device)
    {
        var observation = Head(recording, Concept("8884-9", "Heart rate rhythm"), patient, device);
        observation["valueCodeableConcept"] = new JsonObject { ["text"] = rhythm.Text };
        observation["note"] = new JsonArray(new JsonObject
        {
            ["text"] = FormattableString.Invariant($"from {rhythm.OnsetSeconds:0.###} s to {rhythm.OnsetSeconds + rhythm.DurationSeconds:0.###} s of the recording{(rhythm.Details.Length > 0 ? ": " + rhythm.Details : "")}"),
        });
        return observation;
    }

    private static JsonObject Head(Recording recording, JsonObject code, string patient, string device)
    {
        var head = new JsonObject
        {
            ["resourceType"] = "Observation",
            ["status"] = "preliminary",
            ["category"] = new JsonArray(new JsonObject { ["coding"] = new JsonArray(Coding(Terminology + "observation-category", "procedure")) }),
            ["code"] = code,
            ["subject"] = Reference(patient),
            ["device"] = Reference(device),
        };
        if (recording.Start is { } start)
        {
            head["effectiveDateTime"] = start.Kind == DateTimeKind.Utc ? start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return head;
    }

    private static JsonObject Patient(Subject subject)
    {
        var patient = new JsonObject { ["resourceType"] = "Patient" };
        if (subject.Id is { } id)
        {
            patient["identifier"] = new JsonArray(new JsonObject { ["value"] = id });
        }

        if (subject.Name is { } name)
        {
            patient["name"] = new JsonArray(new JsonObject { ["text"] = name });
        }

        patient["gender"] = subject.Sex switch { "F" => "female", "M" => "male", null => "unknown", _ => "other" };
        if (subject.Birthdate is { } birth)
        {
            patient["birthDate"] = birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return patient;
    }

    private static JsonObject Concept(string? loinc, string text) => loinc is null
        ? new() { ["text"] = text }
        : new() { ["coding"] = new JsonArray(Coding(Loinc, loinc)), ["text"] = text };

    private static JsonObject Coding(string system, string code) => new() { ["system"] = system, ["code"] = code };

    private static JsonObject Quantity(double value, Unit unit)
    {
        var quantity = new JsonObject { ["value"] = value };
        if (unit.IsKnown)
        {
            quantity["unit"] = unit.Symbol;
            quantity["system"] = Ucum;
            quantity["code"] = unit.Code;
        }

        return quantity;
    }

    private static JsonObject Reference(string id) => new() { ["reference"] = "urn:uuid:" + id };

    private static JsonObject Entry(string id, JsonObject resource) => new() { ["fullUrl"] = "urn:uuid:" + id, ["resource"] = resource };

    private static string Id(string seed, string part) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(seed + "|" + part)).AsSpan(0, 16)).ToString();
}
