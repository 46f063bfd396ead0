using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

public sealed class FiffFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => folder["x.fif"];

    [Fact]
    public void A_chain_of_tags_that_leads_in_a_circle_is_refused()
    {
        Tags([.. Start, .. TagWriter.Words(TagKind.Nop, 0, 0, 0), .. TagWriter.Words(TagKind.Nop, 0, 0, 36)]);

        Assert.Equal("chain of tags", Refused().Field);
    }

    [Fact]
    public void A_tag_may_say_where_the_next_one_stands()
    {
        FiffBuilder.Raw(File, tags => FiffBuilder.Shorts(tags, 1, 2));
        var bytes = System.IO.File.ReadAllBytes(File);

        // The directory pointer names the free list's place, then leads over forty bytes of rubbish that are put behind it.
        byte[] moved = [.. bytes[..48], .. TagWriter.Words(56 + 40), .. bytes[52..56], .. new byte[40], .. bytes[56..]];
        System.IO.File.WriteAllBytes(File, moved);

        Assert.Equal([0.5], FiffBuilder.Open(File).ReadAll(0));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-5)]
    public void A_size_that_the_file_does_not_have_is_refused(int size)
    {
        Tags([.. Start, .. TagWriter.Words(TagKind.DataBuffer, 3, size, 0)]);
        Refused();
    }

    [Fact]
    public void A_position_before_the_file_is_refused()
    {
        Tags([.. Start, .. TagWriter.Words(TagKind.Nop, 0, 0, -7)]);
        Assert.Equal("chain of tags", Refused().Field);
    }

    [Fact]
    public void A_block_that_ends_without_having_begun_or_never_ends_is_refused()
    {
        Tags([.. Start, .. TagWriter.Words(TagKind.BlockEnd, 3, 4, 0, 100)]);
        Assert.Equal("block end", Refused().Field);

        Tags([.. Start, .. TagWriter.Words(TagKind.BlockStart, 3, 4, 0, 100), .. TagWriter.Words(TagKind.Nop, 0, 0, -1)]);
        Assert.Contains("100 still open", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_nested_without_end_are_refused()
    {
        Tags([.. Start, .. Enumerable.Range(0, 1000).SelectMany(_ => TagWriter.Words(TagKind.BlockStart, 3, 4, 0, 100))]);
        Assert.Contains("nested", Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(356, "inverse operator")]
    [InlineData(374, "ICA")]
    [InlineData(359, "bad channels")]
    [InlineData(9999, "nothing that is known")]
    public void What_is_not_read_is_named(int block, string words)
    {
        TagWriter.File(File, null, tags => tags.Block(block, () => tags.Ints(TagKind.Comment, 1)));
        Assert.Contains(words, Assert.Throws<UnfitInputException>(() => new FiffFormat().Open(File)).Message, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static byte[] Start => TagWriter.Words(TagKind.FileId, DataType.Id, 20, 0, 0, 0, 0, 0, 0);

    private void Tags(byte[] bytes) => System.IO.File.WriteAllBytes(File, bytes);

    private MalformedFileException Refused() => Assert.Throws<MalformedFileException>(() => new FiffFormat().Open(File));
}
