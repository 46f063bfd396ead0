using SignalLab.Formats.Electrodes;
using SignalLab.Model;
using SignalLab.Tests.Analysis.Filters;

namespace SignalLab.Tests.Analysis.Montages;

/// <summary>Recordings over electrodes of the 10-05 system.</summary>
internal static class ScalpSample
{
    public const string TenTwenty = "Fp1 Fp2 F7 F3 Fz F4 F8 T7 C3 Cz C4 T8 P7 P3 Pz P4 P8 O1 O2";

    public const string Cap = TenTwenty + " AF3 AF4 F1 F2 F5 F6 FC1 FC2 FC5 FC6 FCz C1 C2 C5 C6 CP1 CP2 CP5 CP6 CPz P1 P2 P5 P6 PO3 PO4 POz Oz Iz TP7 TP8 FT7 FT8";

    public static Recording Noise(string names, int samples, int seed = 1)
    {
        var labels = names.Split(' ');
        var data = labels.Select((_, c) => FilterPropertyTests.Noise(samples, seed + c)).ToArray();
        return new Recording([.. labels.Select(n => FilterPropertyTests.Channel(n, samples))], new MemorySamples(data)).WithLayout(StandardLayouts.TenTen05);
    }

    public static Recording With(this Recording recording, Func<int, double[], double[]> change) => recording with
    {
        Samples = new MemorySamples([.. Enumerable.Range(0, recording.Channels.Count).Select(c => change(c, recording.ReadAll(c)))]),
    };

    public static Recording Bad(this Recording recording, params string[] names) => recording with
    {
        Channels = [.. recording.Channels.Select(c => names.Contains(c.Label) ? c with { IsBad = true } : c)],
    };

    public static double[] Of(this Recording recording, string name) =>
        recording.ReadAll(Enumerable.Range(0, recording.Channels.Count).Single(c => recording.Channels[c].Label == name));

    public static double[] All(this Recording recording) => [.. Enumerable.Range(0, recording.Channels.Count).SelectMany(recording.ReadAll)];
}
