using CsCheck;
using SignalLab.Formats;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class WfdbSignalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<int, int> Formats => [.. WfdbSample.Formats];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_decodes_what_signal_5_encodes(int format, int bits) =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 90], Gen.Int[0, 40]).SelectMany((signals, frames, skip) =>
            Gen.Int[-(1 << (bits - 1)) + 1, (1 << (bits - 1)) - 1].Array[signals * (frames + 1)].Select(flat => (signals, frames: frames + 1, skip, flat)))
        .Sample(c =>
        {
            var flat = format == 8 ? Walk(c.flat, c.signals) : c.flat;
            var lines = string.Concat(Enumerable.Range(0, c.signals).Select(s => $"r.dat {format}+{c.skip} 1(0)/mV 0 0 5 0 0 s{s}\n"));
            var recording = Open($"r {c.signals} 100 {c.frames}\n{lines}", ("r.dat", [.. new byte[c.skip], .. WfdbSample.Encode(format, flat, c.signals, 5)]));
            for (var s = 0; s < c.signals; s++)
            {
                Assert.Equal(flat.Where((_, i) => i % c.signals == s).Select(v => (double)v), recording.ReadAll(s));
            }
        }, iter: 60, threads: 1);

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_formats_smallest_code_is_no_sample(int format, int bits)
    {
        if (format != 8)
        {
            var recording = Open($"r 1 100 3\nr.dat {format} 10(0)/mV\n", ("r.dat", WfdbSample.Encode(format, [7, -(1 << (bits - 1)), -(1 << (bits - 1)) + 1])));
            var samples = recording.ReadAll(0);
            Assert.True(double.IsNaN(samples[1]));
            Assert.Equal([0.7, (-(1 << (bits - 1)) + 1) / 10.0], [samples[0], samples[2]]);
        }
    }

    [Fact]
    public void Format_8_reads_the_middle_of_a_long_file_without_drift()
    {
        var walk = Walk([.. Enumerable.Range(0, 60_000).Select(i => (i * 7919) % 251)], 2);
        var recording = Open("r 2 100 30000\nr.dat 8 1\nr.dat 8 1\n", ("r.dat", WfdbSample.Encode(8, walk, 2)));
        var part = new double[50];
        recording.Samples.Read(1, 20_000, part);
        Assert.Equal(Enumerable.Range(20_000, 50).Select(i => (double)walk[(2 * i) + 1]), part);
    }

    [Fact]
    public void Format_0_has_no_samples_but_a_length()
    {
        var recording = Open("r 2 100 4\n~ 0 200/mV 0 0 0 0 0 V1\nr.dat 16 1 0 0 0 0 0 II\n", ("r.dat", WfdbSample.Words(1, 2, 3, 4)));
        Assert.All(recording.ReadAll(0), v => Assert.True(double.IsNaN(v)));
        Assert.Equal([1.0, 2, 3, 4], recording.ReadAll(1));
    }

    [Fact]
    public void Samples_per_frame_give_each_signal_its_own_rate()
    {
        var recording = Open("r 2 100 2\nr.dat 16x3 1 0 0 0 0 0 II\nr.dat 16 1 0 0 0 0 0 RESP\n", ("r.dat", WfdbSample.Words(1, 2, 3, 10, 4, 5, 6, 20)));
        Assert.Equal([(300.0, 6L), (100.0, 2L)], recording.Channels.Select(c => (c.RateHz, c.SampleCount)));
        Assert.Equal([1.0, 2, 3, 4, 5, 6], recording.ReadAll(0));
        Assert.Equal([10.0, 20], recording.ReadAll(1));
    }

    [Fact]
    public void A_skewed_signal_is_moved_earlier_by_its_frames_and_ends_without_samples()
    {
        var recording = Open("r 2 100 4\nr.dat 16x2:1 1\nr.dat 16 1\n", ("r.dat", WfdbSample.Words(1, 2, 10, 3, 4, 20, 5, 6, 30, 7, 8, 40)));
        Assert.Equal([3.0, 4, 5, 6, 7, 8, double.NaN, double.NaN], recording.ReadAll(0));
        Assert.Equal([10.0, 20, 30, 40], recording.ReadAll(1));
    }

    [Fact]
    public void Signals_may_lie_in_two_files_of_two_formats()
    {
        var recording = Open("r 3 100 2\na.dat 16 1\na.dat 16 1\nb.dat 80 1\n", ("a.dat", WfdbSample.Words(1, 2, 3, 4)), ("b.dat", WfdbSample.Encode(80, [-5, 6])));
        var block = new double[6];
        recording.Samples.Read([2, 0, 1], 0, 2, block);
        Assert.Equal([-5.0, 6, 1, 3, 2, 4], block);
    }

    [Fact]
    public void A_null_segment_is_a_gap_and_segments_that_touch_are_one()
    {
        WfdbSample.Write(folder.Path, "a", "a 1 10 3\na.dat 16 1 0 0 0 0 0 II\n", ("a.dat", WfdbSample.Words(1, 2, 3)));
        WfdbSample.Write(folder.Path, "b", "b 1 10 2\nb.dat 80 2 0 0 0 0 0 II\n", ("b.dat", WfdbSample.Encode(80, [8, 10])));
        WfdbSample.Write(folder.Path, "null", "null 1 10 1\n~ 0 1\n");
        var recording = Recordings.Open(WfdbSample.Write(folder.Path, "r", "r/7 1 10 21 1:0:0 1/1/2000\n~ 5\na 3\nb 2\n~ 5\na 3\nnull 1\nb 2\n", ("r.atr", MitAnnotationCoding.Encode([new(5, 1), new(15, 5)]))));
        Assert.Equal([1.0, 2, 3, 4, 5, 1, 2, 3, 4, 5], recording.ReadAll(0));
        Assert.Equal([new Segment(0, 0.5), new Segment(1, 0.3), new Segment(1.4, 0.2)], recording.Segments);
        Assert.Equal(new DateTime(2000, 1, 1, 1, 0, 0, 500), recording.Start);
        Assert.Equal([0.0, 1.0], recording.Annotations.Select(a => a.OnsetSeconds));
        Assert.Null(recording.Channels[0].Calibration);
    }

    [Fact]
    public void In_a_variable_layout_an_absent_channel_is_not_a_number_and_units_are_converted()
    {
        WfdbSample.Write(folder.Path, "layout", "layout 2 10 0\n~ 0 200/mV 0 0 0 0 0 II\n~ 0 1/mmHg 0 0 0 0 0 ABP\n");
        WfdbSample.Write(folder.Path, "a", "a 2 10 2\na.dat 16 4/mmHg 0 0 0 0 0 ABP\na.dat 16 1/V 0 0 0 0 0 II\n", ("a.dat", WfdbSample.Words(8, 1, 12, 2)));
        WfdbSample.Write(folder.Path, "b", "b 1 10 1\nb.dat 16 2/mV 0 0 0 0 0 II\n", ("b.dat", WfdbSample.Words(5)));
        var recording = Recordings.Open(WfdbSample.Write(folder.Path, "r", "r/3 2 10 3\nlayout 0\na 2\nb 1\n"));
        Assert.Equal([("II", "mV"), ("ABP", "mmHg")], recording.Channels.Select(c => (c.Label, c.Unit.Symbol)));
        Assert.Equal([1000.0, 2000, 2.5], recording.ReadAll(0));
        Assert.Equal([2.0, 3, double.NaN], recording.ReadAll(1));
        Assert.Contains(recording.Remarks, r => r.Contains("'ABP' is absent from 1 of 2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_of_a_day_long_record_reads_that_page_only()
    {
        const long Frames = 24 * 3600 * 250;
        var header = WfdbSample.Write(folder.Path, "r", $"r 3 250 {Frames}\nr.dat 212 200\nr.dat 212 200\nr.dat 212 200\n");
        using (var file = File.Create(folder["r.dat"]))
        {
            file.SetLength(Frames * 3 * 3 / 2);
        }

        ByteSource.BytesRead = 0;
        var recording = Recordings.Open(header);
        var page = new double[3 * 2500];
        recording.Samples.Read([0, 1, 2], Frames / 2, 2500, page);
        Assert.InRange(ByteSource.BytesRead, 2500 * 9 / 2, 20_000);
    }

    private static int[] Walk(int[] noise, int signals)
    {
        var value = Enumerable.Repeat(5, signals).ToArray();
        return [.. noise.Select((n, i) => value[i % signals] += (n & 0xff) - 128)];
    }

    private Recording Open(string header, params (string, byte[])[] files) => Recordings.Open(WfdbSample.Write(folder.Path, "r", header, files));
}
