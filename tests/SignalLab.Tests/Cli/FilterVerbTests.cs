using System.Globalization;

namespace SignalLab.Tests.Cli;

/// <summary><c>filter</c> with every design, and the response it writes.</summary>
public sealed class FilterVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FilterVerbTests() => CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "20").Done();

    [Theory]
    [InlineData("chebyshev1", "--ripple-db", "0.5")]
    [InlineData("chebyshev2", "--attenuation-db", "50")]
    [InlineData("elliptic", "--ripple-db", "0.5")]
    [InlineData("bessel", "--order", "6")]
    [InlineData("fir", "--window", "hann")]
    [InlineData("fir", "--window", "equiripple")]
    public void Every_design_filters_and_says_so(string design, string option, string value)
    {
        CommandLine.Run("filter", folder["a.edf"], folder["b.csv"], "--channels", "O1", "--highpass", "2", "--lowpass", "40", "--notch", "50", "--design", design, option, value).Done();
        var sidecar = File.ReadAllText(folder["b.csv.json"]);
        Assert.Contains(option == "--window" && value == "equiripple" ? "equiripple" : design, sidecar, StringComparison.Ordinal);
        Assert.Equal(1 + (20 * 256), File.ReadAllLines(folder["b.csv"]).Length);
    }

    [Fact]
    public void The_response_is_a_figure_and_a_table()
    {
        CommandLine.Run("filter", folder["a.edf"], folder["b.edf"], "--highpass", "1", "--lowpass", "40", "--phase", "forward", "--response", folder["r.csv"]).Done();
        CommandLine.Run("filter", folder["a.edf"], folder["c.edf"], "--highpass", "1", "--lowpass", "40", "--response", folder["r.png"]).Done();
        Assert.True(new FileInfo(folder["r.png"]).Length > 20_000);
        var lines = File.ReadAllLines(folder["r.csv"]).Where(l => !l.StartsWith('#')).ToArray();
        Assert.Equal("frequency_hz,magnitude[dB],phase[rad],group delay[s],step_time_s,step_response", lines[0]);
        var atEdge = lines[1..].Select(l => l.Split(',')).Single(c => c[0] == "40");
        Assert.Equal(-10 * Math.Log10(2), double.Parse(atEdge[1], CultureInfo.InvariantCulture), 1e-6);
    }

    [Fact]
    public void Mains_hum_is_fitted_and_told()
    {
        var outcome = CommandLine.Run("filter", folder["a.edf"], folder["b.edf"], "--mains", "50").Done();
        Assert.Contains("50 Hz", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Mains hum taken out", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        CommandLine.AssertRefused(2, "filter", folder["a.edf"], folder["x.edf"], "--lowpass", "40", "--design", "magic");
        CommandLine.AssertRefused(2, "filter", folder["a.edf"], folder["x.edf"], "--lowpass", "40", "--design", "fir", "--window", "magic");
        CommandLine.AssertRefused(2, "filter", folder["a.edf"], folder["x.edf"]);
        CommandLine.AssertRefused(3, "filter", folder["a.edf"], folder["x.edf"], "--lowpass", "40", "--design", "elliptic", "--ripple-db", "0");
        CommandLine.AssertRefused(3, "filter", folder["a.edf"], folder["x.edf"], "--lowpass", "40", "--order", "21");
        CommandLine.AssertRefused(3, "filter", folder["a.edf"], folder["x.edf"], "--mains", "200");
        Assert.False(File.Exists(folder["x.edf"]));
    }

    public void Dispose() => folder.Dispose();
}
