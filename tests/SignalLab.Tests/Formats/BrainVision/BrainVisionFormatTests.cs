using SignalLab.Formats;
using SignalLab.Formats.BrainVision;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.BrainVision;

public sealed class BrainVisionFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new BrainVisionFormat();

    protected override string Ending => ".vhdr";

    protected override IEnumerable<string> RealSamples =>
        ["eeg/brainvision/testbva.vhdr", "eeg/brainvision/test_old_layout_latin1_software_filter.vhdr"];

    protected override Action<Study, string>? Writer => (study, path) => BrainVisionWriter.Write(study.Recordings[0], path);

    protected override IEnumerable<string> Samples(string scratch)
    {
        var random = new Random(7);
        double[][] Noise(int channels, int count) => [.. Enumerable.Range(0, channels).Select(_ => Enumerable.Range(0, count).Select(_ => (double)random.Next(-3000, 3000)).ToArray())];
        yield return new BrainVisionSample { Name = "int", DataName = "int.eeg", MarkerName = "int.vmrk", Stored = Noise(3, 700) }.Write(scratch);
        yield return new BrainVisionSample
        {
            Name = "float",
            DataName = "float.eeg",
            MarkerName = "float.vmrk",
            Stored = Noise(3, 300),
            Format = "IEEE_FLOAT_32",
            IsVectorised = true,
            Common = "DataPoints=300",
            Markers = ["New Segment,,1,1,0,20200101120000000000", "Stimulus,S  1,3,1,0", "New Segment,,101,1,0,20200101120010000000"],
            Rest = "[Coordinates]\r\nCh1=1,-92,-72\r\nCh2=1,0,0\r\nCh3=0,0,0\r\n",
        }.Write(scratch);
        yield return new BrainVisionSample
        {
            Name = "ascii",
            DataName = "ascii.dat",
            MarkerName = "ascii.vmrk",
            Stored = Noise(3, 1300),
            Format = "ASCII",
            IsVectorised = true,
            Ascii = "DecimalSymbol=,\r\nSkipColumns=1",
        }.Write(scratch);
    }

    protected override IEnumerable<string> Companions(string sample) =>
        new[] { ".eeg", ".dat", ".vmrk" }.Select(e => Path.ChangeExtension(sample, e)).Where(File.Exists);

    // A channel line that was cut inside is a shorter line; the remark says so.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        if (!cut.Remarks.Contains(BrainVisionFormat.UnendedLine))
        {
            AssertSame(original, cut);
        }
    }

    // Text samples come back as 32-bit floats times the resolution.
    protected override void AssertEquivalent(Study expected, Study actual)
    {
        var (a, b) = (expected.Recordings[0], actual.Recordings[0]);
        AssertSame(
            new Study { Recordings = [a with { Samples = new MemorySamples([]), Channels = [] }] },
            new Study { Recordings = [b with { Samples = new MemorySamples([]), Channels = [] }] });
        Assert.Equal(a.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount)), b.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount)));
        for (var c = 0; c < a.Channels.Count; c++)
        {
            SharedData.AssertClose(a.ReadAll(c), b.ReadAll(c), 2e-7);
        }
    }
}
