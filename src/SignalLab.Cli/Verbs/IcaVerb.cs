using System.CommandLine;
using System.Globalization;
using SignalLab.Analysis.Components;
using SignalLab.Figures;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab ica FILE</c>: independent components, what they seem to be, and the recording without some of them.</summary>
internal static class IcaVerb
{
    private static readonly Argument<string> File = Common.File();
    private static readonly Option<string> Method = new("--method") { Description = "fastica, infomax (extended), picard or picard-o.", DefaultValueFactory = _ => "fastica" };
    private static readonly Option<string> Components = new("--components") { Description = "Their number, or the part of the variance to keep: 20 or 0.99.", DefaultValueFactory = _ => "0.999999" };
    private static readonly Option<int> Seed = new("--seed") { Description = "Of everything random.", DefaultValueFactory = _ => DecompositionOptions.Default.Seed };
    private static readonly Option<double> Highpass = new("--highpass") { Description = "High-pass in Hz for fitting only; 0 for none.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> FitFrom = new("--fit-from") { Description = "First time fitted on." };
    private static readonly Option<string> FitTo = new("--fit-to") { Description = "End of the time fitted on." };
    private static readonly Option<int?> MostSamples = new("--max-samples") { Description = "Most samples fitted on, in stretches spread evenly; otherwise as many as take 192 MB." };
    private static readonly Option<int?> MostIterations = new("--max-iter") { Description = "Most iterations: 200 for fastica, 500 for the others." };
    private static readonly Option<double?> Tolerance = new("--tol") { Description = "What counts as converged: 1e-4 for fastica, 1e-7 for the others." };
    private static readonly Option<string> Remove = new("--remove") { Description = "auto (artefacts the labels are sure of), none, or numbers: 0,3." };
    private static readonly Option<double> Confidence = new("--confidence") { Description = "Least confidence for --remove auto.", DefaultValueFactory = _ => 0.7 };
    private static readonly Option<string> Output = new("--out") { Description = "The cleaned recording; --remove auto unless told otherwise." };
    private static readonly Option<string> Activations = new("--activations") { Description = "The components' activations as a recording." };
    private static readonly Option<string> Csv = new("--csv") { Description = "Table of the components." };
    private static readonly Option<string> Save = new("--save") { Description = "The decomposition as .json, to be loaded again." };
    private static readonly Option<string> Load = new("--load") { Description = "A saved decomposition instead of a new one." };
    private static readonly List<Option<string>> Pictures = [.. FigureFile.Endings.Select(e => new Option<string>("--" + e[1..]) { Description = $"Overview {e}: maps, spectra, activations, labels." })];

    public static Command Create()
    {
        var command = new Command("ica", "Finds independent components and removes artefacts. Example: signallab ica eeg.edf --components 20 --png components.png --out clean.edf --remove auto")
        {
            File, Method, Components, Seed, Highpass, FitFrom, FitTo, MostSamples, MostIterations, Tolerance, Remove, Confidence, Output, Activations, Csv, Save, Load,
            Common.Channels, Common.Condition, Common.Json, Common.Force,
        };
        Pictures.ForEach(command.Options.Add);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (quiet, force) = (parsed.GetValue(Common.Quiet), parsed.GetValue(Common.Force));
        var options = Options(parsed);
        var asked = Asked(parsed);
        foreach (var target in Pictures.Select(p => parsed.GetValue(p)).OfType<string>())
        {
            FigureOutput.RequireEnding(target, FigureFile.Endings);
        }

        var recording = Input.Whole(parsed, parsed.GetValue(File)!);
        var decomposition = parsed.GetValue(Load) is { } kept
            ? DecompositionJson.Parse(System.IO.File.ReadAllText(kept))
            : recording.Decompose(options, parsed.GetValue(Common.Channels) is { } wanted ? Selection.Channels(recording, wanted) : null);
        decomposition = decomposition.Labels.Count > 0 ? decomposition : decomposition.Label(recording, options.HighpassHz);

        IReadOnlyList<int> removed = asked ?? decomposition.Artifacts(parsed.GetValue(Confidence));
        var cleaned = decomposition.Remove(recording, removed);
        Terminal.Remark(decomposition.Remarks, quiet);
        var variance = decomposition.RemovedVariance(recording, removed);
        var output = parsed.GetValue(Output);
        if (output is not null)
        {
            var said = ComponentReport.Removed(decomposition, removed, variance);
            cleaned = cleaned with
            {
                Remarks = [.. cleaned.Remarks, said],
                Provenance = cleaned.Provenance.Then(ComponentReport.VarianceStep(decomposition, variance)),
            };
            Terminal.Remark([said], quiet);
            StudyWriter.Write(new Study { Recordings = [Terminal.Watched(cleaned, quiet)] }, output, force, null, quiet);
        }

        if (parsed.GetValue(Activations) is { } sources)
        {
            StudyWriter.Write(new Study { Recordings = [Terminal.Watched(decomposition.Sources(recording), quiet)] }, sources, force, null, quiet);
        }

        if (parsed.GetValue(Save) is { } json)
        {
            OutputFile.Write(json, force, p => System.IO.File.WriteAllText(p, DecompositionJson.Write(decomposition) + "\n"));
        }

        foreach (var picture in Pictures.Select(p => parsed.GetValue(p)).OfType<string>())
        {
            FigureOutput.Save(ComponentPage.Of(recording, decomposition, options.HighpassHz, [.. removed]), picture, force, decomposition.Provenance);
        }

        if (parsed.GetValue(Csv) is { } table)
        {
            StudyWriter.WriteTable(table, force, decomposition.Provenance, (stream, delimiter) => ComponentReport.WriteTable(decomposition, removed, stream, delimiter));
        }

        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(ComponentReport.Json(parsed.GetValue(File)!, decomposition, removed, variance).ToJsonString());
        }
        else if (parsed.GetValue(Csv) is null && output is null && Pictures.All(p => parsed.GetValue(p) is null))
        {
            using var stream = Console.OpenStandardOutput();
            ComponentReport.WriteTable(decomposition, removed, stream, Formats.Delimited.Delimiter.Comma);
        }

        return ExitCode.Done;
    }

