using System.IO.Compression;
using SignalLab.Formats;
using SignalLab.Formats.Dicom;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class DicomPixelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Syntaxes => [DicomSample.Implicit, DicomSample.Explicit, DicomSample.Big, DicomSample.Deflated, DicomSample.Rle, DicomSample.DeflatedFrames];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void The_same_pixels_come_out_of_every_transfer_syntax(string syntax)
    {
        foreach (var (bits, signed) in new[] { (8, false), (8, true), (16, false), (16, true), (32, false), (32, true) })
        {
            int Pixel(int i) => (i * 7 % 250) - (signed ? 120 : 0);
            var sample = DicomSample.Image(5, 3, Pixel, frames: 2, bits: bits, signed: signed);
            sample.Syntax = syntax;
            var map = Open(sample);
            Assert.Equal(Enumerable.Range(0, 30).Select(i => (double)Pixel(i)), Enumerable.Range(0, 2).SelectMany(map.ReadFrame));
        }
    }

    [Theory]
    [InlineData(DicomSample.Implicit)]
    [InlineData(DicomSample.Explicit)]
    [InlineData(DicomSample.Big)]
    [InlineData(DicomSample.DeflatedFrames)]
    public void Single_bits_run_on_over_native_frames(string syntax)
    {
        var sample = DicomSample.Image(5, 3, i => (i * 5 % 7) & 1, frames: 3, bits: 1);
        sample.Syntax = syntax;
        var map = Open(sample);
        Assert.Equal(Enumerable.Range(0, 45).Select(i => (double)((i * 5 % 7) & 1)), Enumerable.Range(0, 3).SelectMany(map.ReadFrame));
    }

    [Theory]
    [InlineData(0, 0x0123)]
    [InlineData(1, 0x0123)]
    public void Bits_outside_the_stored_ones_are_not_part_of_the_value(ushort signed, int expected)
    {
        var map = Open(DicomSample.Image(1, 1, _ => 0xF123).With(0x00280101, "US", (ushort)12).With(0x00280102, "US", (ushort)11).With(0x00280103, "US", signed));
        Assert.Equal(expected, map.ReadFrame()[0]);
        var high = Open(DicomSample.Image(1, 1, _ => 0x9230).With(0x00280101, "US", (ushort)12).With(0x00280102, "US", (ushort)15).With(0x00280103, "US", signed));
        Assert.Equal(signed == 1 ? 0x923 - 0x1000 : 0x923, high.ReadFrame()[0]);
    }

    [Theory]
    [InlineData(DicomSample.Explicit)]
    [InlineData(DicomSample.Big)]
    public void Floats_and_doubles_are_read_as_they_are(string syntax)
    {
        foreach (var isDouble in new[] { false, true })
        {
            var sample = DicomSample.Image(2, 1, _ => 0).Without(0x7FE00010).Without(0x00280100).Without(0x00280101).Without(0x00280102)
                .With(isDouble ? 0x7FE00009u : 0x7FE00008u, isDouble ? "OD" : "OF", isDouble ? new[] { 0.1, -2.5 } : new[] { 0.125f, -2.5f });
            sample.Syntax = syntax;
            Assert.Equal([isDouble ? 0.1 : 0.125, -2.5], Open(sample).ReadFrame());
        }
    }

    [Theory]
    [InlineData(DicomSample.Explicit, 0)]
    [InlineData(DicomSample.Explicit, 1)]
    [InlineData(DicomSample.Big, 0)]
    [InlineData(DicomSample.Big, 1)]
    [InlineData(DicomSample.Rle, 0)]
    public void Colours_are_the_fastest_axis_in_either_planar_configuration(string syntax, ushort planar)
    {
        // Red is the pixel's number, green 100 more, blue 200 more.
        var sample = Colour("RGB", planar, i => planar == 0 ? (i % 3 * 100) + (i / 3) : (i / 6 * 100) + (i % 6));
        sample.Syntax = syntax;
        var map = Open(sample);
        Assert.Equal(AxisKind.Colour, Assert.Single(map.Axes).Kind);
        for (var c = 0; c < 3; c++)
        {
            Assert.Equal(Enumerable.Range(0, 6).Select(i => (100.0 * c) + i), map.ReadFrame(c));
        }
    }

    // PS3.3, C.7.6.3.1.2: white is (255, 128, 128), pure red (76, 85, 255).
    [Fact]
    public void Luminance_and_chrominance_become_red_green_and_blue()
    {
        int[] pixels = [255, 128, 128, 76, 85, 255, 150, 44, 21, 29, 255, 107, 0, 128, 128, 128, 128, 128];
        var map = Open(Colour("YBR_FULL", 0, i => pixels[i]));
        double[][] expected = [[255, 254, 0, 0, 0, 128], [255, 0, 255, 0, 0, 128], [255, 0, 1, 254, 0, 128]];
        for (var c = 0; c < 3; c++)
        {
            Assert.All(expected[c].Zip(map.ReadFrame(c)), p => Assert.Equal(p.First, p.Second, 1.01));
        }
    }

    [Fact]
    public void Subsampled_chrominance_is_shared_by_two_pixels()
    {
        // Y1 Y2 Cb Cr for each two of six pixels.
        int[] stored = [10, 20, 128, 128, 30, 40, 128, 128, 76, 76, 85, 255];
        var sample = Colour("YBR_FULL_422", 0, _ => 0).With(0x7FE00010, "OB", stored);
        Assert.Equal([10.0, 20, 30, 40, 254, 254], Open(sample).ReadFrame(0));
        Assert.Equal([20.0], Block(Open(sample), 1, 1, 1));
    }

    [Theory]
    [InlineData(DicomSample.Explicit)]
    [InlineData(DicomSample.Implicit)]
    [InlineData(DicomSample.Big)]
    public void A_palette_gives_its_colours_and_holds_at_its_ends(string syntax)
    {
        var sample = DicomSample.Image(4, 1, i => i, bits: 8).With(0x00280004, "CS", "PALETTE COLOR");
        for (uint c = 0; c < 3; c++)
        {
            sample.With(0x00281101 + c, "US", new ushort[] { 2, 1, 16 }).With(0x00281201 + c, "OW", new ushort[] { (ushort)(1000 + c), (ushort)(2000 + c) });
        }

        sample.Syntax = syntax;
        var map = Open(sample);
        Assert.Equal([1001.0, 1001, 2001, 2001], map.ReadFrame(1));
        Assert.Equal("colour", map.Quantity.Name);
    }

    [Fact]
    public void A_modality_table_stands_for_the_values()
    {
        var lut = new DicomSample().With(0x00283002, "US", new ushort[] { 3, 10, 16 }).With(0x00283004, "LO", "HU").With(0x00283006, "US", new ushort[] { 500, 600, 700 });
        var map = Open(DicomSample.Image(4, 1, i => 9 + i).With(0x00283000, "SQ", new[] { lut }));
        Assert.Equal([500.0, 500, 600, 700], map.ReadFrame());
        Assert.Equal("HU", map.Unit.Symbol);
    }

    [Fact]
    public void A_CT_is_in_Hounsfield_units_unless_its_rescale_type_says_otherwise()
    {
        var ct = DicomSample.Image(2, 1, i => 1000 + (i * 48)).With(0x00080060, "CS", "CT").With(0x00281052, "DS", "-1024").With(0x00281053, "DS", "1");
        var map = Open(ct);
        Assert.Equal(("HU", -24.0), (map.Unit.Symbol, map.ReadFrame()[0]));
        Assert.False(Open(ct.With(0x00281054, "LO", "US")).Unit.IsKnown);
        Assert.False(Open(ct.Without(0x00281054).With(0x00080008, "CS", @"ORIGINAL\PRIMARY\LOCALIZER")).Unit.IsKnown);
        Assert.False(Open(DicomSample.Image(1, 1, _ => 0).With(0x00080060, "CS", "CT")).Unit.IsKnown);
    }

    [Theory]
    [InlineData("BQML", null, "Bq/mL")]
    [InlineData("GML", null, "SUVbw")]
    [InlineData("GML", "LBM", "SUVlbm")]
    [InlineData("CNTS", null, "counts")]
    public void A_PET_image_keeps_the_unit_it_states(string units, string? type, string expected)
    {
        var sample = DicomSample.Image(1, 1, _ => 5).With(0x00080060, "CS", "PT").With(0x00541001, "CS", units);
        Assert.Equal(expected, Open(type is null ? sample : sample.With(0x00541006, "CS", type)).Unit.Symbol);
    }

    [Fact]
    public void Padding_is_masked_and_keeps_its_value()
    {
        var map = Open(DicomSample.Image(4, 1, i => i == 1 ? -2000 : i, signed: true).With(0x00280120, "SS", unchecked((ushort)-2000)));
        Assert.Equal([true, false, true, true], map.Mask!);
        Assert.Equal(-2000, map.ReadFrame()[1]);
    }

    [Fact]
    public void An_image_whose_high_values_are_dark_says_so_and_keeps_its_values()
    {
        var map = Open(DicomSample.Image(2, 1, i => i).With(0x00280004, "CS", "MONOCHROME1"));
        Assert.True(map.LowIsWhite);
        Assert.Equal([0.0, 1], map.ReadFrame());
        Assert.Contains(map.Remarks, r => r.Contains("MONOCHROME1", StringComparison.Ordinal));
    }

    [Fact]
    public void The_window_is_the_files_first_and_else_the_span_of_its_table()
    {
        Assert.Equal((40, 400), Open(DicomSample.Image(1, 1, _ => 0).With(0x00281050, "DS", @"40\300").With(0x00281051, "DS", @"400\1500")).Window);
        var voi = new DicomSample().With(0x00283002, "US", new ushort[] { 4, 100, 16 }).With(0x00283006, "US", new ushort[] { 0, 1, 2, 3 });
        Assert.Equal((102, 4), Open(DicomSample.Image(1, 1, _ => 0).With(0x00283010, "SQ", new[] { voi })).Window);
    }

    [Fact]
    public void Compressed_pixels_open_and_are_named_when_they_are_read()
    {
        var uid = "1.2.840.10008.1.2.4.90";
        var sample = DicomSample.Image(4, 4, i => i);
        sample.Syntax = uid;
        var map = Open(sample);
        Assert.Equal(16, map.Support.Count);
        var e = Assert.Throws<UnfitInputException>(() => map.ReadFrame());
        Assert.Contains("JPEG 2000", e.Message, StringComparison.Ordinal);
        Assert.Contains(uid, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzipped_file_is_the_same_file()
    {
        var path = DicomSample.Image(3, 2, i => i).Write(folder["a.dcm"]);
        using (var zip = new GZipStream(File.Create(folder["a.dcm.gz"]), CompressionLevel.Fastest))
        {
            zip.Write(File.ReadAllBytes(path));
        }

        Assert.Equal(new DicomFormat().Open(path).Maps[0].ReadFrame(), KnownFormats.Open(folder["a.dcm.gz"]).Maps[0].ReadFrame());
    }

    private static double[] Block(ParameterMap map, int frame, int first, int count)
    {
        var block = new double[count];
        map.Values.Read(frame, first, block);
        return block;
    }

    private static DicomSample Colour(string photometric, ushort planar, Func<int, int> sample) =>
        DicomSample.Image(3, 2, _ => 0, bits: 8).With(0x00280002, "US", (ushort)3).With(0x00280004, "CS", photometric).With(0x00280006, "US", planar)
            .With(0x7FE00010, "OW", Enumerable.Range(0, 18).Select(sample).ToArray());

    private ParameterMap Open(DicomSample sample) => new DicomFormat().Open(sample.Write(folder["sample.dcm"])).Maps[0];
}
