using System.IO.Compression;
using PureHDF;
using SignalLab.Formats;
using SignalLab.Formats.Aecg;
using SignalLab.Formats.Electrodes;
using SignalLab.Formats.Mat;
using SignalLab.Formats.Mff;
using SignalLab.Formats.Muse;
using SignalLab.Formats.Philips;
using SignalLab.Model;
using SignalLab.Tests.Formats.Mff;

namespace SignalLab.Tests.Formats;

/// <summary>Small files that want to become large: compressed emptiness, entities, nesting.</summary>
public sealed class BombTests : IDisposable
{
    private const int Megabyte = 1 << 20;

    private readonly TemporaryFolder folder = new();

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.nii.gz")]
    [InlineData("a.fif.gz")]
    public void A_gzip_file_that_grows_as_no_recording_does_is_refused_before_it_fills_the_memory(string name)
    {
        using (var zip = new GZipStream(File.Create(folder[name]), CompressionLevel.SmallestSize))
        {
            zip.Write(name.Contains("nii", StringComparison.Ordinal) ? NiftiHead() : [0, 0, 0, 100, 0, 0, 0, 31, 0, 0, 0, 20]);
            WriteZeros(zip, 100);
        }

        Assert.InRange(new FileInfo(folder[name]).Length, 1, Megabyte);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("when inflated", Assert.Throws<MalformedFileException>(() => KnownFormats.Open(folder[name])).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * Megabyte);
    }

    [Fact]
    public void What_is_large_when_inflated_is_read_from_a_temporary_file_byte_for_byte()
    {
        var block = new byte[Megabyte];
        using (var zip = new GZipStream(File.Create(folder["large.gz"]), CompressionLevel.NoCompression))
        {
            for (var i = 0; i < 80; i++)
            {
                new Random(i).NextBytes(block);
                zip.Write(block);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var bytes = ByteSource.Open(folder["large.gz"]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * Megabyte);
        Assert.Equal(80L * Megabyte, bytes.Length);
        Assert.Equal(block, bytes.Read(79L * Megabyte, Megabyte, "end"));
        new Random(3).NextBytes(block);
        Assert.Equal(block, bytes.Read(3L * Megabyte, Megabyte, "middle"));
        Assert.Throws<MalformedFileException>(() => bytes.Read(80L * Megabyte, 1, "behind"));
    }

    [Fact]
    public void A_variable_of_a_mat_file_that_grows_as_no_recording_does_is_refused()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write([14, 0, 0, 0, .. BitConverter.GetBytes(100 * Megabyte), 6, 0, 0, 0, 8, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, (byte)'d', 0, 0, 0]);
            WriteZeros(zip, 100);
        }

        File.WriteAllBytes(folder["bomb.mat"], [.. new MatBytes().ToArray(), 15, 0, 0, 0, .. BitConverter.GetBytes((int)packed.Length), .. packed.ToArray()]);
        Assert.Contains("a size that they can hold", Assert.Throws<MalformedFileException>(() => MatFile.Open(folder["bomb.mat"])["d"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aecg")]
    [InlineData("muse")]
    [InlineData("sierra")]
    [InlineData("mff")]
    [InlineData("bvef")]
    [InlineData("bvct")]
    public void Entities_are_refused_in_every_format_of_xml(string name)
    {
        var (path, format) = Xml(name);
        var text = File.ReadAllText(path);
        Assert.NotNull(Opened(format, path));
        var root = System.Text.RegularExpressions.Regex.Match(text, "<([A-Za-z][A-Za-z:]*)");
        var entities = $"<!DOCTYPE {root.Groups[1].Value} [<!ENTITY a0 \"ha\">{string.Concat(Enumerable.Range(1, 30).Select(i => FormattableString.Invariant($"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">")))}]>";
        text = System.Text.RegularExpressions.Regex.Replace(text, "<!DOCTYPE[^>]*>", "");
        var at = text.IndexOf(root.Value, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + entities + text[at..]);
        Assert.Contains("DOCTYPE", Assert.Throws<MalformedFileException>(() => Opened(format, path)).Message, StringComparison.Ordinal);

