using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using SignalLab.Cli;
using SignalLab.Formats;
using SignalLab.Formats.BrainVision;
using SignalLab.Formats.Edf;
using SignalLab.Formats.Eeglab;
using SignalLab.Formats.Fiff;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;
using SignalLab.Tests.Formats;

namespace SignalLab.Tests.Cli;

/// <summary>Every format in, every format out: nothing that is written tells whose it was.</summary>
public sealed class AnonymousExportTests : IDisposable
{
    private const string Secret = "tell-nobody-4711";
    private static readonly DateTime Start = new(2019, 3, 14, 15, 9, 26);
    private static readonly DateOnly Birth = new(1961, 8, 12);

    private static readonly string[] Endings = [".edf", ".bdf", ".vhdr", ".hea", ".fif", ".set", ".csv", ".tsv", ".parquet"];

    private static readonly string[] Telling =
    [
        "Mustermann", "Erika", "778899", "Lindenhof", "Kowalski", "fell in", "SN-4711", Secret,
        "14.03.19", "14-MAR-2019", "20190314", "2019-03-14", "14/03/2019", "14.03.2019", "03-14-2019", "12-AUG-1961", "19610812", "1961-08-12", "12.08.1961", "12/08/1961",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Inputs() => new("edf+", "bdf+", "edf", "fif", "wfdb", "eeglab", "brainvision", "dicom", "aecg", "muse");

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Nothing_that_is_written_tells_whose_it_was_and_every_sample_and_time_stays(string kind)
    {
        var inputs = Directory.CreateDirectory(folder["Mustermann"]).FullName;
        var input = Make(kind, inputs);
        var originals = Directory.GetFiles(inputs).ToDictionary(f => f, File.ReadAllBytes);
        var from = Recordings.Open(input);
        string[] telling = [.. Telling, .. originals.Values.Select(b => Convert.ToHexStringLower(SHA256.HashData(b)))];

        // The names of the DICOM sample's leads are longer than EDF's 16 bytes.
        foreach (var ending in kind switch { "dicom" => [.. Endings.Where(e => e is not (".edf" or ".bdf")), ".dcm"], "aecg" => [.. Endings, ".xml"], _ => Endings })
        {
            var output = Directory.CreateDirectory(folder[ending[1..]]).FullName;
            var target = Path.Combine(output, "out" + ending);
            Assert.Equal(0, Program.Run(["export", input, target, "--anonymize", "--anonymize-key", Secret, "--quiet"]));
            foreach (var file in Directory.GetFiles(output))
            {
                Bytes.AssertHoldsNone(file, telling);
                Bytes.AssertHoldsNone(file, Patterns);
            }

            // Parquet is not read here.
            if (ending == ".parquet")
            {
                continue;
            }

            AssertSame(from, ending is ".csv" or ".tsv" ? null : Recordings.Open(target), ending);
        }

        Assert.All(originals, f => Assert.Equal(f.Value, File.ReadAllBytes(f.Key)));
    }

    [Fact]
    public void The_report_tells_the_fields_on_the_terminal_and_in_the_sidecar_but_not_the_days()
    {
        var input = Make("edf+", folder.Path);
        var outcome = CommandLine.Run("export", input, folder["o.edf"], "--anonymize", "--anonymize-key", Secret, "--from", "0.5").Done();
        Assert.Contains("removed: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("birth date", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("shifted: start date", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--keep-annotations", outcome.Error, StringComparison.Ordinal);
        var sidecar = System.Text.Json.JsonDocument.Parse(File.ReadAllText(folder["o.edf.json"])).RootElement;
        Assert.Equal("signallab export INPUT OUTPUT --anonymize --anonymize-key SECRET --from 0.5", sidecar.GetProperty("command").GetString());
        var made = sidecar.GetProperty("inputs")[0];
        Assert.Equal(("", System.Text.Json.JsonValueKind.Null), (made.GetProperty("name").GetString(), made.GetProperty("sha256").ValueKind));
        var step = made.GetProperty("steps").EnumerateArray().Last();
        Assert.Equal("anonymise", step.GetProperty("name").GetString());
        Assert.Contains("subject's name", step.GetProperty("parameters").GetProperty("removed").GetString(), StringComparison.Ordinal);
        var days = (Start.AddSeconds(0.5) - Recordings.Open(folder["o.edf"]).Start!.Value).TotalDays;
        Assert.Equal(days, Math.Round(days), 1e-9);
        // With the key they are the same in every run: a random number can stand in a date by chance.
        Bytes.AssertHoldsNone(folder["o.edf.json"], [days.ToString(CultureInfo.InvariantCulture)]);
    }

    [Fact]
    public void With_a_key_the_files_of_a_subject_move_together_without_one_every_run_moves_differently()
    {
        var (edf, fif) = (Make("edf+", folder.Path), Make("fif", folder.Path));
        DateTime Moved(string input, string target, params string[] options)
        {
            Assert.Equal(0, Program.Run(["export", input, folder[target], "--anonymize", "--quiet", .. options]));
            return Recordings.Open(folder[target]).Start!.Value;
        }

        var first = Moved(edf, "a.edf", "--anonymize-key", Secret);
        Assert.Equal(first, Moved(edf, "b.bdf", "--anonymize-key", Secret));
        Assert.Equal(first, Moved(fif, "c.edf", "--anonymize-key", Secret));
        Assert.NotEqual(first, Moved(edf, "d.edf", "--anonymize-key", "another"));
        Assert.True(new[] { Moved(edf, "e.edf"), Moved(edf, "f.edf"), Moved(edf, "g.edf") }.Distinct().Count() > 1);
    }

    [Fact]
    public void Annotations_are_kept_without_the_subjects_words_where_asked_for()
    {
        var input = Make("edf+", folder.Path);
        Assert.Equal(0, Program.Run(["export", input, folder["k.edf"], "--anonymize", "--keep-annotations", "--quiet"]));
        Bytes.AssertHoldsNone(folder["k.edf"], ["Mustermann", "Erika", "778899"]);
        Assert.Contains("X fell in 2018", Recordings.Open(folder["k.edf"]).Annotations.Select(a => a.Text));
    }

    [Fact]
    public void What_contradicts_itself_is_refused()
    {
        var input = Make("edf+", folder.Path);
        CommandLine.AssertRefused(2, "export", input, folder["x.edf"], "--anonymize-key", "s");
        CommandLine.AssertRefused(2, "export", input, folder["x.edf"], "--keep-annotations");
        CommandLine.AssertRefused(2, "export", input, folder["x.edf"], "--anonymize", "--anonymize-key", "");
        CommandLine.AssertRefused(2, "export", input, input, "--anonymize", "--force");
        CommandLine.AssertRefused(2, "export", Make("dicom", folder.Path), folder["x.dcm"], "--anonymize", "--channels", "I");
    }

    // What the reader found of the subject, the date and the comments of a real file is looked for in what was written.
    [Theory]
    [InlineData("eeg/edf/eegmmi_64ch_motor.edf", ".bdf")]
    [InlineData("eeg/edf/SC4001EC-Hypnogram.edf", ".edf")]
    [InlineData("eeg/edf/short_psg.edf", ".hea")]
    [InlineData("eeg/edf/test_utf8_annotations.edf", ".edf")]
    [InlineData("eeg/bdf/test_bdf_stim_channel.bdf", ".edf")]
    [InlineData("eeg/nihonkohden/MB0400FU.EEG", ".vhdr")]
    [InlineData("eeg/nicolet/test_nicolet_raw.data", ".edf")]
    [InlineData("eeg/eeglab/test_raw_2021.set", ".set")]
    [InlineData("eeg/brainvision/test.vhdr", ".vhdr")]
    [InlineData("ecg/ptbxl/00001_lr.hea", ".hea")]
    [InlineData("ecg/ludb/1.hea", ".edf")]
    public void A_real_file_loses_what_it_tells_of_the_subject(string relative, string ending)
    {
        var input = SharedData.File(relative);
        var from = Recordings.Open(input);
        Assert.Equal(0, Program.Run(["export", input, folder["out" + ending], "--anonymize", "--quiet", .. from.Channels.Count > 0 ? new[] { "--to", "10" } : []]));
        var date = from.Start is { } s && s.Date != new DateTime(1985, 1, 1) ? new[] { "dd.MM.yy", "yyyyMMdd", "yyyy-MM-dd", "dd/MM/yyyy", "dd-MMM-yyyy" }.Select(f => s.ToString(f, CultureInfo.InvariantCulture)) : [];
        string?[] told = [from.Subject.Id, from.Subject.Name, from.Subject.Birthdate?.ToString("yyyyMMdd", CultureInfo.InvariantCulture), from.Subject.Birthdate?.ToString("dd-MMM-yyyy", CultureInfo.InvariantCulture),
            Path.GetFileNameWithoutExtension(input) is { Length: > 4 } name ? name : null, Path.GetDirectoryName(input), .. date, .. from.Comments.Where(c => c.Length > 8)];
        Assert.All(Directory.GetFiles(folder.Path), f => Bytes.AssertHoldsNone(f, told.OfType<string>().Where(t => t.Length > 3)));
        var to = Recordings.Open(folder["out" + ending]);
        Assert.All(from.Annotations.Where(a => a.OnsetSeconds is >= 0 and < 10), a => Assert.Contains(to.Annotations, b => Math.Abs(a.OnsetSeconds - b.OnsetSeconds) < 0.01));
        Assert.Equal(Subject.Unknown with { Sex = to.Subject.Sex, AgeYears = to.Subject.AgeYears }, to.Subject);
    }

    private static readonly (string, byte[])[] Patterns = MakePatterns();

    // Dates as FIFF and EEGLAB store them.
    private static (string, byte[])[] MakePatterns()
    {
        var (stamp, julian) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(stamp, (int)(Start - DateTime.UnixEpoch).TotalSeconds);
        BinaryPrimitives.WriteInt32BigEndian(julian, Birth.DayNumber + 1721426);
        return
        [
            ("the start as seconds since 1970", stamp), ("the Julian day of birth", julian),
            ("the start as a vector", [.. new double[] { 2019, 3, 14 }.SelectMany(BitConverter.GetBytes)]),
        ];
    }

    private static void AssertSame(Recording from, Recording? to, string ending)
    {
        if (to is null)
        {
            return;
        }

        Assert.Equal(from.Channels.Select(c => c.Label), to.Channels.Select(c => c.Label));
        for (var c = 0; c < from.Channels.Count; c++)
        {
            var (a, b) = (from.ReadAll(c), to.ReadAll(c));
            Assert.True(b.Length >= a.Length, $"{ending}, channel {c}: {a.Length} samples became {b.Length}");
            var factor = to.Channels[c].Unit.ConvertsTo(from.Channels[c].Unit) ? to.Channels[c].Unit.To(from.Channels[c].Unit).Factor : 1;
            var scale = a.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            Assert.All(a.Zip(b).Where(p => double.IsFinite(p.First)), p => Assert.InRange(p.Second * factor, p.First - (1e-4 * scale), p.First + (1e-4 * scale)));
        }

        var onsets = from.Annotations.Select(a => Math.Round(a.OnsetSeconds, 2)).Order().ToArray();
        Assert.All(onsets, o => Assert.Contains(to.Annotations, a => Math.Abs(a.OnsetSeconds - o) < 0.011));
        Assert.Null(to.Subject.Id);
        Assert.Null(to.Subject.Name);
        Assert.Null(to.Subject.Birthdate);
    }

    private static Recording Named() => new(
        [.. new[] { "Fp1", "Cz", "O2" }.Select(l => new Channel(l, ChannelKind.Eeg, Unit.Microvolt, 200, 400) { Transducer = l == "Cz" ? "cup by Kowalski, SN-4711" : "AgAgCl electrode", Prefilter = "HP:0.1Hz LP:75Hz" })],
        new MemorySamples([.. Enumerable.Range(0, 3).Select(c => Enumerable.Range(0, 400).Select(t => Math.Round(50 * Math.Sin((t + (31 * c)) / 9.0))).ToArray())]))
    {
        Subject = new("PAT-778899", "F", 57) { Name = "Erika Mustermann", Birthdate = Birth },
        Start = Start,
        Comments = ["Recorded by Kowalski, Klinik Lindenhof", "Mustermann fell in 2018"],
        Annotations = [new(0.25, 0.5, "Sleep stage W"), new(0.75, 0, "Mustermann fell in 2018"), new(1, 0, "Stimulus/S  1"), new(1.5, 0, "Dr. Kowalski, Lindenhof, 14.03.2019")],
    };

    private static string Make(string kind, string into)
    {
        string Path(string ending) => System.IO.Path.Combine(into, "Mustermann_Erika" + ending);
        var path = kind switch
        {
            "edf+" => Path(".edf"),
            "bdf+" => Path(".bdf"),
            "edf" => Path("_plain.edf"),
            "fif" => Path(".fif"),
            "wfdb" => Path(".hea"),
            "eeglab" => Path(".set"),
            "brainvision" => Path(".vhdr"),
            "dicom" => Path(".dcm"),
            _ => Path(".xml"),
        };
        switch (kind)
        {
            case "edf+":
                EdfWriter.Write(Named(), path);
                break;
            case "bdf+":
                EdfWriter.Write(Named(), path, EdfKind.Bdf);
                break;
            case "edf":
                new EdfBytes { Patient = "Mustermann Erika 12.08.1961", Recording = "PAT-778899 Klinik Lindenhof Kowalski", Clock = "14.03.1915.09.26" }
                    .Having(new EdfBytes.Signal("Fp1"), new EdfBytes.Signal("O1")).With([new[] { 1, 2, 3, 4 }, new[] { 5, 6, 7, 8 }]).Save(path);
                break;
            case "fif":
                FiffWriter.WriteRaw(Named(), path);
                break;
            case "wfdb":
                WfdbWriter.Write(Named(), path);
                break;
            case "eeglab":
                EeglabWriter.Write(Named(), path);
                break;
            case "brainvision":
                BrainVisionWriter.Write(Named(), path);
                break;
            case "dicom":
                DicomAnonymiserTests.Named(DicomSample.Explicit, false).Write(path);
                break;
            case "aecg":
                AecgAnonymiserTests.Named(path);
                break;
            default:
                EcgXmlSample.Muse(path);
                File.WriteAllText(path, File.ReadAllText(path).Replace("<PatientLastName>DOE", "<PatientLastName>Mustermann", StringComparison.Ordinal).Replace(">M1<", ">PAT-778899<", StringComparison.Ordinal)
                    .Replace("12-24-2019", "03-14-2019", StringComparison.Ordinal).Replace("<StmtText>bradycardia", "<StmtText>Mustermann of Kowalski", StringComparison.Ordinal));
                break;
        }

        return path;
    }
}
