using System.CommandLine;
using SignalLab.Analysis.Montages;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>The montage as every verb takes it.</summary>
internal static class Derivations
{
    private const string Names = "average, linked-ears, banana, transverse, laplacian, bipolar:A-B,… or FILE.json";

    public static Option<string> Montage { get; } = new("--montage") { Description = Names + "." };

    /// <summary>The recording seen through the montage that was asked for, itself where none was.</summary>
    public static Recording Apply(ParseResult parsed, Recording recording) =>
        parsed.GetValue(Montage) is { } name ? recording.Montage(Named(name)) : recording;

    private static Montage Named(string name) => name switch
    {
        "average" => Analysis.Montages.Montage.AverageReference,
        "linked-ears" => Analysis.Montages.Montage.LinkedEars,
        "banana" => Analysis.Montages.Montage.Banana,
        "transverse" => Analysis.Montages.Montage.Transverse,
        "laplacian" => Analysis.Montages.Montage.Laplacian,
        _ when name.StartsWith("bipolar:", StringComparison.Ordinal) => Analysis.Montages.Montage.Bipolar(name["bipolar:".Length..]),
        _ when name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) => Analysis.Montages.Montage.FromJson(File.ReadAllText(name)),
        _ => throw new UsageException($"--montage '{name}': expected {Names}."),
    };
}
