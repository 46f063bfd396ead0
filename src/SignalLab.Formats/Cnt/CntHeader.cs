using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Cnt;

/// <summary>The 900 bytes that a Neuroscan file begins with.</summary>
/// <param name="ChannelCount">Electrodes, each described by 75 bytes behind this header.</param>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="ClaimedSamples">Samples a channel as counted while recording; not reliable.</param>
/// <param name="EventTable">Byte of the event table; before the data where there is none.</param>
/// <param name="NextFile">Byte of an appended part that tells the width of a sample, or 0.</param>
/// <param name="ChannelOffset">Bytes of one channel's stretch in a block; 0 or 1 where there are no blocks.</param>
internal sealed record CntHeader(int ChannelCount, int RateHz, long ClaimedSamples, long EventTable, long NextFile, int ChannelOffset)
{
    public const int SetupBytes = 900;

    public const int ElectrodeBytes = 75;

    private static readonly string[] American = ["M/d/yy", "M/d/yyyy"];
    private static readonly string[] European = ["d/M/yy", "d/M/yyyy"];

    public DateTime? Start { get; init; }

    public Subject Subject { get; init; } = Subject.Unknown;

    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Byte of the first sample.</summary>
    public long DataOffset => SetupBytes + ((long)ElectrodeBytes * ChannelCount);

    /// <summary>True where a file's beginning is that of a continuous recording.</summary>
    /// <param name="head">The first bytes.</param>
    public static bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length > SetupBytes && head[..8].SequenceEqual("Version "u8) && head[8..11].IndexOfAnyExceptInRange((byte)'.', (byte)'9') < 0 && IsContinuous(head);

    /// <summary>Reads the header.</summary>
    /// <param name="bytes">The file.</param>
    /// <exception cref="UnfitInputException">It holds epochs or an average.</exception>
    public static CntHeader Read(ByteSource bytes)
    {
        var head = bytes.Read(0, SetupBytes, "header");
        if (!head.AsSpan(0, 8).SequenceEqual("Version "u8))
        {
            throw new MalformedFileException(bytes.Path, 0, "version", $"\"{Text(head, 0, 12)}\"", "\"Version 3.0\" or another version");
        }

        if (!IsContinuous(head))
        {
            throw new UnfitInputException($"{bytes.Path}: is a Neuroscan file of epochs or an average (.eeg, .avg); continuous recordings (.cnt) can be read.");
        }

        var (channels, rate) = (BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(370)), BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(376)));
        if (channels == 0 || rate == 0)
        {
            throw new MalformedFileException(
                bytes.Path, channels == 0 ? 370 : 376, channels == 0 ? "number of channels" : "sampling rate", "0", channels == 0 ? "at least 1" : "a rate in Hz above 0");
        }

        return new(channels, rate, BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(864)), TableAt(head, bytes), BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(12)), BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(894)))
        {
            Start = Clock(Text(head, 225, 10), Text(head, 235, 12)),
            Subject = SubjectOf(head),
            Comments = [.. Comment("operator", head, 41), .. Comment("doctor", head, 61), .. Comment("hospital", head, 101), .. Comment("label", head, 205)],
        };
    }

    /// <summary>Text of a field: up to its first zero, blanks taken off.</summary>
    public static string Text(ReadOnlySpan<byte> bytes, int at, int width)
    {
        var field = bytes.Slice(at, width);
        var end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]).Trim();
    }

    // Epochs and averages have no event table; a continuous file says its type (1 synamps, 3 …) or has a table.
    private static bool IsContinuous(ReadOnlySpan<byte> head) => head[885] != 0 || BinaryPrimitives.ReadUInt32LittleEndian(head[886..]) > SetupBytes;

    // The field before the file's type holds the upper half of the position where the file is longer than 4 GB; programs that do not know it leave it 0.
    private static long TableAt(byte[] head, ByteSource bytes)
    {
        long low = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(886));
        var whole = ((long)BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(16)) << 32) | low;
        whole = whole >= 0 && whole < bytes.Length ? whole : low;
        if (low <= SetupBytes || whole > uint.MaxValue || IsTable(bytes, whole))
        {
            return whole;
        }

        for (var at = whole + (1L << 32); at < bytes.Length; at += 1L << 32)
        {
            if (IsTable(bytes, at))
            {
                return at;
            }
        }

        return whole;
    }

    // A type of 1 to 3, and events that end within the file.
    private static bool IsTable(ByteSource bytes, long at)
    {
        const int HeadBytes = 9;
        if (at > bytes.Length - HeadBytes)
        {
            return false;
        }

        var head = bytes.Read(at, HeadBytes, "event table");
        return head[0] is >= 1 and <= 3 && BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(1)) <= bytes.Length - at - HeadBytes;
    }

    // American order as SCAN writes it, European where that is no date.
    private static DateTime? Clock(string date, string time)
    {
        if (!DateOnly.TryParseExact(date.Replace('-', '/'), American, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && !DateOnly.TryParseExact(date.Replace('-', '/'), European, CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return null;
        }

        return TimeOnly.TryParse(time, CultureInfo.InvariantCulture, out var clock) ? day.ToDateTime(clock) : null;
    }

    private static Subject SubjectOf(byte[] head)
    {
        var age = BinaryPrimitives.ReadInt16LittleEndian(head.AsSpan(141));
        var sex = char.ToUpperInvariant((char)head[143]);
        return new Subject(Stated(Text(head, 21, 20)), sex is 'M' or 'F' ? sex.ToString() : null, age is > 0 and < 130 ? age : null) { Name = Stated(Text(head, 121, 20)) };
    }

    private static string? Stated(string text) => text.Length == 0 || text.Equals("Unspecified", StringComparison.OrdinalIgnoreCase) ? null : text;

    private static string[] Comment(string name, byte[] head, int at) => Stated(Text(head, at, 20)) is { } text ? [$"{name}: {text}"] : [];
}
