using System.Globalization;
using SignalLab.Formats.Text;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.LabelTables;

/// <summary>Names of the numbers in a label volume, from the table beside it. What is no such table counts as none: a text of the image's name may be anything.</summary>
internal static class LabelTable
{
    private const int MostOthers = 64;
    private const long LargestBytes = 4_000_000;
    private const string FreeSurferTable = "FreeSurferColorLUT.txt";

    private static readonly IReadOnlyDictionary<int, string> None = new Dictionary<int, string>();

    /// <summary>The names beside an image: a table of its name, an FSL atlas description that names it, and of a volume that says it holds labels FreeSurfer's own table.</summary>
    /// <param name="imagePath">The image, gzip or not.</param>
    /// <param name="saysLabels">True where the image's own header says that it holds labels.</param>
    /// <returns>Name of each number; empty where there is no table.</returns>
    public static IReadOnlyDictionary<int, string> Beside(string imagePath, bool saysLabels)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(imagePath))!;
        var image = imagePath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(imagePath) : Path.GetFileName(imagePath);
        var stem = Path.GetFileNameWithoutExtension(image);
        var texts = ((string[])[".tsv", ".txt", ".lut", ".label", ".ctab"]).Select(e => SiblingFile.Find(Path.Combine(folder, stem), e) ?? SiblingFile.Find(Path.Combine(folder, image), e));
        var common = saysLabels ? SiblingFile.Find(Path.Combine(folder, FreeSurferTable), "") : null;
        return texts.OfType<string>().Select(t => Read(t, ReadText))
            .Concat(Others(folder).Select(x => Read(x, path => ReadAtlas(path, stem))))
            .Concat(common is null ? [] : [Read(common, ReadText)])
            .FirstOrDefault(names => names.Count > 0) ?? None;
    }

    private static IEnumerable<string> Others(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*.xml").Take(MostOthers)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // An image opens whatever lies beside it.
    private static IReadOnlyDictionary<int, string> Read(string path, Func<string, IReadOnlyDictionary<int, string>> read)
    {
        try
        {
            return new FileInfo(path).Length <= LargestBytes ? read(path) : None;
        }
        catch (Exception fault) when (fault is MalformedFileException or IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    // Tab-separated columns index and name (BIDS), or lines that begin with a number and hold a name; empty where a line fits neither.
    private static IReadOnlyDictionary<int, string> ReadText(string path)
    {
        var rows = WordRows.Read(path, "a label table");
        string[] head = rows.Lines.Count == 0 ? [] : [.. rows.Lines[0].Text.Split('\t').Select(c => c.Trim().ToLowerInvariant())];
        var (index, name) = (Array.IndexOf(head, "index"), Array.IndexOf(head, "name"));
        var names = new Dictionary<int, string>();
        foreach (var row in index >= 0 && name >= 0 ? rows.Lines.Skip(1) : rows.Rows)
        {
            var entry = index >= 0 && name >= 0 ? Cells(row.Text.Split('\t'), index, name) : Line(row.Text.Trim());
            if (entry is not var (number, text))
            {
                return None;
            }

            names.TryAdd(number, text);
        }

        return names;
    }

    private static (int Number, string Name)? Cells(string[] cells, int index, int name) =>
        cells.Length > Math.Max(index, name) && Whole(cells[index].Trim()) is { } number && cells[name].Trim() is { Length: > 0 } text ? (number, text) : null;

    // FreeSurfer: number name R G B A. ITK-SNAP: number R G B A visible mesh "name". FSLeyes: number R G B name. Plain: number name.
    private static (int Number, string Name)? Line(string line)
    {
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || Whole(words[0]) is not { } number)
        {
            return null;
        }

        if (line.IndexOf('"') is > 0 and var open && line.LastIndexOf('"') is var close && close > open + 1)
        {
            return (number, line[(open + 1)..close]);
        }

        var (first, last) = (1, words.Length);
        while (first < last && IsNumber(words[first]))
        {
            first++;
        }

        // Colours are three or four numbers, before the name or behind it; fewer belong to the name (44 in Area 44).
        first = first is > 1 and < 4 ? 1 : first;
        var colours = words.Reverse().TakeWhile(IsNumber).Count();
        last -= first > 1 || colours < 3 ? 0 : Math.Min(colours, 4);
        return last > first && words[first..last].Any(w => !IsNumber(w)) ? (number, string.Join(' ', words[first..last])) : null;
    }

    // Source: FSL, atlas descriptions: the index is a voxel's value in a label atlas, one less than it in the summary of a probabilistic one.
    private static IReadOnlyDictionary<int, string> ReadAtlas(string path, string stem)
    {
        var root = SafeXml.Load(path, "atlas");
        var isLabels = root.Element("header")?.Element("type")?.Value.Trim().Equals("label", StringComparison.OrdinalIgnoreCase) == true;
        var named = root.Descendants("summaryimagefile").Concat(isLabels ? root.Descendants("imagefile") : []).Select(e => e.Value.Trim().Split('/')[^1]);
        if (!named.Any(n => n == stem || n.StartsWith(stem + ".nii", StringComparison.Ordinal)))
        {
            return None;
        }

        var names = new Dictionary<int, string>();
        foreach (var label in root.Descendants("label"))
        {
            if (Whole((string?)label.Attribute("index") ?? "") is { } index && label.Value.Trim() is { Length: > 0 } text)
            {
                names.TryAdd(isLabels ? index : index + 1, text);
            }
        }

        return names;
    }

    private static bool IsNumber(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static int? Whole(string word) => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
