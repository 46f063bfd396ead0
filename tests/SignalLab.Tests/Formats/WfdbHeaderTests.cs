using SignalLab.Formats;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class WfdbHeaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Missing_fields_have_the_defaults_of_header_5()
    {
        var recording = Open("8l 1\ndata0 16\n", ("data0", WfdbSample.Words(100, -200, 300)));
        var channel = Assert.Single(recording.Channels);
        Assert.Equal(("record 8l, signal 0", 250.0, 3, Unit.Millivolt), (channel.Label, channel.RateHz, channel.SampleCount, channel.Unit));
        Assert.Equal([0.5, -1, 1.5], recording.ReadAll(0));
        Assert.Contains(recording.Remarks, r => r.Contains("not calibrated", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.Contains("does not state the number of samples", StringComparison.Ordinal));
        Assert.Null(recording.Start);
    }

    [Theory]
    [InlineData("200", 0, 1)]
    [InlineData("200(0)/mV", 0, 1)]
    [InlineData("200(50)/mV 12 7", 0.25, 0.75)]
    [InlineData("200 12 50", 0.25, 0.75)]
    [InlineData("200(-0.5)/mV", -0.0025, 1.0025)]
    [InlineData("4e2(0)", 0, 0.5)]
    [InlineData("-200", 0, -1)]
    [InlineData("0(100)/mV", 0.5, 0.5)]
    [InlineData("(100)/mV", 0.5, 0.5)]
    [InlineData("", 0, 1)]
    public void Gain_and_baseline_make_the_physical_value(string fields, double zeroIsAt, double value)
    {
        var recording = Open($"r 1 100 1\nr.dat 16 {fields}\n", ("r.dat", WfdbSample.Words(200)));
        Assert.Equal(value, recording.ReadAll(0)[0], 12);
        Assert.Equal(-zeroIsAt, recording.Channels[0].Calibration!.Offset, 12);
    }

    [Theory]
    [InlineData("250", 250)]
    [InlineData("250/360", 250)]
    [InlineData("250/360(12.5)", 250)]
    [InlineData("3.6e2", 360)]
    [InlineData("360.", 360)]
    [InlineData("599.88", 599.88)]
    public void The_sampling_frequency_is_not_the_counter_frequency(string field, double rateHz) =>
        Assert.Equal(rateHz, Open($"r 1 {field} 1\nr.dat 16 200\n", ("r.dat", WfdbSample.Words(1))).Channels[0].RateHz);

    [Theory]
    [InlineData("13:5:0 25/4/1989", "1989-04-25T13:05:00.0000000")]
    [InlineData("13:05:00.125 25/04/2101", "2101-04-25T13:05:00.1250000")]
    [InlineData("5:7 1/1/2000", "2000-01-01T00:05:07.0000000")]
    [InlineData("0:0:0 0/0/0", null)]
    [InlineData("10:20:30", null)]
    [InlineData("10:20:30 31/2/2000", null)]
    public void Base_time_and_date_make_the_start(string fields, string? expected)
    {
        var recording = Open($"r 1 100 1 {fields}\nr.dat 16 200\n", ("r.dat", WfdbSample.Words(1)));
        Assert.Equal(expected, recording.Start?.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(expected is null && fields[0] != '0', recording.Remarks.Any(r => r.Contains("start is not known", StringComparison.Ordinal)));
    }

    [Fact]
    public void Lead_names_keep_commas_spaces_and_duplicates()
    {
        var recording = Open("r 3 100 1\r\n\r\nr.dat 16 200 0 0 0 0 0 record mqt2, signal 0\r\nr.dat 16 200 0 0 0 0 0 ECG\r\n\r\n#comment between\r\nr.dat 16 200 0 0 0 0 0 ECG\r\n", ("r.dat", WfdbSample.Words(1, 2, 3)));
        Assert.Equal(["record mqt2, signal 0", "ECG", "ECG"], recording.Channels.Select(c => c.Label));
        Assert.Equal([0.015], recording.ReadAll(2));
    }

    [Theory]
    [InlineData("<age>: 81  <sex>: F", 81.0, "F")]
    [InlineData("Age: 47  Sex: M", 47.0, "M")]
    [InlineData("<age>: 81  <sex>: F  <diagnoses>: none", 81.0, "F", "<age>: 81  <sex>: F  <diagnoses>: none")]
    [InlineData(" 69 M 1085 1629 x1", 69.0, "M", "69 M 1085 1629 x1")]
    [InlineData(" -1 M 742 654 x1", null, "M", "-1 M 742 654 x1")]
    [InlineData("Age: NaN\n#Sex: Female", null, "F", "Age: NaN")]
    [InlineData("Age: 47\n#Age: 48", 47.0, null, "Age: 48")]
    [InlineData("Coverage: 12, percentage 30", null, null, "Coverage: 12, percentage 30")]
    [InlineData("Asystole", null, null, "Asystole")]
    public void Comments_of_known_pattern_name_age_and_sex_and_stay_where_they_say_more(string comment, double? age, string? sex, params string[] stays)
    {
        var recording = Open($"r 1 100 1\nr.dat 16 200\n#{comment}\n", ("r.dat", WfdbSample.Words(1)));
        Assert.Equal((age, sex), (recording.Subject.AgeYears, recording.Subject.Sex));
        Assert.Equal(stays, recording.Comments);
        Assert.Empty(recording.Remarks);
    }

    [Theory]
    [InlineData("MLII", "mV", ChannelKind.Ecg)]
    [InlineData("avR", "uV", ChannelKind.Ecg)]
    [InlineData("v5", "mV", ChannelKind.Ecg)]
    [InlineData("D3", "mV", ChannelKind.Ecg)]
    [InlineData("record 100, signal 0", "mV", ChannelKind.Ecg)]
    [InlineData("PLETH", "NU", ChannelKind.Pleth)]
    [InlineData("ABP", "mmHg", ChannelKind.Pressure)]
    [InlineData("P1", "mmHg", ChannelKind.Pressure)]
    [InlineData("RESP", "mV", ChannelKind.Resp)]
    [InlineData("Resp chest", "mV", ChannelKind.Resp)]
    [InlineData("EEG Fpz-Cz", "uV", ChannelKind.Eeg)]
    [InlineData("C3-A2", "mV", ChannelKind.Eeg)]
    [InlineData("SpO2", "%", ChannelKind.SpO2)]
    [InlineData("EOG horizontal", "uV", ChannelKind.Eog)]
    [InlineData("Something", "l/min", ChannelKind.Other)]
    public void The_kind_follows_from_name_and_unit(string name, string unit, ChannelKind kind) =>
        Assert.Equal(kind, Open($"r 1 100 1\nr.dat 16 200/{unit} 0 0 0 0 0 {name}\n", ("r.dat", WfdbSample.Words(1))).Channels[0].Kind);

    [Theory]
    [InlineData("../r.dat")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../r.dat")]
    [InlineData("..\\r.dat")]
    [InlineData("-")]
    [InlineData("missing.dat")]
    public void A_signal_file_elsewhere_or_missing_is_refused(string name)
    {
        var e = Assert.Throws<MalformedFileException>(() => Open($"r 1 100 1\n{name} 16 200\n", ("r.dat", WfdbSample.Words(1))));
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r 2 100 1\nr.dat 16 200\n", "signal lines")]
    [InlineData("r 1 0 1\nr.dat 16 200\n", "sampling frequency")]
    [InlineData("r 1 100 9\nr.dat 16 200\n", "samples")]
    [InlineData("r 1 100 99999999999999999999\nr.dat 16 200\n", "number of samples")]
    [InlineData("r 1 100 1\nr.dat 508 200\n", "FLAC stream header")]
    [InlineData("r 1 100 1\nr.dat 16x99999999 200\n", "samples per frame")]
    [InlineData("r 1 100 1\nr.dat 16+99 200\n", "samples")]
    [InlineData("r 1 100 1\nr.dat 16:-3 200\n", "skew")]
    [InlineData("r 2 100 1\nr.dat 16 200\nr.dat 212 200\n", "format")]
    [InlineData("r 3 100 1\nr.dat 16 200\ns.dat 16 200\nr.dat 16 200\n", "signal file")]
    [InlineData("r 999999 100 1\nr.dat 16 200\n", "signal lines")]
    [InlineData("r/2 1 100 10\nr 10\n", "segment lines")]
    [InlineData("r/1 1 100 9223372036854775807\nr 1\n", "number of samples")]
    [InlineData("r/1 1 100 7\nr 5\n", "segment lengths")]
    [InlineData("r/1 1 100 1\nr 1\n", "record line")]
    [InlineData("", "content")]
    public void A_contradicting_header_is_refused_with_the_field_named(string header, string field)
    {
        var e = Assert.ThrowsAny<MalformedFileException>(() => Open(header, ("r.dat", WfdbSample.Words(1, 2)), ("s.dat", WfdbSample.Words(1, 2))));
        Assert.Contains(field, e.Field, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_file_opens_by_way_of_its_header_and_says_so()
    {
        Open("r 1 100 2\nr.dat 16 200\n", ("r.dat", WfdbSample.Words(1, 2)));
        var recording = Recordings.Open(folder["r.dat"]);
        Assert.Equal(2, recording.Channels[0].SampleCount);
        Assert.Contains(recording.Remarks, r => r.Contains("r.hea", StringComparison.Ordinal));
    }

    [Fact]
    public void A_real_challenge_record_opens_by_its_matlab_file_too()
    {
        var (header, matlab) = (Recordings.Open(SharedData.File("ecg/challenge/a103l.hea")), Recordings.Open(SharedData.File("ecg/challenge/a103l.mat")));
        Assert.Equal(header.Channels, matlab.Channels);
        Assert.Equal(header.ReadAll(1), matlab.ReadAll(1));
    }

    [Theory]
    [InlineData("fidnz 0 9.04 -2\nfidt9 -6.7 0 -3\n")]
    [InlineData("time,Fp1,Fp2\n0,1,2\n")]
    [InlineData("1 -0.08 0.02 0.03 Fp1\n2 0.08 0.02 0.03 Fp2\n")]
    [InlineData("12 3 4\n5 6 7\n")]
    [InlineData("Hello 2 you\nand me 16\n")]
    public void Other_texts_are_not_taken_for_headers(string text)
    {
        File.WriteAllText(folder["text.hea"], text);
        Assert.False(new WfdbFormat().Recognises(FileHead.Of(folder["text.hea"])));
    }

    private Recording Open(string header, params (string, byte[])[] files) => Recordings.Open(WfdbSample.Write(folder.Path, "r", header, files));
}
