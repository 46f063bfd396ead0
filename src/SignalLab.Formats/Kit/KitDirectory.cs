using System.Buffers.Binary;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Kit;

/// <summary>A kind of content and where it stands.</summary>
/// <param name="Offset">Byte of the first record.</param>
/// <param name="Size">Bytes of a record.</param>
/// <param name="Count">Records.</param>
internal readonly record struct KitEntry(long Offset, int Size, int Count);

/// <summary>The directory at a file's beginning: 16 bytes an entry, little-endian, the first entry being the directory itself.</summary>
internal sealed class KitDirectory
{
    public const int System = 1, Channels = 4, Sensitivity = 5, Amplifier = 7, Acquisition = 8, RawData = 9, Coregistration = 12, DigitisedPoints = 26;

    private const int EntryBytes = 16, Fewest = 10, Most = 256;

    private readonly KitEntry[] entries;

    private KitDirectory(ByteSource bytes, KitEntry[] entries)
    {
        Bytes = bytes;
        this.entries = entries;
    }

    /// <summary>The file.</summary>
    public ByteSource Bytes { get; }

    /// <summary>True where bytes begin with a directory that describes itself and a system record behind it.</summary>
    public static bool Begins(ReadOnlySpan<byte> head)
    {
        if (head.Length < 2 * EntryBytes)
        {
            return false;
        }

        int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
        var (offset, size, room, count) = (Int(head, 0), Int(head, 4), Int(head, 8), Int(head, 12));
        return offset == 0 && size == EntryBytes && count is >= Fewest and <= Most && room >= count && Int(head, 16) >= count * EntryBytes && Int(head, 28) == 1;
    }

    /// <summary>Reads the directory.</summary>
    /// <param name="bytes">The file.</param>
    public static KitDirectory Read(ByteSource bytes)
    {
        var start = bytes.Read(0, 2 * EntryBytes, "directory");
        if (!Begins(start))
        {
            throw new MalformedFileException(bytes.Path, 0, "directory", Convert.ToHexStringLower(start.AsSpan(0, EntryBytes)), "the directory of a KIT file");
        }

        var fields = new FieldCursor(bytes, isBigEndian: false);
        var entries = new KitEntry[BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(12))];
        for (var i = 0; i < entries.Length; i++)
        {
            var offset = (uint)fields.Int32("directory");
            var size = fields.Int32("directory");
            fields.Skip(4);
            entries[i] = new(offset, size, fields.Int32("directory"));
        }

        return new(bytes, entries);
    }

    /// <summary>An entry that must be there.</summary>
    /// <param name="index">Which.</param>
    /// <param name="field">What it is, for the message.</param>
    public KitEntry Entry(int index, string field) => Find(index)
        ?? throw new MalformedFileException(Bytes.Path, (long)EntryBytes * index, field, "none", "its place in the directory");

    /// <summary>An entry, or null where the file has none.</summary>
    /// <param name="index">Which.</param>
    public KitEntry? Find(int index) => index < entries.Length && entries[index] is { Offset: > 0, Count: > 0 } entry ? entry : null;

    /// <summary>Fields from the beginning of an entry on.</summary>
    /// <param name="index">Which.</param>
    /// <param name="field">What it is, for the message.</param>
    public FieldCursor Fields(int index, string field) => new(Bytes, isBigEndian: false) { Position = Entry(index, field).Offset };
}
