using SignalLab.Formats;
using SignalLab.Formats.Eeglab;

namespace SignalLab.Tests.Formats;

public sealed class EeglabFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new EeglabFormat();

    protected override string Ending => ".set";

    // Inflated bytes count as read, as the compressed ones do.
    protected override double OpeningShare => 3;

    protected override IEnumerable<string> RealSamples => ["eeg/eeglab/test_raw_2021.set", "eeg/eeglab/test_raw_event_duration.set"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        string Write(string name, byte[] bytes)
        {
            var path = Path.Combine(scratch, name);
            File.WriteAllBytes(path, bytes);
            return path;
        }

        var (little, big) = (new MatBytes(), new MatBytes(isBig: true));
        var places = EeglabSample.Locations(little, ("Fp1", "EEG", 80, 26, -4), ("EOG1", "EOG", double.NaN, double.NaN, double.NaN), ("Cz", "", 0, 0, 85));
        var events = EeglabSample.Events(little, ("go", 3.25, 0), ("boundary", 100.5, 40), ("stop", 150, 20));
        yield return Write("plain.set", little.Add(EeglabSample.Nested(little, 3, 300, 1, little.Singles("", [3, 300], EeglabSample.Noise(900, 1)), events, places)).ToArray());
        yield return Write("big.set", big.Add(EeglabSample.Nested(big, 2, 100, 4, big.Singles("", [2, 100, 4], EeglabSample.Noise(800, 2))), isCompressed: true).ToArray());

        var flat = new MatBytes();
        flat.Add(flat.Doubles("nbchan", [1, 1], 2), isCompressed: true).Add(flat.Doubles("pnts", [1, 1], 500)).Add(flat.Doubles("srate", [1, 1], 128), isCompressed: true)
            .Add(flat.Text("data", "beside.fdt"), isCompressed: true).Add(flat.Sparse("etc"));
        Write("beside.fdt", EeglabSample.Fdt(EeglabSample.Noise(1000, 3)));
        yield return Write("beside.set", flat.ToArray());

        var hdf = Path.Combine(scratch, "hdf.set");
        EeglabSample.WriteHdf5(hdf, 3, EeglabSample.Noise(2400, 4), [("a", 10), ("bb", 20.5)]);
        yield return hdf;
    }

    protected override IEnumerable<string> Companions(string sample) => Path.ChangeExtension(sample, ".fdt") is var samples && File.Exists(samples) ? [samples] : [];
}
