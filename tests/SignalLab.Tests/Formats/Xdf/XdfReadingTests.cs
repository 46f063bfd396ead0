using SignalLab.Analysis.Selection;
using SignalLab.Formats.Xdf;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Xdf;

public sealed class XdfReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Streams_keep_their_rates_and_lie_where_their_stamps_say()
    {
        var recording = Open(new XdfBytes()
            .Header(1, "amp", "EEG", 2, 100, "int16").Header(2, "eyes", "Gaze", 1, 50, "float32").Header(3, "keys", "Markers", 1, 0, "string")
            .Samples(1, [.. Enumerable.Range(0, 200).Select(i => ((double?)(10 + (i / 100.0)), XdfBytes.Shorts((short)i, (short)-i)))])
            .Samples(2, [.. Enumerable.Range(0, 60).Select(i => ((double?)(10.5 + (i / 50.0)), XdfBytes.Floats(i)))])
            .Samples(3, (9.75, XdfBytes.Text("early")), (11, XdfBytes.Text("late"))));
        Assert.Equal([("amp 1", 100.0, 200L), ("amp 2", 100, 200), ("eyes", 50, 60)], recording.Channels.Select(c => (c.Label, c.RateHz, c.SampleCount)));
        Assert.Equal([ChannelKind.Eeg, ChannelKind.Eeg, ChannelKind.Misc], recording.Channels.Select(c => c.Kind));
        Assert.Equal(0.5, recording.TimeOf(2, 0), 9);
        Assert.Equal(25, recording.SampleAt(2, 1.0 - 1e-9));
        Assert.Equal([-3, -4], Block(recording, 1, 3, 2));
        Assert.Equal([("early", -0.25), ("late", 1.0)], recording.Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 9))));
        Assert.All(recording.Annotations, a => Assert.Equal(new Origin(OriginKind.File, "keys"), a.Origin));
        Assert.Throws<UnfitInputException>(recording.RequireOneClock);
    }

    [Fact]
    public void One_stream_picked_among_several_counts_time_from_its_own_first_sample()
    {
        var recording = Open(new XdfBytes("2024-05-06T07:08:09+0000")
            .Header(1, "amp", "EEG", 1, 100, "int16").Header(2, "eyes", "Gaze", 1, 50, "float32").Header(3, "keys", "Markers", 1, 0, "string")
            .Samples(1, [.. Enumerable.Range(0, 200).Select(i => ((double?)(10 + (i / 100.0)), XdfBytes.Shorts((short)i)))])
            .Samples(2, [.. Enumerable.Range(0, 60).Select(i => ((double?)(10.5 + (i / 50.0)), XdfBytes.Floats(i)))])
            .Samples(3, (11, XdfBytes.Text("key")))).Pick([1]);
        recording.RequireOneClock();
        Assert.Equal([new Segment(0, 1.2)], recording.Segments);
        Assert.Null(recording.Channels[0].Segments);
        Assert.Equal(0.5, recording.Annotations[0].OnsetSeconds, 9);
        Assert.Equal(new DateTime(2024, 5, 6, 7, 8, 9, 500, DateTimeKind.Utc), recording.Start);
    }

    [Fact]
    public void A_cut_keeps_every_stream_in_its_own_time()
    {
        var cut = Open(new XdfBytes()
            .Header(1, "amp", "EEG", 1, 100, "int16").Header(2, "eyes", "Gaze", 1, 100, "float32")
            .Samples(1, [.. Enumerable.Range(0, 300).Select(i => ((double?)(10 + (i / 100.0)), XdfBytes.Shorts((short)i)))])
            .Samples(2, [.. Enumerable.Range(0, 100).Select(i => ((double?)(11 + (i / 100.0)), XdfBytes.Floats(i)))])).Crop(0.5, 1.5);
        Assert.Equal([100, 50], cut.Channels.Select(c => c.SampleCount));
        Assert.Equal(0.5, cut.TimeOf(1, 0), 9);
        Assert.Equal([0, 1], Block(cut, 1, 0, 2));
        Assert.Equal([50, 51], Block(cut, 0, 0, 2));
    }

    [Fact]
    public void A_break_in_the_stamps_is_a_gap_and_jitter_is_not()
    {
        var random = new Random(1);
        var recording = Open(new XdfBytes().Header(1, "amp", "EEG", 1, 1000, "int16")
            .Samples(1, [.. Enumerable.Range(0, 5000).Select(i => ((double?)(20 + (i / 1000.0) + (i >= 3000 ? 2.5 : 0) + (0.004 * (random.NextDouble() - 0.5))), XdfBytes.Shorts((short)i)))]));
        Assert.Equal(2, recording.Segments.Count);
        Assert.Equal([3000, 2000], recording.Runs(0).Select(r => r.Count));
        Assert.Equal(5.5, recording.Segments[1].OnsetSeconds, 3);
        Assert.Equal(1000, recording.CommonRateHz);
        Assert.Empty(recording.Remarks);
    }

    [Fact]
    public void The_main_stream_keeps_its_rate_and_time_is_counted_by_its_clock()
    {
        // The amplifier gives 1001 samples in a second of the recorder's; the tracker 60 as stated, which are 59.94 in one of the amplifier's.
        var recording = Open(new XdfBytes()
            .Header(1, "amp", "EEG", 1, 1000, "int16").Header(2, "eyes", "Gaze", 1, 60, "float32").Header(3, "keys", "Markers", 1, 0, "string")
            .Samples(1, [.. Enumerable.Range(0, 10010).Select(i => ((double?)(5 + (i / 1001.0)), XdfBytes.Shorts((short)i)))])
            .Samples(2, [.. Enumerable.Range(0, 1200).Select(i => ((double?)(5 + (i / 60.0)), XdfBytes.Floats(i)))])
            .Samples(3, (10, XdfBytes.Text("middle"))));
        Assert.Equal(1000, recording.Channels[0].RateHz);
        Assert.Equal(60 / 1.001, recording.Channels[1].RateHz, 6);
        Assert.Equal(5005, recording.SampleAt(0, recording.Annotations[0].OnsetSeconds));
        Assert.Equal(2, recording.Remarks.Count);
    }

    [Fact]
    public void Clock_offsets_move_a_stream_onto_the_recorders_clock()
    {
        var recording = Open(new XdfBytes()
            .Header(1, "amp", "EEG", 1, 100, "int16").Header(2, "keys", "Markers", 1, 0, "string")
            .Offset(1, 1000, -990).Offset(1, 1005, -990).Offset(2, 10, 0.25)
            .Samples(1, [.. Enumerable.Range(0, 500).Select(i => ((double?)(1000 + (i / 100.0)), XdfBytes.Shorts((short)i)))])
            .Samples(2, (12, XdfBytes.Text("key"))));
        Assert.Equal(2.25, recording.Annotations[0].OnsetSeconds, 9);
    }

    [Fact]
    public void The_line_through_clock_offsets_minimises_Hubers_loss()
    {
        // Golden: scipy.optimize.minimize (Nelder-Mead, 1e-16) of Huber's loss with its bend at 1e-4 s, SciPy 1.10.
        var clock = new XdfClock();
        for (var i = 0; i < 10; i++)
        {
            clock.Add(1000 + (5 * i), 0.01 + (1e-5 * 5 * i) + (i == 4 ? 0.01 : i == 7 ? -3e-5 : 0));
        }

        var (constant, slope, centre) = clock.LineAt(1010);
        Assert.Equal(1022.5, centre, 9);
        Assert.Equal(0.010232864864827863, constant, 2e-9);
        Assert.Equal(9.68648654920008e-06, slope, 2e-10);
    }

    [Fact]
    public void Behind_a_reset_of_the_clock_another_line_holds()
    {
        var clock = new XdfClock();
        for (var i = 0; i < 20; i++)
        {
            clock.Add(100 + (5 * i) + (i >= 10 ? 200 : 0), i >= 10 ? -50 : 3);
        }

        Assert.Equal(123, clock.Correct(120), 6);
        Assert.Equal(320, clock.Correct(370), 6);
    }

    [Fact]
    public void Numbers_without_a_rate_become_annotations()
    {
        var recording = Open(new XdfBytes().Header(1, "box", "Triggers", 2, 0, "int32").Samples(1, (4, [1, 0, 0, 0, 2, 0, 0, 0]), (4.5, [255, 255, 255, 255, 0, 1, 0, 0])));
        Assert.Empty(recording.Channels);
        Assert.Equal([("1, 2", 0.0), ("-1, 256", 0.5)], recording.Annotations.Select(a => (a.Text, a.OnsetSeconds)));
    }

    [Fact]
    public void Labels_kinds_units_and_positions_are_the_headers_own()
    {
        var recording = Open(new XdfBytes().Header(1, "amp", "EEG", 2, 100, "int16",
            "<channels><channel><label>Fp1</label><unit>microvolts</unit><type>EEG</type><location><X>-27</X><Y>83</Y><Z>-3</Z></location></channel><channel><label>heart</label><unit>mV</unit><type>ECG</type></channel></channels>")
            .Samples(1, (1, XdfBytes.Shorts(1, 2))));
        Assert.Equal([("Fp1", ChannelKind.Eeg, "uV"), ("heart", ChannelKind.Ecg, "mV")], recording.Channels.Select(c => (c.Label, c.Kind, c.Unit.Symbol)));
        Assert.Equal(0.083, recording.Channels[0].Sensor!.PositionMetres.Y, 12);
        Assert.Null(recording.Channels[1].Sensor);
    }

    [Fact]
    public void Behind_a_damaged_chunk_reading_goes_on_at_the_next_boundary()
    {
        var file = new XdfBytes().Header(1, "amp", "EEG", 1, 100, "int16").Samples(1, (1, XdfBytes.Shorts(1)));
        var damage = file.ToArray().Length;
        var bytes = file.Samples(1, (1.01, XdfBytes.Shorts(2))).Boundary().Samples(1, (1.02, XdfBytes.Shorts(3))).ToArray();
        bytes[damage] = 77;
        var recording = Open(bytes);
        Assert.Equal([1, 3], recording.ReadAll(0));
        Assert.Contains(recording.Remarks, r => r.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void A_count_of_samples_that_the_chunk_cannot_hold_is_refused()
    {
        var e = Assert.Throws<MalformedFileException>(() => Open(new XdfBytes().Header(1, "amp", "EEG", 1, 100, "int16").Chunk(3, [1, 0, 0, 0, 4, 255, 255, 255, 255, 0, 0, 0])));
        Assert.Equal("number of samples", e.Field);
    }

    [Fact]
    public void A_document_type_in_a_header_is_refused()
    {
        var xml = "<!DOCTYPE x [<!ENTITY a \"b\">]><info><name>&a;</name></info>"u8.ToArray();
        Assert.Throws<MalformedFileException>(() => Open(new XdfBytes().Chunk(2, [1, 0, 0, 0, .. xml])));
    }

    private static double[] Block(Recording recording, int channel, long first, int count)
    {
        var block = new double[count];
        recording.Samples.Read(channel, first, block);
        return block;
    }

    private Recording Open(XdfBytes file) => Open(file.ToArray());

    private Recording Open(byte[] bytes)
    {
        File.WriteAllBytes(folder["made.xdf"], bytes);
        return new XdfFormat().Open(folder["made.xdf"]).Recordings[0];
    }
}
