using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>Whom an image is about, and when it was taken.</summary>
/// <remarks>Source: DICOM PS3.3, C.7.1.1, C.7.2.2; PS3.5, 6.2 (AS, DA, TM, DT).</remarks>
internal static class DicomPerson
{
    public static Subject SubjectOf(DicomDataset data)
    {
        var birth = Date(data.Text(DicomTag.PatientBirthDate));
        var study = Date(data.Text(DicomTag.StudyDate));
        return new(data.Text(DicomTag.PatientId), data.Text(DicomTag.PatientSex), Age(data.Text(DicomTag.PatientAge)) ?? Years(birth, study))
        {
            Name = data.Text(DicomTag.PatientName),
            Birthdate = birth is { } b ? DateOnly.FromDateTime(b) : null,
        };
    }

    /// <summary>The acquisition's clock, else the content's, the series', the study's; null where none has a date.</summary>
    public static DateTime? StartOf(DicomDataset data)
    {
        if (DateAndTime(data.Text(DicomTag.AcquisitionDateTime)) is { } exact)
        {
            return exact;
        }

        foreach (var (dateTag, timeTag) in new[]
        {
            (DicomTag.AcquisitionDate, DicomTag.AcquisitionTime), (DicomTag.ContentDate, DicomTag.ContentTime),
            (DicomTag.SeriesDate, DicomTag.SeriesTime), (DicomTag.StudyDate, DicomTag.StudyTime),
        })
        {
            if (Date(data.Text(dateTag)) is { } date)
            {
                return date + (Time(data.Text(timeTag)) ?? TimeSpan.Zero);
            }
        }

        return null;
    }

    /// <summary>A date and time in one, its zone left aside; null where it is none.</summary>
    public static DateTime? DateAndTime(string? text)
    {
        var clock = text?.Split('+', '-', '&')[0];
        return clock is { Length: >= 8 } && Date(clock[..8]) is { } date ? date + (Time(clock[8..]) ?? TimeSpan.Zero) : null;
    }

    /// <summary>Seconds since midnight of a time of day; null where it is none.</summary>
    public static TimeSpan? Time(string? text)
    {
        var digits = (text ?? "").Replace(":", "", StringComparison.Ordinal);
        if (digits.Length < 2 || !digits.All(c => char.IsAsciiDigit(c) || c == '.'))
        {
            return null;
        }

        var whole = digits.Split('.')[0];
        var (hours, minutes) = (Part(whole, 0), Part(whole, 2));
        var seconds = whole.Length < 6 ? 0 : double.Parse(digits[4..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return hours < 24 && minutes < 60 && seconds < 61
            ? TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(minutes) + TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond))
            : null;
    }

    private static int Part(string digits, int at) => digits.Length >= at + 2 ? int.Parse(digits.AsSpan(at, 2), CultureInfo.InvariantCulture) : 0;

    private static DateTime? Date(string? text) =>
        DateTime.TryParseExact(text, ["yyyyMMdd", "yyyy.MM.dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static double? Age(string? text)
    {
        if (text is not { Length: >= 2 } || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            return null;
        }

        return text[^1] switch { 'Y' => n, 'M' => n / 12, 'W' => n * 7 / 365.25, 'D' => n / 365.25, _ => null };
    }

    private static double? Years(DateTime? birth, DateTime? at) => birth <= at ? Math.Floor((at.Value - birth.Value).TotalDays / 365.25) : null;
}
