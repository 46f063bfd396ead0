using SignalLab.Formats;
using SignalLab.Formats.Snirf;

namespace SignalLab.Tests.Formats.Snirf;

public sealed class SnirfFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new SnirfFormat();

    protected override string Ending => ".snirf";

    protected override IEnumerable<string> RealSamples => ["eeg/snirf/nirx_15_3_recording_mne-nirs.snirf", "eeg/snirf/minimum_example.snirf"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        yield return SnirfSample.Write(Path.Combine(scratch, "vector.snirf"), SnirfSample.Run(SnirfSample.Times(100, 10), SnirfSample.Noise(300)));
        yield return SnirfSample.Write(Path.Combine(scratch, "steady.snirf"), SnirfSample.Run([0, 100], SnirfSample.Noise(300), timeUnit: "ms", isArrays: true), "nirs1");
    }
}
