using System.Globalization;
using System.Text.RegularExpressions;

namespace SignalLab.Formats.Edf;

/// <summary>Date and time of the header. Source: EDF+ 2.1.3.2 (two-digit years from 1985 to 2084; the recording field has all four).</summary>
internal static partial class EdfClock
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>Date and time to the second.</summary>
    /// <param name="clock">The sixteen characters <c>dd.mm.yyhh.mm.ss</c>.</param>
    /// <param name="recording">The recording field, where an EDF+ file repeats the date.</param>
    /// <param name="remarks">Receives what is odd.</param>
    /// <returns>Null where nothing is stated: no date, or EDF+'s anonymous 01.01.85 with <c>Startdate X</c>.</returns>
    public static DateTime? Read(string clock, string recording, List<string> remarks)
    {
        var stated = Stated().Match(recording) is { Success: true } s ? Date(s.Groups[1].Value) : null;
        var match = Clock().Match(clock);
        if (!match.Success)
        {
            remarks.Add($"Start date and time \"{clock}\" are not dd.mm.yyhh.mm.ss{(stated is null ? ": the start is unknown" : "; the date is taken from the recording field, at midnight")}.");
            return stated?.ToDateTime(TimeOnly.MinValue);
        }

        int Part(int i) => int.Parse(match.Groups[i].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var (day, month, year) = (Part(1), Part(2), Part(3));
        var date = Make(year + (year < 85 ? 2000 : 1900), month, day);
        if (stated is { } full && full != date)
        {
            if (date is null || (full.Day == day && full.Month == month && full.Year % 100 == year))
            {
                date = full;
            }
            else
            {
                remarks.Add($"The header's start date {Iso(date.Value)} differs from the recording field's {Iso(full)}; the header's is used.");
            }
        }

        if (date is null)
        {
            remarks.Add($"Start date \"{clock}\" does not exist: the start is unknown.");
            return null;
        }

        if (Part(4) > 23 || Part(5) > 59 || Part(6) > 60)
        {
            remarks.Add($"Start time \"{clock}\" does not exist; midnight is used.");
            return date.Value.ToDateTime(TimeOnly.MinValue);
        }

        var start = date.Value.ToDateTime(TimeOnly.MinValue).AddSeconds((3600 * Part(4)) + (60 * Part(5)) + Part(6));
        var isAnonymous = start == new DateTime(1985, 1, 1) && Anonymous().IsMatch(recording);
        return isAnonymous ? null : start;
    }

    /// <summary>A date as EDF+ prints it, for example <c>24-APR-1989</c>.</summary>
    /// <param name="date">The date.</param>
    public static string Print(DateOnly date) => FormattableString.Invariant($"{date.Day:00}-{Months[date.Month - 1]}-{date.Year:0000}");

    /// <summary>Reads a date as EDF+ prints it; null where it is none.</summary>
    /// <param name="text"><c>dd-MMM-yyyy</c>.</param>
    public static DateOnly? Date(string text)
    {
        var parts = text.Split('-');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && Array.IndexOf(Months, parts[1].ToUpperInvariant()) is >= 0 and var month
            ? Make(year, month + 1, day)
            : null;
    }

    private static DateOnly? Make(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new(year, month, day) : null;

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{1,2})\D ?(\d{1,2})\D ?(\d{1,2}?) ?(\d{1,2})\D ?(\d{1,2})\D ?(\d{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^Startdate (\d{1,2}-[A-Za-z]{3}-\d{4})", RegexOptions.CultureInvariant)]
    private static partial Regex Stated();

    [GeneratedRegex(@"^Startdate X( |$)", RegexOptions.CultureInvariant)]
    private static partial Regex Anonymous();
}
