using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Philips;

/// <summary>Philips Sierra ECG XML, versions 1.03, 1.04 and 1.04.01: rhythm, representative beats, measurements and statements.</summary>
/// <remarks>Source: Philips, "Sierra ECG XML schema" 1.03 and 1.04.01; C. Watford, "The XLI compression" (sierra-ecg-tools wiki, 2012).</remarks>
public sealed class SierraFormat : IFormat
{
    private const string Root = "restingecgdata";

    /// <inheritdoc/>
    public string Name => "Philips Sierra XML";

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
        var version = root.Child("documentinfo")?.Text("documentversion") ?? "";
        var remarks = new List<string>();
        if (version is not ("1.03" or "1.04" or "1.04.01"))
        {
            remarks.Add($"The file says it is version \"{version}\"; it is read as 1.04.");
        }

        var acquisition = root.Child("dataacquisition");
        var start = StartOf(acquisition) ?? StartOf(root.Child("reportinfo"));
        var origin = new Origin(OriginKind.Algorithm, ("Philips Sierra " + (root.Child("measurements")?.Attribute("custommeasurementversion") ?? root.Child("measurements")?.Attribute("measurementversion"))?.Value).Trim());
        var rhythm = SierraRhythm.Of(path, root, remarks);
        var (subject, provenance) = (SubjectOf(root.All("generalpatientdata").FirstOrDefault(), start), Provenance.OfFile(path, Name));
        List<Recording> recordings =
        [
            new Recording(rhythm.Channels, rhythm.Samples)
            {
                Title = "rhythm",
                Start = start,
                Annotations = [.. Statements(root, origin)],
                Measurements = SierraMeasurements.Of(root, origin),
                Remarks = remarks,
            },
        ];
        if (SierraBeats.Of(path, root) is { } beats)
        {
            recordings.Add(beats with { Title = "representative beat" });
        }

        return new Study { Recordings = [.. recordings.Select(r => r with { Subject = subject, Provenance = provenance })], Format = Name, Remarks = remarks };
    }

    private static IEnumerable<Annotation> Statements(XElement root, Origin origin)
    {
        foreach (var interpretation in root.All("interpretation"))
        {
            string?[] lines =
            [
                interpretation.Text("severity"),
                .. interpretation.Children("statement").Select(s => string.Join(' ', new[] { s.Text("leftstatement"), s.Text("rightstatement") }.Where(t => t is not null))),
            ];
            foreach (var line in lines.Where(l => l is { Length: > 0 }))
            {
                yield return new(0, 0, line!) { Origin = origin };
            }
        }
    }

    private static Subject SubjectOf(XElement? person, DateTime? start)
    {
        var age = person?.Child("age");
        var birth = Date(age?.Text("dateofbirth") ?? person?.Text("dateofbirth"));
        var years = age?.Number("years") ?? (age?.Number("months") / 12) ?? (age?.Number("weeks") * 7 / 365.25) ?? (age?.Number("days") / 365.25)
            ?? (birth <= start ? Math.Floor((start.Value - birth.Value).TotalDays / 365.25) : null);
        var name = string.Join(", ", new[] { person?.Child("name")?.Text("lastname"), person?.Child("name")?.Text("firstname") }.Where(n => n is not null));
        return new(person?.Text("patientid"), person?.Text("sex")?.ToUpperInvariant() switch { "MALE" => "M", "FEMALE" => "F", _ => person?.Text("sex") }, years)
        {
            Name = name.Length > 0 ? name : null,
            Birthdate = birth is { } b ? DateOnly.FromDateTime(b) : null,
        };
    }

    private static DateTime? StartOf(XElement? element) =>
        Date(element?.Attribute("date")?.Value) is { } date
            ? date + (TimeSpan.TryParse(element!.Attribute("time")?.Value, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero && time < TimeSpan.FromDays(1) ? time : TimeSpan.Zero)
            : null;

    private static DateTime? Date(string? text) =>
        DateTime.TryParseExact(text?.Trim(), ["yyyy-MM-dd", "yyyyMMdd", "MM-dd-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
