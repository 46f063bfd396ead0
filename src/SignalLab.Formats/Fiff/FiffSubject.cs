using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Whom a measurement is about.</summary>
internal static class FiffSubject
{
    /// <summary>Julian day number of 1 January of the year 1.</summary>
    public const int JulianDayOfDayZero = 1_721_426;

    /// <summary>Reads the subject block.</summary>
    public static Subject Read(FiffFile file, FiffBlock info, DateTime? date)
    {
        if (info.First(BlockKind.Subject) is not { } block)
        {
            return Subject.Unknown;
        }

        string? Text(int kind) => block.Find(kind) is { } tag && file.Text(tag, "subject").Trim() is { Length: > 0 } text ? text : null;
        int? Number(int kind) => block.Find(kind) is { } tag ? file.Int(tag, "subject") : null;

        DateOnly? birthday = Number(TagKind.SubjectBirthday) is { } day && day - JulianDayOfDayZero is >= 0 and <= 3_652_058 and var dayNumber ? DateOnly.FromDayNumber(dayNumber) : null;
        var name = string.Join(' ', new[] { Text(TagKind.SubjectFirstName), Text(TagKind.SubjectMiddleName), Text(TagKind.SubjectLastName) }.OfType<string>());
        return new Subject(
            Text(TagKind.HospitalId) ?? Number(TagKind.SubjectId)?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Number(TagKind.SubjectSex) switch { 1 => "M", 2 => "F", _ => null },
            birthday is { } b && date is { } d && DateOnly.FromDateTime(d).DayNumber - b.DayNumber is >= 0 and < 50_000 and var days ? days / 365.2425 : null)
        {
            Name = name.Length > 0 ? name : null,
            Birthdate = birthday,
        };
    }
}
