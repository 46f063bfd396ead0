using System.Text.Json;
using SignalLab.Formats.Fiff;
using SignalLab.Tests.Formats.Fiff;

namespace SignalLab.Tests.Cli;

/// <summary>What the target cannot hold is a line on standard error and an entry in the sidecar.</summary>
public sealed class ExportLossTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(".vhdr", "subject", "head", "projectors", "bad_marks", "resolution")]
    [InlineData(".csv", "annotations", "subject", "start", "head", "positions")]
    [InlineData(".parquet", "head", "projectors", "positions")]
    public void Every_loss_is_told_twice(string ending, params string[] aspects)
    {
        FiffWriter.WriteRaw(FiffSamples.Raw(7), folder["rich_raw.fif"]);
        var outcome = CommandLine.Run("export", folder["rich_raw.fif"], folder["out" + ending]).Done();
        var losses = JsonDocument.Parse(File.ReadAllText(folder["out" + ending + ".json"])).RootElement.GetProperty("losses").EnumerateArray().ToArray();
        Assert.Subset(losses.Select(l => l.GetProperty("aspect").GetString()!).ToHashSet(), aspects.ToHashSet());
        var lines = outcome.Error.Split('\n');
        Assert.All(losses, l => Assert.Contains("signallab: " + l.GetProperty("text").GetString(), lines));
        var quiet = CommandLine.Run("export", folder["rich_raw.fif"], folder["quiet" + ending], "--quiet").Done();
        Assert.Empty(quiet.Error);
    }

    [Fact]
    public void A_full_copy_tells_nothing()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "20").Done();
        var outcome = CommandLine.Run("export", folder["a.edf"], folder["b.edf"]).Done();
        Assert.Empty(outcome.Error);
        Assert.Empty(JsonDocument.Parse(File.ReadAllText(folder["b.edf.json"])).RootElement.GetProperty("losses").EnumerateArray());
    }

    [Fact]
    public void Other_conditions_of_a_file_are_told()
    {
        FiffWriter.WriteEvoked(FiffSamples.Evoked(3), folder["two-ave.fif"]);
        Assert.Contains("also holds 2 further recordings", CommandLine.Run("export", folder["two-ave.fif"], folder["one.csv"]).Done().Error, StringComparison.Ordinal);
        Assert.DoesNotContain("also holds", CommandLine.Run("export", folder["two-ave.fif"], folder["one.tsv"], "--condition", "1").Done().Error, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
