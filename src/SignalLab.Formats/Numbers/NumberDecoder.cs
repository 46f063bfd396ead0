using System.Buffers.Binary;

namespace SignalLab.Formats.Numbers;

/// <summary>Turns stored numbers into physical values: value = number × gain + offset.</summary>
internal static class NumberDecoder
{
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
        switch (type, isBigEndian)
        {
            case (NumberType.Int8, _):
                for (var (i, at) = (0, 0); i < into.Length; i++, at += stride)
                {
                    into[i] = ((sbyte)bytes[at] * gain) + offset;
                }

                break;
            case (NumberType.UInt8, _):
                for (var (i, at) = (0, 0); i < into.Length; i++, at += stride)
                {
                    into[i] = (bytes[at] * gain) + offset;
                }

                break;
            case (NumberType.Int16, false):
                for (var (i, at) = (0, 0); i < into.Length; i++, at += stride)
                {
                    into[i] = (BinaryPrimitives.ReadInt16LittleEndian(bytes[at..]) * gain) + offset;
                }

                break;
            case (NumberType.Int32, false):
                for (var (i, at) = (0, 0); i < into.Length; i++, at += stride)
                {
                    into[i] = (BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]) * gain) + offset;
                }

                break;
            case (NumberType.Float32, false):
                for (var (i, at) = (0, 0); i < into.Length; i++, at += stride)
                {
                    into[i] = (BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]) * gain) + offset;
                }

                break;
            default:
                for (var (i, at) = (0, 0); i < into.Length; i++, at += stride)
                {
                    into[i] = (One(bytes[at..], type, isBigEndian) * gain) + offset;
                }

                break;
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
}
