using CsCheck;
using SignalLab.Formats;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class WfdbAnnotationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Annot_5_fields_are_read_from_their_bytes()
    {
        byte[] bytes =
        [
            18, 28 << 2, 3, 63 << 2, (byte)'(', (byte)'N', 0, 0, // + at 18 with aux "(N\0" and its padding
            59, 1 << 2, // N at 77
            0, 59 << 2, 1, 0, 2, 0, 5, 5 << 2, // SKIP of 65538, V 5 later
            255, 61 << 2, 2, 62 << 2, 4, 60 << 2, // SUB -1, CHN 2, NUM 4
            0, 59 << 2, 255, 255, 0xf6, 0xff, 0, 8 << 2, // SKIP of -10, A
            0, 0,
        ];
        File.WriteAllBytes(folder["r.atr"], bytes);
        Assert.Equal(
            [new(18, 28, Text: "(N"), new(77, 1), new(65620, 5, -1, 2, 4), new(65610, 8, 0, 2, 4)],
            WfdbAnnotations.Read(folder["r.atr"]).All);
    }

    [Fact]
    public void Written_annotations_are_read_again() =>
        Gen.Select(Gen.Long[-5_000_000_000, 5_000_000_000], Gen.Int[1, 49], Gen.Int[-128, 127], Gen.Int[0, 255], Gen.Int[-128, 127], Gen.String[Gen.Char['!', 'ÿ'], 0, 100])
            .Select((sample, code, subtype, signal, number, text) => new WfdbAnnotation(sample, code, subtype, signal, number, text))
            .List[0, 30].Sample(all =>
            {
                var path = folder["r.qrs"];
                new WfdbAnnotations(all, 1000).Write(path);
                var read = WfdbAnnotations.Read(path);
                Assert.Equal(1000, read.RateHz);
                Assert.Equal(all, read.All);
            }, iter: 100, threads: 1);

    [Fact]
    public void Codes_and_symbols_map_one_to_one()
    {
        var symbols = Enumerable.Range(1, WfdbCodes.Largest).Select(WfdbCodes.SymbolOf).ToArray();
        Assert.Distinct(symbols);
        Assert.Equal(Enumerable.Range(1, WfdbCodes.Largest), symbols.Select(s => WfdbCodes.CodeOf(s)!.Value));
        Assert.Equal(("N", "V", "+", "~", "[", "r"), (symbols[0], symbols[4], symbols[27], symbols[13], symbols[31], symbols[40]));
        Assert.Equal("NLRaVFJASEj/QB?enfr".Order(), Enumerable.Range(1, 49).Where(WfdbCodes.IsBeat).Select(c => symbols[c - 1][0]).Order());
    }

    [Fact]
    public void A_recording_has_its_reference_annotations_with_text_and_symbol()
    {
        WfdbSample.Write(
            folder.Path, "r", "r 2 100 3\nr.dat 16 1 0 0 0 0 0 i\nr.dat 16 1 0 0 0 0 0 v1\n", ("r.dat", WfdbSample.Words(1, 2, 3, 4, 5, 6)),
            ("r.atr", MitAnnotationCoding.Encode([new(1, 28, Text: "(AFIB"), new(2, 1), new(2, 18, 0, 1, 0, "ST0+100")])), ("r.v1", MitAnnotationCoding.Encode([new(2, 24)])));
        var recording = Recordings.Open(folder["r.hea"]);
        Assert.Equal([new(0.01, 0, "+ (AFIB"), new(0.02, 0, "N"), new(0.02, 0, "s ST0+100", "v1")], recording.Annotations);
        Assert.Equal([new(0.02, 0, "p", "v1")], WfdbAnnotations.ReadBeside(folder["r.hea"], "v1"));
    }

    [Fact]
    public void A_time_resolution_in_the_file_is_its_own_clock()
    {
        WfdbSample.Write(folder.Path, "r", "r 1 100 1\nr.dat 16 1\n", ("r.dat", WfdbSample.Words(1)));
        new WfdbAnnotations([new(1500, 1)], 1000).Write(folder["r.atr"]);
        Assert.Equal([new Annotation(1.5, 0, "N")], Recordings.Open(folder["r.hea"]).Annotations);
    }

    [Fact]
    public void Damaged_annotations_are_refused_alone_and_remarked_on_beside_readable_samples()
    {
        var header = WfdbSample.Write(folder.Path, "r", "r 1 100 1\nr.dat 16 1\n", ("r.dat", WfdbSample.Words(1)), ("r.atr", [18, 28 << 2, 9, 63 << 2, 1]));
        Assert.Contains("r.atr", Assert.Throws<MalformedFileException>(() => WfdbAnnotations.Read(folder["r.atr"])).Message, StringComparison.Ordinal);
        var recording = Recordings.Open(header);
        Assert.Equal([1.0], recording.ReadAll(0));
        Assert.Contains(recording.Remarks, r => r.Contains("annotations beside the record cannot be read", StringComparison.Ordinal));
    }
}
