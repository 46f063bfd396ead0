using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Curry;

/// <summary>
/// A text of Curry: sections <c>NAME START … NAME END</c> with lines <c>key = value</c>, and lists <c>NAME START_LIST … NAME END_LIST</c> with a row a line.
/// A section or list that does not end is a cut file.
/// </summary>
internal sealed class CurryText
{
    private const long LargestBytes = 1 << 26;

    private readonly Dictionary<string, Dictionary<string, string>> sections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> lists = new(StringComparer.Ordinal);

    private CurryText(string path, string text)
    {
        Path = path;
        string? open = null;
        Dictionary<string, string>? section = null;
        List<string>? list = null;
        foreach (var line in text.Split('\n'))
        {
            var row = line.TrimEnd('\r');
            var words = row.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
            if (open is null)
            {
                (open, section, list) = Begin(words);
            }
            else if (words.Length >= 2 && words[0] == open && words[1] == (list is null ? "END" : "END_LIST"))
            {
                open = null;
            }
            else if (list is not null)
            {
                list.Add(row);
            }
            else if (row.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                section!.TryAdd(Key(row[..at]), row[(at + 1)..].Trim());
            }
        }

        if (open is not null)
        {
            throw new MalformedFileException(path, null, open, "the end of the file", $"\"{open} {(list is null ? "END" : "END_LIST")}\"");
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Names of the lists, in file order.</summary>
    public IEnumerable<string> Lists => lists.Keys;

    /// <summary>Reads a file whole: UTF-8 where its bytes are that, else Latin-1.</summary>
    /// <param name="path">The file.</param>
    public static CurryText Read(string path)
    {
        var source = ByteSource.OpenAsIs(path);
        if (source.Length > LargestBytes)
        {
            throw new MalformedFileException(path, null, "length", FormattableString.Invariant($"{source.Length} bytes"), FormattableString.Invariant($"a text of at most {LargestBytes} bytes"));
        }

        var bytes = source.Read(0, source.Length, "text");
        source.Close();
        var isUtf8 = System.Text.Unicode.Utf8.IsValid(bytes);
        return new(path, (isUtf8 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes).TrimStart('\uFEFF'));
    }

    /// <summary>Rows of a list, blank ones too; nothing where there is no such list.</summary>
    /// <param name="name">The list.</param>
    public IReadOnlyList<string> Rows(string name) => lists.TryGetValue(name, out var rows) ? rows : [];

    /// <summary>True where there is such a section.</summary>
    /// <param name="name">The section.</param>
    public bool HasSection(string name) => sections.ContainsKey(name);

    /// <summary>A value, or null; keys are the same in <c>NumSamples</c> and the older <c>NUM_SAMPLES</c>.</summary>
    /// <param name="section">The section.</param>
    /// <param name="key">The key.</param>
    public string? Value(string section, string key) => sections.TryGetValue(section, out var values) ? values.GetValueOrDefault(Key(key)) : null;

    /// <summary>Numbers of a row.</summary>
    /// <param name="name">The list.</param>
    /// <param name="row">The row.</param>
    /// <param name="atLeast">Least count.</param>
    public double[] Numbers(string name, int row, int atLeast)
    {
        var text = lists[name][row];
        var words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                throw Fault();
            }
        }

        return numbers.Length >= atLeast ? numbers : throw Fault();

        MalformedFileException Fault() => new(Path, null, FormattableString.Invariant($"{name}, row {row + 1}"), $"\"{text.Trim()}\"", FormattableString.Invariant($"at least {atLeast} numbers"));
    }

    private static string Key(string text) => text.Replace("_", "", StringComparison.Ordinal).Trim().ToUpperInvariant();

    private (string? Open, Dictionary<string, string>? Section, List<string>? List) Begin(string[] words)
    {
        if (words.Length < 2 || words[1] is not ("START" or "START_LIST"))
        {
            return (null, null, null);
        }

        // Of two sections or lists of one name the first counts.
        return words[1] == "START"
            ? (words[0], sections.TryGetValue(words[0], out var known) ? known : sections[words[0]] = new(StringComparer.Ordinal), null)
            : (words[0], null, lists.ContainsKey(words[0]) ? [] : lists[words[0]] = []);
    }
}
