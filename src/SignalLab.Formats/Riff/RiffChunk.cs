using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Riff;

/// <summary>A chunk of a RIFF file (sizes of 32 bits) or of an RF64 file as ANT writes it (sizes of 64 bits).</summary>
/// <param name="Id">Its four letters, trimmed; a list goes by its kind.</param>
/// <param name="Offset">Byte of its content.</param>
/// <param name="Length">Bytes of its content.</param>
/// <param name="Children">The chunks of a list.</param>
internal sealed record RiffChunk(string Id, long Offset, long Length, IReadOnlyList<RiffChunk> Children)
{
    private const int MostChunks = 100_000;

    private const int Deepest = 8;

    /// <summary>The first child of that name, or null.</summary>
    public RiffChunk? this[string id] => Children.FirstOrDefault(c => c.Id == id);

    /// <summary>True where sizes have 64 bits.</summary>
    public bool IsLong { get; private init; }

    /// <summary>Reads the tree of a file's chunks, not their content.</summary>
    /// <param name="bytes">The file.</param>
    /// <exception cref="MalformedFileException">It is no RIFF file, or a chunk leaves it.</exception>
    public static RiffChunk Read(ByteSource bytes)
    {
        var magic = bytes.Length < 4 ? "" : Encoding.Latin1.GetString(bytes.Read(0, 4, "magic"));
        var isLong = magic == "RF64";
        if (!isLong && magic != "RIFF")
        {
            throw new MalformedFileException(bytes.Path, 0, "magic", magic.Length == 0 ? "an empty file" : $"\"{magic}\"", "\"RIFF\" or \"RF64\"");
        }

        var count = 0;
        var header = 4 + (isLong ? 8 : 4);
        var kind = Encoding.Latin1.GetString(bytes.Read(header, 4, "form")).Trim();
        return new(kind, header + 4, bytes.Length - header - 4, Chunks(bytes, header + 4, bytes.Length, isLong, 0, ref count)) { IsLong = isLong };
    }

    private static List<RiffChunk> Chunks(ByteSource bytes, long at, long end, bool isLong, int depth, ref int count)
    {
        var chunks = new List<RiffChunk>();
        var header = isLong ? 12 : 8;
        while (at < end)
        {
            if (end - at < header || ++count > MostChunks || depth > Deepest)
            {
                throw new MalformedFileException(bytes.Path, at, "chunk", end - at < header ? FormattableString.Invariant($"{end - at} bytes") : "chunks without end", "whole chunks that fill the file");
            }

            var field = bytes.Read(at, header, "chunk");
            var id = Encoding.Latin1.GetString(field, 0, 4).Trim();
            var length = isLong ? BinaryPrimitives.ReadInt64LittleEndian(field.AsSpan(4)) : BinaryPrimitives.ReadUInt32LittleEndian(field.AsSpan(4));
            var content = at + header;
            if (length < 0 || length > end - content)
            {
                throw new MalformedFileException(bytes.Path, at + 4, $"length of chunk '{id}'", FormattableString.Invariant($"{length}"), FormattableString.Invariant($"at most {end - content} bytes"));
            }

            if (id == "LIST" && length >= 4)
            {
                var kind = Encoding.Latin1.GetString(bytes.Read(content, 4, "list")).Trim();
                chunks.Add(new(kind, content + 4, length - 4, Chunks(bytes, content + 4, content + length, isLong, depth + 1, ref count)) { IsLong = isLong });
            }
            else
            {
                chunks.Add(new(id, content, length, []) { IsLong = isLong });
            }

            // Chunks begin at even bytes.
            at = content + length + (length & 1);
        }

        return chunks;
    }
}
