using SignalLab.Model;

namespace SignalLab.Analysis.Anonymising;

/// <summary>
/// Says what may stand of a text that somebody typed. Texts of known words are told; others become <c>note 1</c>, <c>note 2</c>, … in their first order, equal ones the same,
/// so that events can still be told apart.
/// </summary>
/// <param name="subject">Whom the texts must not name.</param>
/// <param name="keepsUnknown">Tell unknown texts too, with <c>X</c> for words of the subject's name and code, dates and long numbers.</param>
public sealed class FreeTexts(Subject subject, bool keepsUnknown = false)
{
    private readonly SubjectWords words = new(subject ?? throw new ArgumentNullException(nameof(subject)));
    private readonly Dictionary<string, string> cleaned = new(StringComparer.Ordinal);
    private int notes;

    /// <summary>True where a text holds a word of the subject's name or code.</summary>
    /// <param name="text">The text.</param>
    public bool NamesSubject(string text) => words.AreIn(text);

    /// <summary>True where a text is made of known words alone, none of them the subject's.</summary>
    /// <param name="text">The text.</param>
    public bool IsKnown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return KnownWords.Are(text) && !NamesSubject(text);
    }

    /// <summary>What stands in place of a text; the text itself where it may be told.</summary>
    /// <param name="text">The text.</param>
    public string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!cleaned.TryGetValue(text, out var told))
        {
            told = IsKnown(text) ? text : keepsUnknown ? KnownWords.WithoutDates(words.Without(text)) : FormattableString.Invariant($"note {++notes}");
            cleaned.Add(text, told);
        }

        return told;
    }
}
