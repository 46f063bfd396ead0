using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SignalLab.Model;

namespace SignalLab.Formats.Nirx;

/// <summary>The header: lines <c>Key=value</c> under headings in brackets; tables stand between # and #.</summary>
internal sealed partial class NirxHeader
{
    private const long Largest = 16_000_000;

    private static readonly string[] Months =
        ["jan gen ene ener janv", "feb fev fév febr", "mar mär mrz maa mars", "apr avr abr", "may mai mei mag mayo", "jun jui juin giu", "jul juil lug", "aug aou aoû ago", "sep set sept", "oct okt ott out", "nov", "dec dez déc dic"];

    private readonly string path;
    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    private NirxHeader(string path, string text)
    {
        this.path = path;
        string? open = null;
        foreach (var line in text.Split('\n').Select(l => l.Trim('\r', ' ', '\0')))
        {
            if (open is not null)
            {
                var isEnd = line.TrimEnd('"') == "#";
                values[open] += isEnd ? "" : line + "\n";
                open = isEnd ? null : open;
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                var (key, value) = (line[..at].Trim(), line[(at + 1)..].Trim());
                open = value is "\"#" or "#" ? key : null;
                values[key] = open is null ? value.Trim('"') : "";
            }
        }
    }

    /// <summary>A value's text, or null where it is missing or empty.</summary>
    /// <param name="key">Its key.</param>
    public string? this[string key] => values.TryGetValue(key, out var value) && value.Trim().Length > 0 ? value.Trim() : null;

    /// <summary>Reads a text of such lines.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MalformedFileException">It is too large.</exception>
    public static NirxHeader Read(string path)
    {
        var bytes = ByteSource.OpenAsIs(path);
        if (bytes.Length is 0 or > Largest)
        {
            throw new MalformedFileException(path, 0, "length", bytes.Length == 0 ? "an empty file" : FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"a header of at most {Largest} bytes"));
        }

        var content = bytes.Read(0, bytes.Length, "header");
        return new(path, (System.Text.Unicode.Utf8.IsValid(content) ? Encoding.UTF8 : Encoding.Latin1).GetString(content));
    }

    /// <summary>A number that must be there.</summary>
    /// <param name="keys">Its key, in one of the spellings.</param>
    public double Number(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (this[key] is { } text)
            {
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value > 0
                    ? value : throw Fault(key, $"\"{text}\"", "a number above 0");
            }
        }

        throw Fault(keys[0], "nothing", "a number above 0");
    }

    /// <summary>The numbers of a table, row by row.</summary>
    /// <param name="key">Its key.</param>
    public double[][] Table(string key) => this[key] is { } text
        ? [.. text.Split('\n').Select(row => Numbers(row)).Where(r => r.Length > 0)]
        : [];

    /// <summary>Numbers between blanks or tabs.</summary>
    /// <param name="text">The text.</param>
    public static double[] Numbers(string text) =>
        [.. text.Split((char[])[' ', '\t', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(w => double.TryParse(w, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : double.NaN).Where(double.IsFinite)];

    /// <summary>When the recording began, or null where date and time cannot be read; month names of several languages.</summary>
    public DateTime? Start()
    {
        var (date, time) = (this["Date"] ?? "", this["Time"] ?? "");
        if (!TimeOnly.TryParse(time, CultureInfo.InvariantCulture, out var clock))
        {
            return DateTime.TryParse(date.Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.None, out var whole) ? whole : null;
        }

        if (Iso().Match(date) is { Success: true } iso)
        {
            return Of(iso.Groups[1].Value, iso.Groups[2].Value, iso.Groups[3].Value, clock);
        }

        if (Dotted().Match(date) is { Success: true } dotted)
        {
            return Of(dotted.Groups[3].Value, dotted.Groups[2].Value, dotted.Groups[1].Value, clock);
        }

        var words = Words().Matches(date).Select(m => m.Value.ToLowerInvariant()).ToArray();

        // The name of the month stands behind that of the day: mardi is no March.
        var month = words.Reverse().Select(w => Array.FindIndex(Months, m => m.Split(' ').Any(name => w.StartsWith(name, StringComparison.Ordinal)))).FirstOrDefault(m => m >= 0, -1);
        var (year, day) = (words.FirstOrDefault(w => w.Length == 4 && char.IsAsciiDigit(w[0])), words.FirstOrDefault(w => w.Length <= 2 && char.IsAsciiDigit(w[0])));
        return month >= 0 && year is not null && day is not null ? Of(year, (month + 1).ToString(CultureInfo.InvariantCulture), day, clock) : null;
    }

    /// <summary>The fault of a value.</summary>
    public MalformedFileException Fault(string key, string found, string expected) => new(path, null, key, found, expected);

    private static DateTime? Of(string year, string month, string day, TimeOnly clock) =>
        DateOnly.TryParseExact($"{year}-{month.PadLeft(2, '0')}-{day.PadLeft(2, '0')}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToDateTime(clock) : null;

    [GeneratedRegex(@"(\d{4})-(\d{1,2})-(\d{1,2})")]
    private static partial Regex Iso();

    [GeneratedRegex(@"\b(\d{1,2})\.(\d{1,2})\.(\d{4})")]
    private static partial Regex Dotted();

    [GeneratedRegex(@"\p{L}+|\d+")]
    private static partial Regex Words();
}
