using SignalLab.Formats;
using SignalLab.Formats.Curry;

namespace SignalLab.Tests.Formats.Curry;

public sealed class CurryFormatTests : FormatContract
{
    private const string Events = "  30\t 0\t 4\t-1\t 30\t 55\t 0\n  250\t 0\t 50000\t-1\t 250\t 250\t 0\n";

    protected override IFormat Format { get; } = new CurryFormat();

    protected override string Ending => ".dap";

    protected override IEnumerable<string> RealSamples => ["eeg/curry/test_bdf_stim_channel Curry 7.dap", "eeg/curry/test_bdf_stim_channel Curry 8.cdt"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        var binary = new CurrySample { Values = CurrySample.Noise(3, 900, 1), Events = Events, Words = "\nlights off\n" };
        yield return binary.Write8(scratch, "binary8");
        yield return binary.Write8(scratch, "parameters8") + ".dpa";
        yield return binary.Write7(scratch, "binary7");
        yield return Path.ChangeExtension(binary.Write7(scratch, "labels7"), ".rs3");
        yield return new CurrySample { Values = CurrySample.Noise(3, 700, 2), IsText = true, Events = Events }.Write7(scratch, "text7");
        yield return new CurrySample { Values = CurrySample.Noise(3, 600, 3), IsBigEndian = true, IsVectorised = true, Parameters = { ["NumSamples"] = "200", ["NumTrials"] = "3" } }.Write8(scratch, "trials8");
    }

    protected override IEnumerable<string> Companions(string sample)
    {
        var name = Path.GetFileName(sample);
        var stem = name[..name.IndexOf('.', StringComparison.Ordinal)];
        return Directory.EnumerateFiles(Path.GetDirectoryName(sample)!).Where(f => f != sample && Path.GetFileName(f).StartsWith(stem + ".", StringComparison.Ordinal));
    }
}
