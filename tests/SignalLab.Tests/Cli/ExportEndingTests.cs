namespace SignalLab.Tests.Cli;

/// <summary>Recordings leave in the formats that other programs open.</summary>
public sealed class ExportEndingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(".vhdr", "BrainVision", ".eeg", ".vmrk", ".vhdr.json")]
    [InlineData(".set", "EEGLAB", ".set.json")]
    public void A_recording_with_gaps_is_exported_whole_with_its_companions(string ending, string format, params string[] companions)
    {
        CommandLine.Run("simulate", "eeg", folder["g.edf"], "--duration", "60", "--gaps").Done();
        CommandLine.Run("export", folder["g.edf"], folder["g" + ending]).Done();
        Assert.All(companions, c => Assert.True(File.Exists(folder["g" + c]), c));
        var (from, to) = (CommandLine.Run("info", folder["g.edf"], "--json").Done().Json, CommandLine.Run("info", folder["g" + ending], "--json").Done().Json);
        Assert.Equal(format, to.GetProperty("format").GetString());
        Assert.Equal(from.GetProperty("start").GetString(), to.GetProperty("start").GetString());
        Assert.Equal(from.GetProperty("duration_s").GetDouble(), to.GetProperty("duration_s").GetDouble(), 1e-6);
        Assert.Equal(
            from.GetProperty("segments").EnumerateArray().Select(s => Math.Round(s.GetProperty("onset_s").GetDouble(), 5)), to.GetProperty("segments").EnumerateArray().Select(s => Math.Round(s.GetProperty("onset_s").GetDouble(), 5)));
        Assert.Equal(
            from.GetProperty("channels").EnumerateArray().Select(c => (c.GetProperty("name").GetString(), c.GetProperty("unit").GetString(), c.GetProperty("samples").GetInt64())),
            to.GetProperty("channels").EnumerateArray().Select(c => (c.GetProperty("name").GetString(), c.GetProperty("unit").GetString(), c.GetProperty("samples").GetInt64())));
        CommandLine.AssertRefused(2, "export", folder["g.edf"], folder["g" + ending]);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
