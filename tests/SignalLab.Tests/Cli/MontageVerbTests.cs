using System.Globalization;

namespace SignalLab.Tests.Cli;

public sealed class MontageVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_montage_by_name_makes_a_file()
    {
        Simulate();
        foreach (var name in new[] { "average", "robust-average", "rest", "banana", "transverse", "circumferential", "laplacian", "laplacian:3", "laplacian:3:distance", "csd", "csd:fitted", "reference:Cz", "bipolar:Fp1-F3" })
        {
            var output = folder[name.Replace(':', '_') + ".edf"];
            CommandLine.Run("montage", folder["a.edf"], output, "--montage", name).Done();
            Assert.True(File.Exists(output + ".json"), name);
        }
    }

    [Fact]
    public void A_density_keeps_its_unit_and_places_through_files_and_makes_a_map()
    {
        Simulate();
        foreach (var output in new[] { folder["d.edf"], folder["d.fif"] })
        {
            CommandLine.Run("montage", folder["a.edf"], output, "--montage", "csd").Done();
            var channel = CommandLine.Run("info", output, "--json").Done().Json.GetProperty("channels")[0];
            Assert.Equal("eeg", channel.GetProperty("kind").GetString());
            Assert.EndsWith("V/m2", channel.GetProperty("unit").GetString(), StringComparison.Ordinal);
            CommandLine.Run("map", output, output + ".csv", "--at", "1").Done();
            Assert.Contains("V/m2]", File.ReadAllLines(output + ".csv").First(l => l.StartsWith("x,y", StringComparison.Ordinal)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_bad_electrode_is_filled_in_with_or_without_a_montage_and_a_remark_says_so()
    {
        Simulate();
        Assert.Contains("C3", CommandLine.Run("montage", folder["a.edf"], folder["f.csv"], "--bad", "C3", "--interpolate").Done().Error, StringComparison.Ordinal);
        CommandLine.Run("export", folder["a.edf"], folder["a.csv"]).Done();
        Assert.Equal(Column("a.csv", "Cz"), Column("f.csv", "Cz"));
        Assert.NotEqual(Column("a.csv", "C3"), Column("f.csv", "C3"));
        CommandLine.Run("montage", folder["a.edf"], folder["g.csv"], "--bad", "C3", "--interpolate", "--montage", "average", "--channels", "C3").Done();
        Assert.InRange(Column("g.csv", "C3").Length, 1, int.MaxValue);
        Assert.Contains("C3", CommandLine.Run("montage", folder["a.edf"], folder["h.csv"], "--bad", "C3", "--montage", "csd").Done().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_wrongly_or_cannot_be_done_is_refused()
    {
        Simulate();
        CommandLine.AssertRefused(2, "montage", folder["a.edf"], folder["x.edf"]);
        CommandLine.AssertRefused(2, "montage", folder["a.edf"], folder["x.edf"], "--montage", "laplacian:0");
        CommandLine.AssertRefused(2, "montage", folder["a.edf"], folder["x.edf"], "--montage", "laplacian:4:far");
        CommandLine.AssertRefused(2, "montage", folder["a.edf"], folder["x.edf"], "--montage", "csd:here");
        CommandLine.AssertRefused(3, "montage", folder["a.edf"], folder["x.edf"], "--montage", "reference:X9");
        CommandLine.AssertRefused(3, "montage", folder["a.edf"], folder["x.edf"], "--montage", "reference:");
        Assert.False(File.Exists(folder["x.edf"]));
    }

    public void Dispose() => folder.Dispose();

    private void Simulate() => CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "4").Done();

    private double[] Column(string file, string name)
    {
        var lines = File.ReadLines(folder[file]).SkipWhile(l => l.StartsWith('#')).ToArray();
        var at = Array.FindIndex(lines[0].Split(','), c => c.StartsWith(name + "[", StringComparison.Ordinal));
        return [.. lines[1..].Select(l => double.Parse(l.Split(',')[at], CultureInfo.InvariantCulture))];
    }
}
