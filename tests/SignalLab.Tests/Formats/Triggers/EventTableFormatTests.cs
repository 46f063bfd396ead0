using SignalLab.Formats;
using SignalLab.Formats.Triggers;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Triggers;

public class EventTableContractTests : FormatContract
{
    protected override IFormat Format { get; } = new EventTableFormat();

    protected override IEnumerable<string> RealSamples => ["meg/fif/test-eve.eve", "meg/fif/test-eve-old-style.eve"];

    protected override string Ending => ".eve";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "a.eve");
        File.WriteAllText(path, "# sample before after\n 27977       0   2\n 28345       0   3\n 28771       2   1\n");
        return [path];
    }

    // A list without a count: the lines before the cut are read.
    protected override void AssertCutLosesNothing(Study original, Study cut) =>
        Assert.Equal(original.Events.Take(cut.Events.Count - 1), cut.Events.Take(cut.Events.Count - 1));
}

public sealed class EventTableFormatTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("fif/test-eve.eve", false)]
    [InlineData("fif/test-eve-old-style.eve", true)]
    public void Real_lists_agree_with_an_independent_reader(string file, bool hasTimes)
    {
        var expected = SharedData.Oracle("meg/oracles/io_other.json").GetProperty("files").GetProperty(file).GetProperty("events");
        var events = KnownFormats.Open(SharedData.File("meg/" + file)).Events;
        Assert.Equal(expected.EnumerateArray().Select(e => (e[0].GetInt64(), e[1].GetInt64(), e[2].GetInt64())), events.Select(e => (e.Sample, e.Before, e.After)));
        Assert.Equal(hasTimes ? 46.581 : null, events[0].TimeSeconds);
    }

    [Theory]
    [InlineData("1 2 3\n4 5 6\n3 0 1\n")]
    [InlineData("10 0.5 1 2\n20 7 1 2\n")]
    [InlineData("1 2 3.5\n")]
    [InlineData("1 2 2\n")]
    [InlineData("1 -2 2\n")]
    public void Tables_of_other_numbers_are_not_taken_for_events(string text)
    {
        File.WriteAllText(folder["x.eve"], text);
        Assert.False(new EventTableFormat().Recognises(FileHead.Of(folder["x.eve"])));
    }

    public void Dispose() => folder.Dispose();
}
