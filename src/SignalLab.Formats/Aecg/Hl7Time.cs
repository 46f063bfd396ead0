using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Aecg;

/// <summary>A point in time as HL7 writes it: <c>YYYYMMDDHHMMSS.UUUU±ZZzz</c>, cut anywhere after the year.</summary>
/// <remarks>Source: HL7 v3 data types, TS.</remarks>
internal static class Hl7Time
{
    private static readonly string[] Formats = ["yyyy", "yyyyMM", "yyyyMMdd", "yyyyMMddHH", "yyyyMMddHHmm", "yyyyMMddHHmmss"];

    /// <summary>The clock's reading where it was written; UTC only where the offset is zero. Null where the text is no time.</summary>
    public static DateTime? Parse(string? text)
    {
        text = text?.Trim() ?? "";
        var zone = text.LastIndexOfAny(['+', '-', 'Z']);
        var clock = zone < 0 ? text : text[..zone];
        var point = clock.IndexOf('.', StringComparison.Ordinal);
        if (!DateTime.TryParseExact(point < 0 ? clock : clock[..point], Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        var fraction = 0.0;
        if (point >= 0 && !double.TryParse("0" + clock[point..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out fraction))
        {
            return null;
        }

        var isUtc = zone >= 0 && text[(zone + 1)..].All(c => c is '0' or ':');
        return DateTime.SpecifyKind(time.AddTicks((long)Math.Round(fraction * TimeSpan.TicksPerSecond)), isUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified);
    }
}

/// <summary>A number with its unit.</summary>
internal readonly record struct AecgQuantity(double Value, Unit Unit)
{
    /// <summary>The physical quantity (PQ) of an element, or null where it states none.</summary>
    public static AecgQuantity? Of(System.Xml.Linq.XElement? element) =>
        double.TryParse((string?)element?.Attribute("value"), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new(value, Unit.Parse((string?)element!.Attribute("unit")))
            : null;

    /// <summary>Seconds, or null where the unit is no time.</summary>
    public double? Seconds => Unit.ConvertsTo(Unit.Second) ? Value * Unit.Scale : null;
}
