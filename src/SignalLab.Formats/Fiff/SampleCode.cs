using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SignalLab.Formats.Fiff;

/// <summary>Turns stored big-endian numbers into doubles.</summary>
internal static class SampleCode
{
    /// <summary>Decodes every <paramref name="stride"/>-th number.</summary>
    /// <param name="type">A number type with a size.</param>
    /// <param name="bytes">The stored numbers, from the first wanted one.</param>
    /// <param name="stride">Distance of wanted numbers, in numbers.</param>
    /// <param name="into">Receives them; its length says how many, or fewer where the bytes hold fewer.</param>
    /// <param name="gain">Factor.</param>
    /// <param name="offset">Summand.</param>
    public static void Decode(int type, ReadOnlySpan<byte> bytes, int stride, Span<double> into, double gain, double offset = 0)
    {
        switch (type)
        {
            case DataType.Short or DataType.Pack16:
                var shorts = MemoryMarshal.Cast<byte, short>(bytes);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = (BinaryPrimitives.ReverseEndianness(shorts[i * stride]) * gain) + offset;
                }

                break;
            case DataType.UShort:
                var words = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = (BinaryPrimitives.ReverseEndianness(words[i * stride]) * gain) + offset;
                }

                break;
            case DataType.Int or DataType.Julian:
                var ints = MemoryMarshal.Cast<byte, int>(bytes);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = (BinaryPrimitives.ReverseEndianness(ints[i * stride]) * gain) + offset;
                }

                break;
            case DataType.UInt:
                var unsigned = MemoryMarshal.Cast<byte, uint>(bytes);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = (BinaryPrimitives.ReverseEndianness(unsigned[i * stride]) * gain) + offset;
                }

                break;
            case DataType.Float:
                var floats = MemoryMarshal.Cast<byte, int>(bytes);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = (BitConverter.Int32BitsToSingle(BinaryPrimitives.ReverseEndianness(floats[i * stride])) * gain) + offset;
                }

                break;
            case DataType.Double:
                var doubles = MemoryMarshal.Cast<byte, long>(bytes);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = (BitConverter.Int64BitsToDouble(BinaryPrimitives.ReverseEndianness(doubles[i * stride])) * gain) + offset;
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "not a number type");
        }
    }
}
