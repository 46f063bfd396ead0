using System.Globalization;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Persyst;

/// <summary>Whom the recording is about and when it began: section <c>Patient</c>.</summary>
/// <param name="Subject">The patient.</param>
/// <param name="TestTime">When the recording began, to the second, or null.</param>
/// <param name="Comments">Other entries, as they stand.</param>
internal sealed record PersystPatient(Subject Subject, DateTime? TestTime, IReadOnlyList<string> Comments)
{
    private const string Section = "Patient";

    // The date of the test in the forms that files have; of birth also with two digits for the year and the month in letters.
    private static readonly string[] TestDates = ["M/d/yyyy", "d-M-yyyy", "yyyy.M.d", "yyyy-M-d"];

    private static readonly string[] BirthDates = [.. TestDates, "M/d/yy", "d-M-yy", "d-MMM-yyyy"];

    private static readonly string[] Kept = ["Hand", "MedicalRecordN", "Physician", "Technician", "Medications", "History", "Comments1", "Comments2"];

    /// <summary>Reads the section.</summary>
    /// <param name="text">The layout.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static PersystPatient Of(SectionedText text, List<string> remarks)
    {
        var start = TestTimeOf(text, remarks);
        var birth = Date(text, "BirthDate", BirthDates, remarks);
        if (birth is { } b && start is { } s && b > DateOnly.FromDateTime(s) && b.Year > 100)
        {
            birth = b.AddYears(-100);
        }

        var name = Stated(text, "FullName") ?? (string.Join(' ', new[] { Stated(text, "First"), Stated(text, "Middle"), Stated(text, "Last") }.OfType<string>()) is { Length: > 0 } parts ? parts : null);
        var subject = new Subject(Stated(text, "ID"), Sex(Stated(text, "Sex")), Ages.Years(birth, start)) { Name = name, Birthdate = birth };
        return new(subject, start, [.. Kept.Where(k => Stated(text, k) is not null).Select(k => $"{k}: {Stated(text, k)}")]);
    }

    private static DateTime? TestTimeOf(SectionedText text, List<string> remarks)
    {
        if (Date(text, "TestDate", TestDates, remarks) is not { } date)
        {
            return null;
        }

        if (TimeOnly.TryParse(Stated(text, "TestTime"), CultureInfo.InvariantCulture, out var time))
        {
            return date.ToDateTime(time);
        }

        remarks.Add("The time of the test is not stated: when the recording began is not known.");
        return null;
    }

    private static DateOnly? Date(SectionedText text, string key, string[] forms, List<string> remarks)
    {
        if (Stated(text, key) is not { } word)
        {
            return null;
        }

        if (DateOnly.TryParseExact(word, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        remarks.Add($"{key} \"{word}\" is no date in a known form: it is left out.");
        return null;
    }

    private static string? Stated(SectionedText text, string key) => text.Value(Section, key) is { Length: > 0 } word ? word : null;

    private static string? Sex(string? word) => word?.ToUpperInvariant() switch
    {
        "M" or "MALE" => "M",
        "F" or "FEMALE" => "F",
        "X" or "U" or "UNKNOWN" => null,
        _ => word,
    };
}
