using SignalLab.Formats;
using SignalLab.Formats.Persyst;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Persyst;

public sealed class PersystFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new PersystFormat();

    protected override string Ending => ".lay";

    protected override IEnumerable<string> RealSamples => ["eeg/persyst/sub-pt1_ses-02_task-monitor_acq-ecog_run-01_clip2.lay"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        var random = new Random(3);
        var words = Enumerable.Range(0, 4000).Select(_ => random.Next(-30000, 30000)).ToArray();
        File.WriteAllBytes(Path.Combine(scratch, "short.dat"), [.. words.SelectMany(w => BitConverter.GetBytes((short)w))]);
        File.WriteAllBytes(Path.Combine(scratch, "long.dat"), [.. words.SelectMany(BitConverter.GetBytes)]);
        foreach (var (name, type) in new[] { ("short", 0), ("long", 7) })
        {
            var path = Path.Combine(scratch, name + ".lay");
            File.WriteAllText(path, $"[FileInfo]\r\nFile={name}.dat\r\nFileType=Interleaved\r\nSamplingRate=200\r\nHeaderLength=0\r\nCalibration=0.390625\r\nWaveformCount=4\r\nDataType={type}\r\n"
                + "[SampleTimes]\r\n0=9468.36\r\n400=9480\r\n[Patient]\r\nSex=M\r\nTestDate=12/19/2014\r\nTestTime=02:37:48\r\n[Comments]\r\n1.0,0.5,0,1,a\r\n[ChannelMap]\r\nFp1-Ref=1\r\nFp2-Ref=2\r\nEKG=3\r\nCz=4\r\n");
            yield return path;
        }
    }

    protected override IEnumerable<string> Companions(string sample) => [Path.ChangeExtension(sample, ".dat")];

    // A layout states no number of its lines: one that ends early has fewer channels, comments or times, each as before.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var (whole, part) = (original.Recordings[0], cut.Recordings[0]);
        Assert.All(Enumerable.Range(0, part.Channels.Count - 1), c => Assert.Equal(whole.ReadAll(c), part.ReadAll(c)));
        Assert.Subset(whole.Annotations.Select(a => a.OnsetSeconds).ToHashSet(), part.Annotations.Select(a => a.OnsetSeconds).ToHashSet());
    }
}