        File.WriteAllText(path, text[..at] + $"<!DOCTYPE {root.Groups[1].Value} [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + text[at..]);
        Assert.Contains("DOCTYPE", Assert.Throws<MalformedFileException>(() => Opened(format, path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aecg")]
    [InlineData("muse")]
    [InlineData("sierra")]
    [InlineData("mff")]
    [InlineData("bvef")]
    [InlineData("bvct")]
    public void Elements_nested_without_end_are_refused_in_every_format_of_xml(string name)
    {
        var (path, format) = Xml(name);
        var text = File.ReadAllText(path);
        var at = text.LastIndexOf("</", StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + string.Concat(Enumerable.Repeat("<x>", 100_000)) + string.Concat(Enumerable.Repeat("</x>", 100_000)) + text[at..]);
        Assert.Contains("nesting", Assert.Throws<MalformedFileException>(() => Opened(format, path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_nested_without_end_is_refused()
    {
        File.WriteAllText(folder["sub-01_electrodes.tsv"], "name\tx\ty\tz\nA\t1\t2\t3\nB\t1\t0\t3\nC\t-1\t2\t3\n");
        File.WriteAllText(folder["sub-01_coordsystem.json"], new string('[', 100_000));
        Assert.Contains("JSON", Assert.Throws<MalformedFileException>(() => KnownFormats.Open(folder["sub-01_electrodes.tsv"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_of_an_hdf5_file_nested_without_end_are_refused()
    {
        var group = new H5Group { ["x"] = new double[1] };
        for (var i = 0; i < 200; i++)
        {
            group = new H5Group { ["x"] = group };
        }

        new H5File { ["EEG"] = group }.Write(folder["deep.set"], new H5WriteOptions(UserBlockSize: 512));
        using (var stream = new FileStream(folder["deep.set"], FileMode.Open, FileAccess.Write))
        {
            stream.Write("MATLAB 7.3 MAT-file, made for a test"u8);
        }

        Assert.Contains("nested without end", Assert.Throws<MalformedFileException>(() => MatFile.Open(folder["deep.set"])["EEG"]).Message, StringComparison.Ordinal);
    }

    private static Study Opened(IFormat format, string path) => format.Open(path.EndsWith("info.xml", StringComparison.Ordinal) ? Path.GetDirectoryName(path)! : path);

    private (string Path, IFormat Format) Xml(string name)
    {
        switch (name)
        {
            case "aecg": return (EcgXmlSample.Aecg(folder["a.xml"]), new AecgFormat());
            case "muse": return (EcgXmlSample.Muse(folder["m.xml"]), new MuseFormat());
            case "sierra": return (EcgXmlSample.Sierra(folder["s.xml"], isXli: false), new SierraFormat());
            case "mff": return (Path.Combine(new MffSample(folder["m.mff"]).Signal(1, "EEG", 250, [MffSample.Noise(2, 100, 1)]).Epochs((0, 400_000, 1, 1)).Path, "info.xml"), new MffFormat());
            case "bvef":
                File.WriteAllText(folder["e.bvef"], "<?xml version=\"1.0\"?>\n<Electrodes>" + string.Concat(Enumerable.Range(0, 4).Select(i => FormattableString.Invariant($"<Electrode><Name>E{i}</Name><Theta>{20 * i}</Theta><Phi>{30 * i}</Phi><Radius>1</Radius></Electrode>"))) + "</Electrodes>");
                return (folder["e.bvef"], ElectrodeFormats.All.First(f => f.Recognises(FileHead.Of(folder["e.bvef"]))));
            default:
                File.WriteAllText(folder["e.bvct"], "<?xml version=\"1.0\"?>\n<CapTrak><CapTrakElectrodeList>" + string.Concat(Enumerable.Range(0, 4).Select(i => FormattableString.Invariant($"<CapTrakElectrode><Name>E{i}</Name><X>{20 * i}</X><Y>{30 - i}</Y><Z>{i}</Z></CapTrakElectrode>"))) + "</CapTrakElectrodeList></CapTrak>");
                return (folder["e.bvct"], ElectrodeFormats.All.First(f => f.Recognises(FileHead.Of(folder["e.bvct"]))));
        }
    }

    private static byte[] NiftiHead()
    {
        var head = new byte[352];
        BitConverter.GetBytes(348).CopyTo(head, 0);
        ((byte[])[3, 0, 0, 2, 0, 2, 200, 0, 1, 0, 1, 0, 1, 0, 1, 0]).CopyTo(head, 40);
        ((byte[])[4, 0, 16, 0]).CopyTo(head, 70);
        BitConverter.GetBytes(352f).CopyTo(head, 108);
        "n+1\0"u8.CopyTo(head.AsSpan(344));
        return head;
    }

    private static void WriteZeros(Stream stream, int megabytes)
    {
        var zeros = new byte[Megabyte];
        for (var i = 0; i < megabytes; i++)
        {
            stream.Write(zeros);
        }
    }
}
