using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Scp;

/// <summary>The sections of a file, found by the pointers of section 0.</summary>
/// <remarks>Source: EN 1064:2005+A1:2007, 5.2 (general), 5.3 (pointer section).</remarks>
internal sealed class ScpFile
{
    private const int FileHeader = 6;
    private const int SectionHeader = 16;
    private const int PointerBytes = 10;
    private const int MostPointers = 1024;

    private readonly Dictionary<int, ScpSection> sections = [];

    private ScpFile(string path) => Path = path;

    public string Path { get; }

    public List<string> Remarks { get; } = [];

    /// <summary>A section that has a body, or null.</summary>
    public ScpSection? this[int id] => sections.GetValueOrDefault(id);

    /// <summary>Numbers of the sections that have a body, in order.</summary>
    public IEnumerable<int> Sections => sections.Keys.Order();

    /// <summary>True where a file begins with a pointer section that points to itself.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.Length >= FileHeader + SectionHeader + PointerBytes
        && BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) == 0
        && BinaryPrimitives.ReadUInt32LittleEndian(head[10..]) is >= SectionHeader + PointerBytes and <= SectionHeader + (PointerBytes * MostPointers)
        && BinaryPrimitives.ReadUInt16LittleEndian(head[22..]) == 0
        && BinaryPrimitives.ReadUInt32LittleEndian(head[24..]) == BinaryPrimitives.ReadUInt32LittleEndian(head[10..])
        && BinaryPrimitives.ReadUInt32LittleEndian(head[28..]) == FileHeader + 1;

    public static ScpFile Open(string path)
    {
        var source = ByteSource.OpenAsIs(path);
        var head = source.Read(0, Math.Min(source.Length, FileHeader + SectionHeader + PointerBytes), "pointer section");
        if (!Begins(head))
        {
            throw new MalformedFileException(path, 0, "pointer section", head.Length < FileHeader + SectionHeader + PointerBytes ? FormattableString.Invariant($"{head.Length} bytes") : "no section 0 that points to itself", "an SCP-ECG record");
        }

        var file = new ScpFile(path);
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(2));
        if (stated > source.Length)
        {
            throw new MalformedFileException(path, 2, "record length", FormattableString.Invariant($"a file of {source.Length} bytes"), FormattableString.Invariant($"{stated} bytes, as the record states"));
        }

        if (stated < source.Length)
        {
            file.Remarks.Add(FormattableString.Invariant($"The record states {stated} bytes, the file has {source.Length}: the rest is left out."));
        }

        file.ReadPointers(source, (int)BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(10)));
        return file;
    }

    private void ReadPointers(ByteSource source, int length)
    {
        var pointers = source.Read(FileHeader + SectionHeader, length - SectionHeader, "pointer section");
        Span<byte> header = stackalloc byte[SectionHeader];
        for (var at = PointerBytes; at + PointerBytes <= pointers.Length; at += PointerBytes)
        {
            var entry = pointers.AsSpan(at);
            var id = BinaryPrimitives.ReadUInt16LittleEndian(entry);
            var (size, index) = (BinaryPrimitives.ReadUInt32LittleEndian(entry[2..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[6..]));
            if (size <= SectionHeader || index == 0)
            {
                continue;
            }

            var field = FormattableString.Invariant($"section {id}");
            source.Require(index - 1L, size, field);
            source.ReadExactly(index - 1L, header, field);
            if (BinaryPrimitives.ReadUInt16LittleEndian(header[2..]) != id)
            {
                throw new MalformedFileException(Path, index - 1L, field, FormattableString.Invariant($"section {BinaryPrimitives.ReadUInt16LittleEndian(header[2..])}"), FormattableString.Invariant($"section {id}, to which section 0 points"));
            }

            sections.TryAdd(id, new(source, id, index - 1L + SectionHeader, size - SectionHeader, header[9]));
        }
    }
}
