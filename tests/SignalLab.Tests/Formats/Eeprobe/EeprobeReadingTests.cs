using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Eeprobe;

public sealed class EeprobeReadingTests : IDisposable
{
    private const string Info = "[StartDate]\n45544.5\n[StartFraction]\n0.25\n[SubjectName]\nA B\n[SubjectSex]\nF\n[SubjectDateOfBirth]\n0 0 0 14 7 84 0 0 0\n[MachineMake]\neego\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public void Each_method_of_compression_gives_the_values_back(int method)
    {
        var random = new Random(method);
        var values = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 251).Select(i => i == 77 ? 12_000 : random.Next(-40, 40)).ToArray()).ToArray();
        if (method >= 8)
        {
            values[1][100] = -200_000;
        }

        var recording = Open(EeprobeBytes.Recording(true, values, 60, [method], []));
        for (var c = 0; c < 3; c++)
        {
            Assert.Equal(values[c].Select(v => v * 0.25), recording.ReadAll(c));
        }
    }

    [Fact]
    public void Subject_start_and_reference_are_the_files_own()
    {
        var recording = Open(EeprobeBytes.Recording(false, [[1, 2, 3], [4, 5, 6]], 10, [0], [], ["Fp1", "EOGv"], Info));
        Assert.Equal(new DateTime(2024, 9, 9, 12, 0, 0, 250), recording.Start);
        Assert.Equal(("A B", "F", new DateOnly(1984, 8, 14)), (recording.Subject.Name, recording.Subject.Sex, recording.Subject.Birthdate));
        Assert.Equal([ChannelKind.Eeg, ChannelKind.Eog], recording.Channels.Select(c => c.Kind));
        Assert.All(recording.Channels, c => Assert.Equal(("uV", 500.0, "reference Cz"), (c.Unit.Symbol, c.RateHz, c.Transducer)));
        Assert.Contains("MachineMake: eego", recording.Comments);
    }

    [Fact]
    public void Events_belong_to_the_sample_they_fell_in_and_triggers_to_theirs()
    {
        File.WriteAllBytes(folder["made.evt"], EeprobeBytes.Events(45544.5, (0.3015, 0.1, "blink"), (0.24, 0, "before")));
        var recording = Open(EeprobeBytes.Recording(true, [new int[400]], 100, [1], [(100, "7")], info: Info));
        Assert.Equal(
            [("before", 0.0, 0.0, "C3"), ("blink", 0.05, 0.1, "C3"), ("7", 0.2, 0, null), ("go", 0.25, 0, null)],
            recording.Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 9), a.DurationSeconds, a.Channel)));
    }

    [Fact]
    public void Pauses_are_gaps_and_triggers_behind_them_come_later()
    {
        File.WriteAllText(folder["made.seg"], "NumberSegments=2\n45544.5 2.25 100\n");
        File.WriteAllText(folder["made.trg"], "0.002 0\n 0.100000 0 5\n 0.700000 0 6\n");
        var recording = Open(EeprobeBytes.Recording(true, [new int[400]], 100, [1], [(100, "7")], info: Info));
        Assert.Equal([new Segment(0, 0.6), new Segment(2, 0.2)], recording.Segments);
        Assert.Equal([("5", 0.1), ("6", 2.1)], recording.Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 9))));
    }

    [Fact]
    public void A_block_that_cannot_hold_its_samples_is_refused()
    {
        var bytes = EeprobeBytes.Recording(false, [new int[4000]], 4000, [9], []);
        var text = System.Text.Encoding.Latin1.GetString(bytes).Replace("[Samples]\n4000", "[Samples]\n9000", StringComparison.Ordinal);
        Assert.Throws<MalformedFileException>(() => Open(System.Text.Encoding.Latin1.GetBytes(text)));
    }

    [Fact]
    public void Events_of_an_unknown_class_are_remarked_and_the_others_stay()
    {
        var events = EeprobeBytes.Events(45544.5, (0.3, 0, "blink"));
        var text = System.Text.Encoding.Latin1.GetString(events).Replace("dcEpochEvent_c", "dcSpikeEvent_c", StringComparison.Ordinal);
        File.WriteAllBytes(folder["made.evt"], System.Text.Encoding.Latin1.GetBytes(text));
        var recording = Open(EeprobeBytes.Recording(true, [new int[400]], 100, [1], [], info: Info));
        Assert.Equal("blink", Assert.Single(recording.Annotations).Text);
        Assert.Contains(recording.Remarks, r => r.Contains("dcSpikeEvent_c", StringComparison.Ordinal));
    }

    private Recording Open(byte[] bytes)
    {
        File.WriteAllBytes(folder["made.cnt"], bytes);
        return Recordings.Open(folder["made.cnt"]);
    }
}
