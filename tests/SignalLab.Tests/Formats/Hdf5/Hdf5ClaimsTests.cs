using System.Buffers.Binary;
using SignalLab.Formats;
using SignalLab.Formats.Hdf5;
using SignalLab.Model;
using SignalLab.Tests.Formats.Snirf;

namespace SignalLab.Tests.Formats.Hdf5;

/// <summary>HDF5 files made structure by structure, each with a claim that the file cannot hold: HDF5 File Format Specification 3.0.</summary>
public sealed class Hdf5ClaimsTests : IDisposable
{
    private const int HeaderAt = 96;
    private const ulong Nowhere = ulong.MaxValue;

    private readonly TemporaryFolder folder = new();

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    public static TheoryData<string, int, byte[]> Lies() => new()
    {
        { "old fill value of 4 GB", 4, [.. U32(0xf0000000), 0, 0, 0, 0] },
        { "fill value of version 1", 5, [1, 0, 0, 0, .. U32(0x7fffffff)] },
        { "fill value of version 2", 5, [2, 1, 0, 1, .. U32(9), 1, 2, 3, 4, 5, 6, 7, 8] },
        { "fill value of version 3", 5, [3, 0x20, .. U32(0x7fffffff)] },
        { "name of a link", 6, [1, 3, .. U64(1UL << 40), (byte)'a'] },
        { "link into another file", 6, [1, 8, 64, 1, (byte)'a', 4, 0, 0, (byte)'b', 0, (byte)'c'] },
        { "data in other files", 7, [1, 0, 0, 0, 1, 0, 1, 0, .. U64(0)] },
        { "array made of other files' arrays", 8, [4, 3, .. U64(0), .. U32(0)] },
        { "chunk of 16 TB", 8, [3, 2, 3, .. U64(Nowhere), .. U32(1 << 20), .. U32(1 << 20), .. U32(8)] },
        { "chunk of version 1", 8, [1, 2, 2, 0, 0, 0, 0, 0, .. U64(Nowhere), .. U32(0x7fffffff), .. U32(8)] },
        { "chunk of version 4", 8, [4, 2, 0, 2, 8, .. U64(1UL << 50), .. U64(8), 1] },
        { "attribute of 8 TB", 12, [1, 0, 2, 0, 8, 0, 16, 0, .. "a\0\0\0\0\0\0\0"u8, 0x10, 0, 0, 0, .. U32(8), 1, 1, 0, 0, 0, 0, 0, 0, .. U64(1UL << 40)] },
        { "attribute whose value is longer than the message", 12, [3, 0, 2, 0, 8, 0, 4, 0, 0, .. "a\0"u8, 0x13, 0, 0, 0, .. U32(5000), 2, 0, 0, 0, 1, 2] },
        { "parts of an attribute", 12, [3, 0, 255, 255, 8, 0, 4, 0, 0, 0] },
        { "continuation behind the end", 16, [.. U64(50_000), .. U64(16)] },
        { "continuation into itself", 16, [.. U64(HeaderAt + 16), .. U64(24)] },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_message_that_claims_what_the_file_cannot_hold_is_refused(string what, int type, byte[] data) =>
        Assert.Single(Assert.Throws<MalformedFileException>(() => Claims(File(type, data))).Message.Split('\n'), m => m.Length > what.Length);

    public static TheoryData<int, byte[]> Truths() => new()
    {
        { 5, [2, 1, 0, 1, .. U32(4), 1, 2, 3, 4] },
        { 5, [3, 0x20, .. U32(2), 1, 2] },
        { 6, [1, 0, 1, (byte)'a', .. U64(HeaderAt)] },
        { 6, [1, 8, 1, 1, (byte)'a', 1, 0, (byte)'b'] },
        { 8, [3, 2, 3, .. U64(Nowhere), .. U32(100), .. U32(10), .. U32(8)] },
        { 8, [3, 1, .. U64(96), .. U64(16)] },
        { 12, [1, 0, 2, 0, 8, 0, 8, 0, .. "a\0\0\0\0\0\0\0"u8, 0x10, 0, 0, 0, .. U32(4), 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4] },
        { 12, [3, 0, 2, 0, 8, 0, 4, 0, 0, .. "a\0"u8, 0x13, 0, 0, 0, .. U32(5000), 2, 0, 0, 2] },
        { 16, [.. U64(HeaderAt), .. U64(8)] },
    };

    [Theory]
    [MemberData(nameof(Truths))]
    public void A_message_that_claims_what_is_there_passes(int type, byte[] data) => Claims(File(type, data));

    [Fact]
    public void A_header_of_version_2_is_looked_at_like_one_of_version_1()
    {
        byte[] header = [.. "OHDR"u8, 2, 0, 10, 5, 6, 0, 0, 3, 0x20, .. U32(0x7fffffff), 0, 0, 0, 0];
        var claims = Claims([.. File(5, [3, 0]), .. header]);
        Assert.Contains("fill value", Refused(claims, "OHDR", File(5, [3, 0]).Length), StringComparison.Ordinal);
    }

    [Fact]
    public void Heaps_and_collections_that_claim_more_than_the_file_are_refused()
    {
        var start = File(5, [3, 0]);
        byte[] local = [.. "HEAP"u8, 0, 0, 0, 0, .. U64(1UL << 33), .. U64(0), .. U64(HeaderAt)];
        byte[] collection = [.. "GCOL"u8, 1, 0, 0, 0, .. U64(1UL << 40), .. new byte[64]];
        byte[] item = [.. "GCOL"u8, 1, 0, 0, 0, .. U64(80), 1, 0, 0, 0, 0, 0, 0, 0, .. U64(60), .. new byte[48]];
        byte[] fractal = [.. "FRHP"u8, .. new byte[10 + 80 + 16], .. U16(0xffff), .. U64(512), .. U64(512), .. U16(32), .. U16(1), .. U64(0), .. U16(0xffff)];
        Assert.All([("HEAP", local), ("GCOL", collection), ("GCOL", item), ("FRHP", fractal)], c => Refused(Claims([.. start, .. c.Item2]), c.Item1, start.Length));
    }

    [Fact]
    public void Heaps_and_collections_that_are_there_pass()
    {
        var start = File(5, [3, 0]);
        byte[] local = [.. "HEAP"u8, 0, 0, 0, 0, .. U64(16), .. U64(0), .. U64(HeaderAt)];
        byte[] collection = [.. "GCOL"u8, 1, 0, 0, 0, .. U64(80), 1, 0, 0, 0, 0, 0, 0, 0, .. U64(5), .. new byte[48]];
        byte[] fractal = [.. "FRHP"u8, .. new byte[10 + 80 + 16], .. U16(4), .. U64(512), .. U64(65536), .. U16(32), .. U16(1), .. U64(Nowhere), .. U16(0)];
        Assert.All([("HEAP", local), ("GCOL", collection), ("FRHP", fractal)], c => Claims([.. start, .. c.Item2]).Check(System.Text.Encoding.ASCII.GetBytes(c.Item1), start.Length));
    }

    [Fact]
    public void Members_of_old_groups_are_looked_at_when_their_table_is_read()
    {
        var start = File(5, [3, 0]);
        byte[] bad = [1, 0, 1, 0, .. U32(1), .. U32(16), 0, 0, 0, 0, .. U16(4), .. U16(8), 0, 0, 0, 0, .. U32(0x7fffffff), 0, 0, 0, 0];
        byte[] table = [.. "SNOD"u8, 1, 0, 1, 0, .. U64(0), .. U64((ulong)start.Length), .. new byte[24]];
        Assert.Contains("fill value", Refused(Claims([.. start, .. bad, .. table]), "SNOD", start.Length + bad.Length), StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_of_texts_that_claims_a_terabyte_is_refused_before_memory_is_asked_for()
    {
        var path = SnirfSample.Write(folder["a.snirf"], SnirfSample.Run([0, 0.1, 0.2], new double[9]));
        var bytes = System.IO.File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf("GCOL"u8);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at + 24), 0x60000000);
        System.IO.File.WriteAllBytes(path, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var e = Assert.Throws<MalformedFileException>(() => KnownFormats.Open(path));
        Assert.Equal(at + 16, e.Offset);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void A_file_without_the_mark_of_HDF5_is_refused() => Assert.Throws<MalformedFileException>(() => Claims(new byte[5000]));

    [Fact]
    public void Addresses_count_from_the_block_before_the_superblock_where_it_says_so()
    {
        var file = File(5, [1, 0, 0, 0, .. U32(0x7fffffff)], 512);
        Assert.Contains("fill value", Assert.Throws<MalformedFileException>(() => Claims([.. new byte[512], .. file])).Message, StringComparison.Ordinal);
    }

    private static Hdf5Claims Claims(byte[] file) => new(new(ByteSource.OfMemory("made.h5", file)));

    private static string Refused(Hdf5Claims claims, string signature, long at) =>
        Assert.Throws<MalformedFileException>(() => claims.Check(System.Text.Encoding.ASCII.GetBytes(signature), at)).Message;

    // Superblock of version 0, then the root's header of version 1 with one message, filled to eight bytes.
    private static byte[] File(int type, byte[] data, ulong begin = 0)
    {
        var size = (data.Length + 7) & ~7;
        return
        [
            0x89, .. "HDF\r\n"u8, 26, 10, 0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0, .. U64(begin), .. U64(Nowhere), .. U64(4096), .. U64(Nowhere), .. U64(0), .. U64(HeaderAt), .. new byte[24],
            1, 0, 1, 0, .. U32(1), .. U32((uint)size + 8), 0, 0, 0, 0, .. U16((ushort)type), .. U16((ushort)data.Length), 0, 0, 0, 0, .. data, .. new byte[size - data.Length],
        ];
    }

    private static byte[] U16(ushort value) => BitConverter.GetBytes(value);

    private static byte[] U32(uint value) => BitConverter.GetBytes(value);

    private static byte[] U64(ulong value) => BitConverter.GetBytes(value);
}
