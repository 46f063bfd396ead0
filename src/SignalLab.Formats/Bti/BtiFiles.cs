using SignalLab.Model;

namespace SignalLab.Formats.Bti;

/// <summary>The files beside a data file: <c>config</c> and <c>hs_file</c>, or the data file's name with <c>config</c> or <c>hs</c> where it says <c>pdf</c>.</summary>
internal static class BtiFiles
{
    /// <summary>The system's configuration.</summary>
    /// <param name="path">The data file.</param>
    /// <exception cref="MalformedFileException">There is none.</exception>
    public static string Config(string path) => Find(path, "config", "config")
        ?? throw new MalformedFileException(path, null, "configuration", "no file \"config\" beside it", "the configuration that tells channels and gains");

    /// <summary>The head shape, or null.</summary>
    /// <param name="path">The data file.</param>
    public static string? HeadShape(string path) => Find(path, "hs_file", "hs");

    private static string? Find(string path, string name, string word)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var own = Path.GetFileName(path).Replace("pdf", word, StringComparison.Ordinal);
        return new[] { own, name }.Where(n => n != Path.GetFileName(path)).Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists);
    }
}
