using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Mff;

/// <summary>The files of a recording; only files of its own folder are read.</summary>
internal sealed class MffFolder
{
    private const string SignalPrefix = "signal";

    private readonly string[] files;

    private MffFolder(string path)
    {
        Path = path;
        files = [.. Directory.EnumerateFiles(path).Select(f => System.IO.Path.GetFileName(f)).Where(f => f[0] != '.').Order(StringComparer.Ordinal)];
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Numbers of the signals, in order.</summary>
    public IEnumerable<int> Signals => files.Select(NumberOf).OfType<int>().Order();

    /// <summary>True where a folder holds a signal and says what it is.</summary>
    /// <param name="path">The folder.</param>
    public static bool IsFolder(string path) => File.Exists(System.IO.Path.Combine(path, "info.xml")) && new MffFolder(path).Signals.Any();

    /// <summary>The folder of a path.</summary>
    /// <param name="path">The folder itself, or a file in it.</param>
    /// <exception cref="MalformedFileException">It is no such folder.</exception>
    public static MffFolder Of(string path)
    {
        var folder = System.IO.Path.GetFullPath(Directory.Exists(path) ? path : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!).TrimEnd(System.IO.Path.DirectorySeparatorChar);
        return IsFolder(folder) ? new(folder) : throw new MalformedFileException(path, null, "folder", "no info.xml with a signal1.bin", "a folder of the MFF format");
    }

    /// <summary>True where a file holds the recording's first signal.</summary>
    /// <param name="path">The file.</param>
    public bool IsFirstSignal(string path) => NumberOf(System.IO.Path.GetFileName(path)) == Signals.First();

    /// <summary>Path of a file.</summary>
    /// <param name="name">Its name.</param>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Names of files that begin and end so, in order.</summary>
    /// <param name="beginning">The beginning.</param>
    /// <param name="ending">The ending.</param>
    public IEnumerable<string> Named(string beginning, string ending) =>
        files.Where(f => f.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) && f.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>An XML file that may be missing.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its root, or null where there is no such file.</returns>
    /// <exception cref="MalformedFileException">It is no whole XML.</exception>
    public XElement? Find(string name) => File.Exists(this[name]) ? SafeXml.Load(this[name]) : null;

    /// <summary>An XML file that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="MalformedFileException">It is missing, or no whole XML.</exception>
    public XElement Require(string name) => Find(name) ?? throw new MalformedFileException(Path, null, name, "no such file", "it in the folder");

    /// <summary>Provenance of the folder with all its files, or of the one file that was named.</summary>
    /// <param name="path">What was opened.</param>
    /// <param name="format">The format's name.</param>
    public Provenance Provenance(string path, string format) => Directory.Exists(path)
        ? Model.Provenance.OfFiles(System.IO.Path.GetFileName(Path), [.. files.Select(f => this[f])], format)
        : Model.Provenance.OfFile(path, format);

    private static int? NumberOf(string name) =>
        name.StartsWith(SignalPrefix, StringComparison.OrdinalIgnoreCase) && name.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(name[SignalPrefix.Length..^4], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
