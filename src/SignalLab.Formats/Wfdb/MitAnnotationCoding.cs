using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>MIT annotation format: byte pairs of a 6-bit code and a 10-bit interval, with SKIP, NUM, SUB, CHN and AUX in between.</summary>
/// <remarks>Source: WFDB Applications Guide, annot(5), "MIT format".</remarks>
internal static class MitAnnotationCoding
{
    private const int Skip = 59, Num = 60, Sub = 61, Chn = 62, Aux = 63;
    private const int LongestInterval = 1023;
    private const int LongestText = 255;

    /// <summary>Reads the annotations of a file.</summary>
    public static List<WfdbAnnotation> Decode(string path, ReadOnlySpan<byte> bytes)
    {
        List<WfdbAnnotation> all = new(bytes.Length / 2);
        WfdbAnnotation? pending = null;
        var (time, number, signal) = (0L, 0, 0);
        for (var at = 0; ;)
        {
            var word = Word(path, bytes, at);
            var (code, data) = (word >> 10, word & LongestInterval);
            at += 2;
            if (word == 0)
            {
                break;
            }

            switch (code)
            {
                case Skip:
                    // PDP-11 long: the high byte pair first, each pair with its low byte first; signed.
                    time += unchecked((int)(((uint)Word(path, bytes, at) << 16) | (uint)Word(path, bytes, at + 2)));
                    at += 4;
                    break;
                case Num:
                    number = (sbyte)data;
                    pending = pending is { } n ? n with { Number = number } : null;
                    break;
                case Sub:
                    pending = pending is { } s ? s with { Subtype = (sbyte)data } : null;
                    break;
                case Chn:
                    signal = (byte)data;
                    pending = pending is { } c ? c with { Signal = signal } : null;
                    break;
                case Aux:
                    Require(path, bytes, at, data);
                    pending = pending is { } a ? a with { Text = Text(bytes.Slice(at, data)) } : null;
                    at += data + (data & 1);
                    break;
                case > WfdbCodes.Largest:
                    throw new MalformedFileException(path, at - 2, "annotation code", FormattableString.Invariant($"{code}"), FormattableString.Invariant($"0 to {WfdbCodes.Largest} or {Skip} to {Aux}"));
                default:
                    Flush();
                    time += data;

                    // Code 0 with an interval only moves the time.
                    pending = code == 0 ? null : new WfdbAnnotation(time, code, 0, signal, number);
                    break;
            }
        }

        Flush();
        return all;

        void Flush()
        {
            if (pending is { } annotation)
            {
                all.Add(annotation);
            }
        }
    }

    /// <summary>Writes annotations, in the order given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its range.</exception>
    public static byte[] Encode(IEnumerable<WfdbAnnotation> annotations)
    {
        using var stream = new MemoryStream();
        var (time, number, signal) = (0L, 0, 0);
        foreach (var a in annotations)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a.Code);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(a.Code, WfdbCodes.Largest);
            RequireRange(a.Subtype, sbyte.MinValue, sbyte.MaxValue);
            RequireRange(a.Number, sbyte.MinValue, sbyte.MaxValue);
            RequireRange(a.Signal, 0, byte.MaxValue);
            var interval = a.Sample - time;
            for (; interval is < 0 or > LongestInterval; interval = a.Sample - time)
            {
                var skip = (int)Math.Clamp(interval, int.MinValue, int.MaxValue);
                Put(stream, Skip << 10);
                Put(stream, (skip >> 16) & 0xffff);
                Put(stream, skip & 0xffff);
                time += skip;
            }

            Put(stream, (a.Code << 10) | (int)interval);
            time = a.Sample;
            PutIf(stream, a.Subtype != 0, Sub, a.Subtype);
            PutIf(stream, a.Signal != signal, Chn, a.Signal);
            PutIf(stream, a.Number != number, Num, a.Number);
            (number, signal) = (a.Number, a.Signal);
            PutText(stream, a.Text);
        }

        Put(stream, 0);
        return stream.ToArray();
    }

    /// <summary>The text as far as the format's one-byte length reaches.</summary>
    public static string Cut(string text)
    {
        while (Encoding.UTF8.GetByteCount(text) > LongestText)
        {
            text = text[..^1];
        }

        return text;
    }

    private static void PutText(MemoryStream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, LongestText, nameof(text));
        if (bytes.Length > 0)
        {
            Put(stream, (Aux << 10) | bytes.Length);
            stream.Write(bytes);
            if (bytes.Length % 2 == 1)
            {
                stream.WriteByte(0);
            }
        }
    }

    private static void PutIf(MemoryStream stream, bool isNeeded, int code, int value)
    {
        if (isNeeded)
        {
            Put(stream, (code << 10) | (value & 0xff));
        }
    }

    private static void Put(MemoryStream stream, int word)
    {
        stream.WriteByte((byte)word);
        stream.WriteByte((byte)(word >> 8));
    }

    private static void RequireRange(int value, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
    }

    private static int Word(string path, ReadOnlySpan<byte> bytes, int at)
    {
        Require(path, bytes, at, 2);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
    }

    private static void Require(string path, ReadOnlySpan<byte> bytes, int at, int count)
    {
        if (at + count > bytes.Length)
        {
            throw new MalformedFileException(path, at, "annotations", FormattableString.Invariant($"the end of the file at byte {bytes.Length}"), "an annotation or the end mark (two zero bytes)");
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimEnd((byte)0);
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
