using System.Text.Json;
using SignalLab.Analysis.Ecg;
using SignalLab.Formats;
using SignalLab.Learning.Beats;
using SignalLab.Tests.Cli;

namespace SignalLab.Tests.Analysis.Ecg.Rhythm;

/// <summary>What cardiologists wrote into the headers of 79 records of the Lobachevsky University database, and what we find.</summary>
public sealed class CardiologistsFindingsTests
{
    private static readonly Lazy<List<JsonElement>> Rows = new(() => [.. CommandLine.Run("validate", "ecg", Path.GetDirectoryName(SharedData.File("ecg/ludb/1.hea"))!, "--json").Done().Json.GetProperty("rows").EnumerateArray()]);

    [Theory]
    [InlineData("atrial fibrillation, flutter", 1, 0)]
    [InlineData("right bundle-branch block", 0, 2)]
    [InlineData("left bundle-branch block", 0, 2)]
    [InlineData("pacing", 0, 0)]
    [InlineData("ventricular ectopy", 0, 1)]
    [InlineData("supraventricular ectopy", 0, 3)]
    [InlineData("first-degree AV block", 2, 3)]
    [InlineData("sinus bradycardia", 0, 10)]
    public void Findings_are_those_of_cardiologists(string finding, int missedAtMost, int besidesAtMost)
    {
        _ = SharedData.File("ecg/ludb/1.hea");
        var row = Rows.Value.Single(r => r.GetProperty("measure").GetString() == finding && r.GetProperty("task").GetString() == "findings stated in the header");
        int Count(string name) => row.GetProperty(name).GetInt32();
        Assert.True(Count("reference") > 0);
        Assert.InRange(Count("reference") - Count("found"), 0, missedAtMost);
        Assert.InRange(Count("extra"), 0, besidesAtMost);
    }

    [Fact]
    public void Where_the_atria_fibrillate_there_is_no_P_wave_to_measure()
    {
        // Without this rule the usual beat of this record has a P wave of 126 ms and a PR interval of 268 ms.
        var recording = KnownFormats.Open(SharedData.File("ecg/ludb/51.hea")).Recordings[0];
        var ours = recording.Examine(new EcgOptions { Classifier = TrainedBeatClassifier.Bundled });
        Assert.Contains(ours.Rhythm, f => f.Name == RhythmAnalysis.AtrialFibrillation);
        Assert.All(ours.Measurements.Where(m => m.Name is "P duration" or "PR interval" or "P axis"), m => Assert.True(m.Value is null && m.Reason is { Length: > 0 }, m.Name));
        Assert.All(ours.Beats.SelectMany(b => b.Leads.Append(b.Global)), w => Assert.Null(w.P));
    }
}
