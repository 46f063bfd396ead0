using System.CommandLine;
using SignalLab.Analysis.Montages;
using SignalLab.Analysis.Nirs;
using SignalLab.Analysis.Selection;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Bad electrodes and the montage as every verb takes them, in the order mark, interpolate, derive.</summary>
internal static class Derivations
{
    /// <summary>What <c>--montage</c> takes.</summary>
    public const string Names =
        "average, robust-average, linked-ears, rest, banana, transverse, circumferential, laplacian, laplacian:N[:distance], csd, csd:fitted, reference:A1+A2, bipolar:A-B,… or FILE.json; of NIRS: optical-density, haemoglobin, haemoglobin:FACTOR[,FACTOR…][:total]";

    public static Option<string> Montage { get; } = new("--montage") { Description = Names + "." };

    public static Option<bool> Interpolate { get; } = new("--interpolate") { Description = "Bad electrodes by spherical splines from the good ones." };

    public static Option<string> Bad { get; } = new("--bad") { Description = "Channels to mark as bad: Fp1,T7." };

    /// <summary>The recording with its bad electrodes marked and interpolated, seen through the montage; what was left out is told.</summary>
    public static Recording Apply(ParseResult parsed, Recording recording)
    {
        var told = recording.Remarks.Count;
        if (parsed.GetValue(Bad) is { } names)
        {
            recording = recording.MarkBad([.. Selection.Channels(recording, names)]);
        }

        if (parsed.GetValue(Interpolate))
        {
            recording = recording.InterpolateBads();
        }

        if (parsed.GetValue(Montage) is { } name)
        {
            recording = Light(recording, name) ?? recording.Montage(Named(name));
        }

        Terminal.Remark(recording.Remarks.Skip(told), parsed.GetValue(Common.Quiet));
        return recording;
    }

    // Derivations of light; null where another montage is meant.
    private static Recording? Light(Recording recording, string name)
    {
        if (name == "optical-density")
        {
            return recording.OpticalDensity();
        }

        string[] rule = name.Split(':');
        if (rule[0] is not ("haemoglobin" or "hemoglobin"))
        {
            return null;
        }

        var withTotal = rule.Length > 1 && rule[^1] == "total";
        return (rule.Length - (withTotal ? 1 : 0)) switch
        {
            1 => recording.Haemoglobin(new() { WithTotal = withTotal }),
            2 => recording.Haemoglobin(new() { PathlengthFactors = Factors(name, rule[1]), WithTotal = withTotal }),
            _ => throw new UsageException($"--montage '{name}': expected haemoglobin, or with pathlength factors haemoglobin:6 or haemoglobin:6.5,5.5, and :total for the sum of both."),
        };
    }

    private static double[] Factors(string name, string text) => Selection.Numbers(text, "--montage") is var factors && factors.All(f => f > 0)
        ? factors
        : throw new UsageException($"--montage '{name}': a pathlength factor is above 0.");

    private static Montage Named(string name)
    {
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return Analysis.Montages.Montage.FromJson(File.ReadAllText(name));
        }

        try
        {
            return Analysis.Montages.Montage.Named(name);
        }
        catch (ArgumentException fault)
        {
            throw new UsageException($"--montage '{name}': {fault.Message}");
        }
    }
}
