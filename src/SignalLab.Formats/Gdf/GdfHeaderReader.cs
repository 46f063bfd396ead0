using System.Globalization;
using System.Text;
using SignalLab.Formats.Edf;
using SignalLab.Model;

namespace SignalLab.Formats.Gdf;

/// <summary>Reads the fixed header; the channels' part is <see cref="GdfChannelReader"/>.</summary>
internal static class GdfHeaderReader
{
    /// <summary>Bytes of the fixed header, and of each channel's.</summary>
    public const int PartBytes = 256;

    /// <summary>From this version on the layout is that of version 2.</summary>
    private const double FirstOfVersion2 = 1.9;

    /// <summary>From this version on the record's length is a floating-point number.</summary>
    private const double FirstWithRealDuration = 2.21;

    /// <summary>The version that a file's first bytes state, or null where they are not GDF's.</summary>
    /// <param name="head">The first bytes.</param>
    public static double? Version(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8 || !head[..4].SequenceEqual("GDF "u8))
        {
            return null;
        }

        return double.TryParse(Encoding.ASCII.GetString(head[4..8]), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version) && version is >= 1 and < 4 ? version : null;
    }

    /// <summary>Reads all headers.</summary>
    /// <param name="bytes">The file.</param>
    public static GdfHeader Read(ByteSource bytes)
    {
        var head = bytes.Read(0, PartBytes, "header");
        if (Version(head) is not { } version)
        {
            throw new MalformedFileException(bytes.Path, 0, "version", $"\"{GdfFields.Text(head.AsSpan(0, 8))}\"", "\"GDF \" and a version from 1.00 on");
        }

        return version < FirstOfVersion2 ? ReadFirst(bytes, head, version) : ReadSecond(bytes, head, version);
    }

    private static GdfHeader ReadFirst(ByteSource bytes, byte[] head, double version)
    {
        var channels = GdfFields.UInt32(head, 252);
        var dataOffset = RequireOffset(bytes, 184, GdfFields.Int64(head, 184), channels);
        var start = GdfClock.Text(GdfFields.Text(head.AsSpan(168, 16)));
        var header = new GdfHeader(version, dataOffset, GdfFields.Int64(head, 236), Ratio(head), GdfChannelReader.Read(bytes, channels, isSecond: false, out var remarks))
        {
            Start = start,
            Subject = EdfPatient.Read(GdfFields.Text(head.AsSpan(8, 80)), start),
            Comments = Comment("recording", GdfFields.Text(head.AsSpan(88, 80))),
            Remarks = remarks,
        };
        return RequireRates(bytes, header);
    }

    private static GdfHeader ReadSecond(ByteSource bytes, byte[] head, double version)
    {
        var channels = GdfFields.UInt16(head, 252);
        var dataOffset = RequireOffset(bytes, 184, PartBytes * (long)GdfFields.UInt16(head, 184), channels);
        var start = GdfClock.Days(GdfFields.Int64(head, 168));
        var duration = version < FirstWithRealDuration ? Ratio(head) : (GdfFields.Double(head, 244), 1);
        var tags = GdfTags.Read(bytes, PartBytes * (channels + 1L), dataOffset, out var tagRemarks);
        var header = new GdfHeader(version, dataOffset, GdfFields.Int64(head, 236), duration, GdfChannelReader.Read(bytes, channels, isSecond: true, out var remarks))
        {
            Start = start,
            Subject = SubjectOf(head, start),
            Comments = [.. Comment("recording", GdfFields.Text(head.AsSpan(88, 64))), .. Traits(head), .. tags],
            Remarks = [.. remarks, .. tagRemarks],
        };
        return RequireRates(bytes, header);
    }

    private static (double Numerator, double Denominator) Ratio(byte[] head) => (GdfFields.UInt32(head, 244), GdfFields.UInt32(head, 248));

    private static long RequireOffset(ByteSource bytes, long at, long offset, long channels) =>
        offset >= PartBytes * (channels + 1) && offset <= bytes.Length
            ? offset
            : throw new MalformedFileException(
                bytes.Path, at, "header length", FormattableString.Invariant($"{offset} bytes"),
                FormattableString.Invariant($"at least {PartBytes * (channels + 1)} for {channels} channels, and no more than the file's {bytes.Length}"));

    private static GdfHeader RequireRates(ByteSource bytes, GdfHeader header)
    {
        if (header.RecordCount < -1)
        {
            throw new MalformedFileException(bytes.Path, 236, "number of records", FormattableString.Invariant($"{header.RecordCount}"), "a number of records, or −1 for unknown");
        }

        var (numerator, denominator) = header.RecordSeconds;
        return header.Channels.Where(c => c.PerRecord > 0).All(c => header.RateOf(c) is > 0 and < double.PositiveInfinity)
            ? header
            : throw new MalformedFileException(bytes.Path, 244, "duration of a record", FormattableString.Invariant($"{numerator}/{denominator} s"), "a time above 0");
    }

    private static Subject SubjectOf(byte[] head, DateTime? start)
    {
        var parts = GdfFields.Text(head.AsSpan(8, 66)).Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var birthdate = GdfClock.Days(GdfFields.Int64(head, 176));
        var sex = (head[87] & 3) switch { 1 => "M", 2 => "F", _ => null };
        double? age = birthdate is { } b && start is { } s && s > b ? Math.Round((s - b).TotalDays / 365.2425, 2) : null;
        return new Subject(parts.Length > 0 ? Stated(parts[0]) : null, sex, age)
        {
            Name = parts.Length > 1 ? Stated(parts[1].Replace('_', ' ')) : null,
            Birthdate = birthdate is { } date ? DateOnly.FromDateTime(date) : null,
        };
    }

    private static string? Stated(string text) => text is "X" or "" ? null : text;

    private static IEnumerable<string> Traits(byte[] head)
    {
        if (head[85] is > 0 and < 255)
        {
            yield return FormattableString.Invariant($"weight: {head[85]} kg");
        }

        if (head[86] is > 0 and < 255)
        {
            yield return FormattableString.Invariant($"height: {head[86]} cm");
        }

        if (((head[87] >> 2) & 3) is > 0 and var hand)
        {
            yield return "handedness: " + hand switch { 1 => "right", 2 => "left", _ => "both" };
        }
    }

    private static string[] Comment(string name, string text) => Stated(text) is null ? [] : [$"{name}: {text}"];
}
