using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>Reads <c>.hea</c> text.</summary>
/// <remarks>Source: WFDB Applications Guide, header(5).</remarks>
internal static partial class WfdbHeaderReader
{
    private const long LargestHeader = 16 << 20;
    private const int MostSamplesPerFrame = 1 << 20;

    /// <summary>Reads a header file.</summary>
    /// <exception cref="MalformedFileException">It is not a WFDB header or contradicts itself.</exception>
    public static WfdbHeader Read(string path)
    {
        var bytes = ByteSource.Open(path);
        if (bytes.Length > LargestHeader)
        {
            throw new MalformedFileException(path, null, "header", FormattableString.Invariant($"{bytes.Length} bytes"), "a WFDB header of at most 16 MB");
        }

        return Parse(path, Decode(bytes.Read(0, bytes.Length, "header")));
    }

    /// <summary>True where the text's first lines are a record line and a fitting signal or segment line.</summary>
    public static bool LooksLikeHeader(string text, bool isWhole)
    {
        var lines = ContentLines(text).ToArray();
        if (!isWhole && lines.Length > 0)
        {
            lines = lines[..^1];
        }

        if (lines.Length == 0 || RecordLine().Match(lines[0]) is not { Success: true } record || !TryCount(record.Groups["signals"].Value, out var signals))
        {
            return false;
        }

        return record.Groups["segments"].Success
            ? lines.Length > 1 && SegmentLine().IsMatch(lines[1])
            : signals == 0 ? lines.Length == 1 : lines.Length > 1 && SignalStart().Match(lines[1]) is { Success: true } m && SampleFormats.IsKnown(Small(m.Groups["format"].Value));
    }

    /// <summary>Reads the text of a header.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="text">Its text.</param>
    public static WfdbHeader Parse(string path, string text)
    {
        List<string> remarks = [];
        var lines = ContentLines(text).ToArray();
        if (lines.Length == 0)
        {
            throw new MalformedFileException(path, null, "record line", "no line that is not a comment", "a WFDB record line: name, number of signals, sampling frequency, number of samples");
        }

        var record = RecordLine().Match(lines[0]);
        if (!record.Success)
        {
            throw new MalformedFileException(path, null, "record line", $"\"{lines[0]}\"", "a WFDB record line: name, number of signals, sampling frequency, number of samples");
        }

        var name = record.Groups["name"].Value;
        var header = new WfdbHeader(path, name, Rate(path, record.Groups["rate"].Value))
        {
            Frames = Frames(path, record.Groups["frames"].Value, "number of samples per signal"),
            Start = BaseTime(record.Groups["time"].Value, record.Groups["date"].Value, remarks),
            SignalCount = Count(path, record.Groups["signals"].Value, "number of signals"),
            Comments = [.. Lines(text).Where(IsComment).Select(l => l.TrimStart().TrimStart('#').Trim()).Where(l => l.Length > 0)],
        };
        var isSegmented = record.Groups["segments"].Success;
        var wanted = isSegmented ? Count(path, record.Groups["segments"].Value, "number of segments") : header.SignalCount;
        if (lines.Length - 1 < wanted || (isSegmented && wanted == 0))
        {
            throw new MalformedFileException(
                path, null, isSegmented ? "segment lines" : "signal lines", FormattableString.Invariant($"{lines.Length - 1}"),
                FormattableString.Invariant($"{Math.Max(1, wanted)}, as the record line states"));
        }

        if (lines.Length - 1 > wanted)
        {
            remarks.Add(FormattableString.Invariant($"{lines.Length - 1 - wanted} line(s) after the last {(isSegmented ? "segment" : "signal")} line are ignored."));
        }

        if (wanted > 0 && text.TrimEnd('\0').EndsWith(lines[wanted], StringComparison.Ordinal))
        {
            remarks.Add(UnendedLine);
        }

        return isSegmented
            ? header with { Segments = [.. lines[1..(wanted + 1)].Select((l, i) => Segment(path, l, i))], Remarks = remarks }
            : header with { Signals = [.. lines[1..(wanted + 1)].Select((l, i) => Signal(path, name, l, i, remarks))], Remarks = remarks };
    }

    /// <summary>What is said of a header whose last signal line might have been cut.</summary>
    public const string UnendedLine = "The header's last line is not ended by a line feed: the file may have been cut there.";

    private static WfdbSegment Segment(string path, string line, int index)
    {
        var match = SegmentLine().Match(line);
        if (!match.Success)
        {
            throw new MalformedFileException(path, null, FormattableString.Invariant($"segment {index}"), $"\"{line}\"", "a record name and a number of samples");
        }

        return new(match.Groups["name"].Value, Frames(path, match.Groups["frames"].Value, FormattableString.Invariant($"length of segment {index}")) ?? 0);
    }

