using System.Text.Json;
using SignalLab.Formats;

namespace SignalLab.Tests.Formats.Xdf;

public sealed class XdfOracleTests
{
    [Theory]
    [InlineData("minimal.xdf")]
    [InlineData("empty_streams.xdf")]
    [InlineData("eeglab_test.xdf")]
    public void The_streams_of_a_real_file_are_those_that_an_independent_parser_finds(string name)
    {
        var streams = SharedData.Oracle($"eeg/oracles/xdf__{name}.json").GetProperty("streams").EnumerateArray().Where(s => s.GetProperty("n").GetInt64() > 0).ToArray();
        var recording = Recordings.Open(SharedData.File("eeg/xdf/" + name));
        var at = 0;
        foreach (var stream in streams.Where(s => s.GetProperty("format").GetString() != "string"))
        {
            var count = stream.GetProperty("channel_count").GetInt32();
            var labels = stream.GetProperty("labels").EnumerateArray().Select(l => l.GetString()!).ToArray();
            for (var c = 0; c < count; c++)
            {
                var channel = recording.Channels[at];
                Assert.Equal(labels.Length > 0 ? labels[c] : count == 1 ? stream.GetProperty("name").GetString() : $"{stream.GetProperty("name").GetString()} {c + 1}", channel.Label);
                Assert.Equal(stream.GetProperty("nominal_srate").GetDouble(), channel.RateHz);
                Assert.Equal(stream.GetProperty("n").GetInt64(), channel.SampleCount);
                var values = recording.ReadAll(at);
                Assert.Equal(stream.GetProperty("first3").EnumerateArray().Select(r => r[c].GetDouble()), values[..3]);
                Assert.Equal(stream.GetProperty("last3").EnumerateArray().Select(r => r[c].GetDouble()), values[^3..]);
                at++;
            }
        }

        Assert.Equal(at, recording.Channels.Count);
        var texts = streams.Where(s => s.GetProperty("format").GetString() == "string").ToArray();
        Assert.Equal(texts.Sum(s => s.GetProperty("n").GetInt64()), recording.Annotations.Count);
        Assert.All(texts, s =>
        {
            Assert.Equal(Texts(s, "first3"), recording.Annotations.Take(Texts(s, "first3").Length).Select(a => a.Text));
            Assert.Equal(Texts(s, "last3"), recording.Annotations.Skip(recording.Annotations.Count - Texts(s, "last3").Length).Select(a => a.Text));
        });
    }

    [Fact]
    public void Marker_stamps_stand_beside_the_samples_of_the_data_stream()
    {
        // The marker was stamped at 91725.014004246 s, the first sample at 91725.21394789348 s; both clocks are off by microseconds.
        var recording = Recordings.Open(SharedData.File("eeg/xdf/empty_streams.xdf"));
        Assert.Equal(91725.014004246 - 91725.21394789348, recording.Annotations[0].OnsetSeconds, 1e-4);
        Assert.Equal(2, recording.Remarks.Count(r => r.EndsWith("is empty.", StringComparison.Ordinal)));
    }

    private static string[] Texts(JsonElement stream, string part) => [.. stream.GetProperty(part).EnumerateArray().Select(r => r[0].GetString()!)];
}
