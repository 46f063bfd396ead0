using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Mff;

public sealed class MffReadingTests : IDisposable
{
    private static readonly DateTime Began = new(2020, 1, 2, 8, 4, 5, 250, DateTimeKind.Utc);

    private readonly TemporaryFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_folder_is_known_and_is_one_recording_with_its_gaps()
    {
        float[][][] blocks = [MffSample.Noise(3, 100, 1), MffSample.Noise(3, 50, 2)];
        var sample = new MffSample(scratch["a.mff"]).Net(3).Signal(1, "EEG", 250, blocks).Epochs((400_000, 800_000, 1, 1), (1_400_000, 1_600_000, 2, 2))
            .Events("a", ("2020-01-02T03:04:05.750000-05:00", "go", 8000)).Events("b", ("2020-01-02T08:04:05.6500005Z", "stop", 0));
        Assert.Equal("EGI MFF", KnownFormats.Open(sample.Path).Format);
        var recording = Recordings.Open(sample.Path + Path.DirectorySeparatorChar);
        Assert.Equal([new Segment(0, 0.4), new Segment(1, 0.2)], recording.Segments.Select(s => new Segment(Math.Round(s.OnsetSeconds, 9), s.DurationSeconds)));
        Assert.Equal(Began.AddSeconds(0.4), recording.Start);
        Assert.Equal([("stop", 0, 0), ("go", 0.1, 0.008)], recording.Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 6), a.DurationSeconds)));
        Assert.Equal([.. blocks[0][1], .. blocks[1][1]], recording.ReadAll(1).Select(v => (float)v));
        Assert.Equal("a.mff", recording.Provenance.Input);
        Assert.NotNull(recording.Provenance.InputSha256);
    }

    [Fact]
    public void Electrodes_have_names_places_in_the_head_frame_gains_and_marks()
    {
        var gains = "<channels exclusion='badChannels'>2</channels><calibrations><calibration><type>ICAL</type><channels><ch n='1'>7</ch></channels></calibration>"
            + "<calibration><type>GCAL</type><channels><ch n='1'>1.5</ch><ch n='3'>0.5</ch></channels></calibration></calibrations>";
        var block = MffSample.Noise(3, 10, 3);
        var recording = Recordings.Open(new MffSample(scratch["b.mff"]).Net(3, "Cz").Signal(1, "EEG", 100, [block], gains).Epochs((0, 100_000, 1, 1)).Path);
        Assert.Equal(["E1", "E2", "Cz"], recording.Channels.Select(c => c.Label));
        Assert.Equal([false, true, false], recording.Channels.Select(c => c.IsBad));
        Assert.Equal(block[0].Select(v => v * 1.5), recording.ReadAll(0));
        Assert.Equal(block[1].Select(v => (double)v), recording.ReadAll(1));
        Assert.Equal(block[2].Select(v => v * 0.5), recording.ReadAll(2));

        // The fiducials lie 4 cm below the net's origin, the periauricular points beside it.
        var place = recording.Channels[0].Sensor!.PositionMetres;
        Assert.Equal(Frame.Head, recording.Channels[0].Frame);
        Assert.Equal(0.09 * Math.Cos(1), place.X, 9);
        Assert.Equal(0.09 * Math.Sin(1), place.Y, 9);
        Assert.Equal(0.05, place.Z, 9);
        Assert.Equal(["nasion", "lpa", "rpa"], recording.Fiducials.Select(f => f.Name));
    }

    [Fact]
    public void Physiological_channels_have_their_own_blocks_units_and_kinds()
    {
        var (eeg, pns) = (MffSample.Noise(2, 40, 4), MffSample.Noise(2, 39, 5));
        var sample = new MffSample(scratch["c.mff"]).Net(2).Signal(1, "EEG", 200, [eeg]).Signal(2, "PNSData", 200, [[pns[0][..20], pns[1][..20]], [pns[0][20..], pns[1][20..]]]).Epochs((0, 200_000, 1, 1))
            .Xml("pnsSet.xml", "<PNSSet xmlns='urn:p'><sensors><sensor><name>ECG</name><unit>uV</unit></sensor><sensor><name>Belt</name><unit>mmHg</unit><sensorType>Respiration</sensorType></sensor></sensors></PNSSet>");
        var recording = Recordings.Open(sample.Path);
        Assert.Equal([("E1", ChannelKind.Eeg, "uV", 40L), ("VREF", ChannelKind.Eeg, "uV", 40L), ("ECG", ChannelKind.Ecg, "uV", 39L), ("Belt", ChannelKind.Resp, "mm[Hg]", 39L)], recording.Channels.Select(c => (c.Label, c.Kind, c.Unit.Code, c.SampleCount)));
        Assert.Equal(pns[1].Select(v => (double)v), recording.ReadAll(3));
        Assert.Contains(recording.Remarks, r => r.Contains("39 samples", StringComparison.Ordinal));
    }

    [Fact]
    public void Times_in_thousand_millionths_are_told_by_the_number_of_samples()
    {
        var sample = new MffSample(scratch["d.mff"], "2020-01-02T03:04:05.250000000-05:00").Signal(1, "EEG", 100, [MffSample.Noise(1, 50, 6), MffSample.Noise(1, 50, 7)])
            .Epochs((0, 500_000_000, 1, 1), (2_000_000_000, 2_500_000_000, 2, 2)).Events("e", ("2020-01-02T03:04:06.250000000-05:00", "go", 30_000_000));
        var recording = Recordings.Open(sample.Path);
        Assert.Equal([new Segment(0, 0.5), new Segment(2, 0.5)], recording.Segments);
        Assert.Equal([new Annotation(1, 0.03, "go")], recording.Annotations);
    }

    [Fact]
    public void Averages_are_a_condition_each_with_latency_number_and_bad_channels()
    {
        var blocks = new[] { MffSample.Noise(2, 50, 8), MffSample.Noise(2, 30, 9) };
        var sample = new MffSample(scratch["e.mff"]).Net(2).Signal(1, "EEG", 100, blocks).Epochs((0, 500_000, 1, 1), (500_000, 800_000, 2, 2))
            .Events("u", ("2020-01-02T03:04:05.450000-05:00", "cat1", 0))
            .Xml("categories.xml", Categories(("go", 0, 500_000, 200_000, "Average", "<channelStatus><channels signalBin='1' exclusion='badChannels'>2</channels></channelStatus><keys><key><keyCode>#seg</keyCode><data>12</data></key></keys>"), ("stop", 500_000, 800_000, 500_000, "Average", "")));
        var study = KnownFormats.Open(sample.Path);
        Assert.Equal([("go", 12.0, -0.2), ("stop", 1.0, 0.0)], study.Recordings.Select(r => (r.Evoked!.Condition, r.Evoked.AverageCount, r.Evoked.FirstLatencySeconds)));
        Assert.Equal([false, true], study.Recordings[0].Channels.Select(c => c.IsBad));
        Assert.Equal([false, false], study.Recordings[1].Channels.Select(c => c.IsBad));
        Assert.Equal(blocks[1][1].Select(v => (double)v), study.Recordings[1].ReadAll(1));
        Assert.Equal([new Segment(0, 0.3)], study.Recordings[1].Segments);
        Assert.Equal(["cat1"], study.Recordings[0].Annotations.Select(a => a.Text));
        Assert.Empty(study.Recordings[1].Annotations);
    }

    [Fact]
    public void Segments_of_categories_are_annotated_and_rejected_ones_say_so()
    {
        var sample = new MffSample(scratch["f.mff"]).Net(2).Signal(1, "EEG", 100, [MffSample.Noise(2, 50, 8), MffSample.Noise(2, 30, 9)]).Epochs((0, 500_000, 1, 1), (1_500_000, 1_800_000, 2, 2))
            .Xml("categories.xml", Categories(("stop", 1_500_000, 1_800_000, 1_500_000, "", "<channelStatus><channels signalBin='1' exclusion='badChannels'>1</channels></channelStatus>"), ("go", 0, 500_000, 200_000, "", "")).Replace("<seg>", "<seg status='bad'>", StringComparison.Ordinal));
        var recording = Assert.Single(KnownFormats.Open(sample.Path).Recordings);
        Assert.Null(recording.Evoked);
        Assert.Equal([("go", 0, null), ("bad", 0, null), ("stop", 1.5, null), ("bad", 1.5, null), ("badChannels", 1.5, "E1")], recording.Annotations.Select(a => (a.Text, a.OnsetSeconds, a.Channel)));
    }

    [Theory]
    [InlineData(1, 1, 2, 2, true)]
    [InlineData(1, 1, 1, 2, false)]
    [InlineData(1, 1, 2, 3, false)]
    [InlineData(1, 2, 2, 2, false)]
    [InlineData(2, 2, 1, 1, false)]
    public void Epochs_must_hold_each_block_once(int first1, int last1, int first2, int last2, bool isWhole)
    {
        var sample = new MffSample(scratch["g.mff"]).Signal(1, "EEG", 100, [MffSample.Noise(1, 50, 1), MffSample.Noise(1, 50, 2)]).Epochs((0, 500_000, first1, last1), (900_000, 1_400_000, first2, last2));
        if (isWhole)
        {
            Assert.Equal(100, Recordings.Open(sample.Path).Channels[0].SampleCount);
        }
        else
        {
            Assert.Throws<MalformedFileException>(() => Recordings.Open(sample.Path));
        }
    }

    [Fact]
    public void A_damaged_track_is_left_out_with_a_remark_and_a_damaged_layout_is_refused()
    {
        var sample = new MffSample(scratch["h.mff"]).Net(1).Signal(1, "EEG", 100, [MffSample.Noise(1, 50, 1)]).Epochs((0, 500_000, 1, 1)).Xml("Events_x.xml", "<eventTrack><event>");
        Assert.Contains(Recordings.Open(sample.Path).Remarks, r => r.StartsWith("Events_x.xml", StringComparison.Ordinal));
        sample.Xml("coordinates.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>");
        Assert.Throws<MalformedFileException>(() => Recordings.Open(sample.Path));
    }

    [Fact]
    public void Whom_it_is_about_is_told()
    {
        string Field(string name, string data) => $"<field><name>{name}</name><data>{data}</data></field>";
        var sample = new MffSample(scratch["i.mff"]).Signal(1, "EEG", 100, [MffSample.Noise(1, 5, 1)]).Epochs((0, 50_000, 1, 1))
            .Xml("subject.xml", "<patient xmlns='urn:s'><fields>" + Field("Patient ID", "S7") + Field("Last (Family) Name", "") + Field("Gender", "Female") + Field("Date of Birth", "1990-01-02") + "</fields></patient>");
        var subject = Recordings.Open(sample.Path).Subject;
        Assert.Equal(("S7", "F", 30.0), (subject.Id, subject.Sex, subject.AgeYears!.Value), new Near());
        Assert.Equal(new DateOnly(1990, 1, 2), subject.Birthdate);
        Assert.Null(subject.Name);
    }

    private static string Categories(params (string Name, long Begin, long End, long Event, string Segment, string More)[] rows) => "<categories xmlns='urn:c'>" + string.Concat(rows.Select(r => FormattableString.Invariant(
        $"<cat><name>{r.Name}</name><segments><seg><name>{r.Segment}</name><beginTime>{r.Begin}</beginTime><endTime>{r.End}</endTime><evtBegin>{r.Event}</evtBegin>{r.More}</seg></segments></cat>"))) + "</categories>";

    private sealed class Near : IEqualityComparer<(string?, string?, double)>
    {
        public bool Equals((string?, string?, double) x, (string?, string?, double) y) => x.Item1 == y.Item1 && x.Item2 == y.Item2 && Math.Abs(x.Item3 - y.Item3) < 0.02;

        public int GetHashCode((string?, string?, double) obj) => 0;
    }
}
