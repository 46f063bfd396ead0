using System.Text;
using SignalLab.Model;

namespace SignalLab.Analysis.Anonymising;

/// <summary>The words of a subject's name and code, found again in other texts whatever their case and accents.</summary>
internal sealed class SubjectWords
{
    private const int ShortestName = 2;
    private const int ShortestCode = 3;

    // A word as long as this is found inside of others too.
    private const int ShortestInside = 4;

    // Titles and words that stand where a name is not told.
    private static readonly HashSet<string> TellNobody = new(
        ["mr", "mrs", "ms", "dr", "prof", "von", "van", "de", "der", "la", "unknown", "anonymous", "anonymized", "anonymised", "anon", "none", "patient", "subject", "sub", "test", "name"], StringComparer.Ordinal);

    private const string Accented = "àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőŕŗřśŝşšșţťŧțùúûüũūŭůűųŵýÿŷźżž";
    private const string Plain = "aaaaaaaaacccccddeeeeeeeeegggghhiiiiiiiiijklllllnnnnooooooooorrrsssssttttuuuuuuuuuuwyyyzzz";

    private readonly HashSet<string> words;

    public SubjectWords(Subject subject)
    {
        words = new(
            Spellings(subject.Name ?? "").SelectMany(KnownWords.WordsOf).Where(w => w.Length >= ShortestName && !w.All(char.IsAsciiDigit))
                .Concat(Spellings(subject.Id ?? "").SelectMany(KnownWords.WordsOf).Where(w => w.Length >= ShortestCode))
                .Where(w => !TellNobody.Contains(w)),
            StringComparer.Ordinal);
        foreach (var whole in new[] { subject.Id, subject.Name }.Select(t => Joined(Folded(t ?? ""))).Where(t => t.Length >= ShortestInside && !TellNobody.Contains(t)))
        {
            words.Add(whole);
        }
    }

    /// <summary>True where a text holds one of the words.</summary>
    public bool AreIn(string text)
    {
        if (words.Count == 0)
        {
            return false;
        }

        var folded = Folded(text);
        var joined = Joined(folded);
        return KnownWords.WordsOf(folded).Any(words.Contains) || words.Any(w => w.Length >= ShortestInside && joined.Contains(w, StringComparison.Ordinal));
    }

    /// <summary>The text with <c>X</c> for the words; nothing but <c>X</c> where they are spread over others.</summary>
    public string Without(string text)
    {
        var cleaned = new StringBuilder();
        for (int start = 0, i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                continue;
            }

            var word = text[start..i];
            cleaned.Append(word.Length > 0 && AreIn(word) ? "X" : word);
            if (i < text.Length)
            {
                cleaned.Append(text[i]);
            }

            start = i + 1;
        }

        var result = cleaned.ToString();
        return AreIn(result) ? "X" : result;
    }

    // Müller, Mueller and Muller are one name.
    private static IEnumerable<string> Spellings(string text)
    {
        var small = text.ToLowerInvariant();
        return new[]
        {
            small,
            small.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal).Replace("ø", "oe", StringComparison.Ordinal).Replace("å", "aa", StringComparison.Ordinal),
            small.Replace("ae", "a", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal).Replace("ue", "u", StringComparison.Ordinal),
        }.Select(Folded);
    }

    private static string Joined(string folded) => string.Concat(folded.Where(char.IsLetterOrDigit));

    // Small letters without accents; the program knows no other rules of a language.
    private static string Folded(string text) => string.Concat(text.ToLowerInvariant().Where(c => c is < '\u0300' or > '\u036f').Select(c => Accented.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? Plain[i] : c));
}
