namespace SignalLab.Tests.Cli;

public sealed class ArtifactsVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Findings_stand_in_the_table_in_the_copy_and_in_the_document()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "60", "--artifacts").Done();
        var document = CommandLine.Run("artifacts", folder["a.edf"], "--csv", folder["a.csv"], "--edf", folder["b.edf"], "--json").Done().Json;
        var lines = File.ReadAllLines(folder["a.csv"]);
        Assert.Equal("kind,channel,onset_s,duration_s,confidence,measure,value,threshold", lines[0]);
        Assert.Contains(lines, l => l.StartsWith("noisy,P3,0,60,", StringComparison.Ordinal));
        var (faults, artifacts) = (document.GetProperty("channel_faults"), document.GetProperty("artifacts"));
        Assert.Equal(lines.Length - 1, faults.GetArrayLength() + artifacts.GetArrayLength());
        var told = CommandLine.Run("info", folder["b.edf"], "--json").Done().Json.GetProperty("annotations").EnumerateArray().ToList();
        var blink = artifacts.EnumerateArray().First(a => a.GetProperty("kind").GetString() == "blink");
        Assert.Contains(told, a => a.GetProperty("text").GetString() == "blink" && Math.Abs(a.GetProperty("onset_s").GetDouble() - blink.GetProperty("onset_s").GetDouble()) < 1e-6);
    }

    [Theory]
    [InlineData("ssp")]
    [InlineData("regression")]
    [InlineData("asr")]
    public void A_cleaned_copy_says_what_was_taken_away(string method)
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "60", "--artifacts").Done();
        var cleaning = CommandLine.Run("artifacts", folder["a.edf"], "--clean", method, "--out", folder["c.edf"], "--json").Done().Json.GetProperty("cleaning");
        var frontal = cleaning.GetProperty("channels").EnumerateArray().First(c => c.GetProperty("channel").GetString() == "Fp1");
        Assert.InRange(frontal.GetProperty("variance_removed").GetDouble(), 0.05, 0.95);
        var sidecar = File.ReadAllText(folder["c.edf.json"]);
        Assert.Contains("share_of_variance", sidecar, StringComparison.Ordinal);
        Assert.Equal(21, CommandLine.Run("info", folder["c.edf"], "--json").Done().Json.GetProperty("channels").GetArrayLength());
    }

    [Fact]
    public void What_cannot_be_done_is_refused_in_one_line()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "20").Done();
        CommandLine.AssertRefused(2, "artifacts", folder["a.edf"], "--clean", "ssp");
        CommandLine.AssertRefused(2, "artifacts", folder["a.edf"], "--clean", "magic", "--out", folder["c.edf"]);
        var outcome = CommandLine.Run("artifacts", folder["a.edf"], "--clean", "regression", "--out", folder["c.edf"]);
        Assert.Equal(3, outcome.Status);
        Assert.Contains("needs an EOG channel", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["c.edf"]));
    }

    public void Dispose() => folder.Dispose();
}
