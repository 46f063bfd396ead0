namespace SignalLab.Tests.Cli;

/// <summary>What every verb promises.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Verbs =>
    [
        "info IN",
        "export IN OUT.csv",
        "filter IN OUT.edf --lowpass 30",
        "montage IN OUT.edf --montage average",
        "spectrum IN --csv OUT.csv",
        "graph IN OUT.png",
        "map IN OUT.png --at 0",
        "slice IN OUT.png",
        "ecg IN --csv OUT.csv",
        "report IN OUT.pdf",
    ];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_missing_empty_foreign_or_truncated_file_is_one_line_and_status_3(string verb)
    {
        File.WriteAllBytes(folder["empty"], []);
        File.WriteAllBytes(folder["foreign"], [.. Enumerable.Range(0, 4000).Select(i => (byte)((i * 31) ^ (i >> 3)))]);
        CommandLine.Run("simulate", "eeg", folder["whole.edf"], "--duration", "10").Done();
        File.WriteAllBytes(folder["cut.edf"], File.ReadAllBytes(folder["whole.edf"])[..^3000]);
        foreach (var name in new[] { "missing.edf", "empty", "foreign", "cut.edf" })
        {
            CommandLine.AssertRefused(3, Arguments(verb, folder[name]));
            Assert.Empty(Directory.GetFiles(folder.Path, "OUT*"));
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_verb_without_arguments_is_status_2_and_its_help_shows_an_example(string verb)
    {
        var name = verb.Split(' ')[0];
        CommandLine.AssertRefused(2, name);
        Assert.Contains("Example: signallab " + name, CommandLine.Run(name, "--help").Done().Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_verb_or_option_is_status_2()
    {
        CommandLine.AssertRefused(2, "sing");
        CommandLine.AssertRefused(2, "info", "x.edf", "--loudly");
    }

    [Fact]
    public void An_existing_output_is_replaced_only_with_force()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "5").Done();
        var before = File.ReadAllBytes(folder["a.edf"]);
        CommandLine.AssertRefused(2, "simulate", "eeg", folder["a.edf"], "--duration", "5", "--seed", "2");
        Assert.Equal(before, File.ReadAllBytes(folder["a.edf"]));
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "5", "--seed", "2", "--force").Done();
        Assert.NotEqual(before, File.ReadAllBytes(folder["a.edf"]));
    }

    [Fact]
    public void An_output_in_a_missing_folder_is_status_2_and_leaves_nothing()
    {
        CommandLine.AssertRefused(2, "simulate", "eeg", folder[Path.Combine("nowhere", "a.edf")], "--duration", "5");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Every_data_file_has_a_sidecar_that_says_how_it_was_made()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "5").Done();
        CommandLine.Run("filter", folder["a.edf"], folder["b.edf"], "--lowpass", "30").Done();
        using var sidecar = System.Text.Json.JsonDocument.Parse(File.ReadAllText(folder["b.edf.json"]));
        var input = sidecar.RootElement.GetProperty("inputs")[0];
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder["a.edf"]))), input.GetProperty("sha256").GetString());
        Assert.Contains("lowpass", input.GetProperty("steps").ToString(), StringComparison.Ordinal);
        Assert.StartsWith("signallab filter", sidecar.RootElement.GetProperty("command").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_one_word_and_number() => Assert.Matches(@"^signallab \d+\.\d+\.\d+\s*$", CommandLine.Run("--version").Done().Output);

    [Fact]
    public void A_folder_where_a_file_is_wanted_is_status_3()
    {
        CommandLine.AssertRefused(3, "info", folder.Path);
        CommandLine.AssertRefused(3, "export", folder.Path, folder["x.csv"]);
    }

    public void Dispose() => folder.Dispose();

    private string[] Arguments(string verb, string input) => [.. verb.Split(' ').Select(a => a == "IN" ? input : a.StartsWith("OUT", StringComparison.Ordinal) ? folder[a] : a)];
}
