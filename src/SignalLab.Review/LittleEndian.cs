using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SignalLab.Review;

/// <summary>Numbers in the order of bytes in which browsers' arrays hold them.</summary>
internal static class LittleEndian
{
    /// <summary>Writes single-precision numbers.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="into">Receives four bytes each.</param>
    public static void Write(ReadOnlySpan<float> values, Span<byte> into)
    {
        var from = MemoryMarshal.Cast<float, int>(values);
        var to = MemoryMarshal.Cast<byte, int>(into);
        if (BitConverter.IsLittleEndian)
        {
            from.CopyTo(to);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(from, to);
        }
    }
}
