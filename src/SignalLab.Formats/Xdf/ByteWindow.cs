using System.Buffers.Binary;

namespace SignalLab.Formats.Xdf;

/// <summary>Bytes of a file read forwards in large pieces, looked at one after the other.</summary>
/// <param name="bytes">The file.</param>
internal sealed class ByteWindow(ByteSource bytes)
{
    private const int Piece = 1 << 18;

    private byte[] buffer = [];
    private long start;
    private int filled;

    /// <summary>Bytes at a place; valid until the next call.</summary>
    /// <param name="offset">Byte offset.</param>
    /// <param name="count">How many.</param>
    /// <param name="field">What is read, for the message.</param>
    public ReadOnlySpan<byte> At(long offset, int count, string field)
    {
        if (offset < start || offset + count > start + filled)
        {
            bytes.Require(offset, count, field);
            var length = (int)Math.Min(Math.Max(Piece, count), bytes.Length - offset);
            if (buffer.Length < length)
            {
                buffer = new byte[length];
            }

            bytes.ReadExactly(offset, buffer.AsSpan(0, length), field);
            (start, filled) = (offset, length);
        }

        return buffer.AsSpan((int)(offset - start), count);
    }

    /// <summary>A number of 1, 4 or 8 bytes that is led by its own size.</summary>
    /// <param name="offset">Where it stands; moved behind it.</param>
    /// <param name="end">Where what may be read ends.</param>
    /// <param name="value">The number.</param>
    /// <returns>False where no such number stands there.</returns>
    public bool TryLength(ref long offset, long end, out long value)
    {
        value = 0;
        if (offset >= end)
        {
            return false;
        }

        var size = At(offset, 1, "length")[0];
        if (size is not (1 or 4 or 8) || offset + 1 + size > end)
        {
            return false;
        }

        var number = At(offset + 1, size, "length");
        value = size switch
        {
            1 => number[0],
            4 => BinaryPrimitives.ReadUInt32LittleEndian(number),
            _ => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(number), long.MaxValue),
        };
        offset += 1 + size;
        return true;
    }
}
