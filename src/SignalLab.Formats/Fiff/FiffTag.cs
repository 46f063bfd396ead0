namespace SignalLab.Formats.Fiff;

/// <summary>One tag: what it holds and where its data stand.</summary>
/// <param name="Kind">What it means, a <see cref="TagKind"/>.</param>
/// <param name="Type">How its numbers are coded, a <see cref="DataType"/>.</param>
/// <param name="Size">Bytes of data.</param>
/// <param name="Data">Byte offset of the data.</param>
internal readonly record struct FiffTag(int Kind, int Type, int Size, long Data);

/// <summary>A block: its own tags and the blocks in it, each in file order.</summary>
/// <param name="kind">A <see cref="BlockKind"/>.</param>
internal sealed class FiffBlock(int kind)
{
    public int Kind { get; } = kind;

    public List<FiffTag> Tags { get; } = [];

    public List<FiffBlock> Blocks { get; } = [];

    /// <summary>The first tag of a kind, or null.</summary>
    public FiffTag? Find(int kind)
    {
        foreach (var tag in Tags)
        {
            if (tag.Kind == kind)
            {
                return tag;
            }
        }

        return null;
    }

    /// <summary>This block and every block below of a kind, in file order.</summary>
    public IEnumerable<FiffBlock> All(int kind)
    {
        if (Kind == kind)
        {
            yield return this;
        }

        foreach (var block in Blocks.SelectMany(b => b.All(kind)))
        {
            yield return block;
        }
    }

    /// <summary>The first block of a kind at or below, or null.</summary>
    public FiffBlock? First(int kind) => All(kind).FirstOrDefault();
}
