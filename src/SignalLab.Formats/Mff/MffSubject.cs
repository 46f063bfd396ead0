using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Mff;

/// <summary>Whom the recording is about: <c>subject.xml</c>, in folders of averages the first file in <c>subjects</c>.</summary>
internal static class MffSubject
{
    /// <summary>Reads the subject; what a damaged file says is not known.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="start">When the recording began, for the age.</param>
    public static Subject Of(MffFolder folder, DateTime? start)
    {
        if (Root(folder) is not { } root)
        {
            return Subject.Unknown;
        }

        string? Field(string name) => root.All("field").FirstOrDefault(f => f.Text("name") is { } n && n.StartsWith(name, StringComparison.OrdinalIgnoreCase))?.Text("data");
        DateOnly? birth = DateOnly.TryParse(Field("Date of Birth")?.Split('T')[0], CultureInfo.InvariantCulture, out var date) ? date : null;
        var age = Ages.Years(birth, start) ?? (double.TryParse(Field("Age"), NumberStyles.Float, CultureInfo.InvariantCulture, out var years) && years is >= 0 and < 150 ? years : null);
        var sex = Field("Gender")?.ToUpperInvariant() switch { "MALE" => "M", "FEMALE" => "F", "?" => null, var other => other };
        var name = string.Join(' ', new[] { Field("First"), Field("Last") }.OfType<string>());
        return new Subject(Field("Patient ID") ?? Field("localIdentifier"), sex, age) { Name = name.Length > 0 ? name : null, Birthdate = birth };
    }

    private static XElement? Root(MffFolder folder)
    {
        try
        {
            var others = folder["subjects"];
            return folder.Find("subject.xml")
                ?? (Directory.Exists(others) && Directory.EnumerateFiles(others, "*.xml").Order(StringComparer.Ordinal).FirstOrDefault() is { } first ? SafeXml.Load(first) : null);
        }
        catch (MalformedFileException)
        {
            return null;
        }
    }
}
