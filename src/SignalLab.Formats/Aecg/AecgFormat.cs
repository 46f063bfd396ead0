using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Aecg;

/// <summary>HL7 annotated ECG (aECG): rhythm and derived (representative beat) series with their annotations.</summary>
/// <remarks>Source: HL7 v3 Annotated ECG, release 1 (PORT_MT020001); HL7 aECG Implementation Guide (2005); FDA XML data format requirements, revision C.</remarks>
public sealed class AecgFormat : IFormat
{
    private const string Root = "AnnotatedECG";

    /// <summary>LOINC code of the reported age.</summary>
    internal const string ReportedAge = "21612-7";

    /// <inheritdoc/>
    public string Name => "HL7 aECG";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return XmlHead.HasRoot(head, Root);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var root = SafeXml.Load(path, Root);
        var provenance = Provenance.OfFile(path, Name);
        List<Recording> recordings = [.. root.All("series").SelectMany(s => AecgSeries.Of(path, s))];
        if (recordings.Count == 0)
        {
            throw new MalformedFileException(path, null, "series", "none with a sequence set", "at least one");
        }

        var subject = SubjectOf(root, recordings[0].Start);
        string[] comments = [.. root.All("subjectFindingComment").Select(c => c.Text("text")).OfType<string>()];
        return new Study
        {
            Recordings = [.. recordings.Select(r => r with { Subject = subject, Comments = comments, Provenance = provenance })],
            Format = Name,
            Remarks = recordings[0].Remarks,
        };
    }

    /// <summary>True for the observation that states the subject's age.</summary>
    internal static bool IsReportedAge(XElement observation) => (string?)observation.Child("code")?.Attribute("code") == ReportedAge;

    private static double? YearsIn(string? unit) => unit switch { "a" or "a_j" => 1, "mo" => 1 / 12.0, "wk" => 7 / 365.25, "d" => 1 / 365.25, "h" => 1 / 8766.0, _ => null };

    private static Subject SubjectOf(XElement root, DateTime? start)
    {
        var subject = root.All("trialSubject").FirstOrDefault();
        var person = subject?.Child("subjectDemographicPerson");
        var birth = Hl7Time.Parse((string?)person?.Child("birthTime")?.Attribute("value"));
        var age = root.All("relatedObservation").FirstOrDefault(IsReportedAge)?.Child("value");
        var years = AecgQuantity.Of(age)?.Value * YearsIn((string?)age?.Attribute("unit")) ?? (birth <= start ? Math.Floor((start.Value - birth.Value).TotalDays / 365.25) : null);
        return new((string?)subject?.Child("id")?.Attribute("extension"), (string?)person?.Child("administrativeGenderCode")?.Attribute("code"), years)
        {
            Name = person?.Text("name"),
            Birthdate = birth is { } b ? DateOnly.FromDateTime(b) : null,
        };
    }
}
