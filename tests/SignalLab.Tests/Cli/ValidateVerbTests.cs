using System.Text.Json;
using SignalLab.Formats.Wfdb;

namespace SignalLab.Tests.Cli;

/// <summary><c>signallab validate ecg</c> on records whose annotations are known.</summary>
public sealed class ValidateVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Our_own_beats_score_perfectly_and_a_missing_one_counts()
    {
        Directory.CreateDirectory(folder["db"]);
        CommandLine.Run("simulate", "ecg", folder["db/a.hea"], "--duration", "30").Done();
        CommandLine.Run("ecg", folder["db/a.hea"], "--annotations", folder["db/a.atr"], "--force").Done();
        var perfect = Row(CommandLine.Run("validate", "ecg", folder["db"], "--json").Done().Json, "QRS");
        Assert.Equal((100.0, 100.0, 0.0, 0.0), (Number(perfect, "se_percent"), Number(perfect, "ppv_percent"), Number(perfect, "mean_ms"), Number(perfect, "sd_ms")));
        var marks = WfdbAnnotations.Read(folder["db/a.atr"]);
        var beats = marks.All.Where(m => WfdbCodes.IsBeat(m.Code)).ToList();
        new WfdbAnnotations([.. beats.Skip(1), new WfdbAnnotation(beats[^1].Sample + 200, WfdbCodes.Normal)]).Write(folder["db/a.atr"]);
        var changed = CommandLine.Run("validate", "ecg", folder["db"], "--json", "--csv", folder["v.csv"], "--markdown", folder["v.md"]).Done().Json;
        var one = Row(changed, "QRS");
        Assert.Equal((beats.Count, beats.Count - 1, 1), (Number(one, "reference"), Number(one, "found"), Number(one, "extra")));
        Assert.StartsWith("database,task,measure,records,reference,found,extra,se_percent,ppv_percent,mean_ms,sd_ms,record_mean_ms,record_sd_ms", File.ReadAllText(folder["v.csv"]), StringComparison.Ordinal);
        Assert.Contains("| QRS |", File.ReadAllText(folder["v.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_annotations_is_status_3_and_a_damaged_record_is_named()
    {
        CommandLine.Run("simulate", "ecg", folder["a.hea"], "--duration", "30").Done();
        CommandLine.AssertRefused(3, "validate", "ecg", folder.Path);
        CommandLine.AssertRefused(3, "validate", "ecg", folder["nowhere"]);
        CommandLine.Run("ecg", folder["a.hea"], "--annotations", folder["a.atr"]).Done();
        File.WriteAllText(folder["b.hea"], "b 1 360 100\nb.dat 16\n");
        File.Copy(folder["a.atr"], folder["b.atr"]);
        var outcome = CommandLine.Run("validate", "ecg", folder.Path);
        Assert.Equal(4, outcome.Status);
        Assert.Contains("b.", Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_files_report_is_compared_once_an_ECG_and_other_files_do_not_matter()
    {
        Directory.CreateDirectory(folder["db"]);
        CommandLine.Run("simulate", "ecg", folder["a.hea"], "--duration", "30").Done();
        var ours = CommandLine.Run("ecg", folder["a.hea"], "--aecg", folder["db/a.xml"], "--json").Done().Json.GetProperty("intervals_ms");
        File.Copy(folder["db/a.xml"], folder["db/again.xml"]);
        File.WriteAllText(folder["db/notes.txt"], "no ECG");
        var document = CommandLine.Run("validate", "ecg", folder["db"], "--json").Done().Json;
        Assert.Equal(["P duration, a", "PR interval, a", "QRS duration, a", "QT interval, a"], document.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("measure").GetString()!).Where(m => m.EndsWith(", a", StringComparison.Ordinal) && !m.StartsWith("heart", StringComparison.Ordinal)));
        Assert.DoesNotContain("again", document.ToString(), StringComparison.Ordinal);
        Assert.Equal(ours.GetProperty("qt").GetDouble(), Number(Row(document, "QT interval, a"), "reference"), 6);
        Assert.Equal(0, Number(Row(document, "QT interval, 1 file"), "mean_ms"), 6);
    }

    [Fact]
    public void Conditions_of_simulated_ECGs_are_measured_by_name()
    {
        CommandLine.AssertRefused(2, "validate", "ecg");
        CommandLine.AssertRefused(2, "validate", "ecg", folder.Path, "--simulated");
        CommandLine.AssertRefused(2, "validate", "ecg", "--simulated", "--only", "nothing of the kind");
        var conditions = CommandLine.Run("validate", "ecg", "--simulated", "--json", "--only", "30 /min,220 /min,biphasic T,noise 20 dB").Done().Json.GetProperty("one_varied").EnumerateArray().ToList();
        Assert.Equal(4, conditions.Count);
        Assert.All(conditions, c => Assert.True(c.GetProperty("se_percent").GetDouble() > 95, c.ToString()));
    }

    private static JsonElement Row(JsonElement document, string measure) => document.GetProperty("rows").EnumerateArray().First(r => r.GetProperty("measure").GetString() == measure);

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
