using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Fuzz;

/// <summary>A file or folder that opens, and the files that matter to it: those whose loss changes what is read.</summary>
/// <param name="Path">What is opened.</param>
/// <param name="Format">The format it is known as.</param>
/// <param name="Parts">Paths of its files; for a single file itself first, then its companions.</param>
internal sealed record Sample(string Path, IFormat Format, IReadOnlyList<string> Parts)
{
    private const int MostCandidates = 60;
    private const long LargestPart = 64_000_000;

    /// <summary>Its folder: what is opened, or where it lies.</summary>
    public string Folder => Directory.Exists(Path) ? Path : System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Files and folders that open, in order of their names.</summary>
    /// <param name="paths">Files and folders; folders are walked.</param>
    public static IEnumerable<string> Under(IEnumerable<string> paths) => paths.Select(System.IO.Path.GetFullPath).SelectMany(Walk);

    /// <summary>Looks at a file or folder.</summary>
    /// <param name="path">It.</param>
    /// <returns>The sample, or null where it cannot be opened undamaged.</returns>
    public static Sample? Of(string path)
    {
        var head = FileHead.Of(path);
        if (KnownFormats.All.FirstOrDefault(f => f.Recognises(head)) is not { } format || Print(path, format) is not { } print)
        {
            return null;
        }

        if (head.IsDirectory)
        {
            return new(path, format, [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(Fits).Order(StringComparer.Ordinal)]);
        }

        var alone = new Sample(path, format, [path]);
        using var copy = new Scratch(alone, Candidates(path));
        return alone with { Parts = [path, .. Candidates(path).Where(c => Matters(copy, c, format, print))] };
    }

    /// <summary>Small files of the same kind beside it, to splice from.</summary>
    /// <param name="part">One of its files.</param>
    public static IReadOnlyList<byte[]> Relatives(string part) =>
    [
        .. Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(part)!, "*" + System.IO.Path.GetExtension(part))
            .Where(f => f != part && new FileInfo(f).Length is > 0 and < 4_000_000)
            .Order(StringComparer.Ordinal)
            .Take(4)
            .Select(File.ReadAllBytes),
    ];

    private static IEnumerable<string> Walk(string path)
    {
        if (!Directory.Exists(path) || KnownFormats.All.Any(f => f.Recognises(FileHead.Of(path))))
        {
            return [path];
        }

        return Directory.EnumerateFileSystemEntries(path).Order(StringComparer.Ordinal).SelectMany(Walk);
    }

    private static bool Fits(string path) => new FileInfo(path).Length <= LargestPart;

    // In a folder of very many files only those of the same beginning.
    private static string[] Candidates(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var files = Directory.EnumerateFiles(folder).Where(f => f != path && Fits(f)).Order(StringComparer.Ordinal).ToArray();
        var stem = System.IO.Path.GetFileNameWithoutExtension(path);
        return files.Length <= MostCandidates ? files : [.. files.Where(f => System.IO.Path.GetFileName(f).StartsWith(stem + ".", StringComparison.Ordinal))];
    }

    private static bool Matters(Scratch copy, string candidate, IFormat format, int print)
    {
        copy.Write(candidate, []);
        var changed = Print(copy.Path, format) != print;
        copy.Write(candidate, File.ReadAllBytes(candidate));
        return changed;
    }

    private static int? Print(string path, IFormat format)
    {
        try
        {
            return Reading.Whole(format.Open(path));
        }
        catch (Exception e) when (e is IOException or UnfitInputException)
        {
            return null;
        }
    }
}
