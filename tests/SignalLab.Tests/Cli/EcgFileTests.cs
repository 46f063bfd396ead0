using SignalLab.Model;
using SignalLab.Tests.Formats;

namespace SignalLab.Tests.Cli;

/// <summary>Files of ECG carts on the command line: their several recordings, their measurements, their leads by usual names.</summary>
public sealed class EcgFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Info_lists_the_vendors_measurements_with_their_origin_and_the_files_recordings()
    {
        var info = CommandLine.Run("info", EcgXmlSample.Muse(folder["m.xml"]), "--json").Done().Json;
        Assert.Equal(["Rhythm", "Median"], info.GetProperty("conditions").EnumerateArray().Select(c => c.GetString()));
        var rate = info.GetProperty("measurements")[0];
        Assert.Equal(
            ("heart rate", 48.0, "/min", "VentricularRate", "GE MUSE 9.0"),
            (rate.GetProperty("name").GetString(), rate.GetProperty("value").GetDouble(), rate.GetProperty("unit").GetString(), rate.GetProperty("method").GetString(), rate.GetProperty("origin").GetString()));
    }

    [Fact]
    public void A_condition_picks_the_median_beat_and_a_usual_name_its_lead()
    {
        CommandLine.Run("export", EcgXmlSample.Muse(folder["m.xml"]), folder["m.csv"], "--condition", "median", "--channels", "aVR").Done();
        Assert.Equal(301, File.ReadAllLines(folder["m.csv"]).Length);
        CommandLine.Run("export", EcgXmlSample.Aecg(folder["a.xml"]), folder["a.csv"], "--channels", "II").Done();
        Assert.Equal("time_s,MDC_ECG_LEAD_II[uV]", File.ReadLines(folder["a.csv"]).First());
    }

    [Theory]
    [InlineData("MDC_ECG_LEAD_AVR", "AVR")]
    [InlineData("Lead I (Einthoven)", "I")]
    [InlineData("Lead V3", "V3")]
    [InlineData("ECG II", "II")]
    [InlineData("EEG Fp1-Ref", "FP1")]
    public void Labels_of_leads_mean_their_usual_names(string label, string name) => Assert.Equal(name, ChannelName.Normalise(label));
}
