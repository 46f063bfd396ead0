using SignalLab.Formats;
using SignalLab.Formats.Besa;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Meg;

public sealed class BesaFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new BesaFormat();

    protected override IEnumerable<string> RealSamples => ["meg/besa/simulation.avr"];

    protected override IEnumerable<string> Companions(string sample) => Path.ChangeExtension(sample, ".elp") is var beside && File.Exists(beside) ? [beside] : [];

    // A cut within the last number cannot be seen in a text, nor can that of a row in old files, which state no count of channels.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var (whole, part) = (original.Recordings[0], cut.Recordings[0]);
        Assert.All(part.Channels, c => Assert.Equal(whole.Channels[0].SampleCount, c.SampleCount));
        Assert.True(part.Channels.Count == whole.Channels.Count || whole.Channels[0].Label == "CH1");
        Assert.True(Enumerable.Range(0, part.Channels.Count).Sum(c => whole.ReadAll(c).Zip(part.ReadAll(c)).Count(p => p.First != p.Second)) <= 1);
    }

    protected override IEnumerable<string> Samples(string scratch)
    {
        foreach (var (name, text) in new[] { ("a.avr", BesaTests.Avr), ("b.mul", BesaTests.Mul), ("old.avr", BesaTests.Old) })
        {
            var path = Path.Combine(scratch, name);
            File.WriteAllText(path, text);
            yield return path;
        }
    }
}

public sealed class BesaTests : IDisposable
{
    public const string Avr = "Npts= 3   TSB= -10.0 DI= 5.0 SB= 2.0 SC= 200.0 Nchan= 2 SegmentName= two words\nFp1 Cz\n 2 -4 1e1 \n 0.5 1 -1.5\n";

    public const string Mul = "TimePoints= 3 Channels= 2 BeginSweep[ms]= -10.00 SamplingInterval[ms]= 5.000 Bins/uV= 2.000 SegmentName= two words\nFp1 Cz\n2 0.5\n-4 1\n10 -1.5\n";

    public const string Old = "Npts= 3 TSB= 0 DI= 4 SB= 1.00 SC= 200.0\n1 2 3\n4 5 6\n";

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("a.avr", Avr)]
    [InlineData("a.mul", Mul)]
    public void Rows_a_channel_and_rows_a_sample_read_alike(string name, string text)
    {
        var recording = Open(name, text);
        Assert.Equal(["Fp1", "Cz"], recording.Channels.Select(c => c.Label));
        Assert.Equal([1, -2, 5], recording.ReadAll(0));
        Assert.Equal([0.25, 0.5, -0.75], recording.ReadAll(1));
        Assert.Equal(("two words", -0.01), (recording.Evoked!.Condition, recording.Evoked.FirstLatencySeconds));
        Assert.Equal(200, recording.CommonRateHz);
        Assert.Equal(Unit.Microvolt, recording.Channels[0].Unit);
    }

    [Fact]
    public void Names_of_old_files_come_from_the_electrodes_beside_them()
    {
        Assert.Equal(["CH1", "CH2"], Open("old.avr", Old).Channels.Select(c => c.Label));
        File.WriteAllText(folder["old.elp"], "EEG Fp1 -92 -72 1\nEEG Cz 0 0 1\n");
        var recording = Open("old.avr", Old);
        Assert.Equal(["Fp1", "Cz"], recording.Channels.Select(c => c.Label));
        Assert.Equal(0.095, recording.Channels[1].Sensor!.PositionMetres.Z, 1e-9);
    }

    [Fact]
    public void The_real_exports_hold_the_same_simulation()
    {
        var rows = Recordings.Open(SharedData.File("meg/besa/simulation.avr"));
        var columns = Recordings.Open(SharedData.File("meg/besa/simulation.mul"));
        Assert.Equal((33, 200L), (rows.Channels.Count, rows.Channels[0].SampleCount));
        Assert.Equal(rows.Channels.Select(c => c.Label), columns.Channels.Select(c => c.Label));
        Assert.All(rows.Channels, c => Assert.NotNull(c.Sensor));

        // Three significant digits in one file, five decimals in the other.
        for (var c = 0; c < rows.Channels.Count; c++)
        {
            Assert.All(rows.ReadAll(c).Zip(columns.ReadAll(c)), p => Assert.Equal(p.Second, p.First, (0.006 * Math.Abs(p.Second)) + 1e-5));
        }
    }

    [Theory]
    [InlineData("Npts= 3 TSB= 0 DI= 4 SB= 1 Nchan= 2\n1 2 3\n4 5\n", "5 numbers")]
    [InlineData("Npts= 3 TSB= 0 DI= 0 SB= 1 Nchan= 1\n1 2 3\n", "positive interval")]
    [InlineData("Npts= 3 TSB= 0 DI= 4 SB= 0 Nchan= 1\n1 2 3\n", "steps a microvolt")]
    [InlineData("Npts= 1.5 TSB= 0 DI= 4 SB= 1 Nchan= 1\n1 2 3\n", "whole number")]
    [InlineData("Npts= 3 TSB= 0 DI= 4 SB= 1 Nchan= 1\n1 x 3\n", "\"x\"")]
    [InlineData("TimePoints= 1 BeginSweep[ms]= 0 Bins/uV= 1\n1\n", "SAMPLINGINTERVAL")]
    public void Faults_are_named(string text, string words) =>
        Assert.Contains(words, Assert.Throws<MalformedFileException>(() => Open("bad.avr", text)).Message, StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();

    private Recording Open(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return Recordings.Open(folder[name]);
    }
}
