using SignalLab.Tests.Formats.Mff;

namespace SignalLab.Tests.Cli;

public sealed class FolderRecordingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_that_is_one_recording_is_used_as_a_file_is()
    {
        var sample = new MffSample(folder["in/night.mff"]).Net(5).Signal(1, "EEG", 100, [MffSample.Noise(5, 600, 1), MffSample.Noise(5, 400, 2)]).Epochs((0, 6_000_000, 1, 1), (8_000_000, 12_000_000, 2, 2));
        Assert.Equal("night.mff", CommandLine.Run("info", sample.Path, "--json").Done().Json.GetProperty("file").GetString());

        CommandLine.Run("export", sample.Path, folder["a.csv"], "--quiet").Done();
        Assert.Equal(1000, File.ReadLines(folder["a.csv"]).Count(l => l.Length > 0 && char.IsAsciiDigit(l[0])));

        CommandLine.Run("report", sample.Path, folder["one.pdf"], "--quiet").Done();
        Assert.True(new FileInfo(folder["one.pdf"]).Length > 1000);

        CommandLine.Run("report", folder["in"], folder["out"], "--quiet").Done();
        Assert.True(File.Exists(folder["out/night-mff.pdf"]));
        Assert.Single(Directory.EnumerateFiles(folder["out"], "*.pdf"));
        Assert.DoesNotContain("signal1", File.ReadAllText(folder["out/index.html"]), StringComparison.Ordinal);
    }
}
