using SignalLab.Formats;
using SignalLab.Formats.Mff;

namespace SignalLab.Tests.Formats.Mff;

/// <summary>The promises on the file of the electrodes' samples; the folder opens the same.</summary>
public sealed class MffFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new MffFormat();

    protected override IEnumerable<string> RealSamples => ["eeg/egi/test_egi_evoked.mff/signal1.bin"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        string In(string name) => Path.Combine(scratch, name);
        yield return Path.Combine(
            new MffSample(In("gaps.mff")).Net(4).Signal(1, "EEG", 250, [MffSample.Noise(4, 100, 1), MffSample.Noise(4, 100, 2), MffSample.Noise(4, 60, 3)], isShort: true)
                .Epochs((0, 800000, 1, 2), (1_000_000, 1_240_000, 3, 3)).Events("one", ("2020-01-02T03:04:05.750000-05:00", "go", 1000)).Path,
            "signal1.bin");
        yield return Path.Combine(
            new MffSample(In("pns.mff"), "2020-01-02T03:04:05.250000000+01:00").Signal(1, "EEG", 1000, [MffSample.Noise(2, 250, 4)]).Signal(2, "PNSData", 1000, [MffSample.Noise(3, 249, 5)])
                .Epochs((0, 250_000_000, 1, 1)).Path,
            "signal1.bin");
    }

    protected override IEnumerable<string> Companions(string sample) => Directory.EnumerateFiles(Path.GetDirectoryName(sample)!).Where(f => f != sample);
}
