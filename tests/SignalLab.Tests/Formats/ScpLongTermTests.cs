using SignalLab.Formats.Scp;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class ScpLongTermTests : IDisposable
{
    private const int Leads = 3;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void EN_1064_2020_section_12_is_a_rhythm_of_its_own_of_whole_steps(int bytes)
    {
        var study = new ScpFormat().Open(Sample(bytes, 700).Write(folder["l.scp"]));
        var recording = Assert.Single(study.Recordings);
        Assert.Equal(["I", "II", "V1"], recording.Channels.Select(c => c.Label));
        Assert.All(recording.Channels, c => Assert.Equal(("uV", 500.0, 700L), (c.Unit.Symbol, c.RateHz, c.SampleCount)));
        for (var c = 0; c < Leads; c++)
        {
            SharedData.AssertClose([.. Enumerable.Range(0, 700).Select(i => Step(i, c, bytes) * 0.5 * (c + 1))], recording.ReadAll(c), 1e-15);
        }

        Assert.Equal(new DateTime(2022, 5, 6, 7, 8, 9), recording.Start);
        Assert.Empty(study.Remarks);
    }

    [Fact]
    public void It_follows_the_short_rhythm_where_there_are_both()
    {
        var sample = Sample(2, 100);
        sample.Leads.Add((1, 1, ScpSample.Wave(300, 1)));
        Assert.Equal(["rhythm", "long-term rhythm"], new ScpFormat().Open(sample.Write(folder["l.scp"])).Recordings.Select(r => r.Title));
    }

    [Fact]
    public void A_layout_that_does_not_fit_to_the_byte_is_left_out_and_so_are_other_sections_each_named()
    {
        var sample = Sample(2, 100);
        sample.Leads.Add((1, 1, ScpSample.Wave(300, 1)));
        sample.Others[12] = [.. sample.Others[12], 0, 0];
        sample.Others[9] = [1, 2, 3, 4];
        sample.Others[15] = new byte[30];
        var study = new ScpFormat().Open(sample.Write(folder["l.scp"]));
        Assert.Equal("rhythm", Assert.Single(study.Recordings).Title);
        Assert.Equal("Not read: sections 9 (the maker's own diagnosis), 12 (long-term rhythm, in a layout that is not known), 15 (measurements of every beat).", Assert.Single(study.Remarks));
    }

    [Fact]
    public void Before_protocol_3_there_is_no_such_section()
    {
        var sample = Sample(2, 100);
        sample.Protocol = 20;
        Assert.Throws<MalformedFileException>(() => new ScpFormat().Open(sample.Write(folder["l.scp"])));
    }

    /// <summary>A record of protocol 3.0 with section 12 alone.</summary>
    internal static ScpSample Sample(int bytes, int count)
    {
        var notes = "two lines\nof notes"u8.ToArray();
        var head = new byte[70];
        ((byte[])[.. ScpSample.U32(500), Leads, .. ScpSample.U32(count), (byte)bytes, .. ScpSample.U16(2022), 5, 6, 7, 8, 9]).CopyTo(head, 0);
        ScpSample.U32(notes.Length).CopyTo(head, 62);
        byte[] leads = [.. Enumerable.Range(0, Leads).SelectMany(l => (byte[])[(byte)(l + 1), .. ScpSample.U16(500 * (l + 1)), 0])];
        var samples = Enumerable.Range(0, count * Leads).SelectMany(i => BitConverter.GetBytes(Step(i / Leads, i % Leads, bytes))[..bytes]);
        return new ScpSample { Protocol = 30, Others = { [12] = [.. head, .. notes, .. leads, .. samples] } };
    }

    private static int Step(int sample, int lead, int bytes) => (((sample * 7919) + (lead * 311)) % 251 - 125) * (bytes == 1 ? 1 : 1 << (8 * (bytes - 2)));
}
