using SignalLab.Formats;
using SignalLab.Formats.Eeprobe;

namespace SignalLab.Tests.Formats.Eeprobe;

public sealed class EeprobeFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new EeprobeFormat();

    protected override string Ending => ".cnt";

    protected override IEnumerable<string> RealSamples => ["eeg/antcnt/test-ref.cnt"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        foreach (var isLong in (bool[])[false, true])
        {
            var random = new Random(1);
            var values = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 330).Select(i => (int)(400 * Math.Sin(i / 9.0)) + random.Next(-20, 20)).ToArray()).ToArray();
            var path = Path.Combine(scratch, isLong ? "long.cnt" : "short.cnt");
            File.WriteAllBytes(path, EeprobeBytes.Recording(isLong, values, 100, isLong ? [9, 10, 11, 8] : [1, 2, 3, 0], [(10, "1"), (200, "255")], info: "[StartDate]\n45544.5\n[StartFraction]\n0.25\n"));
            File.WriteAllBytes(Path.ChangeExtension(path, ".evt"), EeprobeBytes.Events(45544.5, (0.3, 0.1, "blink"), (0.45, 0, "move")));
            yield return path;
        }
    }

    protected override IEnumerable<string> Companions(string sample) => Path.ChangeExtension(sample, ".evt") is var events && File.Exists(events) ? [events] : [];
}
