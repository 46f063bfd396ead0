using SignalLab.Formats;
using SignalLab.Formats.Ctf;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Meg;

public sealed class CtfFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new CtfFormat();

    protected override IEnumerable<string> RealSamples => ["meg/ctf/somMDYO-18av.ds/somMDYO-18av.meg4"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        yield return CtfSample.Write(scratch, "plain", CtfSample.Header(2), CtfSample.Samples(1, 1, 101));
        yield return Path.ChangeExtension(CtfSample.Write(scratch, "gap", CtfSample.Header(3), CtfSample.Samples(2, 1, 301), CtfSample.Samples(3, 601)), ".meg4");
    }

    protected override IEnumerable<string> Companions(string sample) => Directory.GetFiles(Path.GetDirectoryName(sample)!).Where(f => f != sample);
}

public sealed class CtfTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_averaged_dataset_agrees_with_an_independent_reader()
    {
        var oracle = new MegOracle("ctf/somMDYO-18av.ds");
        var recording = Assert.Single(new CtfFormat().Open(SharedData.File("meg/ctf/somMDYO-18av.ds")).Recordings);

        Assert.Equal(oracle.Channels.Select(c => c.Name), recording.Channels.Select(c => c.Label));
        Assert.All(oracle.Channels.Zip(recording.Channels), p => Assert.Equal(p.First.Kind, p.Second.Kind switch { ChannelKind.Mag => "mag", ChannelKind.RefMeg => "ref_meg", ChannelKind.Stim => "stim", _ => "other" }));
        Assert.All(oracle.Channels.Zip(recording.Channels).Where(p => p.Second.Kind != ChannelKind.Stim), p => Assert.Equal(p.First.Coil, p.Second.Sensor!.Coil!.CoilType));
        Assert.Equal(oracle.Bad, recording.Channels.Where(c => c.IsBad).Select(c => c.Label).Order());
        oracle.AssertAgrees(recording, name => recording.Channels.ToList().FindIndex(c => c.Label == name));
        oracle.AssertTransform(recording);
        oracle.AssertPoints(recording, 0);
        Assert.Equal(oracle.Date, recording.Start);
        Assert.Equal(DateTimeKind.Unspecified, recording.Start!.Value.Kind);
        Assert.Equal("LP:200Hz", recording.Channels[1].Prefilter);
        Assert.Equal(2, recording.Segments.Count);
        Assert.Contains(recording.Remarks, r => r.Contains("at grade 3", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.Contains("averages of 302", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dataset_is_opened_by_its_folder()
    {
        var header = CtfSample.Write(folder.Path, "made", CtfSample.Header(2), CtfSample.Samples(1, 1, 101));
        var (byFolder, byHeader) = (Recordings.Open(Path.GetDirectoryName(header)!), Recordings.Open(header));
        Assert.Equal("made.ds", byFolder.Provenance.Input);
        Assert.Equal(64, byFolder.Provenance.InputSha256!.Length);
        Assert.Equal(byHeader.ReadAll(3), byFolder.ReadAll(3));
    }

    [Fact]
    public void Trials_that_the_clock_shows_to_follow_each_other_are_one_segment()
    {
        var recording = Recordings.Open(CtfSample.Write(folder.Path, "made", CtfSample.Header(2), CtfSample.Samples(1, 1, 101)));
        Assert.Equal([new Segment(0, 1)], recording.Segments);
        Assert.Equal([("go", 0.15), ("go", 0.58), ("stop", 0.7)], recording.Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 9))));
    }

    [Fact]
    public void The_clock_tells_gaps_between_trials_and_markers_follow_their_trial()
    {
        var recording = Recordings.Open(CtfSample.Write(folder.Path, "made", CtfSample.Header(2), CtfSample.Samples(1, 1, 301)));
        Assert.Equal([new Segment(0, 0.5), new Segment(1.5, 0.5)], recording.Segments);

        // 10 samples before the trigger, 100 Hz: 0.1 s.
        Assert.Equal([("go", 0.15), ("go", 1.58), ("stop", 1.7)], recording.Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 9))));
    }

    [Fact]
    public void Samples_go_on_in_further_files_and_are_scaled_by_their_gains()
    {
        var recording = Recordings.Open(CtfSample.Write(folder.Path, "made", CtfSample.Header(2), CtfSample.Samples(7, 1), CtfSample.Samples(8, 101)));
        var (first, second) = (CtfSample.Samples(7, 1), CtfSample.Samples(8, 101));
        int Stored(byte[] file, int channel, int sample) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(8 + (4 * ((channel * CtfSample.TrialSamples) + sample))));
        var values = recording.ReadAll(3);
        Assert.Equal(100, values.Length);
        Assert.Equal(Stored(first, 3, 49) / 3e12, values[49], 1e-20);
        Assert.Equal(Stored(second, 3, 0) / 3e12, values[50], 1e-20);
    }

    [Fact]
    public void Samples_after_the_clock_has_stopped_are_left_out()
    {
        var samples = CtfSample.Samples(7, 1, 101);
        var secondTrial = 8 + (4 * CtfSample.TrialSamples * CtfSample.Channels.Length);
        samples.AsSpan(secondTrial + (4 * 20), 4 * 30).Clear();
        var recording = Recordings.Open(CtfSample.Write(folder.Path, "made", CtfSample.Header(2), samples));
        Assert.Equal(70, recording.Channels[0].SampleCount);
        Assert.Equal(0.7, recording.DurationSeconds, 1e-12);
        Assert.Contains(recording.Remarks, r => r.Contains("stopped after 70 samples", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_without_suffix_mark_bad_channels()
    {
        var recording = Recordings.Open(CtfSample.Write(folder.Path, "made", CtfSample.Header(1), CtfSample.Samples(1, 1)));
        Assert.Equal(["MRC11-1609"], recording.Channels.Where(c => c.IsBad).Select(c => c.Label));
    }

    [Fact]
    public void Bad_stretches_and_bad_trials_are_annotated()
    {
        var header = CtfSample.Write(folder.Path, "made", CtfSample.Header(2), CtfSample.Samples(1, 1, 301));
        File.Delete(Path.Combine(Path.GetDirectoryName(header)!, "MarkerFile.mrk"));
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(header)!, "bad.segments"), "1\t\t0.0\t\t0.2\n2\t\t-0.1\t\t0.1\n9\t0\t1\n");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(header)!, "ClassFile.cls"), "NAME:\nBAD\nLIST OF TRIALS:\nTRIAL NUMBER\n                  +1\n\n\nNAME:\nGood\nLIST OF TRIALS:\nTRIAL NUMBER\n +0\n");
        var recording = Recordings.Open(header);
        Assert.Equal([("bad_1", 0.1, 0.2), ("bad_2", 1.5, 0.2), ("BAD", 1.5, 0.5)], recording.Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 9), Math.Round(a.DurationSeconds, 9))));
        Assert.Contains(recording.Remarks, r => r.Contains("'Good': 1", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.Contains("1 markers or bad stretches", StringComparison.Ordinal));
    }

    [Fact]
    public void Electrodes_and_head_shape_are_moved_to_the_head_frame()
    {
        var header = CtfSample.Write(folder.Path, "made", CtfSample.Header(1), CtfSample.Samples(1, 1));
        var own = Recordings.Open(header);

        // CTF's x is our y, its y our -x: Cz at (1, 0, 12) cm, up to where the origin lies between the ears.
        Assert.Equal(0.12, own.Channels[5].Sensor!.PositionMetres.Z, 1e-9);
        Assert.Equal(Frame.Head, own.Channels[5].Frame);
        File.WriteAllText(Path.ChangeExtension(header, ".eeg"), "1 Cz-1609 2 0 13\n2 nasion 9 0 0\n");
        File.WriteAllText(Path.ChangeExtension(header, ".pos"), "3\n1 0 0 12\n2 3 4 5\nnasion 9 0 0\n");
        var other = Recordings.Open(header);
        Assert.Equal(0.13, other.Channels[5].Sensor!.PositionMetres.Z, 1e-9);
        Assert.Equal(3, other.HeadShape.Count);
        Assert.Equal(0.05, other.HeadShape[1].Z, 1e-9);
    }

    [Fact]
    public void Without_head_coils_nothing_joins_sensors_and_head()
    {
        var header = CtfSample.Write(folder.Path, "made", CtfSample.Header(1), CtfSample.Samples(1, 1));
        File.Delete(Path.ChangeExtension(header, ".hc"));
        var recording = Recordings.Open(header);
        Assert.Empty(recording.Transforms);
        Assert.Null(recording.Channels[5].Sensor);
        Assert.NotNull(recording.Channels[3].Sensor);
    }

    [Theory]
    [InlineData("23/11/2005", "10:24", "2005-11-23T10:24:00")]
    [InlineData("10:24:05", "23-Nov-2005", "2005-11-23T10:24:05")]
    [InlineData("Wed, Nov 23, 2005", "10:24", "2005-11-23T10:24:00")]
    [InlineData("2005/11/23", "10:24", "2005-11-23T10:24:00")]
    [InlineData("gestern", "10:24", null)]
    public void Dates_are_read_as_operators_type_them(string date, string time, string? expected)
    {
        var recording = Recordings.Open(CtfSample.Write(folder.Path, "made", CtfSample.Header(1, date: date, time: time), CtfSample.Samples(1, 1)));
        Assert.Equal(expected is null ? null : DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), recording.Start);
    }

    [Fact]
    public void A_trial_that_is_not_whole_is_refused()
    {
        var header = CtfSample.Write(folder.Path, "made", CtfSample.Header(1), CtfSample.Samples(1, 1)[..^4]);
        Assert.Contains("whole trials", Assert.Throws<MalformedFileException>(() => Recordings.Open(header)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_without_samples_is_refused()
    {
        var header = CtfSample.Write(folder.Path, "made", CtfSample.Header(1));
        Assert.Contains("no .meg4 file", Assert.Throws<MalformedFileException>(() => Recordings.Open(header)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
