using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Muse;

/// <summary>GE MUSE resting ECG as XML: rhythm and median waveforms, the 12SL measurements and statements.</summary>
/// <remarks>Source: GE Healthcare, MUSE Cardiology Information System, "XML Developer's Reference Guide" (restecg.dtd).</remarks>
public sealed class MuseFormat : IFormat
{
    private const string Root = "RestingECG";

    /// <inheritdoc/>
    public string Name => "GE MUSE XML";

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
        // The rhythm is what the file is about; the median was made from it.
        var waveforms = root.Children("Waveform").Select(w => MuseWaveform.Of(path, w)).OrderBy(w => w.IsRhythm ? 0 : 1).ToList();
        if (waveforms.Count == 0)
        {
            throw new MalformedFileException(path, null, "waveform", "no <Waveform>", "at least one");
        }

        var origin = new Origin(OriginKind.Algorithm, ("GE MUSE " + root.Child("MuseInfo")?.Text("MuseVersion")).Trim());
        var measurements = MuseMeasurements.Of(root, origin);
        var annotations = Statements(root, origin).Concat(Beats(root, origin)).ToList();
        var (subject, start, provenance) = (SubjectOf(root), StartOf(root), Provenance.OfFile(path, Name));
        return new Study
        {
            Recordings =
            [
                .. waveforms.Select((w, i) => new Recording(w.Channels, w.Samples)
                {
                    Title = w.Title,
                    Start = w.IsRhythm ? start : null,
                    Subject = subject,
                    Annotations = i == 0 ? annotations : [],
                    Measurements = i == 0 ? measurements : [],
                    Remarks = w.Remarks,
                    Provenance = provenance,
                }),
            ],
            Format = Name,
            Remarks = waveforms[0].Remarks,
        };
    }

    private static IEnumerable<Annotation> Statements(XElement root, Origin origin)
    {
        foreach (var diagnosis in root.Children("Diagnosis"))
        {
            var line = new List<string>();
            foreach (var statement in diagnosis.Children("DiagnosisStatement"))
            {
                line.Add(statement.Text("StmtText") ?? "");
                if (statement.Children("StmtFlag").Any(f => f.Value.Trim() == "ENDSLINE"))
                {
                    yield return new(0, 0, string.Join(' ', line.Where(t => t.Length > 0))) { Origin = origin };
                    line.Clear();
                }
            }

            if (line.Exists(t => t.Length > 0))
            {
                yield return new(0, 0, string.Join(' ', line.Where(t => t.Length > 0))) { Origin = origin };
            }
        }
    }

    // Beat times are milliseconds from the rhythm's first sample.
    private static IEnumerable<Annotation> Beats(XElement root, Origin origin) =>
        root.Children("QRSTimesTypes").SelectMany(t => t.Children("QRS")).Where(q => q.Number("Time") is not null)
            .Select(q => new Annotation(q.Number("Time")!.Value / 1000, 0, $"QRS {q.Text("Type")}".Trim()) { Origin = origin });

    private static Subject SubjectOf(XElement root)
    {
        var person = root.Child("PatientDemographics");
        var years = person?.Number("PatientAge") is { } age
            ? person.Text("AgeUnits")?.ToUpperInvariant() switch { null or "YEARS" => age, "MONTHS" => age / 12, "WEEKS" => age * 7 / 365.25, "DAYS" => age / 365.25, "HOURS" => age / 8766, _ => null }
            : (double?)null;
        var names = new[] { person?.Text("PatientLastName"), person?.Text("PatientFirstName") }.Where(n => n is not null);
        return new(person?.Text("PatientID"), SexOf(person?.Text("Gender")), years)
        {
            Name = string.Join(", ", names) is { Length: > 0 } name ? name : null,
            Birthdate = Date(person?.Text("DateofBirth")) is { } birth ? DateOnly.FromDateTime(birth) : null,
        };
    }

    private static string? SexOf(string? word) => word?.ToUpperInvariant() switch { "MALE" => "M", "FEMALE" => "F", _ => word };

    private static DateTime? StartOf(XElement root)
    {
        var test = root.Child("TestDemographics");
        return Date(test?.Text("AcquisitionDate")) is { } date
            ? date + (TimeSpan.TryParse(test?.Text("AcquisitionTime"), CultureInfo.InvariantCulture, out var time) && time < TimeSpan.FromDays(1) ? time : TimeSpan.Zero)
            : null;
    }

    private static DateTime? Date(string? text) =>
        DateTime.TryParseExact(text, ["MM-dd-yyyy", "M-d-yyyy", "yyyy-MM-dd", "MM/dd/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
