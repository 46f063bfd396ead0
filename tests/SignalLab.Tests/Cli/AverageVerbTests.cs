using System.Globalization;
using SignalLab.Formats;

namespace SignalLab.Tests.Cli;

/// <summary>The verb on a simulated oddball recording whose responses are known.</summary>
public sealed class AverageVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public AverageVerbTests() => CommandLine.Run("simulate", "erp", folder["erp.edf"], "--duration", "120", "--seed", "3", "--truth", folder["erp.json"]).Done();

    [Fact]
    public void Averages_go_to_fiff_table_and_picture_in_one_call()
    {
        var told = CommandLine.Run(
            "average", folder["erp.edf"], folder["a.fif"], folder["a.csv"], folder["a.png"], "--event", "target", "--event", "standard", "--from", "-0.2", "--to", "0.8", "--baseline", "-0.2,0", "--errors", "--json").Done().Json;
        var conditions = KnownFormats.Open(folder["a.fif"]).Recordings;
        Assert.Equal(["target", "standard"], conditions.Select(c => c.Evoked!.Condition));
        Assert.Equal(told.GetProperty("conditions")[0].GetProperty("nave").GetDouble(), conditions[0].Evoked!.AverageCount);
        Assert.NotNull(conditions[1].Evoked!.StandardError);
        Assert.Equal(-0.2, conditions[0].Evoked!.FirstLatencySeconds, 1e-12);
        var lines = File.ReadAllLines(folder["a.csv"]).Where(l => !l.StartsWith('#')).ToArray();
        Assert.StartsWith("time_s,target:Fp1[uV],", lines[0], StringComparison.Ordinal);
        Assert.Contains(",target:Oz SE[uV],", lines[0], StringComparison.Ordinal);
        Assert.Equal(252, lines.Length);
        Assert.Equal(-0.2, double.Parse(lines[1].Split(',')[0], CultureInfo.InvariantCulture), 1e-12);
        Assert.True(new FileInfo(folder["a.png"]).Length > 20_000);
    }

    [Fact]
    public void Triggers_and_annotations_give_the_same_average()
    {
        CommandLine.Run("average", folder["erp.edf"], folder["text.csv"], "--event", "target").Done();
        CommandLine.Run("average", folder["erp.edf"], folder["stim.csv"], "--event", "2", "--stim", "STI").Done();
        Assert.Equal(File.ReadAllText(folder["text.csv"]), File.ReadAllText(folder["stim.csv"]));
    }

    [Fact]
    public void A_difference_wave_is_one_condition_more()
    {
        var told = CommandLine.Run("average", folder["erp.edf"], folder["d.fif"], "--event", "target", "--minus", "standard", "--json").Done().Json.GetProperty("conditions");
        Assert.Equal(3, told.GetArrayLength());
        double N(int i) => told[i].GetProperty("nave").GetDouble();
        Assert.Equal(1 / ((1 / N(0)) + (1 / N(1))), N(2), 1e-9);
        Assert.Equal("target - standard", told[2].GetProperty("condition").GetString());
    }

    [Fact]
    public void Rejected_epochs_are_listed_with_their_reason()
    {
        CommandLine.Run("average", folder["erp.edf"], folder["r.csv"], "--event", "*", "--reject", "eeg:40uV", "--drop-log", folder["log.csv"]).Done();
        var rows = File.ReadAllLines(folder["log.csv"]).Skip(1).Select(l => l.Split(',')).ToArray();
        Assert.Contains(rows, r => r[3] == "yes" && r[4].Length == 0);
        Assert.Contains(rows, r => r[3] == "no" && r[4] == "peak_to_peak" && r[5].EndsWith(" uV", StringComparison.Ordinal));
        CommandLine.AssertRefused(3, "average", folder["erp.edf"], "--event", "target", "--reject", "1uV", "--quiet");
    }

    [Fact]
    public void A_cluster_test_over_trials_finds_the_late_response()
    {
        CommandLine.Run("simulate", "erp", folder["long.edf"], "--duration", "240", "--seed", "3").Done();
        var told = CommandLine.Run(
            "average", folder["long.edf"], "--event", "target", "--event", "standard", "--statistics", "cluster", "--threshold", "3", "--permutations", "500", "--highpass", "0.3", "--lowpass", "30", "--statistics-figure", folder["t.png"],
            "--statistics-table", folder["c.csv"], "--adjacency", folder["n.png"], "--json").Done().Json.GetProperty("statistics");
        var first = told.GetProperty("clusters")[0];
        Assert.True(first.GetProperty("p").GetDouble() < 0.01);
        Assert.InRange(0.3, first.GetProperty("from_s").GetDouble(), first.GetProperty("to_s").GetDouble());
        Assert.Contains("Pz", first.GetProperty("channels").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal("p,mass,size,from_s,to_s,channels", File.ReadLines(folder["c.csv"]).First());
        Assert.True(File.Exists(folder["t.png"]) && File.Exists(folder["n.png"]));
    }

    [Fact]
    public void Several_files_are_subjects()
    {
        string[] files = [.. Enumerable.Range(1, 4).Select(i => folder[$"s{i}.fif"])];
        for (var i = 0; i < files.Length; i++)
        {
            CommandLine.Run("simulate", "erp", folder[$"s{i}.edf"], "--duration", "60", "--seed", $"{10 + i}").Done();
            CommandLine.Run("average", folder[$"s{i}.edf"], files[i], "--event", "target", "--event", "standard").Done();
        }

        var told = CommandLine.Run("average", files[0], folder["grand.fif"], "--with", files[1], files[2], files[3], "--statistics", "cluster", "--json").Done().Json;
        Assert.Equal(4, told.GetProperty("conditions")[0].GetProperty("nave").GetDouble());
        Assert.Equal(8, told.GetProperty("statistics").GetProperty("permutations").GetInt32());
        Assert.True(told.GetProperty("statistics").GetProperty("exact").GetBoolean());
    }

    [Fact]
    public void Bad_usage_is_told_in_one_line()
    {
        CommandLine.AssertRefused(2, "average", folder["erp.edf"], folder["x.fif"]);
        CommandLine.AssertRefused(3, "average", folder["erp.edf"], folder["x.fif"], "--event", "nothing");
        CommandLine.AssertRefused(2, "average", folder["erp.edf"], folder["x.txt"], "--event", "target");
        CommandLine.AssertRefused(2, "average", folder["erp.edf"], "--event", "target", "--reject", "150");
        CommandLine.AssertRefused(3, "average", folder["erp.edf"], "--event", "target", "--baseline", "-1,0");
        CommandLine.AssertRefused(2, "average", folder["erp.edf"], "--event", "target", "--robust", "mode");
        CommandLine.AssertRefused(2, "average", folder["erp.edf"], "--event", "target", "--statistics", "f");
        CommandLine.AssertRefused(2, "average", folder["erp.edf"], "--event", "target", "--statistics", "cluster", "--quiet");
    }

    public void Dispose() => folder.Dispose();
}
