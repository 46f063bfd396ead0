using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace SignalLab.Analysis.Anonymising;

/// <summary>Tells names of events from prose: words of the field's vocabularies, short numbers and codes.</summary>
internal static partial class KnownWords
{
    private const string Table = "SignalLab.Analysis.Anonymising.known-words.tsv";
    private const int LongestText = 200;
    private const int LongestNumber = 5;

    private static readonly FrozenSet<string> Words = Read();

    /// <summary>True where a text is made of known words alone; one without any word is.</summary>
    /// <param name="text">The text.</param>
    public static bool Are(string text) => text.Length <= LongestText && !HoldsDateOrNumber(text)
        && text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(chunk => Nomenclature().IsMatch(chunk) || WordsOf(chunk).All(IsKnown));

    /// <summary>True where a text holds a date, or a number as long as those of telephones and patients.</summary>
    public static bool HoldsDateOrNumber(string text) => DateOrNumber().IsMatch(text);

    /// <summary>The text with <c>X</c> for its dates and long numbers.</summary>
    public static string WithoutDates(string text) => DateOrNumber().Replace(text, "X");

    /// <summary>Runs of letters and digits.</summary>
    public static IEnumerable<string> WordsOf(string text)
    {
        for (int start = 0, i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                continue;
            }

            if (i > start)
            {
                yield return text[start..i];
            }

            start = i + 1;
        }
    }

    private static bool IsKnown(string word) =>
        word.All(char.IsAsciiDigit) ? word.Length <= LongestNumber : (word.Length == 1 && char.IsAsciiLetter(word[0])) || Words.Contains(word.ToLowerInvariant()) || Code().IsMatch(word);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(KnownWords).Assembly.GetManifestResourceStream(Table)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').SelectMany(l => l.Split('\t')[2].Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToFrozenSet(StringComparer.Ordinal);
    }

    // 02.03.2020, 2020-03-02, 2 March 2020; seven digits and more, also in groups.
    [GeneratedRegex(
        @"(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)|(?<!\d)\d{1,2}(st|nd|rd|th)?[ .-]*(jan|feb|mar|m[aä]r|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]*[ .,-]*\d{2,4}(?!\d)|\d([ ./-]?\d){6,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DateOrNumber();

    // S12, T0, Fp1, 50Hz, 0x0300: too short to name anybody.
    [GeneratedRegex(@"^([A-Za-z]{1,3}[0-9]{1,3}[A-Za-z]?|[0-9]{1,5}(hz|khz|s|ms|mm|uv|mv|db|k|st|nd|rd|th)|0x[0-9A-F]{1,8})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    // IEEE 11073 reference identifiers.
    [GeneratedRegex(@"^MDC_[A-Za-z0-9_]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Nomenclature();
}
