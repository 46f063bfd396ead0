namespace SignalLab.Review.Marks;

/// <summary>How far two readers' annotations agree, by text.</summary>
/// <param name="Text">The annotation.</param>
/// <param name="First">How often the first reader made it.</param>
/// <param name="Second">How often the second did.</param>
/// <param name="Both">Pairs.</param>
/// <param name="Agreement">Positive agreement 2 · both / (first + second), or null where there is none of it.</param>
internal sealed record ReaderAgreement(string Text, int First, int Second, int Both, double? Agreement)
{
    /// <summary>Instants within so many seconds are the same.</summary>
    public const double ToleranceSeconds = 0.5;

    /// <summary>The rule in words.</summary>
    public const string Rule = "Two annotations are a pair where their texts and channels are the same and they overlap or begin within 0.5 s; each is in one pair at most. Agreement: 2 · both / (first + second).";

    /// <summary>Compares.</summary>
    /// <param name="marks">All annotations of a recording.</param>
    /// <param name="first">A reader, or <c>file</c> for the file's own.</param>
    /// <param name="second">The other.</param>
    public static IReadOnlyList<ReaderAgreement> Of(IReadOnlyList<Mark> marks, string first, string second)
    {
        Mark[] a = [.. marks.Where(m => IsOf(m, first)).OrderBy(m => m.Onset)];
        Mark[] b = [.. marks.Where(m => IsOf(m, second)).OrderBy(m => m.Onset)];
        return [.. a.Concat(b).Select(m => m.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(text => Row(text, [.. a.Where(m => m.Text == text)], [.. b.Where(m => m.Text == text)]))];
    }

    private static ReaderAgreement Row(string text, Mark[] a, Mark[] b)
    {
        var taken = new bool[b.Length];
        var both = 0;
        var begin = 0;
        foreach (var mark in a)
        {
            while (begin < b.Length && b[begin].Onset + Math.Max(b[begin].Duration, ToleranceSeconds) < mark.Onset - 3600)
            {
                begin++;
            }

            for (var i = begin; i < b.Length && b[i].Onset <= mark.Onset + Math.Max(mark.Duration, ToleranceSeconds); i++)
            {
                if (!taken[i] && b[i].Channel == mark.Channel && IsPair(mark, b[i]))
                {
                    taken[i] = true;
                    both++;
                    break;
                }
            }
        }

        return new(text, a.Length, b.Length, both, a.Length + b.Length == 0 ? null : 2.0 * both / (a.Length + b.Length));
    }

    private static bool IsPair(Mark a, Mark b) =>
        Math.Abs(a.Onset - b.Onset) <= ToleranceSeconds || Math.Min(a.Onset + a.Duration, b.Onset + b.Duration) > Math.Max(a.Onset, b.Onset);

    private static bool IsOf(Mark mark, string reader) => reader == "file" ? mark.Origin == "file" : mark.By == reader && mark.Origin != "file";
}
