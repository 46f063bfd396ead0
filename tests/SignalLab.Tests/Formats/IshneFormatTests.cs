using System.Text;
using SignalLab.Formats;
using SignalLab.Formats.Ishne;

namespace SignalLab.Tests.Formats;

public sealed class IshneFormatTests : FormatContract
{
    private const int Leads = 3;

    protected override IFormat Format { get; } = new IshneFormat();

    protected override string Ending => ".ecg";

    protected override double OpeningShare => 0.1;

    protected override IEnumerable<string> Samples(string scratch) => [Write(Path.Combine(scratch, "one.ecg"), 4000, statedPerLead: true), Write(Path.Combine(scratch, "all.ecg"), 4000, statedPerLead: false)];

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

    private static int Step(int sample, int lead) => ((sample * 7919) + (lead * 311)) % 4001 - 2000;

    private static string Write(string path, int samples, bool statedPerLead)
    {
        var header = new byte[522];
        void Int16(int at, params int[] values) => values.SelectMany(v => BitConverter.GetBytes((short)v)).ToArray().CopyTo(header, at);
        void Int32(int at, int value) => BitConverter.GetBytes(value).CopyTo(header, at);
        void Text(int at, string text) => Encoding.Latin1.GetBytes(text).CopyTo(header, at);
        Text(0, "ISHNE1.0");
        Int32(10, 8);
        Int32(14, statedPerLead ? samples : samples * Leads);
        Int32(18, 522);
        Int32(22, 530);
        Text(28, "Jo");
        Text(68, "Doe");
        Text(108, "H-1");
        Int16(128, 2);
        Int16(132, 4, 5, 1960, 31, 12, 2001);
        Int16(150, 23, 59, 58, Leads, 11, 10, 0);
        Int16(206, 2500, 10000, 0);
        Int16(272, 200);
        var data = Enumerable.Range(0, samples * Leads).SelectMany(i => BitConverter.GetBytes((short)Step(i / Leads, i % Leads)));
        File.WriteAllBytes(path, [.. header, .. "a note\0\0"u8, .. data]);
        return path;
    }
}
