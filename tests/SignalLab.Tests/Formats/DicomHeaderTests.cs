using System.IO.Compression;
using System.Text;
using SignalLab.Formats;
using SignalLab.Formats.Dicom;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class DicomHeaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(DicomSample.Implicit, false)]
    [InlineData(DicomSample.Implicit, true)]
    [InlineData(DicomSample.Explicit, false)]
    [InlineData(DicomSample.Explicit, true)]
    [InlineData(DicomSample.Big, true)]
    public void Nested_private_and_odd_elements_are_stepped_over(string syntax, bool undefined)
    {
        var inner = new DicomSample().With(0x00080100, "SH", "CODE");
        var outer = new DicomSample().With(0x00080100, "SH", "OUTER").With(0x00081140, "SQ", new[] { inner, inner });
        var sample = DicomSample.Image(2, 1, i => i).With(0x00081111, "SQ", new[] { outer }).With(0x00091001, "LO", "private").With(0x00091002, "SQ", new[] { outer, inner });
        (sample.Syntax, sample.UndefinedLengths) = (syntax, undefined);
        Assert.Equal([0.0, 1], Open(sample).ReadFrame());
    }

    [Fact]
    public void Sequences_nested_without_end_are_refused()
    {
        var set = new DicomSample().With(0x00080100, "SH", "X");
        for (var depth = 0; depth < 40; depth++)
        {
            set = new DicomSample().With(0x00081111, "SQ", new[] { set });
        }

        var e = Assert.Throws<MalformedFileException>(() => Open(DicomSample.Image(1, 1, _ => 0).With(0x00081111, "SQ", new[] { set })));
        Assert.Contains("sequences in each other", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_set_that_inflates_without_end_is_refused()
    {
        var sample = DicomSample.Image(1, 1, _ => 0);
        sample.Syntax = DicomSample.Deflated;
        var path = sample.Write(folder["bomb.dcm"]);
        var bytes = File.ReadAllBytes(path);
        var start = 132 + 12 + BitConverter.ToInt32(bytes, 140);
        using (var file = new FileStream(path, FileMode.Create))
        {
            file.Write(bytes.AsSpan(0, start));
            using var deflate = new DeflateStream(file, CompressionLevel.SmallestSize);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 80; i++)
            {
                deflate.Write(zeros);
            }
        }

        Assert.Contains("inflated", Assert.Throws<MalformedFileException>(() => new DicomFormat().Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.88.67", "structured report")]
    [InlineData("1.2.840.10008.5.1.4.1.1.481.3", "structure set")]
    [InlineData("1.2.840.10008.1.3.10", "directory")]
    public void An_object_without_image_says_what_it_is(string uid, string name)
    {
        var sample = new DicomSample().With(0x00080016, "UI", uid).With(0x00080060, "CS", "XX");
        var e = Assert.Throws<UnfitInputException>(() => new DicomFormat().Open(sample.Write(folder["n.dcm"])));
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Claims_of_size_are_refused_before_anything_is_allocated()
    {
        var sample = DicomSample.Image(1, 1, _ => 0).With(0x00280010, "US", (ushort)20000).With(0x00280011, "US", (ushort)20000).With(0x00280008, "IS", "900000");
        var path = sample.Write(folder["big.dcm"]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MalformedFileException>(() => new DicomFormat().Open(path));
        sample.Syntax = DicomSample.Rle;
        sample.Without(0x00280008).Write(path);
        var map = new DicomFormat().Open(path).Maps[0];
        Assert.Throws<MalformedFileException>(() => map.Values.Read(0, 0, new double[1]));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2_000_000);
    }

    [Fact]
    public void The_person_and_the_clock_are_read()
    {
        var map = Open(DicomSample.Image(1, 1, _ => 0).With(0x00100010, "PN", "Doe^Jane").With(0x00100020, "LO", "42").With(0x00100030, "DA", "19700131")
            .With(0x00100040, "CS", "F").With(0x00101010, "AS", "006M").With(0x00080022, "DA", "20200229").With(0x00080032, "TM", "123456.25"));
        Assert.Equal(("Doe^Jane", "42", "F", 0.5), (map.Subject.Name, map.Subject.Id, map.Subject.Sex, map.Subject.AgeYears));
        Assert.Equal(new DateOnly(1970, 1, 31), map.Subject.Birthdate);
        Assert.Equal(new DateTime(2020, 2, 29, 12, 34, 56).AddSeconds(0.25), map.Start);
    }

    [Theory]
    [InlineData("ISO_IR 100", "Buc^J\u00e9r\u00f4me", "iso-8859-1")]
    [InlineData("ISO_IR 192", "Wang^XiaoDong=\u738b^\u5c0f\u6771", "utf-8")]
    [InlineData("ISO_IR 144", "\u041b\u044e\u043a\u0441", "iso-8859-5")]
    [InlineData("GB18030", "\u738b^\u5c0f\u4e1c", "gb18030")]
    public void Names_are_decoded_in_their_character_set(string term, string name, string encoding)
    {
        var bytes = (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes(name);
        Assert.Equal(name, Open(DicomSample.Image(1, 1, _ => 0).With(0x00080005, "CS", term).With(0x00100010, "PN", bytes)).Subject.Name);
    }

    // PS3.5, H.3.1: Yamada^Tarou in Latin, kanji (ESC $ B) and kana.
    [Fact]
    public void A_Japanese_name_switches_sets_within_its_text()
    {
        byte[] kanji = [0x1b, 0x24, 0x42, 0x3b, 0x33, 0x45, 0x44, 0x1b, 0x28, 0x42, (byte)'^', 0x1b, 0x24, 0x42, 0x42, 0x40, 0x4f, 0x3a, 0x1b, 0x28, 0x42];
        var sample = DicomSample.Image(1, 1, _ => 0).With(0x00080005, "CS", @"\ISO 2022 IR 87").With(0x00100010, "PN", (byte[])[.. "Yamada^Tarou="u8, .. kanji]);
        Assert.Equal("Yamada^Tarou=\u5c71\u7530^\u592a\u90ce", Open(sample).Subject.Name);
    }

    [Fact]
    public void A_header_whose_pixels_are_missing_opens_and_its_pixels_are_refused()
    {
        var map = Open(DicomSample.Image(2, 2, i => i).Without(0x7FE00010));
        Assert.Equal(4, map.Support.Count);
        Assert.Contains("none up to the end", Assert.Throws<MalformedFileException>(() => map.ReadFrame()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_reads_headers_and_a_row_reads_a_row()
    {
        var path = DicomSample.Image(500, 500, i => i & 0xfff, frames: 2).Write(folder["cost.dcm"]);
        ByteSource.BytesRead = 0;
        var map = new DicomFormat().Open(path).Maps[0];
        Assert.InRange(ByteSource.BytesRead, 1, 20_000);
        var opened = ByteSource.BytesRead;
        map.Values.Read(1, 100_000, new double[500]);
        Assert.InRange(ByteSource.BytesRead - opened, 1000, 1000);
    }

    [Fact]
    public void Samples_that_happen_to_begin_like_a_tag_are_not_taken_for_a_file()
    {
        short[] samples = [8, 5, 16, 0, 100, 101, 99, 98, 100, 97, 95, 96, 100, 104, 103, 102, 101, 99, 98, 97];
        File.WriteAllBytes(folder["signal.dat"], [.. samples.SelectMany(BitConverter.GetBytes)]);
        Assert.False(new DicomFormat().Recognises(FileHead.Of(folder["signal.dat"])));
    }

    private ParameterMap Open(DicomSample sample) => new DicomFormat().Open(sample.Write(folder["sample.dcm"])).Maps[0];
}
