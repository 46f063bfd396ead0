using System.Text.Json;

namespace SignalLab.Tests.Cli;

/// <summary>What we measure beside what a vendor's program wrote into the same file.</summary>
public class VendorAgreementTests
{
    // Ours minus the vendor's, in all real files that bring such numbers (the aECG and the SCP file hold the same ECG, which counts once).
    private static readonly string[] Files = ["aecg/fda_subject1_0.xml", "dicom/waveform_ecg.dcm", "muse/example1.xml", "muse/example2.xml", "philips/sierra_1_03_repbeats.xml"];

    [Theory]
    [InlineData("pr", "PR interval", 10, 10, 20)]
    [InlineData("qrs", "QRS duration", 10, 15, 30)]
    [InlineData("qt", "QT interval", 25, 30, 25)]
    public void Intervals_agree_with_the_vendors_in_the_mean_in_spread_and_in_every_file(string ours, string theirs, double mean, double deviation, double most)
    {
        var differences = Files.Select(f => Ours(f).GetProperty("intervals_ms").GetProperty(ours).GetDouble() - Theirs(f, theirs)).ToList();
        var average = differences.Average();
        Assert.InRange(Math.Abs(average), 0, mean);
        Assert.InRange(Math.Sqrt(differences.Sum(d => (d - average) * (d - average)) / (differences.Count - 1)), 0, deviation);
        Assert.All(differences, d => Assert.InRange(Math.Abs(d), 0, most));
    }

    [Theory]
    [InlineData("dicom/waveform_ecg.dcm", 61.1)]
    [InlineData("muse/example1.xml", 48)]
    [InlineData("muse/example2.xml", 65)]
    [InlineData("philips/sierra_1_03_repbeats.xml", 41)]
    public void The_heart_rate_agrees_with_the_vendors_within_5_per_cent(string file, double theirs) =>
        Assert.InRange(Ours(file).GetProperty("heart_rate_bpm").GetDouble(), 0.95 * theirs, 1.05 * theirs);

    private static JsonElement Ours(string file) => CommandLine.Run("ecg", SharedData.File("ecg/" + file), "--json").Done().Json;

    private static double Theirs(string file, string name) =>
        CommandLine.Run("info", SharedData.File("ecg/" + file), "--json").Done().Json.GetProperty("measurements").EnumerateArray()
            .First(m => m.GetProperty("name").GetString()!.Equals(name, StringComparison.OrdinalIgnoreCase)).GetProperty("value").GetDouble();
}