    private static WfdbSignal Signal(string path, string record, string line, int index, List<string> remarks)
    {
        var start = SignalStart().Match(line);
        var place = FormattableString.Invariant($"signal {index}");
        if (!start.Success)
        {
            throw new MalformedFileException(path, null, place, $"\"{line}\"", "a signal file's name and a format number");
        }

        var number = Small(start.Groups["format"].Value);
        if (!SampleFormats.IsKnown(number))
        {
            throw new MalformedFileException(path, null, place + ", format", $"\"{start.Groups["format"].Value}\"", "one of " + string.Join(", ", Enum.GetValues<SampleFormat>().Select(f => ((int)f).ToString(CultureInfo.InvariantCulture))));
        }

        var signal = new WfdbSignal(start.Groups["file"].Value, (SampleFormat)number)
        {
            SamplesPerFrame = Math.Max(1, (int)Modifier(path, start, "spf", place + ", samples per frame", MostSamplesPerFrame, 1)),
            SkewFrames = Modifier(path, start, "skew", place + ", skew", int.MaxValue, 0),
            ByteOffset = Modifier(path, start, "offset", place + ", byte offset", long.MaxValue, 0),
        };
        return WfdbSignalFields.Fill(signal, line[start.Length..], FormattableString.Invariant($"record {record}, signal {index}"), remarks, index);
    }

    private static long Modifier(string path, Match match, string group, string field, long largest, long missing)
    {
        var text = match.Groups[group].Value;
        if (text.Length == 0)
        {
            return missing;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= largest
            ? value
            : throw new MalformedFileException(path, null, field, $"\"{text}\"", FormattableString.Invariant($"a whole number from 0 to {largest}"));
    }

    private static double Rate(string path, string text)
    {
        if (text.Length == 0)
        {
            return WfdbHeader.DefaultRateHz;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate > 0 && double.IsFinite(rate) && rate < 1e9
            ? rate
            : throw new MalformedFileException(path, null, "sampling frequency", $"\"{text}\"", "a number above 0, in Hz");
    }

    private static long? Frames(string path, string text, string field)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var frames = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < long.MaxValue >> 24
            ? value
            : throw new MalformedFileException(path, null, field, $"\"{text}\"", "a whole number of samples");
        return frames == 0 ? null : frames;
    }

    private static int Count(string path, string text, string field) =>
        TryCount(text, out var count) ? count : throw new MalformedFileException(path, null, field, $"\"{text}\"", "a whole number");

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count < 1_000_000;

    // Base time is [[HH:]MM:]SS[.sss]; a start needs the date too, which a de-identified record may have as 0/0/0.
    private static DateTime? BaseTime(string time, string date, List<string> remarks)
    {
        if (time.Length == 0)
        {
            return null;
        }

        double seconds = 0;
        foreach (var part in time.Split(':'))
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                remarks.Add($"The base time \"{time}\" is not hours:minutes:seconds and is ignored.");
                return null;
            }

            seconds = (seconds * 60) + value;
        }

        int[] parts = [.. date.Split('/').Select(Small)];
        if (parts is [> 0 and <= 31, > 0 and <= 12, > 99 and <= 9999] && parts[0] <= DateTime.DaysInMonth(parts[2], parts[1]) && seconds < 86400)
        {
            return new DateTime(parts[2], parts[1], parts[0], 0, 0, 0, DateTimeKind.Unspecified).AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        }

        if (seconds != 0 || date.Any(c => c is >= '1' and <= '9'))
        {
            remarks.Add($"The recording began at {time}{(date.Length == 0 ? "" : " " + date)}, without a usable date: its start is not known.");
        }

        return null;
    }

    private static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static int Small(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;

    private static string[] Lines(string text) => text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> ContentLines(string text) => Lines(text).Select(l => l.TrimStart(' ', '\t', '\uFEFF')).Where(l => l.Trim().Length > 0 && l[0] != '#');

    private static bool IsComment(string line) => line.TrimStart().StartsWith('#');

    [GeneratedRegex(@"^(?<name>[^\s/]+)(/(?<segments>\d+))?[ \t]+(?<signals>\d+)([ \t]+(?<rate>[0-9.eE+-]+)(/(?<counter>[^\s(]*)(\([^)\s]*\))?)?([ \t]+(?<frames>\d+)([ \t]+(?<time>[0-9:.]+)([ \t]+(?<date>[0-9/]+))?)?)?)?[ \t\0]*$", RegexOptions.CultureInvariant)]
    private static partial Regex RecordLine();

    [GeneratedRegex(@"^(?<name>[^\s#]+)[ \t]+(?<frames>\d+)[ \t\0]*$", RegexOptions.CultureInvariant)]
    private static partial Regex SegmentLine();

    [GeneratedRegex(@"^(?<file>\S+)[ \t]+(?<format>\d+)((x(?<spf>-?\d+))|(:(?<skew>-?\d+))|(\+(?<offset>-?\d+)))*(?=[ \t\0]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex SignalStart();
}
