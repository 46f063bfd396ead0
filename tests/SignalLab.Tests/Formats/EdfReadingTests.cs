using System.Text;
using SignalLab.Formats;
using SignalLab.Formats.Edf;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>What vendors do to the format, case by case.</summary>
public sealed class EdfReadingTests : IDisposable
{
    private static readonly int[] Four = [-1000, 0, 500, 1000];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Physical_values_use_gain_and_offset()
    {
        var recording = Open(new EdfBytes().Having(new EdfBytes.Signal("Temp", "degC", "34", "40", "-2849", "2731")).With([new[] { -2849, 2731, 0, -59 }]));
        var gain = 6.0 / 5580;
        SharedData.AssertClose([34, 40, 34 + (2849 * gain), 37], recording.ReadAll(0), 1e-12);
    }

    [Fact]
    public void Digital_limits_beyond_sixteen_bits_belong_to_24_bit_files()
    {
        var file = new EdfBytes { Is24Bit = true }.Having(new EdfBytes.Signal("A1", "uV", "-8388608", "8388607", "-8388608", "8388607", "6"));
        int[] values = [-8388608, 8388607, -1, 0, 1, -65536];
        var recording = Open(file.With([values]));
        Assert.Equal(values.Select(v => (double)v), recording.ReadAll(0));
        Assert.Equal("BDF", recording.Provenance.Format);
    }

