using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>Real files against what an independent reader says of them.</summary>
public sealed class EdfOracleTests
{
    public static TheoryData<string> Files => [.. SharedData.Oracles("eeg/oracles", "edf__").Concat(SharedData.Oracles("eeg/oracles", "bdf__")).DefaultIfEmpty("edf__none.json")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Agrees_with_an_independent_reader(string name)
    {
        var oracle = SharedData.Oracle("eeg/oracles/" + name);
        var study = KnownFormats.Open(SharedData.File("eeg/" + oracle.GetProperty("file").GetString()));
        var recording = study.Recordings[0];
        var header = oracle.GetProperty("header");
        var reserved = header.GetProperty("reserved").GetString()!;
        var family = oracle.GetProperty("file").GetString()!.StartsWith("bdf", StringComparison.Ordinal) ? "BDF" : "EDF";
        Assert.Equal(reserved.StartsWith(family + "+", StringComparison.Ordinal) ? reserved : family, study.Format);
        Assert.Equal(oracle.GetProperty("duration_s").GetDouble(), recording.DurationSeconds, 9);
        Assert.Equal(oracle.GetProperty("n_gaps").GetInt32(), Math.Max(0, recording.Segments.Count - 1));

        var first = oracle.GetProperty("record_onsets_first10") is { } onsets && onsets.GetArrayLength() > 0 ? onsets[0].GetDouble() : 0;
        var start = DateTime.ParseExact(
            header.GetProperty("startdate").GetString() + header.GetProperty("starttime").GetString(), "dd.MM.yyHH.mm.ss", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(start.AddSeconds(first), recording.Start);

        Assert.Equal(
            oracle.GetProperty("annotations").EnumerateArray().Select(a => (
                Math.Round(a.GetProperty("onset").GetDouble() - first, 9),
                a.GetProperty("duration").ValueKind == JsonValueKind.Null ? 0 : a.GetProperty("duration").GetDouble(),
                a.GetProperty("text").GetString()!)),
            recording.Annotations.Take(400).Select(a => (Math.Round(a.OnsetSeconds, 9), a.DurationSeconds, a.Text)));
        Assert.Equal(oracle.GetProperty("n_annotations").GetInt32(), recording.Annotations.Count);

        var channels = oracle.GetProperty("channels").EnumerateArray().ToArray();
        Assert.Equal(channels.Select(c => c.GetProperty("label").GetString()), recording.Channels.Select(c => c.Label));
        Assert.Equal(channels.Select(c => c.GetProperty("sfreq").GetDouble()), recording.Channels.Select(c => c.RateHz));
        Assert.Equal(channels.Select(c => Unit.Parse(c.GetProperty("dimension").GetString())), recording.Channels.Select(c => c.Unit));
        Assert.Equal(channels.Select(c => c.GetProperty("transducer").GetString()), recording.Channels.Select(c => c.Transducer));
        Assert.Equal(channels.Select(c => c.GetProperty("prefilter").GetString()), recording.Channels.Select(c => c.Prefilter));
        foreach (var entry in oracle.GetProperty("samples_physical").EnumerateObject())
        {
            CompareSamples(recording, int.Parse(entry.Name.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture), entry.Value);
        }
    }

    [Theory]
    [InlineData("eeg/sleep/nox_a1_psg_90ch_mixed_rates.edf", 23296, 1, "1 Impédance")]
    [InlineData("eeg/edf/eegmat_Subject00_1_rest.edf", 5888, 0, null)]
    public void Every_sample_of_a_large_real_file_equals_a_plain_reading(string name, int dataOffset, int annotationsBefore, string? aLabel)
    {
        var path = SharedData.File(name);
        var bytes = File.ReadAllBytes(path);
        var recording = Recordings.Open(path);
        int Number(int offset, int width) => int.Parse(System.Text.Encoding.ASCII.GetString(bytes, offset, width), System.Globalization.CultureInfo.InvariantCulture);
        var signals = Number(252, 4);
        int[] perRecord = [.. Enumerable.Range(0, signals).Select(s => Number(256 + (216 * signals) + (8 * s), 8))];
        Assert.Equal(signals - 1, recording.Channels.Count);
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            var signal = c + annotationsBefore;
            var actual = recording.ReadAll(c);
            var scale = recording.Channels[c].Calibration!;
            var before = perRecord[..signal].Sum();
            for (var i = 0; i < actual.Length; i++)
            {
                var at = dataOffset + (2 * ((i / perRecord[signal] * perRecord.Sum()) + before + (i % perRecord[signal])));
                if ((BitConverter.ToInt16(bytes, at) * scale.Gain) + scale.Offset != actual[i])
                {
                    Assert.Fail($"{recording.Channels[c].Label}, sample {i}");
                }
            }
        }

        Assert.True(aLabel is null || recording.Channels.Any(c => c.Label == aLabel));
    }

    private static void CompareSamples(Recording recording, int channel, JsonElement expected)
    {
        var actual = recording.ReadAll(channel);
        Assert.Equal(expected.GetProperty("n").GetInt32(), actual.Length);
        double[] Numbers(string name) => [.. expected.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
        var middle = expected.GetProperty("mid_start").GetInt32();
        var mean = actual.Average();
        SharedData.AssertClose(Numbers("first8"), actual.AsSpan(0, 8), 1e-9);
        SharedData.AssertClose(Numbers("mid8"), actual.AsSpan(middle, 8), 1e-9);
        SharedData.AssertClose(Numbers("last8"), actual.AsSpan(actual.Length - 8), 1e-9);
        var scale = actual.Select(Math.Abs).Max() + double.Epsilon;
        Assert.Equal(expected.GetProperty("min").GetDouble(), actual.Min(), 1e-9 * scale);
        Assert.Equal(expected.GetProperty("max").GetDouble(), actual.Max(), 1e-9 * scale);
        Assert.Equal(expected.GetProperty("mean").GetDouble(), mean, 1e-9 * scale);
        Assert.Equal(expected.GetProperty("std_population").GetDouble(), Math.Sqrt(actual.Average(v => (v - mean) * (v - mean))), 1e-9 * scale);
    }
}
