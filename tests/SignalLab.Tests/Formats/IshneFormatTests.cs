using System.Text;
using SignalLab.Formats;
using SignalLab.Formats.Ishne;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class IshneFormatTests : FormatContract
{
    private const int Leads = 3;

    protected override IFormat Format { get; } = new IshneFormat();

    protected override string Ending => ".ecg";

    protected override double OpeningShare => 0.1;

    protected override IEnumerable<string> Samples(string scratch) => [Write(Path.Combine(scratch, "one.ecg"), 4000, statedPerLead: true), Write(Path.Combine(scratch, "all.ecg"), 4000, statedPerLead: false), WriteBeats(Path.Combine(scratch, "beats.ann"))];

    // An annotation file states no number of beats: a cut one has the first of them.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        if (original.Recordings[0].Channels.Count > 0)
        {
            base.AssertCutLosesNothing(original, cut);
            return;
        }

        Assert.Equal(original.Recordings[0].Annotations.Take(cut.Recordings[0].Annotations.Count), cut.Recordings[0].Annotations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Samples_are_multiplexed_steps_of_the_leads_resolution(bool statedPerLead)
    {
        using var folder = new TemporaryFolder();
        var recording = new IshneFormat().Open(Write(folder["h.ecg"], 500, statedPerLead)).Recordings[0];
        Assert.Equal(["V1", "aVF", "lead 3"], recording.Channels.Select(c => c.Label));
        Assert.Equal(["uV", "uV", ""], recording.Channels.Select(c => c.Unit.Symbol));
        Assert.Equal((200.0, 500L), (recording.Channels[0].RateHz, recording.Channels[0].SampleCount));
        for (var c = 0; c < Leads; c++)
        {
            var gain = c switch { 0 => 2.5, 1 => 10, _ => 1 };
            Assert.Equal(Enumerable.Range(0, 500).Select(i => Step(i, c) * gain), recording.ReadAll(c));
        }
    }

    [Fact]
    public void Subject_start_and_comments_are_those_of_the_header()
    {
        using var folder = new TemporaryFolder();
        var recording = new IshneFormat().Open(Write(folder["h.ecg"], 10, true)).Recordings[0];
        Assert.Equal(("H-1", "F", "Doe, Jo", new DateOnly(1960, 5, 4)), (recording.Subject.Id, recording.Subject.Sex, recording.Subject.Name, recording.Subject.Birthdate));
        Assert.Equal(new DateTime(2001, 12, 31, 23, 59, 58), recording.Start);
        Assert.Equal(["a note"], recording.Comments);
        Assert.Contains("no resolution", Assert.Single(recording.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Beats_of_the_annotation_file_beside_the_recording_are_annotations_and_timeouts_are_none()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder["h.ecg"], 500, true);
        WriteBeats(folder["h.ann"]);
        var recording = new IshneFormat().Open(path).Recordings[0];
        Assert.Equal(["N", "V", "S", "N"], recording.Annotations.Select(a => a.Text));
        Assert.Equal([1.5, 2.25, 2.255, 2.255 + (65760 / 200.0)], recording.Annotations.Select(a => a.OnsetSeconds), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Single(recording.Remarks);
    }

    [Fact]
    public void Beats_by_themselves_are_a_recording_of_annotations()
    {
        using var folder = new TemporaryFolder();
        var recording = KnownFormats.Open(WriteBeats(folder["h.ann"])).Recordings[0];
        Assert.Empty(recording.Channels);
        Assert.Equal(4, recording.Annotations.Count);
        Assert.Equal(("H-1", new DateTime(2001, 12, 31, 23, 59, 58)), (recording.Subject.Id, recording.Start));
        Assert.Contains("h.ecg", Assert.Single(recording.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_or_foreign_annotation_file_leaves_the_samples_readable()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder["h.ecg"], 500, true);
        File.WriteAllText(folder["h.ann"], "something else");
        Assert.Empty(new IshneFormat().Open(path).Recordings[0].Annotations);
        File.WriteAllText(folder["h.ann"], "ANN  1.0 and no more");
        Assert.Contains(new IshneFormat().Open(path).Recordings[0].Remarks, r => r.Contains("cannot be read", StringComparison.Ordinal));
        MutatedFiles.AssertBorne(() => new IshneFormat().Open(path), WriteBeats(folder["h.ann"]), 100);
        File.WriteAllBytes(folder["h.ann"], File.ReadAllBytes(folder["h.ann"])[..^3]);
        var cut = new IshneFormat().Open(path).Recordings[0];
        Assert.Equal(3, cut.Annotations.Count);
        Assert.Contains(cut.Remarks, r => r.Contains("ends within a beat", StringComparison.Ordinal));
    }

    [Fact]
    public void Beats_count_by_their_own_rate_or_by_that_of_the_recording()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder["h.ecg"], 500, true);
        WriteBeats(folder["h.ann"], rateHz: 100);
        var recording = new IshneFormat().Open(path).Recordings[0];
        Assert.Equal(3, recording.Annotations[0].OnsetSeconds);
        Assert.Contains(recording.Remarks, r => r.Contains("100 samples/s", StringComparison.Ordinal));
        WriteBeats(folder["h.ann"], rateHz: 0);
        Assert.Equal(1.5, new IshneFormat().Open(path).Recordings[0].Annotations[0].OnsetSeconds);
    }

    private static int Step(int sample, int lead) => ((sample * 7919) + (lead * 311)) % 4001 - 2000;

    private static string Write(string path, int samples, bool statedPerLead)
    {
        var header = Header("ISHNE1.0", statedPerLead ? samples : samples * Leads, 200);
        var data = Enumerable.Range(0, samples * Leads).SelectMany(i => BitConverter.GetBytes((short)Step(i / Leads, i % Leads)));
        File.WriteAllBytes(path, [.. header, .. "a note\0\0"u8, .. data]);
        return path;
    }

    // The first beat at sample 300, one 150 later, one just behind it, and one after a silence of more than 16 bits.
    private static string WriteBeats(string path, int rateHz = 200)
    {
        static byte[] Beat(char label, int distance) => [(byte)label, (byte)'x', .. BitConverter.GetBytes((ushort)distance)];
        File.WriteAllBytes(
            path, [.. Header("ANN  1.0", 0, rateHz), .. "a note\0\0"u8, .. BitConverter.GetBytes(300u), .. Beat('N', 0), .. Beat('V', 150), .. Beat('S', 1), .. Beat('!', 65535), .. Beat('N', 225)]);
        return path;
    }

    private static byte[] Header(string magic, int samples, int rateHz)
    {
        var header = new byte[522];
        void Int16(int at, params int[] values) => values.SelectMany(v => BitConverter.GetBytes((short)v)).ToArray().CopyTo(header, at);
        void Int32(int at, int value) => BitConverter.GetBytes(value).CopyTo(header, at);
        void Text(int at, string text) => Encoding.Latin1.GetBytes(text).CopyTo(header, at);
        Text(0, magic);
        Int32(10, 8);
        Int32(14, samples);
        Int32(18, 522);
        Int32(22, 530);
        Text(28, "Jo");
        Text(68, "Doe");
        Text(108, "H-1");
        Int16(128, 2);
        Int16(132, 4, 5, 1960, 31, 12, 2001);
        Int16(150, 23, 59, 58, Leads, 11, 10, 0);
        Int16(206, 2500, 10000, 0);
        Int16(272, rateHz);
        return header;
    }
}
