using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Xml;

/// <summary>Numbers that stand as base64 text in an element.</summary>
internal static class Base64Samples
{
    /// <summary>The bytes of base64 text; white space in it is left out.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="field">What they are, for messages.</param>
    /// <param name="text">The text.</param>
    public static byte[] Bytes(string path, string field, string text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var count)
            ? bytes[..count]
            : throw new MalformedFileException(path, null, field, "text that is no base64", "whole base64 text");
    }

    /// <summary>Signed 16-bit little-endian numbers.</summary>
    public static short[] Int16(ReadOnlySpan<byte> bytes)
    {
        var values = new short[bytes.Length / 2];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]);
        }

        return values;
    }
}
