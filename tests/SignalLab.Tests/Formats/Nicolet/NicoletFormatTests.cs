using SignalLab.Formats;
using SignalLab.Formats.Nicolet;

namespace SignalLab.Tests.Formats.Nicolet;

public sealed class NicoletFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new NicoletFormat();

    protected override string Ending => ".head";

    protected override IEnumerable<string> RealSamples => ["eeg/nicolet/test_nicolet_raw.data", "eeg/nicolet/test_nicolet_raw.head"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "made.head");
        NicoletSample.Write(path, ["FP1", "ECG", "EMG"], [.. Enumerable.Range(0, 900).Select(i => (short)((i * 37 % 2000) - 1000))]);
        yield return path;
        yield return Path.ChangeExtension(path, ".data");
    }

    protected override IEnumerable<string> Companions(string sample) => [Path.ChangeExtension(sample, sample.EndsWith(".head", StringComparison.Ordinal) ? ".data" : ".head")];

    // A line that was cut off leaves a header that is valid without it.
    protected override void AssertCutLosesNothing(SignalLab.Model.Study original, SignalLab.Model.Study cut)
    {
        Assert.Equal(original.Recordings[0].Channels.Select(c => c.Label), cut.Recordings[0].Channels.Select(c => c.Label));
        Assert.Equal(original.Recordings[0].ReadAll(1).Take(100), cut.Recordings[0].ReadAll(1).Take(100));
    }
}
