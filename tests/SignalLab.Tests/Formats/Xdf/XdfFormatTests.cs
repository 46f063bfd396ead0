using SignalLab.Formats;
using SignalLab.Formats.Xdf;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Xdf;

public sealed class XdfFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new XdfFormat();

    protected override string Ending => ".xdf";

    protected override IEnumerable<string> RealSamples => ["eeg/xdf/minimal.xdf", "eeg/xdf/empty_streams.xdf"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        var random = new Random(1);
        var file = new XdfBytes("2024-05-06T07:08:09+0000")
            .Header(1, "amp", "EEG", 3, 100, "float32").Header(2, "keys", "Markers", 1, 0, "string").Header(7, "eyes", "Gaze", 2, 60, "int16").Header(8, "none", "Aux", 1, 10, "double64");
        for (var k = 0; k < 30; k++)
        {
            file.Samples(1, [.. Enumerable.Range(0, 20).Select(i => (i == 0 ? 50 + (k * 0.2) : (double?)null, XdfBytes.Floats(random.NextSingle(), random.NextSingle(), random.NextSingle())))]);
            file.Samples(7, [.. Enumerable.Range(0, 12).Select(i => ((double?)(50.3 + (k * 0.2) + (i / 60.0)), XdfBytes.Shorts((short)random.Next(-99, 99), (short)random.Next(-99, 99))))]);
            file.Offset(1, 50 + k, 0.001).Offset(7, 50 + k, 0.002);
            _ = k % 10 == 0 ? file.Samples(2, (50.05 + (k * 0.2), XdfBytes.Text($"key {k}"))) : file.Boundary();
        }

        var path = Path.Combine(scratch, "made.xdf");
        File.WriteAllBytes(path, file.Footer(1, 600).ToArray());
        yield return path;
    }

    // Recordings that broke off are opened as far as they go; each channel is then a beginning of its own.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var whole = original.Recordings[0];
        var part = cut.Recordings[0];
        for (var c = 0; c < part.Channels.Count; c++)
        {
            var values = part.ReadAll(c);
            Assert.Contains(Enumerable.Range(0, whole.Channels.Count), w => whole.Channels[w].Label == part.Channels[c].Label && whole.ReadAll(w).AsSpan(0, values.Length).SequenceEqual(values));
        }
    }
}
