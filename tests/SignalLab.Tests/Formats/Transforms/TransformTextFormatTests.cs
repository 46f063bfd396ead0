using SignalLab.Formats;
using SignalLab.Formats.Transforms;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Transforms;

public class TransformTextContractTests : FormatContract
{
    protected override IFormat Format { get; } = new TransformTextFormat();

    protected override IEnumerable<string> RealSamples => ["meg/fif/sample-audvis-raw-trans.txt"];

    protected override string Ending => ".txt";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "a-trans.txt");
        File.WriteAllText(path, "0.8 0.6 0 0.01\n-0.6 0.8 0 -0.02\n0 0 1 0.04\n0 0 0 1\n");
        return [path];
    }

    [Fact]
    public void A_real_text_agrees_with_the_same_transform_in_FIFF()
    {
        var text = Assert.Single(KnownFormats.Open(SharedData.File("meg/fif/sample-audvis-raw-trans.txt")).Transforms);
        var fiff = Assert.Single(KnownFormats.Open(SharedData.File("meg/source/sample_audvis_trunc-trans.fif")).Transforms);
        Assert.Equal((fiff.From, fiff.To), (text.From, text.To));

        // The text prints six decimals.
        Assert.All(fiff.Matrix.ToArray().Zip(text.Matrix.ToArray()), p => Assert.Equal(p.First, p.Second, 5.1e-7));
    }

    [Theory]
    [InlineData("1 0 0 0\n0 2 0 0\n0 0 1 0\n0 0 0 1\n")]
    [InlineData("1 0 0 0\n0 -1 0 0\n0 0 1 0\n0 0 0 1\n")]
    [InlineData("1 0 0 0\n0 1 0 0\n0 0 1 0\n")]
    [InlineData("1 0 0 0\n0 1 0 0\n0 0 1 0\n0 0 0 1\n0 0 0 1\n")]
    public void Tables_that_are_no_rotation_and_move_are_refused(string text)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("signallab-").FullName, "x.txt");
        File.WriteAllText(path, text);
        Assert.False(Format.Recognises(FileHead.Of(path)));
        Assert.Throws<MalformedFileException>(() => Format.Open(path));
        Directory.Delete(Path.GetDirectoryName(path)!, true);
    }
}
