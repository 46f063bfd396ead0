using SignalLab.Formats;
using SignalLab.Formats.Edf;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Bids;

/// <summary>Small BIDS datasets made for tests.</summary>
internal sealed class BidsSample : IDisposable
{
    public const double RateHz = 100;

    public const string File = "sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_eeg.edf";

    private readonly TemporaryFolder folder = new();

    public string Root => folder.Path;

    /// <summary>Ten seconds of four channels.</summary>
    public static Recording Plain(params Annotation[] annotations)
    {
        string[] labels = ["Fp1", "Cz", "T3", "X9"];
        var random = new Random(1);
        double[][] values = [.. labels.Select(_ => Enumerable.Range(0, 1000).Select(_ => Math.Round(200 * (random.NextDouble() - 0.5))).ToArray())];
        return new([.. labels.Select(l => new Channel(l, ChannelKind.Eeg, Unit.Microvolt, RateHz, 1000))], new MemorySamples(values))
        {
            Annotations = annotations,
            Start = new DateTime(2020, 5, 6, 7, 8, 9),
            Subject = new("X17", "M"),
        };
    }

    /// <summary>Writes a recording as EDF+ where the dataset has its first.</summary>
    public BidsSample Edf(params Annotation[] annotations) => Edf(File, annotations);

    public BidsSample Edf(string path, params Annotation[] annotations)
    {
        EdfWriter.Write(Plain(annotations), In(path));
        return this;
    }

    /// <summary>Writes a text file; in tables a vertical bar stands for a tab and a slash between blanks for a new line.</summary>
    public BidsSample Text(string path, string content)
    {
        System.IO.File.WriteAllText(In(path), path.EndsWith(".tsv", StringComparison.Ordinal) ? content.Replace(" / ", "\n", StringComparison.Ordinal).Replace('|', '\t') + "\n" : content);
        return this;
    }

    /// <summary>A file's path, its folder made.</summary>
    public string In(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        return folder[path];
    }

    public Recording Open(string path = File) => Recordings.Open(folder[path]);

    public MalformedFileException Refused(string path = File)
    {
        var e = Assert.Throws<MalformedFileException>(() => KnownFormats.Open(folder[path]));
        Assert.DoesNotContain('\n', e.Message);
        return e;
    }

    public void Dispose() => folder.Dispose();
}
