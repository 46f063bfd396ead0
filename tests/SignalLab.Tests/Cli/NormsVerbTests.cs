namespace SignalLab.Tests.Cli;

public sealed class NormsVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string? home = Environment.GetEnvironmentVariable("XDG_DATA_HOME");

    public NormsVerbTests() => Environment.SetEnvironmentVariable("XDG_DATA_HOME", folder["data"]);

    [Fact]
    public void Sets_are_listed_added_and_used_and_a_recording_is_checked()
    {
        Directory.CreateDirectory(folder["data"]);
        var listed = CommandLine.Run("norms", "list", "--json").Done().Json.EnumerateArray().ToList();
        Assert.Contains(listed, s => s.GetProperty("id").GetString() == "Mason2007" && s.GetProperty("certainty").GetString() == "seen");
        Assert.Contains("113 … - … 212 ms", CommandLine.Run("norms", "list", "--measure", "pr_ms").Done().Output, StringComparison.Ordinal);

        CommandLine.Run("simulate", "ecg", folder["a.hea"], "--duration", "20").Done();
        var before = Finding(CommandLine.Run("norms", "check", folder["a.hea"], "--sex", "M", "--age", "57", "--json").Done().Json, "heart rate");
        Assert.Equal(48, before.GetProperty("low").GetDouble());
        Assert.False(before.GetProperty("abnormal").GetBoolean());

        File.WriteAllText(folder["own.csv"], "# id: ours\n# source: a test\n# population: nobody\nmeasure,unit,sex,age_from_y,age_to_y,p2,p50,p98\nheart_rate_bpm,,any,18,99,100,110,120\n");
        Assert.Contains("ours: 1 measure(s), 1 row(s)", CommandLine.Run("norms", "add", folder["own.csv"]).Done().Output, StringComparison.Ordinal);
        CommandLine.AssertRefused(2, "norms", "add", folder["own.csv"]);
        CommandLine.Run("norms", "add", folder["own.csv"], "--force").Done();
        var after = Finding(CommandLine.Run("norms", "check", folder["a.hea"], "--sex", "M", "--age", "57", "--json").Done().Json, "heart rate");
        Assert.Equal("low", after.GetProperty("verdict").GetString());
        Assert.StartsWith("ours:", after.GetProperty("source").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_is_built_from_a_table_and_can_be_added()
    {
        Directory.CreateDirectory(folder["data"]);
        File.WriteAllLines(folder["c.csv"], Enumerable.Range(0, 200).Select(i => $"r{i},{(i % 2 == 0 ? "F" : "M")},{30 + (i % 10)},{120 + (i / 2)}").Prepend("record,sex,age_y,pr_ms"));
        var built = CommandLine.Run("norms", "build", folder["c.csv"], "--id", "c", "--ages", "18,50", "--out", folder["c.tsv"]).Done();
        Assert.Contains("200 of 200 member(s) have age and sex", built.Error, StringComparison.Ordinal);
        var lines = File.ReadAllLines(folder["c.tsv"]);
        Assert.Contains(lines, l => l.StartsWith("PR interval\tms\tF\t18\t50\t100\t169.5", StringComparison.Ordinal));
        CommandLine.Run("norms", "add", folder["c.tsv"]).Done();
        Assert.Contains("c  (added)", CommandLine.Run("norms", "list").Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_is_built_from_a_folder_of_recordings_and_a_file_that_cannot_be_measured_is_named()
    {
        Directory.CreateDirectory(folder["data"]);
        Directory.CreateDirectory(folder["cohort"]);
        for (var i = 0; i < 6; i++)
        {
            CommandLine.Run("simulate", "ecg", folder[$"cohort/{i}.hea"], "--duration", "12", "--heart-rate", $"{60 + (4 * i)}").Done();
        }

        File.WriteAllText(folder["cohort/bad.edf"], "nothing of the kind");
        var built = CommandLine.Run("norms", "build", folder["cohort"], "--id", "folder", "--ages", "50,60", "--out", folder["f.tsv"]);
        Assert.Contains("bad.edf", built.Error, StringComparison.Ordinal);
        Assert.Contains("6 of 6 member(s) have age and sex", built.Error, StringComparison.Ordinal);
        var lines = File.ReadAllLines(folder["f.tsv"]);
        Assert.Contains(lines, l => l.StartsWith("heart rate\t", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("PR interval\tms\tM\t50\t60\t6\t", StringComparison.Ordinal));
        CommandLine.Run("norms", "add", folder["f.tsv"]).Done();
    }

    [Fact]
    public void A_set_is_built_from_a_folder_of_real_records()
    {
        Directory.CreateDirectory(folder["data"]);
        var built = CommandLine.Run("norms", "build", SharedData.File("ecg/ludb"), "--id", "ludb", "--ages", "18,100", "--out", folder["l.tsv"]);
        Assert.Contains("have age and sex", built.Error, StringComparison.Ordinal);
        var rows = File.ReadAllLines(folder["l.tsv"]).Where(l => l.StartsWith("QT interval\tms\t", StringComparison.Ordinal)).ToList();
        Assert.Equal(["F", "M"], rows.Select(r => r.Split('\t')[2]).Order());
        Assert.All(rows, r => Assert.InRange(double.Parse(r.Split('\t')[6], System.Globalization.CultureInfo.InvariantCulture), 380, 440));
    }

    [Fact]
    public void What_cannot_be_done_is_refused_in_one_line()
    {
        File.WriteAllText(folder["bad.csv"], "# id: bad\nmeasure,unit\nPR interval,ms\n");
        CommandLine.AssertRefused(3, "norms", "add", folder["bad.csv"]);
        CommandLine.AssertRefused(3, "norms", "add", folder["absent.csv"]);
        CommandLine.AssertRefused(2, "norms", "build", folder["absent"]);
        CommandLine.AssertRefused(3, "norms", "list", "--measure", "nothing");
        CommandLine.AssertRefused(2, "norms");
        CommandLine.Run("simulate", "ecg", folder["a.edf"], "--duration", "5").Done();
        CommandLine.Run("simulate", "eeg", folder["e.edf"], "--duration", "5").Done();
        CommandLine.AssertRefused(3, "norms", "check", folder["e.edf"]);
        CommandLine.AssertRefused(2, "norms", "check", folder["a.edf"], "--sex", "X");
        CommandLine.Run("norms", "check", folder["a.edf"], "--channels", "I,II,V1", "--sex", "F", "--age", "40").Done();
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", home);
        folder.Dispose();
    }

    private static System.Text.Json.JsonElement Finding(System.Text.Json.JsonElement document, string name) =>
        document.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("name").GetString() == name);
}
