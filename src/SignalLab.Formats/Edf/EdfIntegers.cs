using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SignalLab.Formats.Edf;

/// <summary>Kernels between stored little-endian integers and physical values: value = integer × gain + offset, the same operations in the same order in every path.</summary>
internal static class EdfIntegers
{
    private static readonly Vector128<byte> ThreeToFour = Vector128.Create((byte)0x80, 0, 1, 2, 0x80, 3, 4, 5, 0x80, 6, 7, 8, 0x80, 9, 10, 11);

    /// <summary>Decodes integers of 16 or 24 bits.</summary>
    /// <param name="bytes">2 or 3 bytes a value.</param>
    /// <param name="is24Bit">The width.</param>
    /// <param name="gain">Physical units per step.</param>
    /// <param name="offset">Physical value of 0.</param>
    /// <param name="into">Receives the values.</param>
    public static void Decode(ReadOnlySpan<byte> bytes, bool is24Bit, double gain, double offset, Span<double> into)
    {
        if (is24Bit)
        {
            Decode24(bytes, gain, offset, into);
        }
        else
        {
            Decode16(bytes, gain, offset, into);
        }
    }

    /// <summary>Encodes whole numbers as 16 or 24 bits.</summary>
    /// <param name="digital">Values within the width.</param>
    /// <param name="is24Bit">The width.</param>
    /// <param name="bytes">Receives 2 or 3 bytes a value.</param>
    public static void Encode(ReadOnlySpan<int> digital, bool is24Bit, Span<byte> bytes)
    {
        if (!is24Bit)
        {
            for (var i = 0; i < digital.Length; i++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes[(2 * i)..], (short)digital[i]);
            }

            return;
        }

        for (var i = 0; i < digital.Length; i++)
        {
            var three = bytes.Slice(3 * i, 3);
            (three[0], three[1], three[2]) = ((byte)digital[i], (byte)(digital[i] >> 8), (byte)(digital[i] >> 16));
        }
    }

    private static void Decode16(ReadOnlySpan<byte> bytes, double gain, double offset, Span<double> into)
    {
        var i = 0;
        if (Avx.IsSupported && BitConverter.IsLittleEndian)
        {
            var (g, o) = (Vector256.Create(gain), Vector256.Create(offset));
            var stored = MemoryMarshal.Cast<byte, short>(bytes);
            for (; i + 8 <= into.Length; i += 8)
            {
                var (low, high) = Vector128.Widen(Vector128.Create(stored[i..]));
                var eight = into.Slice(i, 8);
                ((Avx.ConvertToVector256Double(low) * g) + o).CopyTo(eight);
                ((Avx.ConvertToVector256Double(high) * g) + o).CopyTo(eight[4..]);
            }
        }

        for (; i < into.Length; i++)
        {
            into[i] = (BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]) * gain) + offset;
        }
    }

    private static void Decode24(ReadOnlySpan<byte> bytes, double gain, double offset, Span<double> into)
    {
        var i = 0;
        if (Avx.IsSupported && BitConverter.IsLittleEndian)
        {
            var (g, o) = (Vector256.Create(gain), Vector256.Create(offset));
            for (; i + 4 <= into.Length && (3 * i) + 16 <= bytes.Length; i += 4)
            {
                var four = Vector128.Shuffle(Vector128.Create(bytes[(3 * i)..]), ThreeToFour).AsInt32() >> 8;
                ((Avx.ConvertToVector256Double(four) * g) + o).CopyTo(into[i..]);
            }
        }

        for (; i < into.Length; i++)
        {
            var three = bytes.Slice(3 * i, 3);
            var digital = three[0] | (three[1] << 8) | ((sbyte)three[2] << 16);
            into[i] = (digital * gain) + offset;
        }
    }
}
