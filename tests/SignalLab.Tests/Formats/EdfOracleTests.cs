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
