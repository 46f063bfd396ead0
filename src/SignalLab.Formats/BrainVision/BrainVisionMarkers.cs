using System.Globalization;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.BrainVision;

/// <summary>A marker: <c>Mk1=type,description,position,points,channel,date</c>.</summary>
/// <param name="Type">Its type, for example <c>Stimulus</c>.</param>
/// <param name="Description">Its description, for example <c>S  1</c>.</param>
/// <param name="Position">Data point, counted from 1.</param>
/// <param name="Points">Data points that it spans.</param>
/// <param name="Channel">Channel counted from 1, or 0 for all.</param>
/// <param name="Date">When a segment began, or null.</param>
internal sealed record BrainVisionMarker(string Type, string Description, long Position, long Points, int Channel, DateTime? Date)
{
    public bool IsNewSegment => Type.Equals(BrainVisionMarkers.NewSegment, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The marker file (<c>.vmrk</c>).</summary>
internal static class BrainVisionMarkers
{
    /// <summary>Type of the marker that begins a segment.</summary>
    public const string NewSegment = "New Segment";

    private const long Largest = 64_000_000;
    private const int FirstFieldOfNumbers = 2;

    private static readonly string[] Headings = ["Common Infos", "Marker Infos", "Marker User Infos"];

    /// <summary>The markers in file order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <exception cref="MalformedFileException">It is no marker file.</exception>
    public static IReadOnlyList<BrainVisionMarker> Read(string path, List<string> remarks)
    {
        var text = SectionedText.Read(path, "BrainVision marker file", Largest, h => Headings.Contains(h, StringComparer.OrdinalIgnoreCase));
        if (!BrainVisionHeader.Begins(text.FirstLine, "Marker"))
        {
            throw new MalformedFileException(path, 0, "first line", $"\"{text.FirstLine}\"", "\"Brain Vision Data Exchange Marker File, Version 1.0\" or 2.0");
        }

        var markers = new List<BrainVisionMarker>();
        var lost = new List<string>();
        foreach (var line in text["Marker Infos"])
        {
            if (line.Key is not ['M' or 'm', 'K' or 'k', .. var number] || !number.All(char.IsAsciiDigit))
            {
                continue;
            }

            if (Parse(line.Value) is { } marker)
            {
                markers.Add(marker);
            }
            else
            {
                lost.Add(line.Key);
            }
        }

        if (lost.Count > 0)
        {
            remarks.Add(FormattableString.Invariant($"{lost.Count} markers have no position and are left out; the first is {lost[0]}."));
        }

        return markers;
    }

    /// <summary>Reads what stands behind the equals sign, or null where it has no position. A comma in the description should be coded, but need not be: the numbers are looked for.</summary>
    /// <param name="value">The text.</param>
    public static BrainVisionMarker? Parse(string value)
    {
        var fields = value.Split(',');
        for (var at = FirstFieldOfNumbers; at < fields.Length; at++)
        {
            if (!TryWhole(fields[at], out var position) || !TryOptional(fields, at + 1, out var points) || !TryOptional(fields, at + 2, out var channel))
            {
                continue;
            }

            var description = string.Join(',', fields[1..at]);
            return new(
                BrainVisionChannels.Unescape(fields[0].Trim()), BrainVisionChannels.Unescape(description), position, Math.Max(0, points),
                (int)Math.Clamp(channel, 0, int.MaxValue), at + 3 < fields.Length ? Date(fields[at + 3]) : null);
        }

        return null;
    }

    private static bool TryOptional(string[] fields, int at, out long value)
    {
        value = 0;
        return at >= fields.Length || string.IsNullOrWhiteSpace(fields[at]) || TryWhole(fields[at], out value);
    }

    private static bool TryWhole(string field, out long value) =>
        long.TryParse(field, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value) && Math.Abs(value) < 1L << 48;

    // YYYYMMDDhhmmssuuuuuu; zeros where there is none.
    private static DateTime? Date(string field)
    {
        const int ToSeconds = 14;
        var digits = field.Trim();
        return digits.Length >= ToSeconds && digits.All(char.IsAsciiDigit)
            && DateTime.TryParseExact(digits[..ToSeconds], "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.AddTicks(Math.Min(TimeSpan.TicksPerSecond - 1, (long)Math.Round(double.Parse("0." + digits[ToSeconds..] + "0", CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond)))
            : null;
    }
}
