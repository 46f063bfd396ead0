using System.Globalization;
using SignalLab.Formats.Numbers;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.BrainVision;

/// <summary>A header file (<c>.vhdr</c>): how many channels, how fast, and how the samples lie in which file.</summary>
internal sealed class BrainVisionHeader
{
    private const long Largest = 16_000_000;
    private const string Common = "Common Infos";
    private const string Binary = "Binary Infos";
    private const string Ascii = "ASCII Infos";

    private static readonly string[] Headings =
        [Common, "User Infos", Ascii, Binary, "Channel Infos", "Channel User Infos", "Coordinates", "Comment"];

    private BrainVisionHeader(SectionedText text) => Text = text;

    public SectionedText Text { get; }

    public string Path => Text.Path;

    /// <summary>Columns in the data file, of which the channels are the first: V-Amp headers do not count the last.</summary>
    public int Columns => ChannelCount + (Text.FirstLine.Contains("V-Amp", StringComparison.OrdinalIgnoreCase) ? 1 : 0);

    public required int ChannelCount { get; init; }

    public required double RateHz { get; init; }

    public required string DataFile { get; init; }

    /// <summary>Name of the marker file, or null where there is none.</summary>
    public string? MarkerFile { get; init; }

    public required bool IsVectorised { get; init; }

    /// <summary>How a sample is stored, or null where the samples are text.</summary>
    public required NumberType? Type { get; init; }

    public bool IsBigEndian { get; init; }

    public long DataOffset { get; init; }

    public long TrailerSize { get; init; }

    public long SegmentHeaderSize { get; init; }

    /// <summary>Data points a channel as the header states them, or null.</summary>
    public long? DataPoints { get; init; }

    /// <summary>Data points of each segment, or null where the header does not cut it into equal ones.</summary>
    public long? SegmentPoints { get; init; }

    /// <summary>Segments that were averaged; 0 where the samples are no average.</summary>
    public long AveragedSegments { get; init; }

    public char DecimalSymbol { get; init; } = '.';

    public long SkipLines { get; init; }

    public long SkipColumns { get; init; }

    /// <summary>True where a text begins as a header or marker file does.</summary>
    /// <param name="text">The file's beginning, or its first line.</param>
    /// <param name="kind"><c>Header</c> or <c>Marker</c>.</param>
    public static bool Begins(string text, string kind)
    {
        var line = text.TrimStart('\uFEFF', 'ï', '»', '¿', ' ', '\r', '\n').Split('\n', '\r')[0].Replace(" ", "", StringComparison.Ordinal);
        return line.StartsWith("BrainVision", StringComparison.OrdinalIgnoreCase) && line.Contains(kind + "File", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a header file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MalformedFileException">It is none, or contradicts itself.</exception>
    /// <exception cref="UnfitInputException">It describes data that are no samples over time.</exception>
    public static BrainVisionHeader Read(string path)
    {
        var text = SectionedText.Read(path, "BrainVision header", Largest, h => Headings.Contains(h, StringComparer.OrdinalIgnoreCase));
        if (!Begins(text.FirstLine, "Header"))
        {
            throw new MalformedFileException(path, 0, "first line", $"\"{text.FirstLine}\"", "\"Brain Vision Data Exchange Header File Version 1.0\" or 2.0");
        }

        if (text.Value(Common, "DataType") is { Length: > 0 } domain && !domain.Equals("TIMEDOMAIN", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnfitInputException($"{path}: holds data of the type {domain}; only TIMEDOMAIN is a recording.");
        }

        if (Whole(text, Binary, "ChannelOffset", 0) is > 0 and var skipped)
        {
            throw new UnfitInputException(FormattableString.Invariant($"{path}: leaves {skipped} bytes before each channel (ChannelOffset); export it again without."));
        }

        var isAscii = OneOf(text, Common, "DataFormat", "BINARY", "BINARY", "ASCII") == "ASCII";
        return new(text)
        {
            ChannelCount = (int)(Whole(text, Common, "NumberOfChannels") is { } n and > 0 and < 1_000_000 ? n : throw text.Fault(Common, "NumberOfChannels", "the number of channels, at least 1")),
            RateHz = Rate(text),
            DataFile = Name(text, path, "DataFile") ?? throw text.Fault(Common, "DataFile", "the name of the file that holds the samples"),
            MarkerFile = Name(text, path, "MarkerFile"),
            IsVectorised = OneOf(text, Common, "DataOrientation", "MULTIPLEXED", "MULTIPLEXED", "VECTORIZED") == "VECTORIZED",
            Type = isAscii ? null : OneOf(text, Binary, "BinaryFormat", "INT_16", "INT_16", "UINT_16", "INT_32", "IEEE_FLOAT_32", "IEEE_FLOAT_64") switch
            {
                "INT_16" => NumberType.Int16,
                "UINT_16" => NumberType.UInt16,
                "INT_32" => NumberType.Int32,
                "IEEE_FLOAT_32" => NumberType.Float32,
                _ => NumberType.Float64,
            },
            IsBigEndian = OneOf(text, Binary, "UseBigEndianOrder", "NO", "NO", "YES") == "YES",
            DataOffset = Whole(text, Binary, "DataOffset", 0) ?? 0,
            TrailerSize = Whole(text, Binary, "TrailerSize", 0) ?? 0,
            SegmentHeaderSize = Whole(text, Binary, "SegmentHeaderSize", 0) ?? 0,
            DataPoints = Whole(text, Common, "DataPoints") is > 0 and var points ? points : null,
            SegmentPoints = Whole(text, Common, "SegmentDataPoints") is > 0 and var part ? part : null,
            AveragedSegments = OneOf(text, Common, "Averaged", "NO", "NO", "YES") == "YES" ? Math.Max(1, Whole(text, Common, "AveragedSegments", 1) ?? 1) : 0,
            DecimalSymbol = text.Value(Ascii, "DecimalSymbol") is [var symbol, ..] ? symbol : '.',
            SkipLines = Whole(text, Ascii, "SkipLines", 0) ?? 0,
            SkipColumns = Whole(text, Ascii, "SkipColumns", 0) ?? 0,
        };
    }

    private static double Rate(SectionedText text)
    {
        const string Expected = "the sampling interval in microseconds, above 0";
        if (!double.TryParse(text.Value(Common, "SamplingInterval"), NumberStyles.Float, CultureInfo.InvariantCulture, out var interval) || !(interval > 1e-6) || !(interval < 1e15))
        {
            throw text.Fault(Common, "SamplingInterval", Expected);
        }

        // The interval of 300 Hz is no round number: what is a micro-hertz from a round rate is that rate.
        var rate = 1e6 / interval;
        var round = Math.Round(rate, 6);
        return Math.Abs(rate - round) < 1e-12 * rate ? round : rate;
    }

    // $b stands for the header's own name without ending.
    private static string? Name(SectionedText text, string path, string key) => text.Value(Common, key) is { Length: > 0 } name
        ? name.Replace("$b", System.IO.Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal)
        : null;

    private static string OneOf(SectionedText text, string section, string key, string missing, params ReadOnlySpan<string> words)
    {
        var value = text.Value(section, key) is { Length: > 0 } stated ? stated : missing;
        foreach (var word in words)
        {
            if (word.Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        throw text.Fault(section, key, string.Join(" or ", words!));
    }

    private static long? Whole(SectionedText text, string section, string key, long? missing = null)
    {
        if (text.Value(section, key) is not { Length: > 0 } value)
        {
            return missing;
        }

        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 1L << 39
            ? number
            : throw text.Fault(section, key, "a whole number of at least 0");
    }
}
