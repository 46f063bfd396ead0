using SignalLab.Formats;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Delimited;

public sealed class DelimitedReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(100)]
    [InlineData(512)]
    [InlineData(599.88)]
    public void What_this_program_writes_it_reads_back_bit_for_bit(double rate)
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, 1000).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-9, 9))).ToArray()).ToArray();
        var recording = new Recording([new("C3", ChannelKind.Eeg, Unit.Microvolt, rate, 1000), new("Sp\"O2, a", ChannelKind.Other, Unit.Unknown, rate, 1000)], new MemorySamples(values))
        {
            Segments = [new(0, 400 / rate), new(7.25, 600 / rate)],
        };
        using (var file = File.Create(folder["made.csv"]))
        {
            RecordingTable.Write(recording, file);
        }

        var read = Recordings.Open(folder["made.csv"]);
        Assert.Equal(recording.Channels.Select(c => (c.Label, c.Unit, c.RateHz, c.SampleCount)), read.Channels.Select(c => (c.Label, c.Unit, c.RateHz, c.SampleCount)));
        Assert.Equal(recording.Segments, read.Segments);
        Assert.Equal(values, Enumerable.Range(0, 2).Select(read.ReadAll));
    }

    [Theory]
    [InlineData("time_s,I[mV],II[mV],V1[mV],Resp\n0,1,2,3,4\n0.002,1,2,3,4\n", "Ecg Ecg Ecg Resp")]
    [InlineData("time_s,MLII,V5\n0,1,2\n0.002,1,2\n", "Ecg Ecg")]
    [InlineData("time_s,I,V1,V[mA],III[m]\n0,1,2,3,4\n0.002,1,2,3,4\n", "Ecg Ecg Other Other")]
    [InlineData("time_s,I,V1\n0,1,2\n0.002,1,2\n", "Other Other")]
    public void Columns_named_as_leads_are_an_ecg_where_one_can_be_nothing_else(string table, string kinds)
    {
        File.WriteAllText(folder["e.csv"], table);
        Assert.Equal(kinds, string.Join(' ', Recordings.Open(folder["e.csv"]).Channels.Select(c => c.Kind)));
    }

    [Theory]
    [InlineData("time_s,Fz[uV]\n0,1\n0.004,2\n0.008,3\n", 250)]
    [InlineData("Time (ms)\tFz (uV)\r\n0\t1\r\n4\t2\r\n8\t3\r\n", 250)]
    [InlineData("# made by hand\n\nt;Fz\n0;1\n0.004;2\n0.008;3\n", 250)]
    [InlineData("timestamp,Fz\n1700000000000,1\n1700000000004,2\n1700000000008,3", 250)]
    [InlineData("time Fz Cz\n0 1 5\n0.5 2 6\n1.0 3 7\n", 2)]
    public void Times_in_any_usual_form_tell_the_rate(string text, double rate)
    {
        var recording = Open(text);
        Assert.Equal("Fz", recording.Channels[0].Label);
        Assert.Equal(rate, recording.CommonRateHz!.Value, 6);
        Assert.Equal([1, 2, 3], recording.ReadAll(0));
    }

    [Fact]
    public void Counts_from_1970_and_dates_tell_the_wall_clock()
    {
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc), Open("timestamp,Fz\n1700000000.0,1\n1700000000.5,2\n").Start);
        Assert.Equal(new DateTime(2024, 2, 3, 4, 5, 6, 500), Open("time,Fz\n2024-02-03 04:05:06.500,1\n2024-02-03 04:05:07.000,2\n2024-02-03 04:05:07.500,3\n").Start);
    }

    [Fact]
    public void Markers_become_annotations_and_rows_of_words_alone_are_no_samples()
    {
        var recording = Open("time_s,Fz[uV],marker\n0,1,0\n0.1,2,start\n0.15,,blink\n0.2,3,0\n0.3,4,7\n");
        Assert.Equal([1, 2, 3, 4], recording.ReadAll(0));
        Assert.Equal([("start", 0.1), ("blink", 0.15), ("7", 0.3)], recording.Annotations.Select(a => (a.Text, a.OnsetSeconds)));
    }

    [Fact]
    public void An_empty_cell_is_a_missing_value() => Assert.Equal([1, double.NaN, 3], Open("time_s,Fz,Cz\n0,1,1\n0.1,n/a,2\n0.2,3,3\n").ReadAll(0));

    [Fact]
    public void Kinds_come_from_the_names() =>
        Assert.Equal([ChannelKind.Eeg, ChannelKind.Ecg, ChannelKind.Resp], Open("time_s,Fp1[uV],ECG[mV],Resp[V]\n0,1,2,3\n1,2,3,4\n").Channels.Select(c => c.Kind));

    [Fact]
    public void Without_times_the_files_name_may_tell_the_rate_and_else_the_table_is_refused()
    {
        File.WriteAllText(folder["eeg_200Hz.txt"], "1.5\n2.5\n3.5\n");
        var recording = Recordings.Open(folder["eeg_200Hz.txt"]);
        Assert.Equal((200.0, 3L), (recording.CommonRateHz!.Value, recording.Channels[0].SampleCount));
        Assert.Contains(recording.Remarks, r => r.Contains("200 Hz", StringComparison.Ordinal));
        Assert.Contains("time_s", Assert.Throws<UnfitInputException>(() => new DelimitedFormat().Open(Write("a,b\n1,2\n3,4\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_that_are_spaced_at_will_tell_no_rate()
    {
        var table = "time_s,glucose[mmol/L]\n" + string.Concat(new[] { 9.0, 14.62, 14.82, 17.09, 17.22, 17.54, 19.62, 22, 22.17, 24.83 }.Select(t => FormattableString.Invariant($"{t},5\n")));
        Assert.Contains("unevenly", Assert.Throws<UnfitInputException>(() => new DelimitedFormat().Open(Write(table))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_that_waver_about_a_step_tell_its_rate()
    {
        var table = "time_s,Fz\n" + string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{(0.1 * i) + (0.03 * ((i * 7) % 5) / 5)},5\n")));
        Assert.Equal(10, Recordings.Open(Write(table)).CommonRateHz!.Value, 0.1);
    }

    [Theory]
    [InlineData("onset\tduration\ttrial_type\n1.5\t0\tgo\n2.5\t0\tgo\n")]
    [InlineData("participant_id\tage\nsub-01\t34\nsub-02\t28\n")]
    [InlineData("frequency_hz,Fp1[uV2/Hz]\n0,1\n0.5,2\n")]
    [InlineData("time_s,frequency_hz,Fp1[uV2/Hz]\n0,1,5\n0,2,6\n")]
    public void Tables_of_other_things_are_not_claimed(string text) => Assert.False(new DelimitedFormat().Recognises(FileHead.Of(Write(text))));

    [Fact]
    public void A_real_column_of_samples_reads_as_it_stands()
    {
        var oracle = SharedData.Oracle("eeg/oracles/sleep__yasa_N2_spindles_15sec_200Hz.txt.json");
        var recording = Recordings.Open(SharedData.File("eeg/sleep/yasa_N2_spindles_15sec_200Hz.txt"));
        Assert.Equal((200.0, oracle.GetProperty("duration_s").GetDouble()), (recording.CommonRateHz!.Value, recording.DurationSeconds));
        ReaderOracle.AssertSamples(oracle.GetProperty("samples_uV").GetProperty("ch"), recording.ReadAll(0));
    }

    private Recording Open(string text) => Recordings.Open(Write(text));

    private string Write(string text)
    {
        File.WriteAllText(folder["made.csv"], text);
        return folder["made.csv"];
    }
}
