using SignalLab.Model;

namespace SignalLab.Formats.Ctf;

/// <summary>Where the files of a dataset are.</summary>
/// <param name="Opened">What the user named.</param>
/// <param name="Header">The <c>.res4</c> file.</param>
internal sealed record CtfFolder(string Opened, string Header)
{
    private const int MostParts = 1000;

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Header))!;

    /// <summary>The files of samples that are there: <c>.meg4</c>, then <c>.1_meg4</c>, <c>.2_meg4</c> and so on.</summary>
    public IReadOnlyList<string> Parts { get; } =
    [
        .. Enumerable.Range(0, MostParts)
            .Select(i => System.IO.Path.ChangeExtension(Header, i == 0 ? ".meg4" : FormattableString.Invariant($".{i}_meg4")))
            .TakeWhile(File.Exists),
    ];

    /// <summary>True where a folder holds a dataset.</summary>
    public static bool IsDataset(string path)
    {
        try
        {
            return HeaderIn(path) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Finds the files.</summary>
    /// <param name="path">The folder, its header or its samples.</param>
    /// <exception cref="MalformedFileException">There is no header.</exception>
    public static CtfFolder Of(string path)
    {
        if (Directory.Exists(path))
        {
            return new(path, HeaderIn(path) ?? throw Missing(path));
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        Span<byte> magic = stackalloc byte[8];
        var isSamples = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && CtfSamples.Begins(magic);
        if (!isSamples)
        {
            return new(path, path);
        }

        var header = System.IO.Path.ChangeExtension(path, ".res4");
        return File.Exists(header) ? new(path, header) : throw Missing(path);
    }

    /// <summary>A file of the dataset's name with another ending; it may not be there.</summary>
    /// <param name="ending">The ending with its dot.</param>
    public string Companion(string ending) => System.IO.Path.ChangeExtension(Header, ending);

    /// <summary>A file of the folder; it may not be there.</summary>
    /// <param name="name">Its name.</param>
    public string Beside(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>From which bytes the recording came: the one file the user named, or header and samples of the folder.</summary>
    /// <param name="format">The format's name.</param>
    public Provenance Provenance(string format) => Directory.Exists(Opened)
        ? Model.Provenance.OfFiles(System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Opened)), [Header, .. Parts], format)
        : Model.Provenance.OfFile(Opened, format);

    // Its name is the folder's; a folder that was renamed has one header all the same.
    private static string? HeaderIn(string path)
    {
        var stem = System.IO.Path.GetFileNameWithoutExtension(System.IO.Path.TrimEndingDirectorySeparator(path));
        var stated = System.IO.Path.Combine(path, stem + ".res4");
        if (File.Exists(stated))
        {
            return stated;
        }

        string[] found = [.. Directory.EnumerateFiles(path, "*.res4").Take(2)];
        return found.Length == 1 ? found[0] : null;
    }

    private static MalformedFileException Missing(string path) => new(path, null, "header", "no .res4 file of that name", "the whole folder of a dataset (NAME.ds with NAME.res4 and NAME.meg4)");
}
