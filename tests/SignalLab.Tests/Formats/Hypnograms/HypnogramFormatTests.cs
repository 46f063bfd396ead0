using SignalLab.Formats;
using SignalLab.Formats.Hypnograms;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Hypnograms;

public sealed class HypnogramFormatTests : FormatContract
{
    private readonly TemporaryFolder made = new();

    protected override IFormat Format { get; } = new HypnogramFormat();

    protected override string Ending => ".txt";

    protected override IEnumerable<string> RealSamples => ["eeg/sleep/yasa_full_6hrs_hypno_30s.txt"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "night.txt");
        File.WriteAllLines(path, ["# 20 s an epoch", .. Enumerable.Range(0, 60).Select(i => ((string[])["W", "N1", "N2", "N3", "R"])[i / 12])]);
        yield return path;
    }

    // A hypnogram states no count: a cut one is a shorter night.
    protected override void AssertCutLosesNothing(Study original, Study cut) =>
        Assert.True(cut.Recordings[0].Annotations.Count <= original.Recordings[0].Annotations.Count);

    [Fact]
    public void A_real_hypnogram_has_the_stages_and_epochs_that_are_in_it()
    {
        var oracle = SharedData.Oracle("eeg/oracles/sleep__yasa_full_6hrs_hypno_30s.txt.json");
        var annotations = Recordings.Open(SharedData.File("eeg/sleep/yasa_full_6hrs_hypno_30s.txt")).Annotations;
        Assert.Equal(oracle.GetProperty("epochs").GetInt32(), annotations.Count);
        Assert.All(annotations, a => Assert.Equal(oracle.GetProperty("epoch_s").GetDouble(), a.DurationSeconds));
        string[] texts = ["Sleep stage W", "Sleep stage N1", "Sleep stage N2", "Sleep stage N3", "Sleep stage R"];
        Assert.Equal(oracle.GetProperty("counts").EnumerateObject().Select(c => (texts[int.Parse(c.Name, System.Globalization.CultureInfo.InvariantCulture)], c.Value.GetInt32())), texts.Select(t => (t, annotations.Count(a => a.Text == t))));
        Assert.Equal(oracle.GetProperty("first20").EnumerateArray().Select(v => texts[v.GetInt32()]), annotations.Take(20).Select(a => a.Text));
    }

    [Fact]
    public void Five_means_rem_where_it_occurs()
    {
        var texts = Open("0\n1\n2\n3\n4\n5\n5\n0\n0\n0\n").Annotations.Select(a => a.Text).ToArray();
        Assert.Equal(["Sleep stage W", "Sleep stage 1", "Sleep stage 2", "Sleep stage 3", "Sleep stage 4", "Sleep stage R"], texts[..6]);
    }

    [Fact]
    public void Without_a_stated_length_an_epoch_is_30_s_and_that_is_said()
    {
        var recording = Open("W\nW\nN1\nN1\nN2\nN2\nN3\nN3\nR\nR\n");
        Assert.Equal(270, recording.Annotations[9].OnsetSeconds);
        Assert.Contains(recording.Remarks, r => r.Contains("30 s", StringComparison.Ordinal));
    }

    private Recording Open(string text)
    {
        File.WriteAllText(made["night.txt"], text);
        return Recordings.Open(made["night.txt"]);
    }
}
