using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Gdf;

public sealed class GdfReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<int, double[]> Types => new()
    {
        { 0, [0, 255] }, { 1, [-128, 127] }, { 2, [0, 255] }, { 3, [-32768, 32767] }, { 4, [0, 65535] }, { 5, [-2147483648, 2147483647] }, { 6, [0, 4294967295] },
        { 7, [-9007199254740992, 9007199254740992] }, { 8, [0, 9007199254740992] }, { 16, [-0.5, 3.25] }, { 17, [-1e-9, 1e9] }, { 279, [-8388608, 8388607] }, { 535, [0, 16777215] },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_number_type_comes_back_as_stored_where_both_limits_agree(int type, double[] values)
    {
        foreach (var version in new[] { "1.25", "2.10", "2.51" })
        {
            var recording = Open(new(version) { Duration = (1, 10), Signals = { new("x", type, 2, values), new("y", 3, 1, [7]) } });
            Assert.Equal(values, recording.ReadAll(0));
            Assert.Equal([7], recording.ReadAll(1));
            Assert.Equal([20, 10], recording.Channels.Select(c => c.RateHz));
        }
    }

    [Fact]
    public void Physical_values_lie_on_the_line_through_both_limits()
    {
        var recording = Open(new("2.20") { Signals = { new("x", 3, 3, [-100, 0, 300]) { Physical = (-5, 15), Digital = (-100, 300), UnitCode = 4274 } } });
        Assert.Equal([-5, 0, 15], recording.ReadAll(0).Select(v => Math.Round(v, 12)));
        Assert.Equal(Unit.Millivolt, recording.Channels[0].Unit);
        Assert.Equal(new Calibration(0.05, 0, -100, 300, -5, 15), recording.Channels[0].Calibration);
    }

    [Theory]
    [InlineData(4275, "uV")]
    [InlineData(4256, "V")]
    [InlineData(3872, "mmHg")]
    [InlineData(6048, "degC")]
    [InlineData(544, "%")]
    [InlineData(4288 + 3, "kOhm")]
    [InlineData(2720, "/min")]
    [InlineData(512, "1")]
    public void Units_are_told_by_their_code(int code, string symbol)
    {
        var unit = Open(new("2.51") { Signals = { new("x", 3, 1, [1]) { UnitCode = (ushort)code } } }).Channels[0].Unit;
        Assert.True(unit.IsKnown);
        Assert.Equal(symbol, unit.Symbol);
    }

    [Fact]
    public void An_unlisted_code_is_an_unknown_unit_and_no_code_leaves_the_text()
    {
        var recording = Open(new("2.51") { Signals = { new("x", 3, 1, [1]) { UnitCode = 40000 }, new("y", 3, 1, [1]) { UnitCode = 0, Unit = "mV" } } });
        Assert.False(recording.Channels[0].Unit.IsKnown);
        Assert.Equal(Unit.Millivolt, recording.Channels[1].Unit);
    }

    [Theory]
    [InlineData("1.25")]
    [InlineData("1.92")]
    [InlineData("2.10")]
    [InlineData("2.51")]
    public void Events_of_mode_3_have_durations_and_channels(string version)
    {
        var recording = Open(new(version) { Signals = { Zeros("a"), Zeros("b") }, Mode = 3, EventRate = 50, Events = { new(101, 769, 2, 25), new(1, 768) } });
        Assert.Equal([new Said("768", 0, 0, null), new("769", 2, 0.5, "b")], recording.Annotations.Select(a => new Said(a.Text, a.OnsetSeconds, a.DurationSeconds, a.Channel)));
    }

    [Theory]
    [InlineData("1.25", 1)]
    [InlineData("2.51", 1)]
    [InlineData("2.51", 5)]
    public void Events_of_mode_1_have_no_duration(string version, int mode)
    {
        var recording = Open(new(version) { Signals = { Zeros("a") }, Mode = (byte)mode, EventRate = 50, Events = { new(26, 33023) } });
        Assert.Equal(new Said("33023", 0.5, 0, null), recording.Annotations.Select(a => new Said(a.Text, a.OnsetSeconds, a.DurationSeconds, a.Channel)).Single());
    }

    [Fact]
    public void An_event_table_without_a_rate_counts_in_samples_of_the_fastest_channel()
    {
        var recording = Open(new("2.10") { Signals = { Zeros("a"), new("slow", 3, 1, [0]) }, EventRate = 0, Events = { new(51, 7) } });
        Assert.Equal(0.5, recording.Annotations.Single().OnsetSeconds);
    }

    [Fact]
    public void What_the_file_calls_its_codes_is_a_comment()
    {
        byte[] words = [.. "\0blink\0\0saccade\0"u8];
        var recording = Open(new("2.51") { Signals = { Zeros("a") }, Tags = [1, (byte)words.Length, 0, 0, .. words, 6, 3, 0, 0, .. "Eva"u8] });
        Assert.Equal(["event 1: blink", "event 3: saccade", "technician: Eva"], recording.Comments.Skip(4));
        Assert.Equal(100, recording.Channels[0].SampleCount);
    }

    [Fact]
    public void A_sparse_sample_is_no_event()
    {
        var recording = Open(new("2.51") { Signals = { Zeros("a") }, Mode = 3, Events = { new(1, 0x7FFF, 1, 5), new(1, 3) } });
        Assert.Equal("3", recording.Annotations.Single().Text);
        Assert.Contains(recording.Remarks, r => r.StartsWith("1 samples of channels without a fixed rate", StringComparison.Ordinal));
    }

    [Fact]
    public void The_header_of_version_2_tells_patient_start_filters_and_positions()
    {
        var recording = Open(new("2.51") { Signals = { Zeros("Fp1") with { Position = (0, 0, 85) }, Zeros("Cz") with { Position = (-85, 0, 0) }, Zeros("none") } });
        Assert.Equal(new DateTime(2009, 8, 15, 18, 0, 0), recording.Start);
        Assert.Equal(("P7", "F", "Ada L", new DateOnly(1985, 6, 25)), (recording.Subject.Id, recording.Subject.Sex, recording.Subject.Name, recording.Subject.Birthdate));
        Assert.Equal(24.14, recording.Subject.AgeYears!.Value, 0.02);
        Assert.Equal(["recording: S 12", "weight: 70 kg", "height: 180 cm", "handedness: right"], recording.Comments);
        Assert.Equal("HP:0.5Hz LP:70Hz", recording.Channels[0].Prefilter);
        Assert.Equal("AgAgCl", recording.Channels[0].Transducer);
        Assert.Equal(new Point3(-0.095, 0, 0), recording.Channels[1].Sensor!.PositionMetres);
        Assert.Null(recording.Channels[2].Sensor);
        Assert.Contains(recording.Remarks, r => r.Contains("0.095 m", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2009081216150050", "2009-08-12T16:15:00.5000000")]
    [InlineData("20090812161500  ", "2009-08-12T16:15:00.0000000")]
    [InlineData("20091312161500  ", null)]
    public void The_clock_of_version_1_may_lack_its_hundredths(string clock, string? start) =>
        Assert.Equal(start, Open(new("1.25") { Clock = clock, Signals = { Zeros("a") } }).Start?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_file_that_was_not_closed_gives_all_its_whole_records()
    {
        var recording = Open(new("2.10") { RecordCount = -1, Signals = { new("a", 3, 10, new double[35]) } });
        Assert.Equal(30, recording.Channels[0].SampleCount);
        Assert.NotEmpty(recording.Remarks);
    }

    [Fact]
    public void A_channel_without_a_scale_says_so()
    {
        var recording = Open(new("2.10") { Signals = { new("int", 3, 1, [12]) { Physical = (0, 0) }, new("real", 16, 1, [12]) { Digital = (0, 0) } } });
        Assert.Equal([12, 12], [recording.ReadAll(0)[0], recording.ReadAll(1)[0]]);
        Assert.Equal([Unit.Unknown, Unit.Microvolt], recording.Channels.Select(c => c.Unit));
        Assert.Equal(2, recording.Remarks.Count);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(267)]
    public void A_number_type_that_cannot_be_read_is_named(int type)
    {
        var e = Assert.Throws<UnfitInputException>(() => Open(new("2.10") { Signals = { new("odd", type, 1, []) } }));
        Assert.Contains($"'odd' is stored as GDF type {type}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_beyond_the_file_are_refused_before_anything_is_allocated()
    {
        Assert.Equal("samples", Refused(new("1.25") { RecordCount = long.MaxValue / 4, Signals = { Zeros("a") } }).Field);
        Assert.Equal("number of records", Refused(new("1.25") { RecordCount = -2, Signals = { Zeros("a") } }).Field);
        Assert.Equal("duration of a record", Refused(new("1.25") { Duration = (0, 1), Signals = { Zeros("a") } }).Field);
        Assert.Equal("event table, mode", Refused(new("2.51") { Mode = 2, Signals = { Zeros("a") }, Events = { new(1, 1) } }).Field);
        var cut = new GdfBytes("2.51") { Signals = { Zeros("a") }, Events = { new(1, 1) } }.ToArray();
        Assert.Equal("event table", Assert.Throws<MalformedFileException>(() => OpenBytes(cut[..^1])).Field);
    }

    [Fact]
    public void A_page_of_a_long_recording_reads_about_its_own_bytes()
    {
        var file = new GdfBytes("2.51") { Duration = (1, 100) };
        for (var c = 0; c < 8; c++)
        {
            file.Signals.Add(new($"c{c}", 3, 1, new double[100_000]));
        }

        ByteSource.BytesRead = 0;
        var recording = Open(file);
        Assert.InRange(ByteSource.BytesRead, 1, 8192);
        ByteSource.BytesRead = 0;
        recording.Samples.Read([0, 3, 7], 50_000, 1000, new double[3000]);
        Assert.InRange(ByteSource.BytesRead, 1, 16_000);
    }

    private static GdfBytes.Signal Zeros(string label) => new(label, 3, 100, new double[100]);

    private MalformedFileException Refused(GdfBytes file) => Assert.Throws<MalformedFileException>(() => Open(file));

    private Recording Open(GdfBytes file) => OpenBytes(file.ToArray());

    private Recording OpenBytes(byte[] bytes)
    {
        var path = folder["made.gdf"];
        File.WriteAllBytes(path, bytes);
        return Recordings.Open(path);
    }

    private sealed record Said(string Text, double Onset, double Duration, string? Channel);
}
