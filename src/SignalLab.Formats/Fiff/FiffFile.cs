using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>A FIFF file's tree of blocks, found by walking the chain of tags; the directory, which some files lack, is not needed.</summary>
internal sealed class FiffFile
{
    private const int HeaderSize = 16;
    private const int DeepestNesting = 64;

    private FiffFile(ByteSource bytes, FiffBlock root)
    {
        Bytes = bytes;
        Root = root;
    }

    public ByteSource Bytes { get; }

    public FiffBlock Root { get; }

    public string Path => Bytes.Path;

    /// <summary>True where bytes begin as every FIFF file does: with a file identification tag.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.Length >= HeaderSize
        && BinaryPrimitives.ReadInt32BigEndian(head) == TagKind.FileId
        && BinaryPrimitives.ReadInt32BigEndian(head[4..]) == DataType.Id
        && BinaryPrimitives.ReadInt32BigEndian(head[8..]) == 20;

    /// <summary>Reads the tag headers.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MalformedFileException">It is no FIFF file, was cut, or its chain of tags is broken.</exception>
    public static FiffFile Open(string path)
    {
        var bytes = ByteSource.Open(path);
        Span<byte> header = stackalloc byte[HeaderSize];
        bytes.ReadExactly(0, header, "file identification");
        if (!Begins(header))
        {
            throw new MalformedFileException(path, 0, "file identification", Convert.ToHexStringLower(header), "a FIFF file identification tag");
        }

        return new(bytes, Walk(bytes));
    }

    private static FiffBlock Walk(ByteSource bytes)
    {
        var root = new FiffBlock(BlockKind.Root);
        var open = new Stack<FiffBlock>([root]);
        var targets = new HashSet<long>();
        Span<byte> header = stackalloc byte[HeaderSize];
        Span<byte> word = stackalloc byte[4];
        long position = 0, count = 0;
        while (!(open.Count == 1 && root.Blocks.Count > 0 && position > bytes.Length - HeaderSize))
        {
            bytes.ReadExactly(position, header, "tag header");
            var tag = new FiffTag(
                BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]), BinaryPrimitives.ReadInt32BigEndian(header[8..]), position + HeaderSize);
            var next = BinaryPrimitives.ReadInt32BigEndian(header[12..]);
            bytes.Require(tag.Data, tag.Size, FormattableString.Invariant($"data of tag {tag.Kind}"));
            if (++count > bytes.Length / HeaderSize)
            {
                throw Broken(bytes.Path, position, "more tags than fit the file");
            }

            switch (tag.Kind)
            {
                case TagKind.BlockStart:
                    bytes.ReadExactly(tag.Data, word, "block kind");
                    var block = new FiffBlock(BinaryPrimitives.ReadInt32BigEndian(word));
                    open.Peek().Blocks.Add(block);
                    open.Push(block);
                    if (open.Count > DeepestNesting)
                    {
                        throw Broken(bytes.Path, position, FormattableString.Invariant($"more than {DeepestNesting} nested blocks"));
                    }

                    break;
                case TagKind.BlockEnd when open.Count == 1:
                    throw new MalformedFileException(bytes.Path, position, "block end", "no block that is open", "a block start before it");
                case TagKind.BlockEnd:
                    open.Pop();
                    break;
                default:
                    open.Peek().Tags.Add(tag);
                    break;
            }

            if (next < -1 || (next > 0 && !targets.Add(next)))
            {
                throw Broken(bytes.Path, position, next < -1 ? FormattableString.Invariant($"the position {next}") : "a loop");
            }

            if (next == -1)
            {
                break;
            }

            position = next == 0 ? tag.Data + tag.Size : next;
        }

        return open.Count == 1
            ? root
            : throw new MalformedFileException(bytes.Path, position, "end of the tags", FormattableString.Invariant($"block {open.Peek().Kind} still open"), "its end: the file was cut or its writing interrupted");
    }

    private static MalformedFileException Broken(string path, long position, string found) =>
        new(path, position, "chain of tags", found, "tags that follow each other to the file's end");
}