    [Fact]
    public void A_record_count_of_minus_one_is_taken_from_the_length()
    {
        var recording = Open(new EdfBytes { RecordCount = "-1", Tail = [1, 2, 3] }.Having(new EdfBytes.Signal("Cz")).With([Four], [Four], [Four]));
        Assert.Equal(12, recording.Channels[0].SampleCount);
        Assert.Contains(recording.Remarks, r => r.Contains("-1 data records", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.Contains("not whole", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_shorter_than_promised_is_refused_with_both_lengths()
    {
        var e = Assert.Throws<MalformedFileException>(() => Open(new EdfBytes { RecordCount = "5" }.Having(new EdfBytes.Signal("Cz")).With([Four], [Four])));
        Assert.Equal(236, e.Offset);
        Assert.Contains("5 records", e.Message, StringComparison.Ordinal);
        Assert.Contains("528 bytes", e.Message, StringComparison.Ordinal);
        Assert.Contains("552 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_longer_than_promised_is_read_with_a_remark()
    {
        var recording = Open(new EdfBytes { RecordCount = "1" }.Having(new EdfBytes.Signal("Cz")).With([Four], [Four]));
        Assert.Equal(4, recording.Channels[0].SampleCount);
        Assert.Contains(recording.Remarks, r => r.Contains("8 bytes after", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("abc", 236, "\"abc\"")]
    [InlineData("-7", 236, "-7")]
    [InlineData("1.5", 236, "\"1.5\"")]
    public void A_wrong_record_count_names_its_byte_and_text(string count, long offset, string found)
    {
        var e = Assert.Throws<MalformedFileException>(() => Open(new EdfBytes { RecordCount = count }.Having(new EdfBytes.Signal("Cz")).With([Four])));
        Assert.True(e.Offset == offset && e.Found == found, e.Message);
    }

    [Fact]
    public void A_number_that_is_none_names_field_and_signal()
    {
        var e = Assert.Throws<MalformedFileException>(() => Open(new EdfBytes().Having(new EdfBytes.Signal("Fp1", PhysicalMinimum: "x")).With([Four])));
        Assert.Equal("physical minimum of signal 1 'Fp1'", e.Field);
        Assert.Equal(256 + 16 + 80 + 8, e.Offset);
    }

    [Fact]
    public void Decimal_commas_and_nul_padding_are_read_and_remarked()
    {
        var file = new EdfBytes { Duration = "0,5\0\0\0\0\0" }.Having(new EdfBytes.Signal("Cz", "uV", "-100,5\0\0", "100,5")).With([Four]);
        var recording = Open(file);
        Assert.Equal(8, recording.Channels[0].RateHz);
        Assert.Equal(100.5, recording.ReadAll(0)[3], 1e-12);
        Assert.Contains(recording.Remarks, r => r.Contains("comma", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.Contains("NUL", StringComparison.Ordinal));
    }

    [Fact]
    public void Records_without_length_have_no_rate()
    {
        var e = Assert.Throws<MalformedFileException>(() => Open(new EdfBytes { Duration = "0" }.Having(new EdfBytes.Signal("Cz")).With([Four])));
        Assert.Equal(244, e.Offset);
    }

    [Fact]
    public void Annotations_alone_make_a_recording_without_channels_rate_or_length()
    {
        var recording = Open(new EdfBytes { Reserved = "EDF+C", Duration = "0" }.Having(EdfBytes.Annotations(60))
            .With(["+0\x14\x14\0+0\x15" + "30630\x14Sleep stage W\x14\0+30630\x15" + "120\x14Sleep stage 1\x14\0"]));
        Assert.Empty(recording.Channels);
        Assert.Empty(recording.Segments);
        Assert.Equal(0, recording.DurationSeconds);
        Assert.Equal([new(0, 30630, "Sleep stage W"), new(30630, 120, "Sleep stage 1")], recording.Annotations);
        Assert.Empty(recording.Remarks);
    }

    [Fact]
    public void Rates_that_differ_or_are_not_whole_stay_as_they_are()
    {
        var recording = Open(new EdfBytes { Duration = "10" }.Having(new EdfBytes.Signal("a", Samples: "128"), new EdfBytes.Signal("b", Samples: "1"))
            .With([new int[128], new[] { 5 }]));
        Assert.Equal([12.8, 0.1], recording.Channels.Select(c => c.RateHz));
        Assert.Null(recording.CommonRateHz);
        Assert.Equal(1, recording.Channels[1].SampleCount);
    }

    [Fact]
    public void One_record_of_a_fractional_length_gives_the_true_rate()
    {
        var recording = Open(new EdfBytes { Duration = "9.59375", Reserved = "reserved" }.Having(new EdfBytes.Signal("Fp1", Samples: "1228")).With([new int[1228]]));
        Assert.Equal(128, recording.Channels[0].RateHz);
        Assert.Equal("EDF", recording.Provenance.Format);
    }

    [Fact]
    public void Duplicate_labels_are_kept() =>
        Assert.Equal(["Cz", "Cz"], Open(new EdfBytes().Having(new EdfBytes.Signal("Cz"), new EdfBytes.Signal("Cz")).With([Four, Four])).Channels.Select(c => c.Label));

    [Fact]
    public void A_first_stamp_after_the_header_second_goes_into_the_start_and_out_of_the_onsets()
    {
        var recording = Open(new EdfBytes { Reserved = "EDF+C" }.Having(new EdfBytes.Signal("Cz"), EdfBytes.Annotations())
            .With([Four, "+0.394531\x14\x14\0+2.3457029\x14XLSpike\x14\0"], [Four, "+1.394531\x14\x14\0"]));
        Assert.Equal(new DateTime(2020, 3, 2, 10, 20, 30).AddTicks(3945310), recording.Start);
        Assert.Equal([new Annotation(1.9511719, 0, "XLSpike")], recording.Annotations);
        Assert.Equal([new Segment(0, 2)], recording.Segments);
        Assert.Empty(recording.Remarks);
    }

    [Fact]
    public void Texts_stand_as_stored_whether_time_stamps_utf8_or_latin1()
    {
        var latin = (byte[])[.. "+1\x14\x14\0+1\x14"u8, .. Encoding.Latin1.GetBytes("Schläft"), 0x14, 0];
        var recording = Open(new EdfBytes { Reserved = "EDF+C" }.Having(new EdfBytes.Signal("Cz"), EdfBytes.Annotations())
            .With([Four, "+0\x14\x14+0.000000\x14Segment: A\x14\0+0.5\x15" + "0.25\x14仰卧\x14 two \x14\0"], [Four, latin]));
        Assert.Equal(
            [new(0, 0, "+0.000000"), new(0, 0, "Segment: A"), new(0.5, 0.25, "仰卧"), new(0.5, 0.25, " two "), new(1, 0, "Schläft")],
            recording.Annotations);
    }

    [Fact]
    public void Annotations_linked_to_a_signal_name_it_EDFplus_texts_3_3()
    {
        var recording = Open(new EdfBytes { Reserved = "EDF+C" }.Having(new EdfBytes.Signal("EMG RAT"), EdfBytes.Annotations(40))
            .With([Four, "+0\x14\x14\0+1\x14Limb movement@@EMG RAT\x14\0+2\x14mail a@@b\x14\0"]));
        Assert.Equal([new(1, 0, "Limb movement", "EMG RAT"), new(2, 0, "mail a@@b")], recording.Annotations);
    }

    [Fact]
    public void Several_annotation_signals_are_read_record_by_record()
    {
        var recording = Open(new EdfBytes { Reserved = "EDF+C" }.Having(EdfBytes.Annotations(), new EdfBytes.Signal("Cz"), EdfBytes.Annotations())
            .With(["+0\x14\x14\0+0.1\x14" + "a\x14\0", Four, "+0.2\x14" + "b\x14\0"], ["+1\x14\x14\0+1.1\x14" + "c\x14\0", Four, "+1.2\x14" + "d\x14\0"]));
        Assert.Equal(["a", "b", "c", "d"], recording.Annotations.Select(a => a.Text));
        Assert.Single(recording.Channels);
    }

    [Fact]
    public void Gaps_are_segments_and_annotations_keep_real_time()
    {
        var recording = Open(Discontinuous("EDF+D", 0.25m, 1.25m, 12.75m));
        Assert.Equal([new(0, 2), new(12.5, 1)], recording.Segments);
        Assert.Equal(13.5, recording.DurationSeconds);
        Assert.Equal([0.0, 1.0, 12.5], recording.Annotations.Select(a => a.OnsetSeconds));
        Assert.Equal(12.5, recording.TimeOf(0, 8));
        Assert.Equal("EDF+D", recording.Provenance.Format);
    }

    [Theory]
    [InlineData(0, 5, 2)]
    [InlineData(0, 0.5, 1.5)]
    public void Records_out_of_order_or_overlapping_are_refused_by_number(double first, double second, double third)
    {
        var e = Assert.Throws<MalformedFileException>(() => Open(Discontinuous("EDF+D", (decimal)first, (decimal)second, (decimal)third)));
        Assert.Contains("time stamp of data record", e.Field, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_with_gaps_needs_a_stamp()
    {
        var file = new EdfBytes { Reserved = "EDF+D" }.Having(new EdfBytes.Signal("Cz"), EdfBytes.Annotations()).With([Four, "+0\x14\x14\0"], [Four, ""]);
        Assert.Equal("time stamp of data record 2", Assert.Throws<MalformedFileException>(() => Open(file)).Field);
    }

    [Fact]
    public void Clock_jitter_of_a_few_milliseconds_is_no_gap() =>
        Assert.Equal([new Segment(0, 4)], Open(Discontinuous("EDF+D", 0, 1.004m, 2.002m, 3.001m)).Segments);

    [Fact]
    public void Gaps_in_a_file_that_claims_none_are_kept_and_remarked()
    {
        var recording = Open(Discontinuous("EDF+C", 0, 1, 61));
        Assert.Equal([new(0, 2), new(61, 1)], recording.Segments);
        Assert.Contains(recording.Remarks, r => r.Contains("1 gap", StringComparison.Ordinal));
    }

    [Fact]
    public void Nonsense_stamps_of_a_continuous_file_are_not_believed()
    {
        var recording = Open(Discontinuous("EDF+C", 0, 0, 0));
        Assert.Equal([new Segment(0, 3)], recording.Segments);
        Assert.Contains(recording.Remarks, r => r.Contains("read as continuous", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5", "5", "-1000", "1000")]
    [InlineData("-5", "5", "7", "7")]
    public void A_signal_without_scale_gives_its_digital_values_without_unit(string physicalMinimum, string physicalMaximum, string digitalMinimum, string digitalMaximum)
    {
        var recording = Open(new EdfBytes().Having(new EdfBytes.Signal("Cz", "uV", physicalMinimum, physicalMaximum, digitalMinimum, digitalMaximum)).With([Four]));
        Assert.Equal([-1000, 0, 500, 1000], recording.ReadAll(0));
        Assert.Equal(Unit.Unknown, recording.Channels[0].Unit);
        Assert.Contains(recording.Remarks, r => r.Contains("'Cz'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_negative_gain_turns_the_signal_over() =>
        SharedData.AssertClose([100, 0, -50, -100], Open(new EdfBytes().Having(new EdfBytes.Signal("Cz", "uV", "100", "-100")).With([Four])).ReadAll(0), 1e-12);

    [Fact]
    public void Header_texts_may_be_utf8_latin1_or_cut_in_a_character()
    {
        byte[] cut = [.. Encoding.UTF8.GetBytes("é23456789012345"), 0xC3];
        var labels = Open(new EdfBytes().Having(
            new EdfBytes.Signal("") { LabelBytes = Encoding.UTF8.GetBytes("1 Impédance") },
            new EdfBytes.Signal("") { LabelBytes = Encoding.Latin1.GetBytes("Schläfe") },
            new EdfBytes.Signal("") { LabelBytes = cut[^16..] },
            new EdfBytes.Signal("") { LabelBytes = cut[..15] }).With([Four, Four, Four, Four])).Channels.Select(c => c.Label).ToArray();
        Assert.Equal("1 Impédance", labels[0]);
        Assert.Equal("Schläfe", labels[1]);
        Assert.Equal(Encoding.Latin1.GetString(cut[^16..]), labels[2]);
        Assert.Equal("é2345678901234", labels[3]);
    }

    [Fact]
    public void A_wrong_header_length_is_remarked() =>
        Assert.Contains(Open(new EdfBytes { HeaderBytes = "768" }.Having(new EdfBytes.Signal("Cz")).With([Four])).Remarks, r => r.Contains("768", StringComparison.Ordinal));

    [Fact]
    public void A_signal_without_samples_is_left_out()
    {
        var recording = Open(new EdfBytes().Having(new EdfBytes.Signal("none", Samples: "0"), new EdfBytes.Signal("Cz")).With([Array.Empty<int>(), Four]));
        Assert.Equal("Cz", Assert.Single(recording.Channels).Label);
        Assert.Contains(recording.Remarks, r => r.Contains("'none'", StringComparison.Ordinal));
    }

    [Fact]
    public void Patient_and_recording_fields_give_subject_and_date()
    {
        var recording = Open(new EdfBytes { Patient = "MCH-0234567 F 02-MAY-1951 Haagse_Harry", Recording = "Startdate 02-MAR-2120 PSG-1234 NN Telemetry03" }
            .Having(new EdfBytes.Signal("Cz")).With([Four]));
        Assert.Equal(("MCH-0234567", "F", "Haagse Harry", new DateOnly(1951, 5, 2)), (recording.Subject.Id, recording.Subject.Sex, recording.Subject.Name, recording.Subject.Birthdate));
        Assert.Equal(new DateTime(2120, 3, 2, 10, 20, 30), recording.Start);
        Assert.Equal(168.84, recording.Subject.AgeYears);
    }

    [Theory]
    [InlineData("01.01.8500.00.00", "Startdate X X X X", null)]
    [InlineData("01.01.8500.00.00", "", "1985-01-01T00:00:00")]
    [InlineData("24.04.8416.13.00", "", "2084-04-24T16:13:00")]
    [InlineData("24.04.8516.13.00", "", "1985-04-24T16:13:00")]
    [InlineData("31.02.2016.13.00", "", null)]
    [InlineData("00.00.0000.00.00", "Startdate 05-JUN-2011 X X X", "2011-06-05T00:00:00")]
    [InlineData("5.6.11   9.08.07", "", null)]
    [InlineData("05-06-1109:08:07", "", "2011-06-05T09:08:07")]
    public void Start_dates_follow_EDFplus_2_1_3(string clock, string field, string? expected)
    {
        var recording = Open(new EdfBytes { Clock = clock, Recording = field }.Having(new EdfBytes.Signal("Cz")).With([Four]));
        Assert.Equal(expected, recording.Start?.ToString("s", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("EEG Fpz-Cz", "uV", ChannelKind.Eeg)]
    [InlineData("Fc5.", "uV", ChannelKind.Eeg)]
    [InlineData("C3-A2", "uV", ChannelKind.Eeg)]
    [InlineData("T3", "V", ChannelKind.Eeg)]
    [InlineData("Fp1-Ref", "uV", ChannelKind.Eeg)]
    [InlineData("AFF1h", "uV", ChannelKind.Eeg)]
    [InlineData("C3", "Ohm", ChannelKind.Other)]
    [InlineData("C3 Imp", "Ohm", ChannelKind.Other)]
    [InlineData("E1-M2", "uV", ChannelKind.Eog)]
    [InlineData("EOG horizontal", "uV", ChannelKind.Eog)]
    [InlineData("ECG ECG1", "uV", ChannelKind.Ecg)]
    [InlineData("EKG", "mV", ChannelKind.Ecg)]
    [InlineData("EMG submental", "uV", ChannelKind.Emg)]
    [InlineData("Resp oro-nasal", "", ChannelKind.Resp)]
    [InlineData("SaO2 X9", "%", ChannelKind.SpO2)]
    [InlineData("Temp rectal", "DegC", ChannelKind.Temp)]
    [InlineData("Status", "Boolean", ChannelKind.Stim)]
    [InlineData("Event marker", "", ChannelKind.Stim)]
    [InlineData("EXG1", "uV", ChannelKind.Misc)]
    [InlineData("POL X1", "uV", ChannelKind.Other)]
    [InlineData("Temporal", "uV", ChannelKind.Other)]
    [InlineData("squarewave", "uV", ChannelKind.Other)]
    public void The_label_tells_the_kind(string label, string unit, ChannelKind kind) =>
        Assert.Equal(kind, Open(new EdfBytes().Having(new EdfBytes.Signal(label, unit)).With([Four])).Channels[0].Kind);

    [Fact]
    public void E1_and_E2_are_eyes_unless_the_numbers_run_on()
    {
        static IEnumerable<EdfBytes.Signal> Net(int n) => Enumerable.Range(1, n).Select(i => new EdfBytes.Signal($"E{i}"));
        Assert.All(Open(new EdfBytes().Having([.. Net(2)]).With([Four, Four])).Channels, c => Assert.Equal(ChannelKind.Eog, c.Kind));
        Assert.All(Open(new EdfBytes().Having([.. Net(4)]).With([Four, Four, Four, Four])).Channels, c => Assert.Equal(ChannelKind.Eeg, c.Kind));
    }

    [Fact]
    public void Opening_reads_the_header_and_two_stamps_and_a_page_reads_its_records()
    {
        var path = folder["cost.edf"];
        var recording = EdfRandomRecording.Make(9, [.. Enumerable.Repeat(500.0, 32)], (0, 120));
        EdfWriter.Write(recording, path);
        ByteSource.BytesRead = 0;
        var opened = Recordings.Open(path);
        var length = new FileInfo(path).Length;
        Assert.InRange(ByteSource.BytesRead, 1, 256 * 34 + 8192);

        ByteSource.BytesRead = 0;
        Assert.Equal(recording.Annotations.Count, opened.Annotations.Count);
        Assert.InRange(ByteSource.BytesRead, 1, length / 20);

        ByteSource.BytesRead = 0;
        opened.Samples.Read(3, 20_000, new double[5000]);
        Assert.InRange(ByteSource.BytesRead, 10_000, 25_000);
    }

    [Fact]
    public void A_page_of_many_channels_is_read_without_allocating_per_sample()
    {
        var path = folder["pages.edf"];
        EdfWriter.Write(EdfRandomRecording.Make(9, [.. Enumerable.Repeat(500.0, 32)], (0, 60)), path);
        var opened = Recordings.Open(path);
        int[] channels = [.. Enumerable.Range(0, 32)];
        var page = new double[32 * 5000];
        opened.Samples.Read(channels, 0, 5000, page);
        var before = GC.GetAllocatedBytesForCurrentThread();
        opened.Samples.Read(channels, 10_000, 5000, page);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2000);
    }

    private static EdfBytes Discontinuous(string reserved, params decimal[] stamps) => new EdfBytes { Reserved = reserved }
        .Having(new EdfBytes.Signal("Cz"), EdfBytes.Annotations())
        .With([.. stamps.Select(s => new object[] { Four, $"+{Tal.Print(s)}\x14\x14\0+{Tal.Print(s)}\x14mark\x14\0" })]);

    private Recording Open(EdfBytes file) => Recordings.Open(file.Save(folder[$"{Directory.GetFiles(folder.Path).Length}.dat"]));
}
