using System.Buffers.Binary;
using System.Text;

namespace SignalLab.Formats.Gdf;

/// <summary>Fields of a header: little-endian numbers and texts that end at a zero.</summary>
internal static class GdfFields
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Text of a field: up to its first zero, blanks at its ends taken off; UTF-8, or Latin-1 where it is not.</summary>
    /// <param name="field">The whole field.</param>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        var text = end < 0 ? field : field[..end];
        try
        {
            return Strict.GetString(text).Trim();
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(text).Trim();
        }
    }

    public static float Single(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]);

    public static double Double(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]);

    public static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    public static uint UInt24(ReadOnlySpan<byte> bytes, int at) => UInt16(bytes, at) | ((uint)bytes[at + 2] << 16);

    public static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    public static long Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
