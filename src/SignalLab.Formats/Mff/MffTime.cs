using System.Globalization;

namespace SignalLab.Formats.Mff;

/// <summary>Times of the format: ISO 8601 with up to nine digits of the second, and the distance to UTC.</summary>
internal static class MffTime
{
    // What a DateTime can hold.
    private const int MostDigits = 7;

    /// <summary>Reads a time.</summary>
    /// <param name="text">Its text, or null.</param>
    /// <returns>The time in UTC (as it stands where no distance to UTC is told), or null where it is none.</returns>
    public static DateTime? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        var end = point + 1;
        while (point >= 0 && end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        var shortened = point >= 0 && end - point - 1 > MostDigits ? text[..(point + 1 + MostDigits)] + text[end..] : text;
        return DateTime.TryParseExact(
            shortened, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.AllowWhiteSpaces, out var time)
            ? time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time
            : null;
    }
}
