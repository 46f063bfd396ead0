using System.Globalization;

namespace SignalLab.Tests.Cli;

public sealed class ResamplingVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Export_resamples_and_times_stay_real_across_a_gap()
    {
        CommandLine.Run("simulate", "eeg", folder["g.edf"], "--duration", "60", "--gaps").Done();
        CommandLine.Run("export", folder["g.edf"], folder["x.csv"], "--rate", "100", "--channels", "O1,Fp1").Done();
        var times = File.ReadLines(folder["x.csv"]).Where(l => !l.StartsWith('#')).Skip(1).Select(l => double.Parse(l.Split(',')[0], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(0.01, times[1] - times[0], 12);
        Assert.Contains(times.Zip(times.Skip(1)), p => p.Second - p.First > 7);
    }

    [Fact]
    public void A_stretch_of_time_is_the_same_whether_it_is_cut_out_or_not()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "20").Done();
        CommandLine.Run("export", folder["a.edf"], folder["whole.csv"], "--rate", "100", "--channels", "O1").Done();
        CommandLine.Run("export", folder["a.edf"], folder["part.csv"], "--rate", "100", "--channels", "O1", "--from", "5", "--to", "7").Done();
        Assert.Equal(Cells(folder["whole.csv"])[500..700], Cells(folder["part.csv"]));
        CommandLine.Run("export", folder["a.edf"], folder["some.csv"], "--rate", "128", "--channels", "O1", "--samples", "256").Done();
        Assert.Equal(128, Cells(folder["some.csv"]).Length);
    }

    [Fact]
    public void Nonsense_is_refused_in_one_line()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "5").Done();
        CommandLine.AssertRefused(2, "export", folder["a.edf"], folder["x.csv"], "--rate", "0");
        CommandLine.AssertRefused(2, "export", folder["a.edf"], folder["x.csv"], "--rate", "-10");
        CommandLine.AssertRefused(3, "export", folder["a.edf"], folder["x.csv"], "--rate", "1e12");
        Assert.False(File.Exists(folder["x.csv"]));
    }

    private static string[] Cells(string path) => [.. File.ReadLines(path).Where(l => !l.StartsWith('#')).Skip(1).Select(l => l.Split(',')[1])];
}
