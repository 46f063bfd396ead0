using System.Globalization;

namespace SignalLab.Tests.Cli;

/// <summary>The verbs on simulated recordings whose truth is known.</summary>
public sealed class RecordingVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Info_tells_real_time_gaps_and_counts()
    {
        CommandLine.Run("simulate", "eeg", folder["g.edf"], "--duration", "60", "--gaps", "--truth", folder["truth.json"]).Done();
        var info = CommandLine.Run("info", folder["g.edf"], "--json").Done().Json;
        Assert.Equal("recording", info.GetProperty("kind").GetString());
        Assert.Equal("EDF+D", info.GetProperty("format").GetString());
        Assert.Equal(256, info.GetProperty("rate_hz").GetDouble());
        Assert.Equal(19, info.GetProperty("channels").GetArrayLength());
        Assert.Equal("uV", info.GetProperty("channels")[0].GetProperty("unit").GetString());
        Assert.Equal(60 * 256, info.GetProperty("channels")[0].GetProperty("samples").GetInt32());
        using var truth = System.Text.Json.JsonDocument.Parse(File.ReadAllText(folder["truth.json"]));
        var known = truth.RootElement.GetProperty("segments");
        var told = info.GetProperty("segments");
        Assert.Equal(known.GetArrayLength(), told.GetArrayLength());
        for (var i = 0; i < known.GetArrayLength(); i++)
        {
            Assert.Equal(known[i].GetProperty("onset_s").GetDouble(), told[i].GetProperty("onset_s").GetDouble(), 9);
            Assert.Equal(known[i].GetProperty("duration_s").GetDouble(), told[i].GetProperty("duration_s").GetDouble(), 9);
        }

        Assert.Equal(known[2].GetProperty("onset_s").GetDouble() + known[2].GetProperty("duration_s").GetDouble(), info.GetProperty("duration_s").GetDouble(), 9);
    }

    [Fact]
    public void Export_counts_real_time_across_a_gap()
    {
        CommandLine.Run("simulate", "eeg", folder["g.edf"], "--duration", "60", "--gaps").Done();
        CommandLine.Run("export", folder["g.edf"], folder["x.csv"], "--channels", "O1,Fp1", "--from-sample", "6140", "--samples", "8").Done();
        var lines = File.ReadAllLines(folder["x.csv"]);
        Assert.Equal("time_s,O1[uV],Fp1[uV]", lines[0]);
        var times = lines[1..].Select(l => double.Parse(l.Split(',')[0], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(8, times.Length);
        Assert.Equal(1 / 256.0, times[1] - times[0], 12);
        Assert.Equal(7.5 + (1 / 256.0), times[4] - times[3], 9);
    }

    [Fact]
    public void A_filter_never_crosses_a_gap()
    {
        CommandLine.Run("simulate", "eeg", folder["g.edf"], "--duration", "60", "--gaps").Done();
        CommandLine.Run("filter", folder["g.edf"], folder["whole.csv"], "--highpass", "1", "--channels", "O1").Done();
        CommandLine.Run("export", folder["g.edf"], folder["second.edf"], "--from", "31.5", "--to", "46.5").Done();
        CommandLine.Run("filter", folder["second.edf"], folder["second.csv"], "--highpass", "1", "--channels", "O1").Done();
        SharedData.AssertClose(Values(folder["second.csv"]), Values(folder["whole.csv"]).AsSpan()[(24 * 256)..(39 * 256)], 1e-9);
    }

    [Fact]
    public void A_cut_copy_has_the_same_samples()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "20").Done();
        CommandLine.Run("export", folder["a.edf"], folder["b.edf"], "--from", "5", "--to", "9", "--channels", "T7").Done();
        CommandLine.Run("export", folder["a.edf"], folder["a.csv"], "--from", "5", "--to", "9", "--channels", "T7").Done();
        CommandLine.Run("export", folder["b.edf"], folder["b.csv"]).Done();
        Assert.Equal(Values(folder["a.csv"]), Values(folder["b.csv"]));
    }

    [Fact]
    public void Channels_are_named_by_name_glob_kind_and_place()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "5").Done();
        Assert.Equal("time_s,Fp1[uV],Fp2[uV],O1[uV]", Head("Fp?,O1"));
        Assert.Equal(20, Head("eeg").Split(',').Length);
        Assert.Equal("time_s,T7[uV]", Head("T3"));
        CommandLine.AssertRefused(3, "export", folder["a.edf"], folder["y.csv"], "--channels", "Q9");

        string Head(string channels)
        {
            CommandLine.Run("export", folder["a.edf"], folder["h.csv"], "--channels", channels, "--samples", "2", "--force").Done();
            return File.ReadLines(folder["h.csv"]).First();
        }
    }

    [Fact]
    public void A_montage_derives_differences()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "5").Done();
        CommandLine.Run("montage", folder["a.edf"], folder["m.csv"], "--montage", "bipolar:Fp1-F3,F3-C3").Done();
        CommandLine.Run("export", folder["a.edf"], folder["r.csv"], "--channels", "Fp1,F3").Done();
        Assert.Equal("time_s,Fp1-F3[uV],F3-C3[uV]", File.ReadLines(folder["m.csv"]).First());
        var derived = Values(folder["m.csv"]);
        var raw = File.ReadAllLines(folder["r.csv"])[1..].Select(l => l.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.All(Enumerable.Range(0, raw.Length), i => Assert.Equal(raw[i][1] - raw[i][2], derived[i], 1e-9));
    }

    [Fact]
    public void The_spectrum_peaks_at_the_simulated_alpha()
    {
        CommandLine.Run("simulate", "eeg", folder["a.edf"], "--duration", "30").Done();
        CommandLine.Run("spectrum", folder["a.edf"], "--csv", folder["s.csv"], "--channels", "O1").Done();
        var rows = File.ReadAllLines(folder["s.csv"]);
        Assert.Equal("frequency_hz,O1[uV2/Hz]", rows[0]);
        var table = rows[1..].Select(r => r.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray()).Where(r => r[0] is > 6 and < 20);
        Assert.Equal(10.2, table.MaxBy(r => r[1])![0], 0.5);
    }

    [Fact]
    public void A_simulated_ecg_survives_its_own_format()
    {
        CommandLine.Run("simulate", "ecg", folder["e.hea"], "--heart-rate", "72").Done();
        var info = CommandLine.Run("info", folder["e.hea"], "--json").Done().Json;
        Assert.Equal("ecg", info.GetProperty("modality").GetString());
        Assert.Equal(12, info.GetProperty("channels").GetArrayLength());
        CommandLine.Run("graph", folder["e.hea"], folder["e.pdf"], "--paper").Done();
        Assert.True(new FileInfo(folder["e.pdf"]).Length > 5000);
    }

    [Fact]
    public void The_map_of_a_simulated_dipole_has_both_poles_on_its_side()
    {
        CommandLine.Run("simulate", "meg", folder["m-ave.fif"]).Done();
        CommandLine.AssertRefused(3, "map", folder["m-ave.fif"], folder["x.png"], "--at", "0.1");
        CommandLine.Run("map", folder["m-ave.fif"], folder["m.png"], "--at", "0.1", "--channels", "mag").Done();
        CommandLine.Run("map", folder["m-ave.fif"], folder["m.csv"], "--at", "0.1", "--channels", "mag").Done();
        var lines = File.ReadAllLines(folder["m.csv"]);
        Assert.StartsWith("#", lines[0], StringComparison.Ordinal);
        Assert.Equal("x,y,value[T]", lines[1]);
        var rows = lines[2..].Select(l => l.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.True(rows.MaxBy(r => r[2])![0] < 0 && rows.MinBy(r => r[2])![0] < 0);
    }

    [Fact]
    public void Times_of_an_average_are_latencies()
    {
        CommandLine.Run("simulate", "meg", folder["m-ave.fif"]).Done();
        CommandLine.Run("export", folder["m-ave.fif"], folder["m.csv"], "--channels", "MEG 0111", "--from", "-0.02", "--to", "0").Done();
        var times = File.ReadLines(folder["m.csv"]).Skip(1).Select(l => double.Parse(l.Split(',')[0], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(-0.02, times[0], 9);
        Assert.InRange(times[^1], -0.01, -1e-6);
        CommandLine.Run("export", folder["m-ave.fif"], folder["cut-ave.fif"], "--from", "-0.02", "--to", "0").Done();
        Assert.Equal(-0.02, CommandLine.Run("info", folder["cut-ave.fif"], "--json").Done().Json.GetProperty("first_latency_s").GetDouble(), 6);
        CommandLine.AssertRefused(3, "export", folder["m-ave.fif"], folder["x.csv"], "--from", "-5", "--to", "-4");
    }

    [Fact]
    public void A_copy_of_averages_keeps_every_condition()
    {
        var file = SharedData.File("meg/fif/test-ave.fif.gz");
        CommandLine.Run("export", file, folder["all-ave.fif"], "--channels", "eeg").Done();
        CommandLine.Run("export", file, folder["one-ave.fif"], "--channels", "eeg", "--condition", "1").Done();
        Assert.Equal(4, CommandLine.Run("info", folder["all-ave.fif"], "--json").Done().Json.GetProperty("conditions").GetArrayLength());
        Assert.Equal("Right Auditory", Assert.Single(CommandLine.Run("info", folder["one-ave.fif"], "--json").Done().Json.GetProperty("conditions").EnumerateArray()).GetString());
    }

    [Fact]
    public void What_a_header_says_is_shown_where_asked_for()
    {
        CommandLine.Run("simulate", "ecg", folder["e.hea"]).Done();
        File.AppendAllText(folder["e.hea"], "#<age>: 57\n#<diagnoses>: none\n");
        Assert.DoesNotContain("diagnoses", CommandLine.Run("export", folder["e.hea"], folder["e.csv"]).Done().Error, StringComparison.Ordinal);
        var info = CommandLine.Run("info", folder["e.hea"], "--json").Done().Json;
        Assert.Equal(57, info.GetProperty("subject").GetProperty("age_y").GetDouble());
        var remarks = info.GetProperty("remarks").EnumerateArray().Select(r => r.GetString()).ToList();
        Assert.Contains("<diagnoses>: none", remarks);
        Assert.DoesNotContain("<age>: 57", remarks);
    }

    public void Dispose() => folder.Dispose();

    private static double[] Values(string csv) => [.. File.ReadLines(csv).Skip(1).Select(l => double.Parse(l.Split(',')[1], CultureInfo.InvariantCulture))];
}
