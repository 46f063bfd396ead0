using System.Buffers.Binary;

namespace SignalLab.Formats.Dicom;

/// <summary>Stored samples as numbers: the bits that mean something, with their sign.</summary>
internal static class SampleDecoder
{
    /// <summary>Decodes samples of whole bytes.</summary>
    /// <param name="bytes">The samples.</param>
    /// <param name="layout">How they are stored.</param>
    /// <param name="isBigEndian">Byte order.</param>
    /// <param name="first">Position of the first sample wanted.</param>
    /// <param name="step">Distance of the samples wanted.</param>
    /// <param name="into">Receives the numbers.</param>
    public static void Decode(ReadOnlySpan<byte> bytes, PixelLayout layout, bool isBigEndian, int first, int step, Span<double> into)
    {
        var size = layout.BytesPerSample;
        if (layout.IsFloat)
        {
            for (var i = 0; i < into.Length; i++)
            {
                var b = bytes[((first + (i * step)) * size)..];
                into[i] = size == 4
                    ? (isBigEndian ? BinaryPrimitives.ReadSingleBigEndian(b) : BinaryPrimitives.ReadSingleLittleEndian(b))
                    : (isBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(b) : BinaryPrimitives.ReadDoubleLittleEndian(b));
            }

            return;
        }

        // Up to the left, so that the highest meaningful bit is the highest of all, then down with or without the sign.
        var left = 31 - layout.HighBit;
        var right = 32 - layout.BitsStored;
        for (var i = 0; i < into.Length; i++)
        {
            var b = bytes[((first + (i * step)) * size)..];
            var raw = size switch
            {
                1 => b[0],
                2 => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b),
                _ => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(b) : BinaryPrimitives.ReadUInt32LittleEndian(b),
            };
            var aligned = raw << left;
            into[i] = layout.IsSigned ? (int)aligned >> right : aligned >> right;
        }
    }

    /// <summary>Decodes packed bits, the lowest of each byte first.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="firstBit">Position of the first bit wanted.</param>
    /// <param name="into">Receives 0 or 1.</param>
    public static void DecodeBits(ReadOnlySpan<byte> bytes, int firstBit, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var bit = firstBit + i;
            into[i] = bytes[bit >> 3] >> (bit & 7) & 1;
        }
    }
}
