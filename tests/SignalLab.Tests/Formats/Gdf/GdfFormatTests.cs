using SignalLab.Formats;
using SignalLab.Formats.Gdf;

namespace SignalLab.Tests.Formats.Gdf;

public sealed class GdfFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new GdfFormat();

    protected override string Ending => ".gdf";

    protected override IEnumerable<string> RealSamples => ["eeg/gdf/test_1ch.gdf", "eeg/gdf/chtypes_gdf2.gdf", "eeg/gdf/stim_channel_gdf1.gdf"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        yield return Write(scratch, "first.gdf", new("1.25")
        {
            Signals = { Noise("C3-A2", 3, 50, 500, 1), Noise("ECG", 5, 20, 200, 2), Noise("Status", 2, 1, 10, 3, 100) },
            Events = { new(1, 768), new(151, 769), new(151, 33537), new(980, 1023) },
        });
        yield return Write(scratch, "second.gdf", new("2.51")
        {
            Duration = (1, 250),
            Signals = { Noise("Fz", 3, 1, 900, 4), Noise("Cz", 16, 1, 900, 5), Noise("Pz", 279, 1, 900, 6) },
            Mode = 7,
            EventRate = 250,
            Events = { new(10, 1, 2, 40), new(700, 2, 0, 0) },
        });
        yield return Write(scratch, "long.gdf", new("2.10") { Signals = { Noise("a", 17, 70_000, 140_000, 7), Noise("b", 17, 100, 200, 8) } });
    }

    private static string Write(string scratch, string name, GdfBytes file)
    {
        var path = Path.Combine(scratch, name);
        File.WriteAllBytes(path, file.ToArray());
        return path;
    }

    private static GdfBytes.Signal Noise(string label, int type, int perRecord, int count, int seed, int span = 1000)
    {
        var random = new Random(seed);
        return new(label, type, perRecord, [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(type is 2 ? 0 : -span, span))]);
    }
}
