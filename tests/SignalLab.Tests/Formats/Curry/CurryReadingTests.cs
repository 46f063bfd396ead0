using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Curry;

public sealed class CurryReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    [InlineData(true, true, false)]
    public void Samples_come_back_as_stored_in_either_version(bool isText, bool isVectorised, bool isBigEndian)
    {
        var sample = new CurrySample { Values = CurrySample.Noise(3, 1300, 5), IsText = isText, IsVectorised = isVectorised, IsBigEndian = isBigEndian };
        foreach (var path in new[] { sample.Write7(folder.Path, "a"), sample.Write8(folder.Path, "b") })
        {
            var recording = Recordings.Open(path);
            for (var c = 0; c < 3; c++)
            {
                SharedData.AssertClose([.. sample.Values.Select(r => r[c])], recording.ReadAll(c), 1e-7);
            }

            Assert.Equal([ChannelKind.Eeg, ChannelKind.Eeg, ChannelKind.Eog], recording.Channels.Select(c => c.Kind));
            Assert.All(recording.Channels, c => Assert.Equal((Unit.Microvolt, 500.0), (c.Unit, c.RateHz)));
            Assert.Equal(new DateTime(2018, 8, 29, 15, 39, 42, 250), recording.Start);
        }
    }

    [Fact]
    public void Any_of_the_files_opens_the_recording()
    {
        var sample = new CurrySample { Values = CurrySample.Noise(3, 20, 6), Events = "1 0 7 -1 1 1\n" };
        var (seven, eight) = (Path.ChangeExtension(sample.Write7(folder.Path, "a"), null), sample.Write8(folder.Path, "b"));
        foreach (var path in new[] { seven + ".dap", seven + ".dat", seven + ".rs3", seven + ".cef", eight, eight + ".dpa", eight + ".cef" })
        {
            var study = KnownFormats.Open(path);
            Assert.Equal(path.Contains(".cdt", StringComparison.Ordinal) ? "Curry 8" : "Curry 7", study.Format);
            Assert.Equal((20, "7"), (study.Recordings[0].Channels[0].SampleCount, study.Recordings[0].Annotations.Single().Text));
        }
    }

    [Fact]
    public void Events_have_durations_where_they_last_and_words_where_they_say_something()
    {
        var recording = Open(new() { Values = CurrySample.Noise(3, 500, 7), Events = "100\t0\t4\t-1\t100\t150\t0\n50\t0\t2\t-1\t50\t50\t0\n", Words = "start of task\n\n" });
        Assert.Equal([("2", 0.1, 0.0), ("4", 0.2, 0.1), ("start of task", 0.2, 0.1)], recording.Annotations.Select(a => (a.Text, a.OnsetSeconds, a.DurationSeconds)));
    }

    [Fact]
    public void Damaged_events_leave_the_samples_readable_and_are_told()
    {
        var recording = Open(new() { Values = CurrySample.Noise(3, 50, 8), Events = "ten\t0\t4\n" });
        Assert.Empty(recording.Annotations);
        Assert.Contains(recording.Remarks, r => r.Contains("NUMBER_LIST, row 1", StringComparison.Ordinal));
        Assert.Equal(50, recording.ReadAll(0).Length);
    }

    [Fact]
    public void Positions_have_x_right_and_y_front_in_metres()
    {
        var recording = Open(new() { Values = CurrySample.Noise(3, 5, 9) });
        Assert.Equal([new(-0.071, 0.0176, 0.1167), new(0.001, 0.0233, 0.1564), null], recording.Channels.Select(c => c.Sensor?.PositionMetres));
        Assert.Equal([Frame.Electrodes, Frame.Electrodes, null], recording.Channels.Select(c => c.Frame));
    }

    [Fact]
    public void Landmarks_put_positions_into_the_head_frame()
    {
        var recording = Open(new() { Values = CurrySample.Noise(3, 5, 9), Landmarks = "0 -90 10\n75 0 10\n-75 0 10\n" });
        Assert.Equal(Frame.Head, recording.Channels[0].Frame);
        Assert.Equal(-0.071, recording.Channels[0].Sensor!.PositionMetres.X, 12);
        Assert.Equal(0.1067, recording.Channels[0].Sensor!.PositionMetres.Z, 12);
        Assert.Equal(["nasion", "lpa", "rpa"], recording.Fiducials.Select(f => f.Name));
        Assert.Equal(0.09, recording.Fiducials[0].PositionMetres.Y, 12);
    }

    [Fact]
    public void Groups_state_their_unit_and_their_columns_and_a_column_0_is_not_stored()
    {
        var recording = Open(new()
        {
            Values = [[1, 2, 3, 4], [5, 6, 7, 8]],
            Groups = [new("", "uV", ["Ref", "Fz", "Cz"], "  0\n  4\n  1\n"), new("_OTHERS", "mV", ["Trigger"], "  2\n"), new("_MAG1", "fT", ["MLC11"], "  3\n")],
        });
        Assert.Equal(
            [("Cz", ChannelKind.Eeg, "uV"), ("Trigger", ChannelKind.Stim, "mV"), ("MLC11", ChannelKind.Mag, "fT"), ("Fz", ChannelKind.Eeg, "uV")],
            recording.Channels.Select(c => (c.Label, c.Kind, c.Unit.Symbol)));
        Assert.Equal([4, 8], recording.ReadAll(3));
    }

    [Fact]
    public void Trials_are_segments_whether_samples_are_counted_in_all_or_in_each()
    {
        foreach (var stated in new[] { "20", "60" })
        {
            var recording = Open(new() { Values = CurrySample.Noise(3, 60, 10), Parameters = { ["NumSamples"] = stated, ["NumTrials"] = "3" } });
            Assert.Equal([new(0, 0.04), new(0.04, 0.04), new(0.08, 0.04)], recording.Segments);
            Assert.Equal(60, recording.Channels[0].SampleCount);
            Assert.Contains(recording.Remarks, r => r.Contains("3 trials", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_format_number_leaves_it_to_the_content_whether_the_data_are_text()
    {
        var sample = new CurrySample { Values = CurrySample.Noise(3, 40, 11), IsText = true, Parameters = { ["DataFormat"] = "6" } };
        SharedData.AssertClose([.. sample.Values.Select(r => r[1])], Recordings.Open(sample.Write8(folder.Path, "x")).ReadAll(1), 1e-7);
    }

    [Theory]
    [InlineData("StartSec", "11280")]
    [InlineData("StartMonth", "0")]
    public void A_clock_that_cannot_be_is_unknown(string key, string value) =>
        Assert.Null(Open(new() { Values = CurrySample.Noise(3, 5, 12), Parameters = { [key] = value } }).Start);

    [Theory]
    [InlineData("500", "2000", 500)]
    [InlineData("0", "4000", 250)]
    [InlineData("1000", "0", 1000)]
    [InlineData("1000", "4000", 250)]
    public void The_interval_counts_where_it_and_the_frequency_differ(string rate, string interval, double expected) =>
        Assert.Equal(expected, Open(new() { Values = CurrySample.Noise(3, 5, 13), Parameters = { ["SampleFreqHz"] = rate, ["SampleTimeUsec"] = interval } }).CommonRateHz);

    [Theory]
    [InlineData("NumSamples", "51", "samples")]
    [InlineData("NumSamples", "9007199254740992", "samples")]
    [InlineData("NumSamples", "-1", "DATA_PARAMETERS, NumSamples")]
    [InlineData("NumChannels", "4", "LABELS")]
    [InlineData("NumTrials", "many", "DATA_PARAMETERS, NumTrials")]
    public void Parameters_that_the_files_do_not_bear_out_are_refused(string key, string value, string field) =>
        Assert.Equal(field, Assert.Throws<MalformedFileException>(() => Open(new() { Values = CurrySample.Noise(3, 50, 14), Parameters = { [key] = value } })).Field);

    [Theory]
    [InlineData("DataFormat", "SHORT")]
    [InlineData("FrequencyDomain", "1")]
    public void What_cannot_be_read_is_refused_by_name(string key, string value) =>
        Assert.Throws<UnfitInputException>(() => Open(new() { Values = CurrySample.Noise(3, 50, 15), Parameters = { [key] = value } }));

    [Theory]
    [InlineData("a.rs3", ".rs3")]
    [InlineData("a.dat", ".dat")]
    public void A_missing_companion_is_named(string name, string told)
    {
        var path = new CurrySample { Values = CurrySample.Noise(3, 50, 16) }.Write7(folder.Path, "a");
        File.Delete(folder[name]);
        Assert.Contains(told, Assert.Throws<MalformedFileException>(() => Recordings.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beside_a_recording_that_is_none_of_its_files_is_not_claimed()
    {
        new CurrySample { Values = CurrySample.Noise(3, 50, 17) }.Write7(folder.Path, "a");
        File.WriteAllText(folder["a.txt"], "notes");
        Assert.False(new SignalLab.Formats.Curry.CurryFormat().Recognises(FileHead.Of(folder["a.txt"])));
    }

    private Recording Open(CurrySample sample) => Recordings.Open(sample.Write8(folder.Path, "made"));
}
