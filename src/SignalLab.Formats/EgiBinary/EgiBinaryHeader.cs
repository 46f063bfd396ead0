using System.Buffers.Binary;
using System.Text;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.EgiBinary;

/// <summary>One segment as its header states it.</summary>
/// <param name="Category">Name of its category.</param>
/// <param name="Milliseconds">When it begins, since the recording began.</param>
internal readonly record struct EgiBinarySegment(string Category, int Milliseconds);

/// <summary>The head of a file, and where its samples lie.</summary>
/// <param name="IsBigEndian">Most significant byte first, as the manual says; other writers' files may have it last.</param>
/// <param name="Type">How a sample is stored.</param>
/// <param name="Start">When the recording began.</param>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="ChannelCount">Electrodes.</param>
/// <param name="MicrovoltsPerStep">Scale: 1 where the samples are microvolts.</param>
/// <param name="EventCodes">Codes of the events, a column each after the electrodes.</param>
/// <param name="Segments">Segments; empty for a continuous file.</param>
/// <param name="Blocks">Where the samples lie, a block a segment.</param>
internal sealed record EgiBinaryHeader(
    bool IsBigEndian, NumberType Type, DateTime Start, int RateHz, int ChannelCount, double MicrovoltsPerStep,
    IReadOnlyList<string> EventCodes, IReadOnlyList<EgiBinarySegment> Segments, IReadOnlyList<NumberBlock> Blocks)
{
    private const int FixedBytes = 30;

    /// <summary>True where bytes can be the beginning of such a file.</summary>
    /// <param name="head">The beginning.</param>
    public static bool Recognises(ReadOnlySpan<byte> head)
    {
        if (head.Length < FixedBytes || IsBig(head) is not { } big)
        {
            return false;
        }

        var (rate, channels) = (I16(head, 20, big), I16(head, 22, big));
        return Clock(head, big) is { Year: > 1979 and < 2200 } && rate > 0 && channels > 0 && I16(head, 26, big) is >= 0 and <= 64 && I16(head, 28, big) >= 0;
    }

    /// <summary>Reads the head.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <exception cref="MalformedFileException">It is damaged, cut or no such file.</exception>
    public static EgiBinaryHeader Read(ByteSource bytes, List<string> remarks)
    {
        var head = bytes.Read(0, FixedBytes, "header");
        var big = IsBig(head) ?? throw Fault(bytes, 0, "version", FormattableString.Invariant($"{BinaryPrimitives.ReadInt32BigEndian(head)}"), "2 to 7");
        var version = I32(head, 0, big);
        var start = Clock(head, big) ?? throw Fault(bytes, 4, "time", "no date and time", "year, month, day, hour, minute, second, millisecond");
        var rate = AtLeast(bytes, 20, I16(head, 20, big), 1, "sampling rate");
        var channels = AtLeast(bytes, 22, I16(head, 22, big), 1, "number of channels");
        var (bits, range) = (I16(head, 26, big), I16(head, 28, big));
        var type = (version & 6) switch { 2 => NumberType.Int16, 4 => NumberType.Float32, _ => NumberType.Float64 };

        var cursor = new Cursor(bytes, big) { Offset = FixedBytes };
        var isSegmented = (version & 1) == 1;
        var categories = new string[isSegmented ? cursor.Short("number of categories", 0) : 0];
        for (var i = 0; i < categories.Length; i++)
        {
            categories[i] = cursor.Text(cursor.Byte("length of a category's name"), "category");
        }

        var segments = new EgiBinarySegment[isSegmented ? cursor.Short("number of segments", 0) : 0];
        long samples = cursor.Int("number of samples", 0);
        var codes = new string[cursor.Short("number of events", 0)];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = cursor.Text(4, "event code").TrimEnd('\0', ' ');
        }

        var frame = (long)type.Bytes() * (channels + codes.Length);
        var blocks = new NumberBlock[isSegmented ? segments.Length : 1];
        for (var i = 0; i < blocks.Length; i++)
        {
            if (isSegmented)
            {
                var category = cursor.Short("category of a segment", 0);
                segments[i] = new(category > 0 && category <= categories.Length ? categories[category - 1] : FormattableString.Invariant($"{category}"), cursor.Int("time of a segment", int.MinValue));
            }

            bytes.Require(cursor.Offset, samples * frame, "samples");
            blocks[i] = new(cursor.Offset, i * samples, samples);
            cursor.Offset += samples * frame;
        }

        if (cursor.Offset < bytes.Length)
        {
            remarks.Add(FormattableString.Invariant($"The file goes on for {bytes.Length - cursor.Offset} bytes after its last sample; they are not read."));
        }

        return new(big, type, start, rate, channels, bits > 0 && range > 0 ? range / Math.Pow(2, bits) : 1, codes, segments, samples == 0 ? [] : blocks);
    }

    private static bool? IsBig(ReadOnlySpan<byte> head) =>
        BinaryPrimitives.ReadInt32BigEndian(head) is >= 2 and <= 7 ? true : BinaryPrimitives.ReadInt32LittleEndian(head) is >= 2 and <= 7 ? false : null;

    private static DateTime? Clock(ReadOnlySpan<byte> head, bool big)
    {
        var (year, month, day) = (I16(head, 4, big), I16(head, 6, big), I16(head, 8, big));
        var (hour, minute, second, millisecond) = (I16(head, 10, big), I16(head, 12, big), I16(head, 14, big), I32(head, 16, big));
        return year is >= 1 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60 && millisecond is >= 0 and < 1000
            ? new DateTime(year, month, day, hour, minute, second).AddMilliseconds(millisecond)
            : null;
    }

    private static short I16(ReadOnlySpan<byte> bytes, int at, bool big) => big ? BinaryPrimitives.ReadInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadInt16LittleEndian(bytes[at..]);

    private static int I32(ReadOnlySpan<byte> bytes, int at, bool big) => big ? BinaryPrimitives.ReadInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static int AtLeast(ByteSource bytes, long offset, int value, int least, string field) =>
        value >= least ? value : throw Fault(bytes, offset, field, FormattableString.Invariant($"{value}"), FormattableString.Invariant($"at least {least}"));

    private static MalformedFileException Fault(ByteSource bytes, long offset, string field, string found, string expected) => new(bytes.Path, offset, field, found, expected);

    // The fields after the fixed part, one after the other.
    private sealed class Cursor(ByteSource bytes, bool big)
    {
        public long Offset { get; set; }

        public int Byte(string field) => bytes.Read(Offset++, 1, field)[0];

        public int Short(string field, int least) => AtLeast(bytes, Offset, I16(Next(2, field), 0, big), least, field);

        public int Int(string field, int least) => AtLeast(bytes, Offset, I32(Next(4, field), 0, big), least, field);

        public string Text(int length, string field) => Encoding.Latin1.GetString(Next(length, field));

        private byte[] Next(int length, string field)
        {
            var read = bytes.Read(Offset, length, field);
            Offset += length;
            return read;
        }
    }
}
