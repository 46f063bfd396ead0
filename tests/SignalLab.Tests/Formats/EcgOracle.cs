using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>Compares a recording with what an independent reader prints of its leads.</summary>
internal static class EcgOracle
{
    /// <param name="expected">Rate, samples and leads with their first, middle and last values.</param>
    /// <param name="recording">What was read; leads behind those of the oracle are computed ones.</param>
    /// <param name="unit">Unit of the oracle's values.</param>
    /// <param name="tolerance">Largest difference, in that unit.</param>
    public static void AssertLeads(JsonElement expected, Recording recording, Unit unit, double tolerance = 6e-7)
    {
        var leads = expected.GetProperty("leads").EnumerateArray().ToArray();
        Assert.Equal(leads.Select(NameOf), recording.Channels.Take(leads.Length).Select(c => c.Label));
        for (var c = 0; c < leads.Length; c++)
        {
            var channel = recording.Channels[c];
            if (expected.TryGetProperty("sampling_rate_hz", out var rate))
            {
                Assert.Equal(rate.GetDouble(), channel.RateHz);
            }

            Assert.Equal((leads[c].TryGetProperty("n", out var own) ? own : expected.GetProperty("samples")).GetInt64(), channel.SampleCount);
            var values = Array.ConvertAll(recording.ReadAll(c), v => channel.Unit.Convert(v, unit));
            AssertValues(leads[c], "first5", values.AsSpan(0, 5), tolerance);
            AssertValues(leads[c], "last5", values.AsSpan(values.Length - 5), tolerance);
            if (leads[c].TryGetProperty("middle_index", out var middle))
            {
                AssertValues(leads[c], "middle5", values.AsSpan(middle.GetInt32(), 5), tolerance);
            }

            if (leads[c].TryGetProperty("min", out var min))
            {
                Assert.Equal(min.GetDouble(), values.Min(), tolerance);
                Assert.Equal(leads[c].GetProperty("max").GetDouble(), values.Max(), tolerance);
            }
        }
    }

    private static string? NameOf(JsonElement lead) => (lead.TryGetProperty("name", out var name) ? name : lead.GetProperty("lead")).GetString();

    private static void AssertValues(JsonElement lead, string field, ReadOnlySpan<double> values, double tolerance)
    {
        var expected = lead.GetProperty(field).EnumerateArray().Select(e => e.GetDouble()).ToArray();
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], values[i], tolerance);
        }
    }
}
