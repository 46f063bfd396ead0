using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Formats.Wfdb;

namespace SignalLab.Tests.Formats;

public sealed class WfdbOracleTests
{
    public static TheoryData<string> Records =>
        [.. SharedData.Folder is null ? ["ecg/oracle.json"] : SharedData.Oracle("ecg/oracle.json").EnumerateObject().Select(p => p.Name).Where(n => n.EndsWith(".hea", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_real_record_reads_as_independent_readers_read_it(string record)
    {
        var path = SharedData.File("ecg/" + record);
        var oracle = SharedData.Oracle("ecg/oracle.json").GetProperty(record);
        var recording = Recordings.Open(path);
        var header = WfdbHeaderReader.Read(path);
        var leads = oracle.GetProperty("leads").EnumerateArray().ToArray();
        Assert.Equal(leads.Select(l => l.GetProperty("name").GetString()), recording.Channels.Select(c => c.Label));
        Assert.Equal(oracle.GetProperty("comments").EnumerateArray().Select(c => c.GetString()!.TrimStart('#').Trim()), header.Comments);
        for (var c = 0; c < leads.Length; c++)
        {
            var (channel, lead, values) = (recording.Channels[c], leads[c], recording.ReadAll(c));
            Assert.Equal((oracle.GetProperty("sampling_rate_hz").GetDouble(), oracle.GetProperty("samples").GetInt64()), (channel.RateHz, channel.SampleCount));
            Assert.Equal((lead.GetProperty("gain").GetDouble(), lead.GetProperty("baseline").GetDouble(), lead.GetProperty("format").GetInt32()), (header.Signals[c].Gain, header.Signals[c].Baseline, (int)header.Signals[c].Format));
            AssertValues(lead, "first5", values.AsSpan(0, 5));
            AssertValues(lead, "middle5", values.AsSpan(lead.GetProperty("middle_index").GetInt32(), 5));
            AssertValues(lead, "last5", values.AsSpan(values.Length - 5));
            Assert.Equal(lead.GetProperty("min").GetDouble(), values.Where(double.IsFinite).Min(), 6e-7);
            Assert.Equal(lead.GetProperty("max").GetDouble(), values.Where(double.IsFinite).Max(), 6e-7);
            Assert.Equal(lead.GetProperty("mean").GetDouble(), values.Where(double.IsFinite).Average(), 6e-7);
            AssertChecksum(header.Signals[c], values);
        }

        if (oracle.TryGetProperty("annotations", out var annotators))
        {
            Assert.All(annotators.EnumerateObject(), a => AssertAnnotations(a.Value, WfdbAnnotations.Read(Path.ChangeExtension(path, a.Name))));
        }
    }

    [Fact]
    public void A_record_of_all_binary_formats_matches_its_headers_checksums_and_initial_values()
    {
        var path = SharedData.File("ecg/wfdbformats/binformats.hea");
        var recording = Recordings.Open(path);
        var header = WfdbHeaderReader.Read(path);
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            var values = recording.ReadAll(c);
            Assert.Equal(499, values.Length);
            Assert.Equal(header.Signals[c].InitialValue, Math.Round(values[0] * 200));
            AssertChecksum(header.Signals[c], values);
        }
    }

    private static void AssertChecksum(WfdbSignal signal, double[] values)
    {
        long sum = 0;
        foreach (var value in values)
        {
            sum += double.IsNaN(value) ? signal.Format.Range().Minimum : (long)Math.Round((value * signal.Gain) + signal.Baseline);
        }

        Assert.Equal((short)signal.Checksum!.Value, (short)sum);
    }

    private static void AssertAnnotations(JsonElement oracle, WfdbAnnotations read)
    {
        Assert.Equal(oracle.GetProperty("count").GetInt32(), read.All.Count);
        Assert.Equal(oracle.GetProperty("symbols").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32()), read.All.GroupBy(a => a.Symbol).ToDictionary(g => g.Key, g => g.Count()));
        Assert.Equal(
            oracle.GetProperty("first3").EnumerateArray().Select(a => (a[0].GetInt64(), a[1].GetString(), a[2].GetInt32(), a[3].GetString())),
            read.All.Take(3).Select(a => (a.Sample, (string?)a.Symbol, a.Number, (string?)a.Text)));
        Assert.Equal((oracle.GetProperty("last")[0].GetInt64(), oracle.GetProperty("last")[1].GetString()), (read.All[^1].Sample, read.All[^1].Symbol));
    }

    private static void AssertValues(JsonElement lead, string name, ReadOnlySpan<double> values)
    {
        var expected = lead.GetProperty(name).EnumerateArray().Select(e => e.GetDouble()).ToArray();
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], values[i], 6e-7);
        }
    }
}
