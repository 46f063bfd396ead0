using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Lvm;

/// <summary>The two headers of a file, each ended by <c>***End_of_Header***</c>, and the names of the columns.</summary>
internal sealed record LvmHeader
{
    private const int LargestBytes = 16_000_000;
    private const string End = "***End_of_Header***";

    /// <summary>Byte of the first row of numbers.</summary>
    public required long Rows { get; init; }

    public required char Separator { get; init; }

    public required char DecimalSign { get; init; }

    /// <summary>True where the first column is time.</summary>
    public required bool HasTime { get; init; }

    /// <summary>Interval of the samples as the header rounds it.</summary>
    public required double IntervalSeconds { get; init; }

    public required IReadOnlyList<string> Names { get; init; }

    public required IReadOnlyList<string> Units { get; init; }

    public DateTime? Start { get; init; }

    public string Operator { get; init; } = "";

    /// <summary>Unit of a channel; unknown where the header has none.</summary>
    public Unit UnitOf(int channel) => channel < Units.Count ? Unit.Parse(Units[channel]) : Unit.Unknown;

    /// <summary>Reads the headers.</summary>
    public static LvmHeader Read(ByteSource bytes)
    {
        var (text, ends) = Text(bytes);
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        if (!lines[0].StartsWith("LabVIEW Measurement", StringComparison.Ordinal))
        {
            throw new MalformedFileException(bytes.Path, 0, "header", "no \"LabVIEW Measurement\"", "the first line of a LabVIEW measurement");
        }

        var separator = Value(lines, '\t', "Separator").Equals("Comma", StringComparison.OrdinalIgnoreCase) ? ',' : '\t';
        if (Value(lines, separator, "Multi_Headings").Equals("Yes", StringComparison.OrdinalIgnoreCase) || Value(lines, separator, "X_Columns").Equals("Multi", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnfitInputException($"{bytes.Path}: holds several headings or a time column a channel; record it with one heading and one time column.");
        }

        var hasTime = !Value(lines, separator, "X_Columns").Equals("No", StringComparison.OrdinalIgnoreCase);
        var sign = Value(lines, separator, "Decimal_Separator") is "," ? ',' : '.';
        var interval = Words(lines, separator, "Delta_X").FirstOrDefault() ?? "";
        var columns = lines[^1].Split(separator);
        var names = columns.Skip(1).Select(c => c.Trim()).ToList();
        if (names.Count > 0 && names[^1] is "Comment" or "")
        {
            names.RemoveAt(names.Count - 1);
        }

        if (names.Count == 0 || !columns[0].StartsWith("X_Value", StringComparison.Ordinal) || !double.TryParse(interval.Replace(sign, '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            || !(seconds > 0) || !double.IsFinite(1 / seconds))
        {
            throw new MalformedFileException(bytes.Path, 0, "header", $"columns '{lines[^1]}', interval '{interval}'", "a heading that begins with X_Value, and a positive Delta_X");
        }

        return new()
        {
            Rows = ends,
            Separator = separator,
            DecimalSign = sign,
            HasTime = hasTime,
            IntervalSeconds = seconds,
            Names = names,
            Units = Words(lines, separator, "Y_Unit_Label"),
            Start = Clock(Words(lines, separator, "Date").LastOrDefault(w => w.Length > 0), Words(lines, separator, "Time").FirstOrDefault(w => w.Length > 0)),
            Operator = Value(lines, separator, "Operator"),
        };
    }

    // Everything up to the line after the second end of a header.
    private static (string Text, long Rows) Text(ByteSource bytes)
    {
        var size = (int)Math.Min(1 << 16, bytes.Length);
        while (true)
        {
            var text = Encoding.Latin1.GetString(bytes.Read(0, size, "header"));
            var first = text.IndexOf(End, StringComparison.Ordinal);
            var second = first < 0 ? -1 : text.IndexOf(End, first + End.Length, StringComparison.Ordinal);
            var heading = second < 0 ? -1 : text.IndexOf('\n', second);
            var end = heading < 0 ? -1 : text.IndexOf('\n', heading + 1);
            if (end >= 0)
            {
                return (text[..end], end + 1);
            }

            if (size == bytes.Length || size >= LargestBytes)
            {
                throw new MalformedFileException(bytes.Path, size, "header", "no end of both headers", $"{End} twice and the names of the columns");
            }

            size = (int)Math.Min(4L * size, Math.Min(bytes.Length, LargestBytes));
        }
    }

    // The last line of a key counts: the second header tells of the channels.
    private static string[] Words(List<string> lines, char separator, string key) =>
        lines.LastOrDefault(l => l.StartsWith(key + separator, StringComparison.Ordinal)) is { } line ? [.. line.Split(separator).Skip(1).Select(w => w.Trim())] : [];

    private static string Value(List<string> lines, char separator, string key) => Words(lines, separator, key).FirstOrDefault() ?? "";

    // LabVIEW writes more digits of a second than a clock has.
    private static DateTime? Clock(string? date, string? time)
    {
        if (date is null || time is null || !DateOnly.TryParseExact(date, ["yyyy/M/d", "M/d/yyyy", "d.M.yyyy", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return null;
        }

        var parts = time.Replace(',', '.').Split(':');
        return parts.Length == 3 && int.TryParse(parts[0], out var hours) && int.TryParse(parts[1], out var minutes)
            && double.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && hours is >= 0 and < 24 && minutes is >= 0 and < 60 && seconds is >= 0 and < 61
            ? day.ToDateTime(TimeOnly.MinValue).AddHours(hours).AddMinutes(minutes).AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond))
            : null;
    }
}
