using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Bti;

/// <summary>A channel as a data file lists it.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Number">Its number in the configuration.</param>
/// <param name="Scale">A factor on its samples.</param>
/// <param name="UnitLabel">Unit as the file spells it.</param>
/// <param name="Column">Its place within a sample.</param>
internal sealed record BtiListedChannel(string Label, int Number, double Scale, string UnitLabel, int Column);

/// <summary>The header of a data file: it stands behind the samples, and the file's last 8 bytes tell where. Big-endian.</summary>
internal sealed record BtiHeader
{
    public const int FewestBytes = 256;

    private const int EpochBytes = 56, ChannelBytes = 104;

    /// <summary>Byte where the header begins.</summary>
    public required long Start { get; init; }

    public required NumberType Type { get; init; }

    public required double RateHz { get; init; }

    /// <summary>Samples of each epoch.</summary>
    public required IReadOnlyList<int> Epochs { get; init; }

    /// <summary>Channels in the order of their columns.</summary>
    public required IReadOnlyList<BtiListedChannel> Channels { get; init; }

    public string Prefilter { get; init; } = "";

    /// <summary>When the file was made, UTC.</summary>
    public DateTime? Recorded { get; init; }

    public long SampleCount => Epochs.Sum(e => (long)e);

    /// <summary>True where a file ends as a data file does.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            var bytes = ByteSource.OpenAsIs(path);
            var (fields, _) = At(bytes);
            var isOne = BtiPreamble.Read(fields) is { IsPlausible: true };
            bytes.Close();
            return isOne;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads the header.</summary>
    public static BtiHeader Read(ByteSource bytes)
    {
        var (fields, start) = At(bytes);
        var preamble = BtiPreamble.Read(fields);
        if (!preamble.IsPlausible)
        {
            throw new MalformedFileException(bytes.Path, start, "header", preamble.ToString(), "the header of a BTi data file");
        }

        fields.Require(((long)EpochBytes * preamble.Epochs) + ((long)ChannelBytes * preamble.Channels), "epochs and channels");
        int[] epochs = [.. Enumerable.Range(0, preamble.Epochs).Select(_ => Epoch(fields))];
        BtiListedChannel[] channels = [.. Enumerable.Range(0, preamble.Channels).Select(_ => Channel(fields)).OrderBy(c => c.Column)];
        if (channels.Where((c, i) => c.Column != i).FirstOrDefault() is { } other)
        {
            throw new MalformedFileException(bytes.Path, start, "place of a channel", FormattableString.Invariant($"{other.Column} for '{other.Label}'"), FormattableString.Invariant($"each of 0 to {channels.Length - 1} once"));
        }

        var (recorded, prefilter) = BtiProcesses.Read(fields, preamble.Events, preamble.Processes);
        return new() { Start = start, Type = preamble.Type, RateHz = 1 / preamble.PeriodSeconds, Epochs = epochs, Channels = channels, Recorded = recorded, Prefilter = prefilter };
    }

    /// <summary>Uninterrupted stretches: one an epoch.</summary>
    /// <param name="remarks">Receives that the times of several are not told.</param>
    public IReadOnlyList<Segment> Segments(List<string> remarks)
    {
        if (Epochs.Count > 1)
        {
            remarks.Add(FormattableString.Invariant($"The file holds {Epochs.Count} epochs, a segment each; when they were recorded is not told: times run as if they followed each other."));
        }

        var segments = new List<Segment>();
        var first = 0L;
        foreach (var count in Epochs.Where(e => e > 0))
        {
            segments.Add(new(first / RateHz, count / RateHz));
            first += count;
        }

        return segments;
    }

    // Old systems wrote a 32-bit position behind four bytes that mean nothing.
    private static (FieldCursor Fields, long Start) At(ByteSource bytes)
    {
        bytes.Require(0, FewestBytes, "header");
        var fields = new FieldCursor(bytes, isBigEndian: true) { Position = bytes.Length - 8 };
        var stated = fields.Int64("place of the header");
        var low = stated & 0x7fffffff;
        var start = bytes.Length - low <= 0x7fffffff ? low : stated;
        start = start is >= 0 and < long.MaxValue - 8 ? (start + 7) / 8 * 8 : start;
        bytes.Require(start, 8, "header");
        fields.Position = start;
        return (fields, start);
    }

    private static int Epoch(FieldCursor fields)
    {
        var points = fields.Int32("samples an epoch");
        if (points < 0)
        {
            throw fields.Fault(4, "samples an epoch", FormattableString.Invariant($"{points}"), "0 or more");
        }

        fields.Skip(EpochBytes - 4);
        return points;
    }

    private static BtiListedChannel Channel(FieldCursor fields)
    {
        var start = fields.Position;
        var (label, number) = (fields.Text(16, "channel label"), fields.Int16("channel number"));
        fields.Skip(2);
        var (scale, unit) = (fields.Single("channel scale"), fields.Text(16, "channel unit"));
        fields.Position = start + 64;
        var column = fields.Int32("place of a channel");
        fields.Position = start + ChannelBytes;
        return new(label, number, scale, unit, column);
    }
}

/// <summary>The fixed part of a header, 104 bytes.</summary>
internal sealed record BtiPreamble(int Version, string FileType, int Format, int Epochs, int Events, double PeriodSeconds, int Processes, int Channels)
{
    private const int MostEpochs = 1_000_000, MostProcesses = 10_000;

    /// <summary>How a number is stored: 1 to 4.</summary>
    public NumberType Type => Format switch { 1 => NumberType.Int16, 2 => NumberType.Int32, 3 => NumberType.Float32, _ => NumberType.Float64 };

    /// <summary>True where the numbers can be those of a data file.</summary>
    public bool IsPlausible => Version is >= 0 and < 100 && FileType.Length > 0 && FileType.All(char.IsAsciiLetterOrDigit) && Format is >= 1 and <= 4 && Epochs is >= 0 and <= MostEpochs
        && Events is >= 0 and <= MostEpochs && PeriodSeconds is > 0 and < 1e6 && Processes is >= 0 and <= MostProcesses && Channels > 0;

    /// <summary>Reads it and moves behind it.</summary>
    public static BtiPreamble Read(FieldCursor fields)
    {
        var (version, type) = (fields.Int16("version"), fields.Text(5, "file type"));
        fields.Skip(1);
        var format = fields.Int16("number format");
        fields.Skip(2);
        var epochs = fields.Int32("number of epochs");
        fields.Skip(4);
        var events = fields.Int32("number of events");
        fields.Skip(4);
        var period = fields.Single("sampling period");
        fields.Skip(16);
        var (processes, channels) = (fields.Int32("number of processes"), fields.Int16("number of channels"));
        fields.Skip(2 + 4 + 4 + 2 + 2 + 4 + 20);
        fields.Align(8);
        return new(version, type, format, epochs, events, period, processes, channels);
    }
}
