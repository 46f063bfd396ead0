using System.Globalization;
using System.Text.RegularExpressions;
using SignalLab.Analysis.Ecg;
using SignalLab.Review.Marks;

namespace SignalLab.Review.Ecg;

/// <summary>
/// The trail of what readers changed, as annotations in the words in which they are read: <c>ECG fiducial qrs_off 0.412 → 0.42 s (by NAME)</c>. The changes that count are read back
/// from them, so that undoing or removing an annotation takes its change back.
/// </summary>
internal static partial class EcgTrail
{
    private const string Letters = "NSVFQ";
    private const string None = "none";
    private const string AsFound = "as found";
    private const string NotKnown = "not known";

    /// <summary>The letter of a class.</summary>
    public static char LetterOf(BeatClass kind) => Letters[(int)kind];

    /// <summary>The class of a letter, or null.</summary>
    public static BeatClass? ClassOf(string? letter) => letter is { Length: 1 } && Letters.IndexOf(letter[0], StringComparison.Ordinal) is >= 0 and var at ? (BeatClass)at : null;

    /// <summary>The annotation of a moved fiducial.</summary>
    /// <param name="lead">Label of the lead, or null for all together.</param>
    /// <param name="name">The fiducial.</param>
    /// <param name="from">Where it was in the usual beat, s; null where it was not there.</param>
    /// <param name="to">Where it is, s; null where it was taken out.</param>
    /// <param name="reader">Who moved it.</param>
    public static Mark Moved(string? lead, string name, double? from, double? to, string reader) =>
        Entry(FormattableString.Invariant($"ECG fiducial {(lead is null ? "" : lead + " ")}{name} {Place(from)} → {Place(to)} s (by {reader})"), lead);

    /// <summary>The annotation of a fiducial that is again where the program puts it.</summary>
    /// <param name="lead">Label of the lead, or null for all together.</param>
    /// <param name="name">The fiducial.</param>
    /// <param name="from">Where it was in the usual beat, s; null where it was not there.</param>
    /// <param name="reader">Who put it back.</param>
    public static Mark PutBack(string? lead, string name, double? from, string reader) =>
        Entry(FormattableString.Invariant($"ECG fiducial {(lead is null ? "" : lead + " ")}{name} {Place(from)} → {AsFound} (by {reader})"), lead);

    /// <summary>The annotation of what a reader told of the subject, for the norms.</summary>
    /// <param name="sex">F, M or null.</param>
    /// <param name="ageYears">The age, or null.</param>
    /// <param name="reader">Who told it.</param>
    public static Mark Told(string? sex, double? ageYears, string reader) =>
        Entry(FormattableString.Invariant($"ECG subject sex {sex ?? NotKnown}, age {(ageYears is { } age ? FormattableString.Invariant($"{age:0.##} y") : NotKnown)} (by {reader})"), null);

    /// <summary>The annotation of a template that became another class.</summary>
    /// <param name="template">Its number, from 0.</param>
    /// <param name="count">Beats that have it.</param>
    /// <param name="from">What it was.</param>
    /// <param name="to">What it is.</param>
    /// <param name="reader">Who said so.</param>
    public static Mark Reclassified(int template, int count, BeatClass from, BeatClass to, string reader) =>
        Entry(FormattableString.Invariant($"ECG template {template + 1} ({count} beats) {LetterOf(from)} → {LetterOf(to)} (by {reader})"), null);

    /// <summary>True for an annotation of this trail.</summary>
    public static bool IsEntry(Mark mark) => Array.Exists(["ECG fiducial ", "ECG template ", "ECG subject "], start => mark.Text.StartsWith(start, StringComparison.Ordinal));

    /// <summary>The changes that the annotations tell, the latest of each thing.</summary>
    /// <param name="marks">All annotations of the recording.</param>
    public static EcgEdits Read(IEnumerable<Mark> marks)
    {
        var fiducials = new Dictionary<(string Lead, string Name), double?>();
        var templates = new Dictionary<(int Template, int Count), BeatClass>();
        var (sex, age) = ((string?)null, (double?)null);
        foreach (var mark in marks.Where(IsEntry).OrderBy(m => m.Id))
        {
            if (FiducialLine().Match(mark.Text) is { Success: true } moved)
            {
                var key = (moved.Groups["lead"].Value, moved.Groups["name"].Value);
                if (moved.Groups["back"].Success)
                {
                    fiducials.Remove(key);
                }
                else
                {
                    fiducials[key] = Seconds(moved.Groups["to"].Value);
                }
            }
            else if (SubjectLine().Match(mark.Text) is { Success: true } told)
            {
                (sex, age) = (told.Groups["sex"].Success ? told.Groups["sex"].Value : null, Seconds(told.Groups["age"].Value));
            }
            else if (TemplateLine().Match(mark.Text) is { Success: true } became
                && int.TryParse(became.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && int.TryParse(became.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                templates[(n - 1, count)] = ClassOf(became.Groups["to"].Value)!.Value;
            }
        }

        return new([.. fiducials.Select(f => (f.Key.Lead.Length == 0 ? null : f.Key.Lead, f.Key.Name, f.Value))], [.. templates.Select(t => (t.Key.Template, t.Key.Count, t.Value))]) { Sex = sex, AgeYears = age };
    }

    private static Mark Entry(string text, string? channel) => new(0, 0, 0, text, channel, "person", "", "");

    private static string Place(double? seconds) => seconds is { } s ? s.ToString("0.#####", CultureInfo.InvariantCulture) : None;

    private static double? Seconds(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var s) ? s : null;

    [GeneratedRegex(@"^ECG fiducial (?:(?<lead>.{1,200}?) )?(?<name>[pqt][a-z]*_[a-z]+) (?<from>[0-9.]{1,12}|none) → (?:(?<to>[0-9.]{1,12}|none) s|(?<back>as found)) \(by ", RegexOptions.CultureInvariant)]
    private static partial Regex FiducialLine();

    [GeneratedRegex(@"^ECG subject sex (?:(?<sex>[FM])|not known), age (?:(?<age>[0-9.]{1,6}) y|not known) \(by ", RegexOptions.CultureInvariant)]
    private static partial Regex SubjectLine();

    [GeneratedRegex(@"^ECG template (?<n>[0-9]{1,9}) \((?<count>[0-9]{1,9}) beats\) [NSVFQ] → (?<to>[NSVFQ]) \(by ", RegexOptions.CultureInvariant)]
    private static partial Regex TemplateLine();
}
