using System.Globalization;

namespace SignalLab.Tests.Cli;

/// <summary>The spectrum and timefreq verbs on a simulated recording with gaps.</summary>
public sealed class SpectrumVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SpectrumVerbTests() => CommandLine.Run("simulate", "eeg", folder["g.edf"], "--duration", "30", "--gaps", "--truth", folder["truth.json"]).Done();

    [Fact]
    public void The_spectrogram_is_a_table_of_times_and_frequencies_and_its_mean_is_Welchs_spectrum()
    {
        CommandLine.Run("timefreq", folder["g.edf"], "--channels", "O1,Cz", "--frequencies", "8-13", "--csv", folder["t.csv"], "--png", folder["t.png"]).Done();
        CommandLine.Run("spectrum", folder["g.edf"], "--channels", "O1,Cz", "--csv", folder["s.csv"]).Done();
        var rows = Table(folder["t.csv"], out var heading);
        Assert.Equal("time_s,frequency_hz,O1[uV2/Hz],Cz[uV2/Hz]", heading);
        var ten = Table(folder["s.csv"], out _).Single(r => r[0] == 10);
        Assert.Equal(ten[1], rows.Where(r => r[1] == 10).Average(r => r[2]), 1e-9 * ten[1]);
        Assert.Equal(11, rows.Count(r => r[0] == rows[0][0]));
        Assert.Contains("\"spectrogram\"", File.ReadAllText(folder["t.csv.json"]), StringComparison.Ordinal);
        Assert.True(new FileInfo(folder["t.png"]).Length > 5000);
        using var truth = System.Text.Json.JsonDocument.Parse(File.ReadAllText(folder["truth.json"]));
        var segments = truth.RootElement.GetProperty("segments").EnumerateArray().Select(s => (On: s.GetProperty("onset_s").GetDouble(), For: s.GetProperty("duration_s").GetDouble())).ToList();
        Assert.All(rows, r => Assert.Contains(segments, s => r[0] - 1 >= s.On - 1e-6 && r[0] + 1 <= s.On + s.For + 1e-6));
    }

    [Fact]
    public void Morlet_power_goes_to_the_output_in_square_units_and_against_a_baseline_in_decibels()
    {
        var power = CommandLine.Run("timefreq", folder["g.edf"], "--method", "morlet", "--channels", "O1", "--frequencies", "5-20:5", "--cycles", "5", "--every", "0.5").Done().Output.Split('\n');
        Assert.Equal("time_s,frequency_hz,O1[uV2]", power[0]);
        Assert.StartsWith("0,5,", power[1], StringComparison.Ordinal);
        Assert.StartsWith("0.5,5,", power[5], StringComparison.Ordinal);
        var ratio = CommandLine.Run("timefreq", folder["g.edf"], "--method", "morlet", "--channels", "O1", "--frequencies", "10", "--cycles", "5", "--every", "0.5", "--baseline", "0,2").Done().Output.Split('\n');
        Assert.Equal("time_s,frequency_hz,O1[dB]", ratio[0]);
        Assert.Equal(1, ratio.Skip(1).Take(5).Average(l => Math.Pow(10, double.Parse(l.Split(',')[2], CultureInfo.InvariantCulture) / 10)), 1e-9);
    }

    [Fact]
    public void Multitaper_aperiodic_and_coherence_write_their_tables()
    {
        CommandLine.Run("spectrum", folder["g.edf"], "--channels", "O1", "--method", "multitaper", "--bandwidth", "2", "--adaptive", "--csv", folder["m.csv"]).Done();
        Table(folder["m.csv"], out var heading);
        Assert.Equal("frequency_hz,O1[uV2/Hz]", heading);
        Assert.Contains("\"adaptive\"", File.ReadAllText(folder["m.csv.json"]), StringComparison.Ordinal);
        var fit = CommandLine.Run("spectrum", folder["g.edf"], "--channels", "O1", "--aperiodic", "2-40").Done().Output.Split('\n');
        Assert.StartsWith("channel,low_hz,high_hz,offset_log10,exponent,", fit[0], StringComparison.Ordinal);
        Assert.InRange(double.Parse(fit[1].Split(',')[4], CultureInfo.InvariantCulture), -1, 4);
        var json = CommandLine.Run("spectrum", folder["g.edf"], "--channels", "O1", "--aperiodic", "2-40", "--json").Done().Json[0];
        Assert.Equal(fit[1].Split(',')[4], json.GetProperty("aperiodic").GetProperty("exponent").GetRawText());
        Assert.Equal(System.Text.Json.JsonValueKind.Number, json.GetProperty("interpolated_peak_alpha_hz").ValueKind);
        CommandLine.Run("spectrum", folder["g.edf"], "--coherence", "O1-O2,O1-O1", "--csv", folder["c.csv"], "--png", folder["c.png"]).Done();
        var rows = Table(folder["c.csv"], out heading);
        Assert.Equal("frequency_hz,O1-O2 coherence[1],O1-O1 coherence[1]", heading);
        Assert.All(rows, r => Assert.Equal(1, r[2], 1e-9));
        Assert.All(rows, r => Assert.InRange(r[1], 0, 1 + 1e-12));
    }

    [Fact]
    public void What_cannot_be_is_refused_in_one_line()
    {
        CommandLine.AssertRefused(2, "timefreq", folder["g.edf"], "--method", "wigner");
        CommandLine.AssertRefused(2, "timefreq", folder["g.edf"], "--frequencies", "x");
        CommandLine.AssertRefused(3, "timefreq", folder["g.edf"], "--method", "morlet", "--frequencies", "2-500", "--cycles", "3");
        CommandLine.AssertRefused(3, "timefreq", folder["g.edf"], "--segment", "1000");
        CommandLine.AssertRefused(2, "spectrum", folder["g.edf"], "--bands", "standard", "--aperiodic", "2-40");
        CommandLine.AssertRefused(2, "spectrum", folder["g.edf"], "--coherence", "O1-O2", "--measure", "x");
        CommandLine.AssertRefused(3, "spectrum", folder["g.edf"], "--coherence", "O1-Nowhere");
        CommandLine.AssertRefused(3, "spectrum", folder["g.edf"], "--method", "multitaper", "--bandwidth", "0.001");
    }

    public void Dispose() => folder.Dispose();

    private static List<double[]> Table(string path, out string heading)
    {
        var lines = File.ReadAllLines(path);
        heading = lines[0];
        return [.. lines.Skip(1).Select(l => Array.ConvertAll(l.Split(','), c => double.Parse(c, CultureInfo.InvariantCulture)))];
    }
}