    private static DecompositionOptions Options(ParseResult parsed)
    {
        var components = parsed.GetValue(Components)!;
        if (!double.TryParse(components, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number > 0) || (number > 1 && number != Math.Floor(number)) || number > 100_000)
        {
            throw new UsageException($"--components '{components}': expected a number from 1, or a part of the variance between 0 and 1.");
        }

        var isCount = number > 1 || components == "1";
        var highpass = parsed.GetValue(Highpass);
        if (highpass < 0 || parsed.GetValue(Tolerance) is <= 0 || parsed.GetValue(MostIterations) is < 1 || parsed.GetValue(MostSamples) is < 1 || !(parsed.GetValue(Confidence) is >= 0 and <= 1))
        {
            throw new UsageException("ica: --highpass must not be negative, --tol, --max-iter and --max-samples must be above 0, --confidence from 0 to 1.");
        }

        return new()
        {
            Method = parsed.GetValue(Method)!.ToLowerInvariant() switch
            {
                "fastica" => ComponentMethod.FastIca,
                "infomax" => ComponentMethod.Infomax,
                "picard" => ComponentMethod.Picard,
                "picard-o" => ComponentMethod.PicardOrthogonal,
                var other => throw new UsageException($"--method '{other}': expected fastica, infomax, picard or picard-o."),
            },
            Components = isCount ? (int)number : null,
            VarianceFraction = isCount ? 1 : number,
            Seed = parsed.GetValue(Seed),
            HighpassHz = highpass > 0 ? highpass : null,
            FromSeconds = Selection.Seconds(parsed.GetValue(FitFrom), "--fit-from") ?? 0,
            ToSeconds = Selection.Seconds(parsed.GetValue(FitTo), "--fit-to"),
            MostSamples = parsed.GetValue(MostSamples),
            MostIterations = parsed.GetValue(MostIterations),
            Tolerance = parsed.GetValue(Tolerance),
        };
    }

    // Null for those the labels are sure of.
    private static IReadOnlyList<int>? Asked(ParseResult parsed) => parsed.GetValue(Remove) switch
    {
        null or "auto" => null,
        "none" => [],
        var list => [.. list.Split(',', StringSplitOptions.TrimEntries).Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var k)
            ? k
            : throw new UsageException($"--remove '{list}': expected auto, none, or component numbers such as 0,3."))],
    };
}
