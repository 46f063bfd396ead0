using SignalLab.Formats.Mat;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class MatFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Values_of_every_kind_are_read_in_both_byte_orders_plain_and_compressed(bool isBig, bool isCompressed)
    {
        var mat = new MatBytes(isBig);
        mat.Add(mat.Doubles("d", [2, 2], 1, 2, 3, 4), isCompressed)
            .Add(mat.Cells("c", [1, 2], mat.Text("", "one"), mat.Struct("", [1, 1], ["deep"], mat.Text("", "two"))), isCompressed)
            .Add(mat.Sparse("s"), isCompressed)
            .Add(mat.Stored("i", 10, 3, [1, 2], isBig ? [0xff, 0xfe, 0, 7] : [0xfe, 0xff, 7, 0]), isCompressed)
            .Add(mat.Singles("f", [1, 3], 0.5f, -1.5f, 2.5f), isCompressed);
        var file = Open(mat.ToArray());
        Assert.Equal(["d", "c", "s", "i", "f"], file.Names);
        Assert.Equal([1, 2, 3, 4], All(file["d"]));
        Assert.Equal([-2, 7], All(file["i"]));
        Assert.Equal([0.5, -1.5, 2.5], All(file["f"]));
        var cells = Assert.IsType<MatCells>(file["c"]);
        Assert.Equal("one", cells.Items[0].AsText());
        Assert.Equal("two", Assert.IsType<MatStruct>(cells.Items[1]).Field(0, "deep").AsText());
        Assert.Equal("sparse array", Assert.IsType<MatUnread>(file["s"]).Kind);
    }

    [Fact]
    public void Rows_of_characters_are_put_together_from_columns()
    {
        var mat = new MatBytes();
        var file = Open(mat.Add(mat.Stored("t", 4, 16, [2, 3], "adbecf"u8.ToArray())).ToArray());
        Assert.Equal(["abc", "def"], Assert.IsType<MatText>(file["t"]).Rows());
    }

    [Fact]
    public void A_claim_of_more_cells_than_the_file_has_bytes_is_refused_before_anything_is_allocated()
    {
        var mat = new MatBytes();
        var e = Assert.Throws<MalformedFileException>(() => Open(mat.Add(mat.Cells("c", [30_000, 30_000], mat.Text("", "x"))).ToArray())["c"]);
        Assert.Contains("900000000", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_claims_to_inflate_beyond_what_deflate_can_is_refused()
    {
        var mat = new MatBytes();
        var inside = mat.Doubles("d", [1, 1], 1);
        BitConverter.GetBytes(1_500_000_000).CopyTo(inside, 4);
        Assert.Throws<MalformedFileException>(() => Open(mat.Add(inside, isCompressed: true).ToArray())["d"]);
    }

    [Fact]
    public void A_compressed_variable_that_asks_for_a_dictionary_is_refused()
    {
        // RFC 1950, 2.2: FDICT set; no MAT file has a preset dictionary.
        byte[] packed = [0x78, 0xBB, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
        var e = Assert.Throws<MalformedFileException>(() => Open([.. new MatBytes().ToArray(), 15, 0, 0, 0, (byte)packed.Length, 0, 0, 0, .. packed]));
        Assert.Contains("damaged", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var mat = new MatBytes();
        var value = mat.Doubles("", [1, 1], 1);
        for (var i = 0; i < 200; i++)
        {
            value = mat.Cells("c", [1, 1], value);
        }

        Assert.Throws<MalformedFileException>(() => Open(mat.Add(value).ToArray())["c"]);
    }

    [Fact]
    public void A_real_neighbour_template_is_read_with_each_pair_once()
    {
        // Counted with scipy.io.loadmat: 64 labels; Fp1 beside AF7 AF3 Fpz AFz.
        var neighbours = NeighbourFile.Read(SharedData.File("meg/neighbors/biosemi64_neighb.mat"));
        Assert.Equal(64, neighbours.Labels.Count);
        var of = neighbours.Pairs.Where(p => p.A == 0 || p.B == 0).Select(p => neighbours.Labels[p.A + p.B]).Order(StringComparer.Ordinal);
        Assert.Equal("Fp1", neighbours.Labels[0]);
        Assert.Equal(["AF3", "AF7", "AFz", "Fpz"], of);
        Assert.All(neighbours.Pairs, p => Assert.True(p.A < p.B));
        Assert.Equal(neighbours.Pairs.Count, neighbours.Pairs.Distinct().Count());
    }

    [Fact]
    public void Every_real_neighbour_template_is_read()
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.File("meg/neighbors"), "*_neighb.mat"))
        {
            var neighbours = NeighbourFile.Read(path);
            Assert.True(neighbours.Labels.Count >= 19 && neighbours.Pairs.Count >= neighbours.Labels.Count, path);
        }
    }

    private static double[] All(MatValue? value)
    {
        var numbers = Assert.IsAssignableFrom<MatNumbers>(value);
        var values = new double[numbers.Count];
        numbers.Read(0, values);
        return values;
    }

    private MatFile Open(byte[] bytes)
    {
        var path = folder["made.mat"];
        File.WriteAllBytes(path, bytes);
        return MatFile.Open(path);
    }
}
