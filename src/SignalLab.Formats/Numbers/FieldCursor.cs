using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Numbers;

/// <summary>Reads the fields of a binary header one after the other; a field past the file's end is a <see cref="MalformedFileException"/> that names it.</summary>
/// <param name="bytes">The file.</param>
/// <param name="isBigEndian">Most significant byte first.</param>
internal sealed class FieldCursor(ByteSource bytes, bool isBigEndian)
{
    private const int PageBytes = 2048;

    private byte[] page = [];
    private long pageStart;

    /// <summary>Byte offset of the next field.</summary>
    public long Position { get; set; }

    /// <summary>The file's path.</summary>
    public string Path => bytes.Path;

    /// <summary>Length of the file in bytes.</summary>
    public long Length => bytes.Length;

    /// <summary>A signed 16-bit integer.</summary>
    /// <param name="field">What it is, for the message.</param>
    public short Int16(string field) => isBigEndian ? BinaryPrimitives.ReadInt16BigEndian(Next(2, field)) : BinaryPrimitives.ReadInt16LittleEndian(Next(2, field));

    /// <summary>A signed 32-bit integer.</summary>
    /// <param name="field">What it is, for the message.</param>
    public int Int32(string field) => isBigEndian ? BinaryPrimitives.ReadInt32BigEndian(Next(4, field)) : BinaryPrimitives.ReadInt32LittleEndian(Next(4, field));

    /// <summary>A signed 64-bit integer.</summary>
    /// <param name="field">What it is, for the message.</param>
    public long Int64(string field) => isBigEndian ? BinaryPrimitives.ReadInt64BigEndian(Next(8, field)) : BinaryPrimitives.ReadInt64LittleEndian(Next(8, field));

    /// <summary>A 32-bit number.</summary>
    /// <param name="field">What it is, for the message.</param>
    public float Single(string field) => isBigEndian ? BinaryPrimitives.ReadSingleBigEndian(Next(4, field)) : BinaryPrimitives.ReadSingleLittleEndian(Next(4, field));

    /// <summary>A 64-bit number.</summary>
    /// <param name="field">What it is, for the message.</param>
    public double Double(string field) => isBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(Next(8, field)) : BinaryPrimitives.ReadDoubleLittleEndian(Next(8, field));

    /// <summary>Three 64-bit numbers.</summary>
    /// <param name="field">What they are, for the message.</param>
    public Point3 Point(string field) => new(Double(field), Double(field), Double(field));

    /// <summary>A text of fixed room, up to its first zero byte; UTF-8 where it is valid, else Latin-1.</summary>
    /// <param name="room">Bytes it takes in the file.</param>
    /// <param name="field">What it is, for the message.</param>
    public string Text(int room, string field)
    {
        var text = Next(room, field);
        var end = text.IndexOf((byte)0);
        text = end < 0 ? text : text[..end];
        return (System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8 : Encoding.Latin1).GetString(text).Trim();
    }

    /// <summary>Passes over bytes.</summary>
    /// <param name="count">How many.</param>
    public void Skip(long count) => Position += count;

    /// <summary>Moves to the next multiple of a number of bytes, or stays on one.</summary>
    /// <param name="multiple">The number.</param>
    public void Align(int multiple) => Position = (Position + multiple - 1) / multiple * multiple;

    /// <summary>Checks that bytes from here on lie inside the file.</summary>
    /// <param name="count">How many.</param>
    /// <param name="field">What stands there, for the message.</param>
    public void Require(long count, string field) => bytes.Require(Position, count, field);

    /// <summary>A fault of the field that was read last.</summary>
    /// <param name="size">Bytes of that field.</param>
    /// <param name="field">The field.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="expected">What the format asks for.</param>
    public MalformedFileException Fault(int size, string field, string found, string expected) => new(Path, Position - size, field, found, expected);

    private ReadOnlySpan<byte> Next(int count, string field)
    {
        bytes.Require(Position, count, field);
        if (Position < pageStart || Position + count > pageStart + page.Length)
        {
            page = bytes.Read(Position, Math.Min(Math.Max(PageBytes, count), bytes.Length - Position), field);
            pageStart = Position;
        }

        var at = (int)(Position - pageStart);
        Position += count;
        return page.AsSpan(at, count);
    }
}
