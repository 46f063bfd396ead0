using SignalLab.Formats;
using SignalLab.Formats.Cnt;

namespace SignalLab.Tests.Formats.Cnt;

public sealed class CntFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new CntFormat();

    protected override string Ending => ".cnt";

    protected override IEnumerable<string> RealSamples => ["eeg/cnt/eeglab_test.cnt"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        yield return Write(scratch, "short.cnt", new("Fz", "Cz", "VEOG", "TRIG") { Values = Waves(4, 900), Events = [new(1, 1300), new(2, 4000)] });
        yield return Write(scratch, "wide.cnt", new("Fz", "Cz", "Pz") { Values = Waves(3, 700), Width = 4, EventType = 3, Events = [new(7, 10), new(8, 650)] });
        yield return Write(scratch, "blocks.cnt", new("Fz", "Cz", "Pz") { Values = Waves(3, 800), Block = 40, ChannelOffset = 80, EventType = 2, Events = [new(7, 1500)] });
    }

    /// <summary>Slow waves of another height a channel, as recordings are.</summary>
    internal static int[][] Waves(int channels, int count) =>
        [.. Enumerable.Range(0, channels).Select(c => Enumerable.Range(0, count).Select(t => (300 * c) + (int)Math.Round(200 * Math.Sin((t + (10 * c)) / 25.0))).ToArray())];

    private static string Write(string scratch, string name, CntBytes file)
    {
        var path = Path.Combine(scratch, name);
        File.WriteAllBytes(path, file.ToArray());
        return path;
    }
}
