using System.Text;
using SignalLab.Formats;
using SignalLab.Formats.BrainVision;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.BrainVision;

public sealed class BrainVisionReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("INT_16", false, false)]
    [InlineData("INT_16", true, true)]
    [InlineData("INT_32", false, true)]
    [InlineData("INT_32", true, false)]
    [InlineData("IEEE_FLOAT_32", false, false)]
    [InlineData("IEEE_FLOAT_32", true, true)]
    public void Samples_are_stored_numbers_times_the_resolution_in_the_channels_unit(string format, bool isVectorised, bool isBig)
    {
        var recording = Open(new() { Format = format, IsVectorised = isVectorised, IsBig = isBig });
        Assert.Equal([0.5, 1, 1.5, 2, 2.5, 3], recording.ReadAll(0));
        Assert.Equal([1.0, 0, 2, 0, 3, 0], recording.ReadAll(2));
        Assert.Equal([("Fp1", ChannelKind.Eeg, "uV"), ("Cz", ChannelKind.Eeg, "mV"), ("Temp", ChannelKind.Temp, "degC")], recording.Channels.Select(c => (c.Label, c.Kind, c.Unit.Symbol)));
        Assert.Equal(250, recording.CommonRateHz);
        Assert.Equal(format[0] == 'I' && format[1] == 'N', recording.Channels[0].Calibration is { Gain: 0.5, Offset: 0 });
    }

    [Theory]
    [InlineData(false, "SkipLines=1")]
    [InlineData(false, "DecimalSymbol=,\r\nSkipLines=1")]
    [InlineData(true, "SkipColumns=1")]
    [InlineData(true, "DecimalSymbol=,\r\nSkipColumns=1")]
    public void Text_samples_are_read_from_any_place(bool isVectorised, string ascii)
    {
        double[][] stored = [[.. Enumerable.Range(0, 2000).Select(i => i / 2.0)], [.. Enumerable.Range(0, 2000).Select(i => -i)]];
        var recording = Open(new() { Format = "ASCII", IsVectorised = isVectorised, Ascii = ascii, Stored = stored, Channels = ["a,,1,µV", "b,,2,µV"], Common = "DataPoints=2000" });
        Assert.Equal(stored[0], recording.ReadAll(0));
        var part = new double[3];
        recording.Samples.Read(1, 1535, part);
        Assert.Equal([-3070, -3072, -3074], part);
    }

    [Fact]
    public void A_text_file_with_a_missing_number_or_row_is_refused_at_its_place()
    {
        var path = new BrainVisionSample { Format = "ASCII", Ascii = "SkipLines=1" }.Write(folder.Path);
        File.WriteAllText(folder["rec.eeg"], "Fp1 Cz Temp\n1 2 3\n4 5\n6 7 8\n");
        Assert.Equal(21, Assert.Throws<MalformedFileException>(() => Recordings.Open(path).ReadAll(2)).Offset);
        File.WriteAllText(folder["rec.eeg"], "Fp1 Cz Temp\n1 2 3\n4 x 6\n");
        Assert.Equal(20, Assert.Throws<MalformedFileException>(() => Recordings.Open(path).ReadAll(2)).Offset);
        var rows = new BrainVisionSample { Format = "ASCII", IsVectorised = true, Ascii = "SkipColumns=1" }.Write(folder.Path);
        File.WriteAllText(folder["rec.eeg"], "Fp1 1 2 3\nCz 1 2 3\nTemp 1 2\n");
        Assert.Equal("row 3", Assert.Throws<MalformedFileException>(() => Recordings.Open(rows)).Field);
    }

    [Fact]
    public void A_channel_without_resolution_or_unit_is_in_microvolts_and_a_coded_comma_is_one()
    {
        var recording = Open(new() { Channels = ["Fp1", @"a\1b,Cz,,", "odd,,0.25,furlong"] });
        Assert.Equal([("Fp1", "uV"), ("a,b", "uV"), ("odd", "furlong")], recording.Channels.Select(c => (c.Label, c.Unit.Symbol)));
        Assert.Equal([1.0, 2, 3, 4, 5, 6], recording.ReadAll(0));
        Assert.Equal(["reference of a,b: Cz"], recording.Comments);
        Assert.Equal((false, ChannelKind.Misc), (recording.Channels[2].Unit.IsKnown, recording.Channels[2].Kind));
    }

    [Theory]
    [InlineData("Brain Vision Data Exchange Header File Version 1.0", true)]
    [InlineData("BrainVision Data Exchange Header File Version 2.0", false)]
    [InlineData("Brain Vision Core Data Exchange Header File, Version 1.0", false)]
    public void Headers_of_all_versions_are_read_in_utf8_and_latin1(string version, bool isLatin1)
    {
        var sample = new BrainVisionSample { Version = version, Encoding = isLatin1 ? Encoding.Latin1 : new UTF8Encoding(true), Markers = ["Comment,Augen zu, für 3,2,1,0"] };
        var recording = Open(sample);
        Assert.Equal("uV", recording.Channels[0].Unit.Symbol);
        Assert.Equal("Comment/Augen zu, für 3", Assert.Single(recording.Annotations).Text);
    }

    [Fact]
    public void Markers_are_annotations_of_type_and_description_with_position_length_and_channel()
    {
        var recording = Open(new() { Markers = ["New Segment,,1,1,0,20200101120000500000", "Stimulus,S  1,3,1,0", @"Comment,a\1b,4,2,2", "Event,254,6", "Late,x,9,,7", "broken,none"] });
        Assert.Equal(
            [new(0, 0.004, "New Segment/"), new(0.008, 0.004, "Stimulus/S  1"), new(0.012, 0.008, "Comment/a,b", "Cz"), new(0.02, 0, "Event/254"), new(0.032, 0, "Late/x")],
            recording.Annotations);
        Assert.Equal(new DateTime(2020, 1, 1, 12, 0, 0, 500), recording.Start);
        Assert.Contains(recording.Remarks, r => r.Contains("Mk6", StringComparison.Ordinal));
    }

    [Fact]
    public void Dates_of_new_segments_tell_the_gaps_and_annotations_lie_in_real_time()
    {
        var recording = Open(new() { Markers = ["New Segment,,1,1,0,20200101235959000000", "Stimulus,a,2,1,0", "New Segment,,3,1,0,20200102000001250000", "Stimulus,b,4,1,0", "New Segment,,5,1,0,20200102000001258000"] });
        Assert.Equal([new(0, 0.008), new(2.25, 0.008), new(2.258, 0.008)], recording.Segments.Select(s => new Segment(Math.Round(s.OnsetSeconds, 9), s.DurationSeconds)));
        Assert.Equal([("a", 0.004), ("b", 2.254)], recording.Annotations.Where(a => a.Text[0] == 'S').Select(a => (a.Text[^1..], Math.Round(a.OnsetSeconds, 9))));
        Assert.Empty(recording.Remarks);
    }

    [Fact]
    public void Segments_without_dates_or_with_overlapping_ones_follow_each_other_and_say_so()
    {
        var undated = Open(new() { Markers = ["New Segment,,1,1,0", "New Segment,,4,1,0"] });
        Assert.Equal([new(0, 0.012), new(0.012, 0.012)], undated.Segments);
        Assert.Null(undated.Start);
        Assert.Contains("do not tell when they began", Assert.Single(undated.Remarks), StringComparison.Ordinal);

        var overlapping = Open(new() { Markers = ["New Segment,,1,1,0,20200101120000000000", "New Segment,,4,1,0,20200101120000004000"] });
        Assert.Equal([new(0, 0.012), new(0.012, 0.012)], overlapping.Segments);
        Assert.Contains("began, by their dates, before", Assert.Single(overlapping.Remarks), StringComparison.Ordinal);

        var stated = Open(new() { Common = "SegmentDataPoints=2\r\nSegmentationType=MARKERBASED", Markers = [] });
        Assert.Equal(3, stated.Segments.Count);
    }

    [Fact]
    public void A_clock_that_was_never_set_gives_gaps_but_no_start()
    {
        var recording = Open(new() { Markers = ["New Segment,,1,1,0,19700101000000000000", "New Segment,,4,1,0,19700101000009000000"] });
        Assert.Null(recording.Start);
        Assert.Equal(9, recording.Segments[1].OnsetSeconds, 1e-9);
    }

    [Fact]
    public void Coordinates_are_millimetres_or_a_sphere_without_unit_and_zero_is_none()
    {
        var sphere = Open(new() { Rest = "[Coordinates]\r\nCh1=1,-90,-72\r\nCh2=1,0,0\r\nCh3=0,0,0" });
        Assert.True((sphere.Channels[0].Sensor!.PositionMetres - new Point3(-0.095 * Math.Cos(double.DegreesToRadians(72)), 0.095 * Math.Sin(double.DegreesToRadians(72)), 0)).Norm < 1e-12);
        Assert.Null(sphere.Channels[2].Sensor);
        Assert.Contains(sphere.Remarks, r => r.Contains("no unit of length", StringComparison.Ordinal));
        var measured = Open(new() { Rest = "[Coordinates]\r\nCh1=88.5,90,0\r\nCh2=91,0,0\r\nCh3=a,b,c" });
        Assert.Equal(0.0885, measured.Channels[0].Sensor!.PositionMetres.X, 1e-12);
        Assert.Equal(0.091, measured.Channels[1].Sensor!.PositionMetres.Z, 1e-12);
        Assert.Contains("channel 3", Assert.Single(measured.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void An_average_knows_its_segments_and_the_latency_of_its_first_sample()
    {
        var evoked = Open(new() { Name = "oddball", Common = "Averaged=YES\r\nAveragedSegments=42", Markers = ["New Segment,,1,1,0,20200101120000000000", "Time 0,,3,1,0"] }).Evoked!;
        Assert.Equal(("oddball", 42.0, -0.008), (evoked.Condition, evoked.AverageCount, evoked.FirstLatencySeconds));
    }

    [Fact]
    public void Offsets_trailers_and_segment_headers_are_passed_over()
    {
        var sample = new BrainVisionSample { Common = "SegmentDataPoints=3", Binary = "DataOffset=5\r\nTrailerSize=2\r\nSegmentHeaderSize=4" };
        var path = sample.Write(folder.Path);
        var bytes = sample.Bytes();
        File.WriteAllBytes(folder["rec.eeg"], [.. new byte[5], .. new byte[4], .. bytes[..18], .. new byte[4], .. bytes[18..], .. new byte[2]]);
        Assert.Equal([0.5, 1, 1.5, 2, 2.5, 3], Recordings.Open(path).ReadAll(0));
    }

    [Fact]
    public void A_data_file_shorter_than_stated_is_refused_and_a_longer_one_remarked()
    {
        var path = new BrainVisionSample { Common = "DataPoints=7" }.Write(folder.Path);
        Assert.Contains("as the header states", Assert.Throws<MalformedFileException>(() => Recordings.Open(path)).Expected, StringComparison.Ordinal);
        new BrainVisionSample { Common = "DataPoints=99999999999" }.Write(folder.Path);
        Assert.Throws<MalformedFileException>(() => Recordings.Open(path));
        var longer = Open(new() { Common = "DataPoints=5" });
        Assert.Equal(5, longer.Channels[0].SampleCount);
        Assert.Contains("6 bytes more", Assert.Single(longer.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../rec.eeg")]
    [InlineData(@"..\rec.eeg")]
    [InlineData("/etc/passwd")]
    [InlineData(@"C:\rec.eeg")]
    [InlineData("sub/rec.eeg")]
    public void Companions_outside_the_folder_are_refused(string name)
    {
        var path = new BrainVisionSample { DataName = name }.Write(folder.Path);
        File.WriteAllBytes(folder["rec.eeg"], new byte[36]);
        Assert.Contains("beside it", Assert.Throws<MalformedFileException>(() => Recordings.Open(path)).Expected, StringComparison.Ordinal);
        var markers = new BrainVisionSample().Write(folder.Path);
        File.WriteAllText(markers, File.ReadAllText(markers).Replace("MarkerFile=rec.vmrk", "MarkerFile=" + name, StringComparison.Ordinal));
        Assert.Throws<MalformedFileException>(() => Recordings.Open(markers));
    }

    [Fact]
    public void Companions_are_found_by_case_by_the_placeholder_and_under_the_headers_own_name()
    {
        new BrainVisionSample().Write(folder.Path);
        File.WriteAllText(folder["rec.vhdr"], new BrainVisionSample { DataName = "REC.EEG", MarkerName = "$b.VMRK" }.Header());
        Assert.Equal(3, Recordings.Open(folder["rec.vhdr"]).Annotations.Count);

        new BrainVisionSample { Name = "renamed" }.Write(folder.Path);
        File.Move(folder["rec.eeg"], folder["renamed.eeg"]);
        File.Move(folder["rec.vmrk"], folder["renamed.vmrk"]);
        var renamed = Recordings.Open(folder["renamed.vhdr"]);
        Assert.Equal(3, Recordings.Open(folder["renamed.eeg"]).Channels.Count);
        Assert.Equal((3, 2), (renamed.Annotations.Count, renamed.Remarks.Count(r => r.Contains("was taken", StringComparison.Ordinal))));

        File.Delete(folder["renamed.vmrk"]);
        Assert.Contains(Recordings.Open(folder["renamed.vhdr"]).Remarks, r => r.Contains("no annotations", StringComparison.Ordinal));
        File.Delete(folder["renamed.eeg"]);
        Assert.Contains("no file \"rec.eeg\"", Assert.Throws<MalformedFileException>(() => Recordings.Open(folder["renamed.vhdr"])).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_marker_and_the_data_file_open_the_recording_they_belong_to()
    {
        new BrainVisionSample().Write(folder.Path);
        Assert.Equal(3, Recordings.Open(folder["rec.eeg"]).Channels.Count);
        Assert.Equal(3, Recordings.Open(folder["rec.vmrk"]).Annotations.Count);

        // Another file of that name is none of it.
        File.WriteAllBytes(folder["rec.xyz"], [1, 2, 3, 4]);
        Assert.False(new BrainVisionFormat().Recognises(FileHead.Of(folder["rec.xyz"])));
        File.Delete(folder["rec.vhdr"]);
        Assert.Throws<MalformedFileException>(() => Recordings.Open(folder["rec.vmrk"]));
    }

    [Fact]
    public void Without_a_word_samples_are_multiplexed_16_bit_integers()
    {
        var path = new BrainVisionSample().Write(folder.Path);
        File.WriteAllText(path, File.ReadAllText(path).Replace("DataOrientation=MULTIPLEXED", "", StringComparison.Ordinal).Replace("BinaryFormat=INT_16", "", StringComparison.Ordinal).Replace("DataFormat=BINARY", "", StringComparison.Ordinal));
        Assert.Equal([0.5, 1, 1.5, 2, 2.5, 3], Recordings.Open(path).ReadAll(0));
    }

    [Fact]
    public void What_is_no_signal_over_time_is_refused()
    {
        Assert.Contains("FREQUENCYDOMAIN", Assert.Throws<UnfitInputException>(() => Open(new() { Common = "DataType=FREQUENCYDOMAIN" })).Message, StringComparison.Ordinal);
        Assert.Equal("[Common Infos] SamplingInterval", Assert.Throws<MalformedFileException>(() => Open(new() { Interval = "0" })).Field);
        Assert.Equal("[Channel Infos] Ch3", Assert.Throws<MalformedFileException>(() => Open(new() { Channels = ["a", "b", "c,,0,V"] })).Field);
        Assert.Equal("[Binary Infos] BinaryFormat", Assert.Throws<MalformedFileException>(() => Recordings.Open(Rewritten("INT_16", "INT_17"))).Field);
        Assert.Equal("[Channel Infos] Ch4", Assert.Throws<MalformedFileException>(() => Recordings.Open(Rewritten("NumberOfChannels=3", "NumberOfChannels=4"))).Field);
    }

    private string Rewritten(string old, string replacement)
    {
        var path = new BrainVisionSample().Write(folder.Path);
        File.WriteAllText(path, File.ReadAllText(path).Replace(old, replacement, StringComparison.Ordinal));
        return path;
    }

    private Recording Open(BrainVisionSample sample) => Recordings.Open(sample.Write(folder.Path));
}
