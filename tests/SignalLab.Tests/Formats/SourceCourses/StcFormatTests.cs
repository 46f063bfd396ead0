using System.Buffers.Binary;
using SignalLab.Formats;
using SignalLab.Formats.SourceCourses;

namespace SignalLab.Tests.Formats.SourceCourses;

public class StcFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new StcFormat();

    protected override IEnumerable<string> RealSamples => ["meg/source/simulated_activation-lh.stc"];

    protected override string Ending => ".stc";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "a-lh.stc");
        int[] head = [BitConverter.SingleToInt32Bits(-100), BitConverter.SingleToInt32Bits(4), 3, 7, 12, 90, 500];
        int[] values = [.. Enumerable.Range(0, 1500).Select(i => BitConverter.SingleToInt32Bits((i % 3) + (0.001f * i)))];
        File.WriteAllBytes(path, [.. head.Concat(values).SelectMany(Bytes)]);
        return [path];
    }

    [Fact]
    public void Each_vertex_is_a_channel_at_the_stated_interval()
    {
        using var folder = new TemporaryFolder();
        var recording = Assert.Single(Format.Open(Samples(folder.Path).Single()).Recordings);
        Assert.Equal(["vertex 7", "vertex 12", "vertex 90"], recording.Channels.Select(c => c.Label));
        Assert.Equal((250.0, 500L, false), (recording.CommonRateHz!.Value, recording.Channels[0].SampleCount, recording.Channels[0].Unit.IsKnown));
        Assert.Equal(2 + (0.001f * 5), recording.ReadAll(2)[1], 1e-6);
        Assert.Contains("-0.1 s", recording.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_file_agrees_with_an_independent_reader()
    {
        var expected = SharedData.Oracle("meg/oracles/io_other.json").GetProperty("files").GetProperty("source/simulated_activation-lh.stc");
        var recording = Recordings.Open(SharedData.File("meg/source/simulated_activation-lh.stc"));
        Assert.Equal([.. expected.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64())], [recording.Channels.Count, recording.Channels[0].SampleCount]);
        Assert.Equal(expected.GetProperty("vertices8").EnumerateArray().Select(v => $"vertex {v.GetInt32()}"), recording.Channels.Take(8).Select(c => c.Label));
        Assert.Equal(expected.GetProperty("tstep").GetDouble(), 1 / recording.CommonRateHz!.Value, 1e-10);
        Assert.Equal(expected.GetProperty("data_first").EnumerateArray().Select(v => v.GetDouble()), recording.ReadAll(0).Take(8));
    }

    private static byte[] Bytes(int word)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, word);
        return bytes;
    }
}
