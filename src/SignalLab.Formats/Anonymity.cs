using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>How a copy of a file is made that does not tell whose it is.</summary>
/// <param name="Key">Decides by how many days dates move and what identifiers become.</param>
/// <param name="Told">What stands in place of a text that somebody typed.</param>
/// <param name="NamesSubject">True for texts that hold words of the subject's name or code.</param>
public sealed record Anonymity(AnonymisingKey Key, Func<string, string> Told, Func<string, bool> NamesSubject);

/// <summary>Dates as DICOM and HL7 print them, moved by days.</summary>
internal static class PrintedDate
{
    private static readonly string[] Formats = ["yyyyMMdd", "yyyy.MM.dd"];

    /// <summary>The text with its date moved back; the clock and the zone behind it stay as they are.</summary>
    /// <param name="text"><c>yyyyMMdd</c> or <c>yyyy.MM.dd</c> at the beginning.</param>
    /// <param name="days">By how many days.</param>
    /// <returns>Null where the text does not begin with a whole date, or the date would leave the calendar.</returns>
    public static string? Back(string text, int days)
    {
        foreach (var format in Formats)
        {
            if (text.Length >= format.Length && DateOnly.TryParseExact(text.AsSpan(0, format.Length), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.DayNumber >= days)
            {
                return date.AddDays(-days).ToString(format, CultureInfo.InvariantCulture) + text[format.Length..];
            }
        }

        return null;
    }
}
