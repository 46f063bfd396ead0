using System.Globalization;
using System.Text.RegularExpressions;
using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>What the comments say of the subject, where they follow a pattern known from published databases.</summary>
internal static partial class WfdbComments
{
    /// <summary>Reads age and sex from comments.</summary>
    /// <param name="comments">Comments without their <c>#</c>.</param>
    public static Subject Subject(IReadOnlyList<string> comments)
    {
        double? age = null;
        string? sex = null;
        foreach (var comment in comments)
        {
            if (age is null && Age().Match(comment) is { Success: true } a)
            {
                age = Years(a.Groups["age"].Value);
            }

            if (sex is null && Sex().Match(comment) is { Success: true } s)
            {
                sex = Letter(s.Groups["sex"].Value);
            }
        }

        if (age is null && sex is null && comments.Select(c => Arrhythmia().Match(c)).FirstOrDefault(m => m.Success) is { } match)
        {
            (age, sex) = (Years(match.Groups["age"].Value), Letter(match.Groups["sex"].Value));
        }

        return age is null && sex is null ? Model.Subject.Unknown : new Subject(null, sex, age);
    }

    /// <summary>The comments that say more than the subject's age and sex.</summary>
    /// <param name="subject">What was understood of all of them.</param>
    /// <param name="comments">Comments without their <c>#</c>.</param>
    public static IReadOnlyList<string> Beside(Subject subject, IReadOnlyList<string> comments) => [.. comments.Where(c => !IsKnown(subject, c))];

    private static bool IsKnown(Subject subject, string comment)
    {
        var (age, sex) = (Age().Match(comment), Sex().Match(comment));
        return (age.Success || sex.Success)
            && (!age.Success || Years(age.Groups["age"].Value) == subject.AgeYears)
            && (!sex.Success || Letter(sex.Groups["sex"].Value) == subject.Sex)
            && !Sex().Replace(Age().Replace(comment, "", 1), "", 1).Any(char.IsLetterOrDigit);
    }

    private static double? Years(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var years) && years is >= 0 and < 150 ? years : null;

    private static string? Letter(string text) => char.ToUpperInvariant(text[0]) switch { 'F' or 'W' => "F", 'M' => "M", _ => null };

    // "<age>: 81", "Age: 81", "age 47 years".
    [GeneratedRegex(@"(^|[\s<(,;])age>?\s*[:=]?\s*(?<age>\d{1,3}(\.\d+)?)(?![\d:/-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Age();

    // "<sex>: M", "Sex: Female", "Gender: male".
    [GeneratedRegex(@"(^|[\s<(,;])(sex|gender)>?\s*[:=]\s*(?<sex>female|male|woman|man|[fmw])\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sex();

    // The MIT-BIH Arrhythmia Database: age, sex, tape and recorder, "69 M 1085 1629 x1"; -1 is not known.
    [GeneratedRegex(@"^(?<age>-1|\d{1,3})\s+(?<sex>[MF])(\s+\S+){2,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Arrhythmia();
}
