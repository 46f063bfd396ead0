using SignalLab.Formats;
using SignalLab.Formats.Fiff;
using SignalLab.Model;
using SignalLab.Tests.Formats.BrainVision;
using SignalLab.Tests.Formats.Fiff;

namespace SignalLab.Tests.Formats;

/// <summary>Every format whose files name other files: a name that leads out of the folder is refused, although a fitting file lies there.</summary>
public sealed class EscapingNameTests : IDisposable
{
    private const string Target = "outside.dat";

    private readonly TemporaryFolder folder = new();
    private readonly string inside;

    public EscapingNameTests() => inside = Directory.CreateDirectory(folder["inside"]).FullName;

    public static TheoryData<string, string> Cases()
    {
        string[] names = ["../" + Target, @"..\" + Target, "./../" + Target, "inside/../../" + Target, @"inside\..\..\" + Target, "ABSOLUTE", "file:///" + Target, @"\\server\share\" + Target];
        string[] formats = ["BrainVision data", "BrainVision markers", "WFDB signals", "WFDB segment", "EEGLAB", "Persyst", "FIFF raw", "FIFF epochs"];
        var cases = new TheoryData<string, string>();
        foreach (var (format, name) in formats.SelectMany(f => names.Select(n => (f, n))))
        {
            cases.Add(format, name);
        }

        return cases;
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_name_that_leads_out_of_the_folder_is_refused(string format, string name)
    {
        var path = Write(format, name == "ABSOLUTE" ? folder[Target] : name);
        var e = Assert.Throws<MalformedFileException>(() => KnownFormats.Open(path));
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("BrainVision data")]
    [InlineData("BrainVision markers")]
    [InlineData("WFDB signals")]
    [InlineData("WFDB segment")]
    [InlineData("EEGLAB")]
    [InlineData("Persyst")]
    [InlineData("FIFF raw")]
    [InlineData("FIFF epochs")]
    public void The_same_file_inside_the_folder_is_read(string format)
    {
        var path = Write(format, Target);
        foreach (var file in Directory.EnumerateFiles(folder.Path, "outside*").ToArray())
        {
            File.Move(file, Path.Combine(inside, Path.GetFileName(file)));
        }

        Assert.NotEmpty(KnownFormats.Open(path).Recordings);
    }

    // The file itself in the folder "inside", what it names beside that folder.
    private string Write(string format, string name)
    {
        switch (format)
        {
            case "BrainVision data":
                return BrainVision("DataFile=rec.eeg", "rec.eeg", name);
            case "BrainVision markers":
                return BrainVision("MarkerFile=rec.vmrk", "rec.vmrk", name);
            case "WFDB signals":
                File.WriteAllBytes(folder[Target], new byte[20]);
                return Header($"r 1 100 10\n{name} 16 200\n");
            case "WFDB segment":
                File.WriteAllBytes(folder["s.dat"], new byte[20]);
                File.WriteAllBytes(Path.Combine(inside, "s.dat"), new byte[20]);
                File.WriteAllText(folder["outside.hea"], "outside 1 100 10\ns.dat 16 200\n");
                return Header($"r/1 1 100 10\n{name.Replace(".dat", "", StringComparison.Ordinal)} 10\n");
            case "EEGLAB":
                var mat = new MatBytes();
                File.WriteAllBytes(folder[Target], EeglabSample.Fdt([1, 10, 2, 20, 3, 30]));
                return InFolder("r.set", mat.Add(EeglabSample.Nested(mat, 2, 3, 1, mat.Text("", name))).ToArray());
            case "Persyst":
                File.WriteAllBytes(folder[Target], new byte[20]);
                return InFolder("r.lay", System.Text.Encoding.ASCII.GetBytes($"[FileInfo]\nFile={name}\nFileType=Interleaved\nSamplingRate=10\nHeaderLength=0\nCalibration=1\nWaveformCount=1\nDataType=0\n[ChannelMap]\nA=1\n"));
            case "FIFF raw":
                Part(folder[Target], null, 40);
                return Part(Path.Combine(inside, "r_raw.fif"), name, 0);
            case "FIFF epochs":
                FiffEpochsTests.Write(folder[Target], 1000, 40, [5000]);
                FiffEpochsTests.Write(Path.Combine(inside, "r-epo.fif"), 1000, 40, [100], next: name);
                return Path.Combine(inside, "r-epo.fif");
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, null);
        }
    }

    private string BrainVision(string stated, string file, string name)
    {
        var path = new BrainVisionSample().Write(inside);
        File.Move(Path.Combine(inside, file), folder[Target], true);
        File.WriteAllText(path, File.ReadAllText(path).Replace(stated, stated[..(stated.IndexOf('=', StringComparison.Ordinal) + 1)] + name, StringComparison.Ordinal));
        return path;
    }

    private string Header(string text) => InFolder("r.hea", System.Text.Encoding.ASCII.GetBytes(text));

    private string InFolder(string name, byte[] bytes)
    {
        var path = Path.Combine(inside, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Part(string path, string? next, int first)
    {
        FiffBuilder.Write(path, tags =>
        {
            tags.Block(BlockKind.RawData, () =>
            {
                tags.Ints(TagKind.FirstSample, first);
                FiffBuilder.Zeros(tags, 40);
            });
            if (next is not null)
            {
                tags.Block(BlockKind.Reference, () =>
                {
                    tags.Ints(TagKind.ReferenceRole, 2);
                    tags.Text(TagKind.ReferenceName, next);
                });
            }
        });
        return path;
    }
}
