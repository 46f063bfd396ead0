using System.Xml.Linq;
using SignalLab.Analysis.Anonymising;
using SignalLab.Formats.Aecg;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class AecgAnonymiserTests : IDisposable
{
    private static readonly AnonymisingKey Key = AnonymisingKey.OfSecret("tests");
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_copy_tells_nobody_and_holds_every_sample_code_and_number()
    {
        var path = Named(folder["in.xml"]);
        var original = File.ReadAllBytes(path);
        var report = Write(path, folder["out.xml"]);
        Bytes.AssertHoldsNone(folder["out.xml"], Telling);
        Assert.Equal(original, File.ReadAllBytes(path));
        var (from, to) = (new AecgFormat().Open(path).Recordings, new AecgFormat().Open(folder["out.xml"]).Recordings);
        AssertSame(from, to);
        Assert.Equal(from[0].Start!.Value.AddDays(-Key.ShiftDays(from[0].Subject)), to[0].Start);
        Assert.Equal(new Subject(null, "F", 50), to[0].Subject);
        Assert.Equal("NOTE note 1", to[0].Annotations[^1].Text);
        Assert.Contains(report, f => f is { Field: "birthTime", Treatment: Treatment.Removed });
        Assert.Contains(report, f => f is { Field: "times", Treatment: Treatment.Shifted });
        Assert.Contains(report, f => f is { Field: "trialSubject/id", Treatment: Treatment.Removed });
    }

    [Fact]
    public void An_age_that_only_the_birth_date_told_is_told_in_years()
    {
        Write(Named(folder["in.xml"]), folder["out.xml"]);
        var observation = Assert.Single(SafeXml.Load(folder["out.xml"]).All("relatedObservation"));
        Assert.Equal(("21612-7", "50", "a"), ((string?)observation.Child("code")!.Attribute("code"), (string?)observation.Child("value")!.Attribute("value"), (string?)observation.Child("value")!.Attribute("unit")));
    }

    [Fact]
    public void Identifiers_of_acts_are_replaced_those_of_people_masked()
    {
        Write(Named(folder["in.xml"]), folder["out.xml"]);
        var root = SafeXml.Load(folder["out.xml"]);
        Assert.StartsWith("2.25.", (string?)root.Child("id")!.Attribute("root"), StringComparison.Ordinal);
        Assert.Equal("MSK", (string?)root.All("trialSubject").Single().Child("id")!.Attribute("nullFlavor"));
    }

    [Fact]
    public void A_real_aECG_keeps_its_leads_and_loses_its_people()
    {
        var path = SharedData.File("ecg/aecg/fda_subject1_0.xml");
        Write(path, folder["out.xml"]);
        Bytes.AssertHoldsNone(folder["out.xml"],
            ["Clark", "JMK", "KAB", "Smith", "River City", "subject1", "PUK-123", "SC-342", "TECH-221", "TS-035", "INV-087", "20021122", "200206", "200307", "dizzy", "ABC Pharm", "Cardiac Safety", "61d1a24f", "dd7b629e", "schemaLocation", "Mortara"]);
        var (from, to) = (new AecgFormat().Open(path).Recordings, new AecgFormat().Open(folder["out.xml"]).Recordings);
        AssertSame(from, to);
        Assert.Equal(new Subject(null, "M", 46), to[0].Subject);
    }

    private static readonly string[] Telling =
    [
        "Mustermann", "Erika", "778899", "Lindenhof", "Kowalski", "felt dizzy", "19690812", "20200102", "20191231", "SN-4711", "1.2.840.99999", "9f8e7d6c-aaaa", "protocol X", "made for a test", "TRIAL-9", "2019",
    ];

    private static void AssertSame(IReadOnlyList<Recording> from, IReadOnlyList<Recording> to)
    {
        Assert.Equal(from.Select(r => r.Title), to.Select(r => r.Title));
        foreach (var (a, b) in from.Zip(to))
        {
            Assert.Equal(a.Channels, b.Channels);
            Assert.All(Enumerable.Range(0, a.Channels.Count), c => Assert.Equal(a.ReadAll(c), b.ReadAll(c)));
            Assert.Equal(a.Annotations.Select(x => (x.OnsetSeconds, x.DurationSeconds, x.Channel)), b.Annotations.Select(x => (x.OnsetSeconds, x.DurationSeconds, x.Channel)));
            Assert.Equal(a.Measurements.Select(m => (m.Name, m.Value, m.Unit)), b.Measurements.Select(m => (m.Name, m.Value, m.Unit)));
        }
    }

    private static IReadOnlyList<TreatedField> Write(string path, string output)
    {
        var texts = new FreeTexts(new AecgFormat().Open(path).Recordings[0].Subject);
        return AecgAnonymiser.Write(path, output, new(Key, texts.Clean, texts.NamesSubject));
    }

    /// <summary>The small sample with people, places and a trial around it.</summary>
    internal static string Named(string path)
    {
        EcgXmlSample.Aecg(path);
        var root = XDocument.Load(path).Root!;
        var space = root.Name.Namespace;
        XElement E(string name, params object[] content) => new(space + name, content);
        XElement Id(string extension) => E("id", new XAttribute("root", "1.2.840.99999"), new XAttribute("extension", extension));
        root.AddFirst(
            E("id", new XAttribute("root", "9f8e7d6c-aaaa-bbbb-cccc-000000000000"), new XAttribute("extension", "778899-1")), E("text", "ECG of Mustermann"),
            E("effectiveTime", E("low", new XAttribute("value", "20191231")), E("high", new XAttribute("value", "2019"))));
        var subject = root.Descendants(space + "trialSubject").Single();
        subject.Element(space + "id")!.SetAttributeValue("extension", "PAT-778899");
        var person = subject.Element(space + "subjectDemographicPerson")!;
        person.Element(space + "name")!.Value = "Erika Mustermann";
        person.Element(space + "birthTime")!.SetAttributeValue("value", "19690812");
        person.Add(E("raceCode", new XAttribute("code", "Lindenhof")));
        subject.Parent!.AddAfterSelf(E("componentOf", E("clinicalTrial", Id("TRIAL-9"), E("title", "protocol X"), E("location", E("trialSite", Id("L"), E("name", "Lindenhof"))))));
        var series = root.Element(space + "component")!.Element(space + "series")!;
        series.AddFirst(
            E("author", E("seriesAuthor", E("manufacturedSeriesDevice", Id("SN-4711"), E("manufacturerModelName", "CART")))),
            E("secondaryPerformer", E("seriesPerformer", Id("T"), E("assignedPerson", E("name", "Eva Kowalski")))));
        root.Add(E("pertainsTo", E("subjectFindingComment", E("text", "Mustermann felt dizzy"))));
        series.Element(space + "subjectOf")!.Element(space + "annotationSet")!.Add(E("component", E("annotation", E("code", new XAttribute("code", "NOTE")), E("text", "Mustermann felt dizzy"))));
        root.Document!.Save(path);
        return path;
    }
}
