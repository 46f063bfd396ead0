using SignalLab.Formats;
using SignalLab.Formats.NihonKohden;

namespace SignalLab.Tests.Formats.NihonKohden;

public sealed class NihonKohdenFormatTests : FormatContract
{
    private static readonly DateTime Start = new(2019, 4, 3, 16, 0, 16);

    protected override IFormat Format { get; } = new NihonKohdenFormat();

    protected override string Ending => ".EEG";

    protected override IEnumerable<string> RealSamples => ["eeg/nihonkohden/MB0400FU.EEG"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        string Write(string name, byte[] bytes)
        {
            File.WriteAllBytes(Path.Combine(scratch, name), bytes);
            return Path.Combine(scratch, name);
        }

        Write("one.log", NihonKohdenSample.Log(true, ("REC START", 0), ("eyes open", 1_140_000)));
        Write("one.21E", "[ELECTRODE]\r\n0000=Fp2\r\n0042=ECG\r\n[REFERENCE]\r\n0076=$A2\r\n"u8.ToArray());
        yield return Write("one.EEG", NihonKohdenSample.Eeg1100(
            new(Start, 200, [0, 42, 76], NihonKohdenSample.Noise(3, 400, 1)), new(Start.AddSeconds(30), 200, [0, 42, 76], NihonKohdenSample.Noise(3, 300, 2))));
        yield return Write("alone.EEG", NihonKohdenSample.Eeg1100(new SampleBlock(Start, 500, [.. Enumerable.Range(0, 40)], NihonKohdenSample.Noise(40, 250, 3))));
        yield return Write("new.EEG", NihonKohdenSample.Eeg1200(
            new(Start.AddSeconds(0.25), 1000, [0, 300, 74], NihonKohdenSample.Noise(3, 500, 4)), new(Start.AddSeconds(100), 1000, [0, 300, 74], NihonKohdenSample.Noise(3, 700, 5))));
    }

    protected override IEnumerable<string> Companions(string sample) => Directory.EnumerateFiles(Path.GetDirectoryName(sample)!)
        .Where(f => f != sample && Path.GetFileNameWithoutExtension(f) == Path.GetFileNameWithoutExtension(sample));
}
