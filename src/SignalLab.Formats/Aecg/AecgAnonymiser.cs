using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Aecg;

/// <summary>Copies annotated ECGs so that they do not tell whose they are; samples and coded annotations stay as they are.</summary>
/// <remarks>Source: HL7 v3 Annotated ECG (PORT_MT020001); nullFlavor MSK (masked) of the HL7 v3 data types. What is not named here is left out with all that it holds.</remarks>
public static class AecgAnonymiser
{
    private const string Masked = "MSK";

    /// <summary>Writes the copy.</summary>
    /// <param name="path">An annotated ECG.</param>
    /// <param name="output">The copy, replaced where it exists.</param>
    /// <param name="anonymity">How it is done.</param>
    /// <returns>What was done to each element, without its values.</returns>
    /// <exception cref="MalformedFileException">The file is damaged or no annotated ECG.</exception>
    public static IReadOnlyList<TreatedField> Write(string path, string output, Anonymity anonymity)
    {
        ArgumentNullException.ThrowIfNull(anonymity);
        var subject = new AecgFormat().Open(path).Recordings[0].Subject;
        var copy = new AecgCopy(anonymity, subject);
        var root = copy.Of(SafeXml.Load(path), null)!;
        copy.AddAge(root);
        using var stream = new FileStream(output, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        using var writer = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false), Indent = true });
        new XDocument(root).Save(writer);
        return TreatedField.Together(copy.Report);
    }

    /// <summary>One copy being made.</summary>
    private sealed class AecgCopy(Anonymity anonymity, Subject subject)
    {
        private static readonly HashSet<string> Elements = new(
            [
                "AnnotatedECG", "id", "code", "effectiveTime", "low", "high", "center", "confidentialityCode", "reasonCode", "componentOf", "timepointEvent", "subjectAssignment", "subject", "trialSubject",
                "subjectDemographicPerson", "administrativeGenderCode", "clinicalTrial", "controlVariable", "relatedObservation", "value", "component", "series", "author", "seriesAuthor", "manufacturedSeriesDevice",
                "manufacturerModelName", "softwareName", "sequenceSet", "sequence", "head", "increment", "origin", "scale", "digits", "subjectOf", "annotationSet", "annotation", "support", "supportingROI", "boundary",
                "derivation", "derivedSeries", "assignedEntity", "assignedAuthorType", "assignedDevice", "text", "width", "interpretationCode", "methodCode",
            ],
            StringComparer.Ordinal);

        private static readonly HashSet<string> Attributes = new(
            ["code", "codeSystem", "value", "unit", "type", "nullFlavor", "inclusive", "classCode", "moodCode", "typeCode", "determinerCode", "contextControlCode", "contextConductionInd", "negationInd"], StringComparer.Ordinal);

        // Those of acts are needed to tell them apart; all others name somebody.
        private static readonly HashSet<string> Acts = new(["AnnotatedECG", "series", "derivedSeries", "annotationSet", "annotation", "sequenceSet", "sequence", "timepointEvent"], StringComparer.Ordinal);
        private static readonly HashSet<string> Times = new(["effectiveTime", "low", "high", "center", "head", "value"], StringComparer.Ordinal);

        private readonly int days = anonymity.Key.ShiftDays(subject);
        private bool hasAge;

        public List<TreatedField> Report { get; } = [];

        /// <summary>What may stand of an element, or null.</summary>
        public XElement? Of(XElement element, XElement? parent)
        {
            var (name, above) = (element.Name.LocalName, parent?.Name.LocalName ?? "");
            if (!Elements.Contains(name) || (name == "code" && above == "timepointEvent") || (name == "text" && above != "annotation"))
            {
                Report.Add(new(name is "name" or "text" or "title" or "code" or "desc" ? $"{above}/{name}" : name, Treatment.Removed));
                return null;
            }

            if (name == "id")
            {
                return Id(element, above);
            }

            var copy = new XElement(element.Name, element.Attributes().Where(a => a.IsNamespaceDeclaration));
            foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
            {
                AddAttribute(copy, element, attribute);
            }

            if (element.HasElements)
            {
                copy.Add(element.Elements().Select(e => Of(e, element)));
            }
            else if (element.Value.Trim().Length > 0)
            {
                AddText(copy, element);
            }

            if (name == "relatedObservation" && AecgFormat.IsReportedAge(element) && copy.Child("value") is { } value)
            {
                CoarsenAge(value);
            }

            return copy;
        }

        /// <summary>The age at the recording, where only the date of birth told it.</summary>
        public void AddAge(XElement root)
        {
            if (hasAge || subject.CoarseAgeYears is not { } years)
            {
                return;
            }

            XNamespace space = root.Name.Namespace, xsi = "http://www.w3.org/2001/XMLSchema-instance";
            var observation = new XElement(space + "controlVariable", new XElement(
                space + "relatedObservation",
                new XElement(space + "code", new XAttribute("code", AecgFormat.ReportedAge), new XAttribute("codeSystem", "2.16.840.1.113883.6.1")),
                new XElement(space + "value", new XAttribute(xsi + "type", "PQ"), AgeAttributes(years))));
            if (root.Child("component") is { } component)
            {
                component.AddBeforeSelf(observation);
                Report.Add(new("age, from the birth date", Treatment.Coarsened));
            }
        }

        private static XAttribute[] AgeAttributes(double years) => years < 2
            ? [new("value", Math.Round(12 * years).ToString(CultureInfo.InvariantCulture)), new("unit", "mo")]
            : [new("value", years.ToString(CultureInfo.InvariantCulture)), new("unit", "a")];

        private XElement Id(XElement element, string above)
        {
            if (!Acts.Contains(above))
            {
                Report.Add(new($"{above}/id", Treatment.Removed));
                return new(element.Name, new XAttribute("nullFlavor", Masked));
            }

            Report.Add(new("id", Treatment.Replaced));
            return new(element.Name, new XAttribute("root", anonymity.Key.Uid($"{(string?)element.Attribute("root")}^{(string?)element.Attribute("extension")}")));
        }

        private void CoarsenAge(XElement value)
        {
            hasAge = true;
            if (subject.CoarseAgeYears is not { } years)
            {
                value.RemoveAttributes();
                return;
            }

            Report.Add(new("age", years == subject.AgeYears ? Treatment.Kept : Treatment.Coarsened));
            value.Attribute("value")?.Remove();
            value.Attribute("unit")?.Remove();
            value.Add(AgeAttributes(years));
        }

        private void AddAttribute(XElement copy, XElement element, XAttribute attribute)
        {
            var name = attribute.Name.LocalName;
            if (name == "displayName" && element.Attribute("code") is null)
            {
                copy.SetAttributeValue(attribute.Name, Told(attribute.Value));
            }
            else if (name == "value")
            {
                copy.SetAttributeValue(attribute.Name, ValueOf(element, attribute.Value.Trim()));
            }
            else if (Attributes.Contains(name) && !anonymity.NamesSubject(attribute.Value))
            {
                copy.Add(attribute);
            }
        }

        // Numbers stay, dates are shifted, anything else is a text.
        private string? ValueOf(XElement element, string text)
        {
            if (Times.Contains(element.Name.LocalName) && element.Attribute("unit") is null && !IsNumber(element) && Hl7Time.Parse(text) is not null)
            {
                var shifted = PrintedDate.Back(text, days);
                Report.Add(new("times", shifted is null ? Treatment.Removed : Treatment.Shifted));
                return shifted;
            }

            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || text is "true" or "false" or "" ? text : Told(text);
        }

        private static bool IsNumber(XElement element) =>
            new[] { element, element.Parent }.Any(e => e?.AttributeText("type") is { } type && (type.Contains("PQ", StringComparison.Ordinal) || type.Contains("INT", StringComparison.Ordinal) || type.Contains("REAL", StringComparison.Ordinal)));

        private void AddText(XElement copy, XElement element)
        {
            switch (element.Name.LocalName)
            {
                case "digits":
                    copy.Value = element.Value;
                    break;
                case "manufacturerModelName" or "softwareName" when !anonymity.NamesSubject(element.Value):
                    copy.Value = element.Value;
                    break;
                case "text" or "value":
                    copy.Value = Told(element.Value.Trim());
                    break;
                default:
                    Report.Add(new(element.Name.LocalName, Treatment.Removed));
                    break;
            }
        }

        private string Told(string text)
        {
            var told = anonymity.Told(text);
            Report.Add(new("texts of annotations and settings", told == text ? Treatment.Kept : Treatment.Replaced));
            return told;
        }
    }
}
