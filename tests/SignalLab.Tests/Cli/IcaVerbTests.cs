using System.Text.Json;

namespace SignalLab.Tests.Cli;

public class IcaVerbTests
{
    [Fact]
    public void Components_are_found_labelled_drawn_removed_kept_and_applied_again()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--seed", "7", "--duration", "40").Done();
        var json = CommandLine.Run("ica", folder["a.edf"], "--method", "picard-o", "--json", "--out", folder["clean.edf"], "--remove", "auto", "--save", folder["a.json"], "--png", folder["a.png"], "--csv", folder["a.csv"]).Done().Json;

        var components = json.GetProperty("components").EnumerateArray().ToList();
        var blink = components.Single(c => c.GetProperty("label").GetString() == "blink");
        Assert.True(blink.GetProperty("removed").GetBoolean());
        Assert.Equal("brain", components[0].GetProperty("label").GetString());
        Assert.InRange(json.GetProperty("variance_removed").GetProperty("Fp1").GetDouble(), 0.5, 1);
        Assert.InRange(json.GetProperty("variance_removed").GetProperty("O1").GetDouble(), -0.01, 0.1);
        Assert.True(json.GetProperty("converged").GetBoolean());
        Assert.Equal(components.Count + 1, File.ReadAllLines(folder["a.csv"]).Length);
        Assert.True(new FileInfo(folder["a.png"]).Length > 50_000);
        var sidecar = JsonDocument.Parse(File.ReadAllText(folder["clean.edf.json"])).RootElement.GetProperty("inputs")[0].GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(["remove components", "variance removed"], sidecar.TakeLast(2).Select(s => s.GetProperty("name").GetString()));

        var number = blink.GetProperty("component").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var again = CommandLine.Run("ica", folder["clean.edf"], "--load", folder["a.json"], "--remove", number, "--json").Done().Json;
        Assert.InRange(again.GetProperty("variance_removed").GetProperty("Fp1").GetDouble(), -0.01, 0.01);
        CommandLine.Run("map", folder["a.edf"], folder["map.csv"], "--component", number, "--load", folder["a.json"], "--values", "sensors").Done();
        var rows = File.ReadAllLines(folder["map.csv"]).Where(l => !l.StartsWith('#')).Skip(1).Select(l => l.Split(',')).ToDictionary(c => c[0], c => double.Parse(c[^1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(rows.MaxBy(r => r.Value).Key, new[] { "Fp1", "Fp2" });
        CommandLine.AssertRefused(3, "map", folder["a.edf"], folder["map.png"], "--component", "19", "--load", folder["a.json"]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--seed", "7", "--duration", "10").Done();
        CommandLine.AssertRefused(2, "ica", folder["a.edf"], "--method", "jade");
        CommandLine.AssertRefused(2, "ica", folder["a.edf"], "--components", "1.5");
        CommandLine.AssertRefused(2, "ica", folder["a.edf"], "--remove", "0,x");
        CommandLine.AssertRefused(2, "map", folder["a.edf"], folder["a.png"], "--component", "x");
        CommandLine.AssertRefused(2, "map", folder["a.edf"], folder["a.png"], "--component", "1", "--at", "2");
        CommandLine.AssertRefused(3, "ica", folder["a.edf"], "--components", "20");
        CommandLine.AssertRefused(3, "ica", folder["a.edf"], "--channels", "Fp1");
        CommandLine.AssertRefused(3, "ica", folder["a.edf"], "--fit-from", "2", "--fit-to", "2.2");
        CommandLine.AssertRefused(3, "ica", folder["a.edf"], "--load", folder["a.edf.json"], "--quiet");
    }
}
