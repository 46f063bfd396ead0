using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>What an independent reader says of a channel: its first, middle and last samples and their statistics, in SI units.</summary>
internal static class ReaderOracle
{
    /// <summary>Compares samples in SI units.</summary>
    public static void AssertSamples(JsonElement oracle, double[] values)
    {
        Assert.Equal(oracle.GetProperty("n").GetInt32(), values.Length);
        var first = Values(oracle, "first8");
        SharedData.AssertClose(first, values.AsSpan(0, first.Length), 1e-6);
        SharedData.AssertClose(Values(oracle, "mid8"), values.AsSpan(oracle.GetProperty("mid_start").GetInt32(), Values(oracle, "mid8").Length), 1e-6);
        SharedData.AssertClose(Values(oracle, "last8"), values.AsSpan(values.Length - Values(oracle, "last8").Length), 1e-6);
        SharedData.AssertClose([oracle.GetProperty("mean").GetDouble()], [values.Average()], 1e-6);
        SharedData.AssertClose([oracle.GetProperty("min").GetDouble()], [values.Min()], 1e-6);
        SharedData.AssertClose([oracle.GetProperty("max").GetDouble()], [values.Max()], 1e-6);
    }

    /// <summary>A channel whole in SI units; a number without unit as it is.</summary>
    public static double[] InSi(Recording recording, int channel) => [.. recording.ReadAll(channel).Select(v => v * recording.Channels[channel].Unit.Scale)];

    /// <summary>Index of a channel by its name.</summary>
    public static int IndexOf(Recording recording, string name) => Enumerable.Range(0, recording.Channels.Count).First(c => recording.Channels[c].Label == name);

    /// <summary>Names of the channels that the reader gives.</summary>
    public static IEnumerable<string> Names(JsonElement oracle) => oracle.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()!);

    private static double[] Values(JsonElement oracle, string name) => [.. oracle.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];
}
