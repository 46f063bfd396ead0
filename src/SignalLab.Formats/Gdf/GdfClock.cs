using System.Globalization;

namespace SignalLab.Formats.Gdf;

/// <summary>Dates as the two versions store them.</summary>
internal static class GdfClock
{
    // Day 367 is 1 January of the year 1.
    private const long DayOfYearOne = 367;

    /// <summary>Version 2: days since the year 0 in units of 2⁻³² day, about 20 µs; 0 is unknown.</summary>
    /// <param name="stored">The number.</param>
    public static DateTime? Days(long stored)
    {
        var days = ((Int128)stored) - ((Int128)DayOfYearOne << 32);
        if (stored <= 0 || days < 0)
        {
            return null;
        }

        // Whole microseconds: the last digit of a tick would be made up.
        var microseconds = ((days * 86_400_000_000) + ((Int128)1 << 31)) >> 32;
        return microseconds * TimeSpan.TicksPerMicrosecond > DateTime.MaxValue.Ticks ? null : new DateTime((long)microseconds * TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Version 1: <c>YYYYMMDDhhmmsscc</c>, the hundredths may be blank.</summary>
    /// <param name="text">The field.</param>
    public static DateTime? Text(string text)
    {
        if (text.Length < 14 || !DateTime.TryParseExact(text[..14], "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var second))
        {
            return null;
        }

        return text.Length >= 16 && int.TryParse(text[14..16], NumberStyles.None, CultureInfo.InvariantCulture, out var hundredths) ? second.AddMilliseconds(10 * hundredths) : second;
    }
}
