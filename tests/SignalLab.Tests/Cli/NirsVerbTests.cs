using SignalLab.Tests.Formats.Snirf;

namespace SignalLab.Tests.Cli;

public sealed class NirsVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Optical_density_and_haemoglobin_are_montages_of_every_verb_that_takes_one()
    {
        var file = Pairs();
        CommandLine.Run("montage", file, folder["od.csv"], "--montage", "optical-density").Done();
        Assert.Equal("time_s,S1_D1 760[OD],S1_D1 850[OD],S1_D2 760[OD]", Header("od.csv"));
        Assert.Contains("no partner", CommandLine.Run("montage", file, folder["x.csv"], "--montage", "haemoglobin").Error, StringComparison.Ordinal);
        CommandLine.Run("montage", file, folder["hb.csv"], "--montage", "haemoglobin:6.5,5.5:total", "--bad", "S1_D2 760").Done();
        Assert.Equal("time_s,S1_D1 hbo[umol/L],S1_D1 hbr[umol/L],S1_D1 hbt[umol/L]", Header("hb.csv"));
        Assert.Contains("\"pathlength_factors\":\"6.5,5.5\"", File.ReadAllText(folder["hb.csv.json"]).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        CommandLine.Run("graph", file, folder["hb.png"], "--montage", "haemoglobin", "--bad", "S1_D2 760").Done();
        Assert.True(new FileInfo(folder["hb.png"]).Length > 1000);
    }

    [Fact]
    public void The_american_spelling_is_the_same_montage_and_six_the_usual_factor()
    {
        var file = Pairs();
        CommandLine.Run("montage", file, folder["a.csv"], "--montage", "haemoglobin:6", "--bad", "S1_D2 760").Done();
        CommandLine.Run("montage", file, folder["b.csv"], "--montage", "hemoglobin", "--bad", "S1_D2 760").Done();
        Assert.Equal(Rows("a.csv"), Rows("b.csv"));
        Assert.InRange(Rows("a.csv").Length, 2, int.MaxValue);
    }

    [Fact]
    public void Coupling_is_told_by_artifacts()
    {
        var outcome = CommandLine.Run("artifacts", Pairs(), "--json", "--channels", "S1_D1*").Done().Json;
        var pair = Assert.Single(outcome.GetProperty("scalp_coupling").EnumerateArray());
        Assert.Equal(("S1", "D1"), (pair.GetProperty("source").GetString(), pair.GetProperty("detector").GetString()));
        Assert.InRange(pair.GetProperty("index").GetDouble(), -1, 1);
    }

    [Fact]
    public void What_is_asked_wrongly_is_refused()
    {
        var file = Pairs();
        foreach (var name in new[] { "haemoglobin:x", "haemoglobin:0", "haemoglobin:6:all", "haemoglobin:6:7:total", "optical" })
        {
            CommandLine.AssertRefused(2, "montage", file, folder["x.csv"], "--montage", name);
        }

        CommandLine.AssertRefused(3, "montage", file, folder["x.csv"], "--montage", "haemoglobin");
        CommandLine.AssertRefused(3, "montage", file, folder["x.csv"], "--montage", "haemoglobin:1,2,3", "--bad", "S1_D2 760");
        Assert.False(File.Exists(folder["x.csv"]));
    }

    public void Dispose() => folder.Dispose();

    // Two wavelengths of one pair, one of another.
    private string Pairs() => File.Exists(folder["a.snirf"]) ? folder["a.snirf"] : SnirfSample.Write(folder["a.snirf"], SnirfSample.Run(SnirfSample.Times(400, 10), [.. SnirfSample.Noise(1200).Select(v => 0.5 + v)]));

    private string[] Rows(string file) => [.. File.ReadLines(folder[file]).SkipWhile(l => l.StartsWith('#'))];

    private string Header(string file) => Rows(file)[0];
}
