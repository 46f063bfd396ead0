using SignalLab.Formats;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Delimited;

public sealed class DelimitedFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new DelimitedFormat();

    protected override string Ending => ".csv";

    // A small table is looked at once for its head and once for its rows.
    protected override double OpeningShare => 2;

    protected override Action<Study, string> Writer => (study, path) =>
    {
        File.Delete(path);
        using var file = File.Create(path);
        RecordingTable.Write(study.Recordings[0], file);
    };

    protected override IEnumerable<string> Samples(string scratch)
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 700).Select(_ => random.NextDouble() - 0.5).ToArray()).ToArray();
        var recording = new Recording(
            [new("Fp1", ChannelKind.Eeg, Unit.Microvolt, 256, 700), new("ECG, left", ChannelKind.Ecg, Unit.Millivolt, 256, 700), new("box", ChannelKind.Other, Unit.Unknown, 256, 700)], new MemorySamples(values))
        {
            Segments = [new(0, 500 / 256.0), new(4, 200 / 256.0)],
        };
        foreach (var delimiter in Enum.GetValues<Delimiter>())
        {
            var path = Path.Combine(scratch, delimiter + ".csv");
            using (var file = File.Create(path))
            {
                RecordingTable.Write(recording, file, delimiter);
            }

            yield return path;
        }
    }

    // A table states no count: a cut one is the beginning, its last row as far as it goes.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var (whole, part) = (original.Recordings[0], cut.Recordings[0]);
        for (var c = 0; c < part.Channels.Count; c++)
        {
            var values = part.ReadAll(c);
            Assert.True(whole.ReadAll(c).AsSpan(0, values.Length - 1).SequenceEqual(values.AsSpan(0, values.Length - 1)));
        }
    }
}
