using SignalLab.Analysis.Anonymising;
using SignalLab.Formats.Dicom;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class DicomAnonymiserTests : IDisposable
{
    private const string Instance = "1.2.840.99999.5.5407.1", Study = "1.2.840.99999.2.1072139";

    // What of the sample tells who it is.
    private static readonly string[] Telling =
    [
        "Mustermann", "Erika", "778899", "Lindenhof", "Kowalski", "SN-4711", "fell in", "ACC-55", "19610812", "20190314", "20190313", "20190315", "20190314150926", Instance, Study, "99999", "secret of the cart",
    ];

    private static readonly AnonymisingKey Key = AnonymisingKey.OfSecret("tests");
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, bool> Encodings() => new()
    {
        { DicomSample.Explicit, false }, { DicomSample.Explicit, true }, { DicomSample.Implicit, false }, { DicomSample.Implicit, true }, { DicomSample.Big, false }, { DicomSample.Deflated, true },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void PS3_15_E_2_the_copy_tells_nobody_and_holds_every_sample_and_coded_annotation(string syntax, bool undefinedLengths)
    {
        var path = Named(syntax, undefinedLengths).Write(folder["in.dcm"]);
        WritePreamble(path);
        var original = File.ReadAllBytes(path);
        var report = Write(path, folder["out.dcm"]);
        Bytes.AssertHoldsNone(folder["out.dcm"], Telling);
        Assert.Equal(original, File.ReadAllBytes(path));

        var (from, to) = (new DicomFormat().Open(path), new DicomFormat().Open(folder["out.dcm"]));
        Assert.Equal(from.Recordings.Count, to.Recordings.Count);
        var days = Key.ShiftDays(from.Recordings[0].Subject);
        foreach (var (a, b) in from.Recordings.Zip(to.Recordings))
        {
            Assert.Equal(a.Channels, b.Channels);
            Assert.All(Enumerable.Range(0, a.Channels.Count), c => Assert.Equal(a.ReadAll(c), b.ReadAll(c)));
            Assert.Equal(a.Start!.Value.AddDays(-days), b.Start);
            Assert.Equal(a.Annotations.Select(x => (x.OnsetSeconds, x.DurationSeconds, x.Channel)), b.Annotations.Select(x => (x.OnsetSeconds, x.DurationSeconds, x.Channel)));
            Assert.Equal(a.Measurements.Select(m => (m.Name, m.Value, m.Unit)), b.Measurements.Select(m => (m.Name, m.Value, m.Unit)));
        }

        Assert.Contains("QT Interval 368 ms", to.Recordings[0].Annotations.Select(a => a.Text));
        Assert.Contains("note 1", to.Recordings[0].Annotations.Select(a => a.Text));
        Assert.Equal(new Subject(null, "F", 57), to.Recordings[0].Subject);
        Assert.Contains(report, f => f is { Field: "PatientName", Treatment: Treatment.Removed });
        Assert.Contains(report, f => f is { Field: "StudyInstanceUID", Treatment: Treatment.Replaced });
        Assert.Contains(report, f => f is { Field: "private elements", Treatment: Treatment.Removed });
    }

    [Fact]
    public void PS3_15_E_1_1_the_copy_says_how_it_was_made()
    {
        Write(Named(DicomSample.Explicit, false).Write(folder["in.dcm"]), folder["out.dcm"]);
        var data = DicomFile.Open(folder["out.dcm"]).Data;
        Assert.Equal("YES", data.Text(new(0x0012, 0x0062)));
        Assert.InRange(data.Text(new(0x0012, 0x0063))!.Length, 1, 64);
        Assert.Equal(["113100", "113107", "113108"], data.Items(new(0x0012, 0x0064)).Select(i => i.Text(DicomTag.CodeValue)));
        Assert.Equal("MODIFIED", data.Text(new(0x0028, 0x0303)));
        Assert.All(new DicomTag[] { DicomTag.PatientName, DicomTag.PatientId, DicomTag.PatientBirthDate, new(0x0008, 0x0050), new(0x0008, 0x0090), new(0x0020, 0x0010) }, t => Assert.Equal(0, data[t]!.Length));
        Assert.Equal(data.Elements.Select(e => e.Key.ToString()).Order(StringComparer.Ordinal), data.Elements.Select(e => e.Key.ToString()));
    }

    [Fact]
    public void Objects_of_one_study_stay_in_one_study()
    {
        Write(Named(DicomSample.Explicit, false).Write(folder["a.dcm"]), folder["a2.dcm"]);
        Write(Named(DicomSample.Implicit, true).With(0x00080018, "UI", "1.2.840.99999.7").Write(folder["b.dcm"]), folder["b2.dcm"]);
        var (a, b) = (DicomFile.Open(folder["a2.dcm"]), DicomFile.Open(folder["b2.dcm"]));
        DicomTag study = new(0x0020, 0x000d), instance = new(0x0008, 0x0018);
        Assert.Equal(Key.Uid(Study), a.Data.Text(study));
        Assert.Equal(a.Data.Text(study), b.Data.Text(study));
        Assert.NotEqual(a.Data.Text(instance), b.Data.Text(instance));
        Assert.Equal(a.Data.Text(instance), a.Meta.Text(new(0x0002, 0x0003)));
    }

    [Fact]
    public void An_image_is_refused() =>
        Assert.Contains("burned", Assert.Throws<UnfitInputException>(() => Write(DicomSample.Image(2, 2, p => p).Write(folder["i.dcm"]), folder["o.dcm"])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_table_of_treatments_is_in_order_and_known()
    {
        using var stream = typeof(DicomAnonymiser).Assembly.GetManifestResourceStream("SignalLab.Formats.Dicom.anonymised-elements.tsv")!;
        using var reader = new StreamReader(stream);
        var rows = reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')).ToArray();
        Assert.Equal(rows.Select(r => r[0]).Order(StringComparer.Ordinal), rows.Select(r => r[0]));
        Assert.All(rows, r => Assert.True(Enum.TryParse<ElementTreatment>(r[1], true, out _), r[0]));
    }

    [Fact]
    public void A_real_twelve_lead_ecg_keeps_its_leads_and_loses_its_person()
    {
        var path = SharedData.File("ecg/dicom/waveform_ecg.dcm");
        var from = new DicomFormat().Open(path).Recordings;
        var texts = new FreeTexts(from[0].Subject);
        DicomAnonymiser.Write(path, folder["out.dcm"], new(Key, texts.Clean, texts.NamesSubject));
        Bytes.AssertHoldsNone(folder["out.dcm"], ["642341", "19710123", "20130125", "Galliera", "Ospedali", "03028041970546", "27218", "130026898", "1.3.6.1.4.1.20029", "1.3.76.13", "AISDWAM40"]);
        var to = new DicomFormat().Open(folder["out.dcm"]).Recordings;
        Assert.Equal(from.Select(r => r.Title), to.Select(r => r.Title));
        foreach (var (a, b) in from.Zip(to))
        {
            Assert.Equal(a.Channels, b.Channels);
            Assert.All(Enumerable.Range(0, a.Channels.Count), c => Assert.Equal(a.ReadAll(c), b.ReadAll(c)));
            Assert.Equal(a.Annotations, b.Annotations);
            Assert.Equal(a.Measurements.Select(m => (m.Name, m.Value)), b.Measurements.Select(m => (m.Name, m.Value)));
        }
    }

    private static IReadOnlyList<TreatedField> Write(string path, string output)
    {
        var texts = new FreeTexts(new DicomFormat().Open(path).Recordings is [var first, ..] ? first.Subject : Subject.Unknown);
        return DicomAnonymiser.Write(path, output, new(Key, texts.Clean, texts.NamesSubject));
    }

    internal static DicomSample Named(string syntax, bool undefinedLengths)
    {
        var sample = DicomWaveformTests.TwoGroups()
            .With(0x00080018, "UI", Instance)
            .With(0x00080020, "DA", "20190314")
            .With(0x00080021, "DA", "20190313")
            .With(0x0008002A, "DT", "20190314150926.535000+0100")
            .With(0x00080030, "TM", "150926")
            .With(0x00080050, "SH", "ACC-55")
            .With(0x00080080, "LO", "Klinik Lindenhof")
            .With(0x00080090, "PN", "Kowalski^Jan")
            .With(0x00081010, "SH", "Lindenhof 3")
            .With(0x00081030, "LO", "ECG of Mustermann")
            .With(0x00081070, "PN", "Kowalski^Eva")
            .With(0x00081110, "SQ", new[] { new DicomSample().With(0x00081155, "UI", "1.2.840.99999.9") })
            .With(0x00091001, "LO", "secret of the cart")
            .With(0x00100010, "PN", "Mustermann^Erika")
            .With(0x00100020, "LO", "PAT-778899")
            .With(0x00100030, "DA", "19610812")
            .With(0x00100040, "CS", "F")
            .With(0x00101000, "LO", "OTHER-778899")
            .With(0x001021B0, "LT", "Mustermann fell in 2018")
            .With(0x00181000, "LO", "SN-4711")
            .With(0x0020000D, "UI", Study)
            .With(0x0020000E, "UI", "1.2.840.99999.3")
            .With(0x00204000, "LT", "Erika was here")
            .With(0x00380300, "LO", "Lindenhof, bed 3")
            .With(0x00400275, "SQ", new[] { new DicomSample().With(0x00400009, "SH", "778899") })
            .With(0x0040B020, "SQ", new[]
            {
                Note(1, 0).With(0x00700006, "ST", "Mustermann fell in 2018"),
                Note(1, 0).With(0x0040A043, "SQ", Code("5.13.5-11", "QT Interval")).With(0x0040A30A, "DS", "368").With(0x004008EA, "SQ", Code("ms", "milliseconds")),
                Note(1, 2).With(0x0040A043, "SQ", Code("R", "R")).With(0x0040A130, "CS", "POINT").With(0x0040A132, "UL", 101u).With(0x0040A13A, "DT", "20190315"),
                Note(2, 0).With(0x00700006, "ST", "systole").With(0x0040A123, "PN", "Kowalski^Eva").With(0x0040A130, "CS", "POINT").With(0x0040A138, "DS", "0.5"),
            });
        sample.Syntax = syntax;
        sample.UndefinedLengths = undefinedLengths;
        return sample;
    }

    // Programs leave what they like in the first 128 bytes.
    private static void WritePreamble(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Write("Mustermann"u8);
    }

    private static DicomSample Note(ushort group, ushort channel) => new DicomSample().With(0x0040A0B0, "US", new[] { group, channel });

    private static DicomSample[] Code(string value, string meaning) => [new DicomSample().With(0x00080100, "SH", value).With(0x00080104, "LO", meaning)];
}
