using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;

namespace SignalLab.Formats.Numbers;

/// <summary>Turns stored numbers into physical values: value = number × gain + offset.</summary>
internal static class NumberDecoder
{
    // So few frames of all columns stay in the first-level cache while column after column is picked from them.
    private const int TileFrames = 64;

    /// <summary>Decodes numbers that stand a fixed distance apart.</summary>
    /// <param name="bytes">From the first number on.</param>
    /// <param name="type">How a number is stored.</param>
    /// <param name="isBigEndian">Most significant byte first.</param>
    /// <param name="stride">Bytes from one number to the next.</param>
    /// <param name="gain">Physical units a step.</param>
    /// <param name="offset">Physical value of 0.</param>
    /// <param name="into">Receives the values.</param>
    public static void Decode(ReadOnlySpan<byte> bytes, NumberType type, bool isBigEndian, int stride, double gain, double offset, Span<double> into)
    {
        var size = type.Bytes();
        var done = Avx2.IsSupported ? InLanes(bytes, type, LaneOrder.Of(type, isBigEndian), stride, gain, offset, into) : 0;
        for (var at = done * stride; done < into.Length; done++, at += stride)
        {
            into[done] = (One(bytes.Slice(at, size), type, isBigEndian) * gain) + offset;
        }
    }

    /// <summary>Decodes columns of a table that is stored frame by frame.</summary>
    /// <param name="frames">Whole frames; the last may end behind its last wanted number.</param>
    /// <param name="frameBytes">Bytes from one frame to the next.</param>
    /// <param name="type">How a number is stored.</param>
    /// <param name="isBigEndian">Most significant byte first.</param>
    /// <param name="columns">The wanted columns and their scales.</param>
    /// <param name="count">Frames.</param>
    /// <param name="into">Receives the values, a row a column.</param>
    /// <param name="stride">From a row to the next, at least <paramref name="count"/>.</param>
    public static void DecodeFrames(
        ReadOnlySpan<byte> frames, int frameBytes, NumberType type, bool isBigEndian, ReadOnlySpan<NumberColumn> columns, int count, Span<double> into, int stride)
    {
        var size = type.Bytes();
        var order = LaneOrder.Of(type, isBigEndian);
        for (var from = 0; from < count; from += TileFrames)
        {
            var tile = frames[(from * frameBytes)..];
            var length = Math.Min(TileFrames, count - from);
            for (var i = 0; i < columns.Length;)
            {
                var first = tile[(columns[i].Column * size)..];
                var rows = into[((i * stride) + from)..];
                var together = AreNeighbours(columns[i..]) ? 4 : 1;
                var done = together == 4 ? FourInLanes(first, frameBytes, type, order, columns[i..], rows, length, stride) : 0;
                for (var n = 0; n < together && done < length; n++)
                {
                    var (_, gain, offset) = columns[i + n];
                    Decode(first[((done * frameBytes) + (n * size))..], type, isBigEndian, frameBytes, gain, offset, rows.Slice((n * stride) + done, length - done));
                }

                i += together;
            }
        }
    }

    /// <summary>One number.</summary>
    /// <param name="bytes">From the number on.</param>
    /// <param name="type">How it is stored.</param>
    /// <param name="isBigEndian">Most significant byte first.</param>
    public static double One(ReadOnlySpan<byte> bytes, NumberType type, bool isBigEndian) => (type, isBigEndian) switch
    {
        (NumberType.Int8, _) => (sbyte)bytes[0],
        (NumberType.UInt8, _) => bytes[0],
        (NumberType.Int16, false) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (NumberType.Int16, true) => BinaryPrimitives.ReadInt16BigEndian(bytes),
        (NumberType.UInt16, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (NumberType.UInt16, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (NumberType.Int24, false) => bytes[0] | (bytes[1] << 8) | ((sbyte)bytes[2] << 16),
        (NumberType.Int24, true) => bytes[2] | (bytes[1] << 8) | ((sbyte)bytes[0] << 16),
        (NumberType.UInt24, false) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16),
        (NumberType.UInt24, true) => bytes[2] | (bytes[1] << 8) | (bytes[0] << 16),
        (NumberType.Int32, false) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (NumberType.Int32, true) => BinaryPrimitives.ReadInt32BigEndian(bytes),
        (NumberType.UInt32, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (NumberType.UInt32, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (NumberType.Int64, false) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        (NumberType.Int64, true) => BinaryPrimitives.ReadInt64BigEndian(bytes),
        (NumberType.UInt64, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        (NumberType.UInt64, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        (NumberType.Float32, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (NumberType.Float32, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        (NumberType.Float64, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (NumberType.Float64, true) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    // How many numbers were decoded: the last few, whose neighbours lie outside, are not.
    private static int InLanes(ReadOnlySpan<byte> bytes, NumberType type, LaneOrder order, int stride, double gain, double offset, Span<double> into) => type switch
    {
        NumberType.Int8 or NumberType.Int16 or NumberType.Int24 or NumberType.Int32 => NumberRows<SignedLanes>.Row(bytes, type.Bytes(), order, stride, gain, offset, into),
        NumberType.UInt8 or NumberType.UInt16 or NumberType.UInt24 => NumberRows<UnsignedLanes>.Row(bytes, type.Bytes(), order, stride, gain, offset, into),
        NumberType.Float32 => NumberRows<SingleLanes>.Row(bytes, type.Bytes(), order, stride, gain, offset, into),
        NumberType.Float64 => NumberRows<DoubleLanes>.Row(bytes, type.Bytes(), order, stride, gain, offset, into),
        _ => 0,
    };

    private static int FourInLanes(
        ReadOnlySpan<byte> frames, int frameBytes, NumberType type, LaneOrder order, ReadOnlySpan<NumberColumn> columns, Span<double> into, int count, int stride) => type switch
        {
            NumberType.Int8 or NumberType.Int16 or NumberType.Int24 or NumberType.Int32 => NumberRows<SignedLanes>.Four(frames, frameBytes, order, columns, into, count, stride),
            NumberType.UInt8 or NumberType.UInt16 or NumberType.UInt24 => NumberRows<UnsignedLanes>.Four(frames, frameBytes, order, columns, into, count, stride),
            NumberType.Float32 => NumberRows<SingleLanes>.Four(frames, frameBytes, order, columns, into, count, stride),
            NumberType.Float64 => NumberRows<DoubleLanes>.Four(frames, frameBytes, order, columns, into, count, stride),
            _ => 0,
        };

    private static bool AreNeighbours(ReadOnlySpan<NumberColumn> columns) =>
        Avx2.IsSupported && columns.Length >= 4
        && columns[1].Column == columns[0].Column + 1 && columns[2].Column == columns[0].Column + 2 && columns[3].Column == columns[0].Column + 3;
}
