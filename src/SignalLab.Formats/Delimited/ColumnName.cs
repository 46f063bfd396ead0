using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Delimited;

/// <summary>The heading of a column: a name, and its unit in brackets where one is stated.</summary>
/// <param name="Name">The name.</param>
/// <param name="UnitText">What stands in the brackets; null where there are none.</param>
internal readonly record struct ColumnName(string Name, string? UnitText)
{
    private static readonly string[] Times = ["time", "t", "times", "timestamp", "timestamps", "datetime", "date_time", "elapsed", "elapsed time", "seconds", "sec", "lsl_timestamp", "unix_time"];

    /// <summary>The unit, unknown where none is stated.</summary>
    public Unit Unit => Unit.Parse(UnitText);

    /// <summary>Splits a heading: <c>Fp1[uV]</c>, <c>Fp1 (uV)</c>.</summary>
    /// <param name="heading">The heading.</param>
    public static ColumnName Of(string heading)
    {
        var text = heading.Trim();
        foreach (var (open, close) in ((char, char)[])[('[', ']'), ('(', ')')])
        {
            var at = text.LastIndexOf(open);
            if (at > 0 && text[^1] == close && (open == '[' || Unit.Parse(text[(at + 1)..^1]).IsKnown))
            {
                return new(text[..at].Trim(), text[(at + 1)..^1].Trim());
            }
        }

        return new(text, null);
    }

    /// <summary>Seconds in the unit of a column of times; 0 for a time of day; null where the column holds no times.</summary>
    public double? SecondsOfTime
    {
        get
        {
            var name = Name.ToLowerInvariant();
            var cut = name.LastIndexOf('_');
            var (stem, ending) = cut > 0 && Unit.Parse(name[(cut + 1)..]) is { IsKnown: true } u && u.ConvertsTo(Unit.Second) ? (name[..cut], u) : (name, null);
            if (Array.IndexOf(Times, stem) < 0)
            {
                return null;
            }

            var unit = ending ?? Unit;
            return unit.IsKnown && unit.ConvertsTo(Unit.Second) ? unit.Scale : 0;
        }
    }

    /// <summary>A moment as tables write it.</summary>
    /// <param name="text">Date and time.</param>
    public static DateTime? Moment(string text) =>
        text.Length >= 8 && text.AsSpan().IndexOfAny(':', '-') > 0
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? DateTime.SpecifyKind(time.UtcDateTime, text.EndsWith('Z') || text.LastIndexOf('+') > 0 ? DateTimeKind.Utc : DateTimeKind.Unspecified)
            : null;

    /// <summary>A number that counts from 1970, by its size in seconds, milliseconds, microseconds or nanoseconds: seconds in its unit, or null where it is too small.</summary>
    /// <param name="value">The number.</param>
    public static double? EpochScale(double value) => value switch
    {
        > 1e8 and < 1e10 => 1,
        > 1e11 and < 1e13 => 1e-3,
        > 1e14 and < 1e16 => 1e-6,
        > 1e17 and < 1e19 => 1e-9,
        _ => null,
    };

    /// <summary>A moment counted in seconds from 1970.</summary>
    /// <param name="seconds">The seconds.</param>
    public static DateTime Epoch(double seconds) => DateTime.UnixEpoch.AddTicks((long)Math.Round(Math.Clamp(seconds, 0, 2e11) * TimeSpan.TicksPerSecond));
}
