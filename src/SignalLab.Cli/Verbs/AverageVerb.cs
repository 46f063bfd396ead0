using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Averages;
using SignalLab.Cli.Averages;
using SignalLab.Figures;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab average FILE OUT…</c>: events, epochs, averages, and tests between them.</summary>
internal static class AverageVerb
{
    public static Command Create()
    {
        var file = Common.File("A continuous recording, or a file of averages.");
        var outputs = new Argument<string[]>("OUT") { Description = "Averages .fif, numbers .csv .tsv, butterfly .png .svg .pdf; several if wanted.", Arity = ArgumentArity.ZeroOrMore };
        var others = new Option<string[]>("--with") { Description = "Files of further subjects, each treated as FILE: grand averages, and with --statistics a paired test over subjects.", AllowMultipleArgumentsPerToken = true };
        var projectors = new Option<string>("--proj") { Description = "on or off: the file's signal-space projectors.", DefaultValueFactory = _ => "on" };
        var peaks = new Option<bool>("--peaks") { Description = "Prints each channel's peak and the field power's with their latencies." };
        var peakTable = new Option<string>("--peak-table") { Description = "The same as a file: .csv .tsv." };
        var window = new Option<string>("--peak-window") { Description = "Latencies A,B between which peaks are looked for." };
        var sign = new Option<string>("--peak-sign") { Description = "either, positive or negative.", DefaultValueFactory = _ => "either" };
        var drops = new Option<string>("--drop-log") { Description = "Table of every event and why it was dropped: .csv .tsv." };
        var errors = new Option<bool>("--errors") { Description = "Standard errors beside the averages in the table." };
        var maps = new Option<string>("--maps") { Description = "Latencies of the maps in the picture, or none; at peaks of the field power where not given." };
        var neighbours = new Option<string>("--neighbours") { Description = "FieldTrip's neighbours (.mat) or a table of two columns (.csv .tsv); Delaunay triangulation of the sensors where not given." };
        var (choice, statistics) = (new EpochChoice(), new SensorStatistics());
        var command = new Command("average", "Averages epochs about events. Example: signallab average raw.edf evoked.fif evoked.png --event target --from -0.2 --to 0.8 --baseline -0.2,0 --reject 150uV")
        {
            file, outputs, others, Common.Channels, projectors, peaks, peakTable, window, sign, drops, errors, maps, neighbours, Common.Json, Common.Force,
            Derivations.Montage, Conditioning.Highpass, Conditioning.Lowpass, Conditioning.Notch, Conditioning.Order, Conditioning.Design, Conditioning.PhaseName, Conditioning.Quality,
        };
        choice.AddTo(command);
        statistics.AddTo(command);
        command.SetAction(parsed =>
        {
            statistics.Check(parsed);
            var (force, quiet) = (parsed.GetValue(Common.Force), parsed.GetValue(Common.Quiet));
            var (targets, between, which) = (parsed.GetValue(outputs) ?? [], Window(parsed.GetValue(window)), Sign(parsed.GetValue(sign)));
            var mapsAt = parsed.GetValue(maps) is not { } text ? null : text == "none" ? [] : Selection.Numbers(text, "--maps");
            foreach (var target in targets)
            {
                FigureOutput.RequireEnding(target, [.. FigureFile.Endings, ".fif", ".fif.gz", ".csv", ".tsv"]);
            }

            string[] paths = [parsed.GetValue(file)!, .. parsed.GetValue(others) ?? []];
            var files = paths.Select(p => AveragedFile.Open(parsed, p, choice, projectors)).ToList();
            var averages = Averages(files, choice.Minus(parsed) is not null);
            foreach (var target in targets)
            {
                Write(averages, target, parsed.GetValue(errors), mapsAt, force, quiet);
            }

            statistics.DrawNeighbours(parsed, averages[0], parsed.GetValue(neighbours));
            var finding = statistics.Run(parsed, files, parsed.GetValue(neighbours));
            if (finding is not null)
            {
                statistics.Write(parsed, finding);
            }

            if (parsed.GetValue(peakTable) is { } peakFile)
            {
                StudyWriter.WriteTable(peakFile, force, averages[0].Provenance, (stream, delimiter) => AverageTables.WritePeaks(averages, between, which, stream, delimiter));
            }

            if (parsed.GetValue(drops) is { } log)
            {
                StudyWriter.WriteTable(log, force, averages[0].Provenance, (stream, delimiter) => AverageTables.WriteDrops([.. files.SelectMany(f => f)], stream, delimiter));
            }

            Tell(parsed, averages, files.Count == 1 ? files[0] : [], finding, between, which, parsed.GetValue(peaks) || (targets.Length == 0 && finding is null && parsed.GetValue(peakTable) is null));
            return ExitCode.Done;
        });
        return command;
    }

    // Each condition, over subjects where there are several; with --minus the difference from the last as one more.
    private static List<Recording> Averages(List<IReadOnlyList<Averaged>> files, bool subtracts)
    {
        var count = files.Min(f => f.Count);
        if (files.Any(f => f.Count != count))
        {
            throw new UnfitInputException("The files hold different numbers of conditions: name those wanted with --event.");
        }

        if (subtracts)
        {
            files = [.. files.Select(f => (IReadOnlyList<Averaged>)[.. f, .. f.Take(count - 1).Select(c => new Averaged($"{c.Name} - {f[^1].Name}", c.Evoked.Minus(f[^1].Evoked), null))])];
        }

        return [.. Enumerable.Range(0, files[0].Count).Select(k => files.Count == 1 ? files[0][k].Evoked : Evokeds.GrandAverage([.. files.Select(f => f[k].Evoked)], files[0][k].Name))];
    }

    private static void Write(List<Recording> averages, string target, bool errors, IReadOnlyList<double>? mapsAt, bool force, bool quiet)
    {
        var ending = Path.GetExtension(target).ToLowerInvariant();
        if (ending is ".csv" or ".tsv")
        {
            StudyWriter.Write(new Study { Recordings = [AverageTables.Side(averages, errors)] }, target, force, null, quiet);
        }
        else if (ending is ".fif" or ".gz")
        {
            StudyWriter.Write(new Study { Recordings = averages }, target, force, null, quiet);
        }
        else
        {
            FigureOutput.Save(AveragePage.Of(averages, mapsAt), target, force, averages[0].Provenance);
        }
    }

    private static void Tell(
        ParseResult parsed, List<Recording> averages, IReadOnlyList<Averaged> cut, Finding? finding, (double From, double To)? window, PeakSign sign, bool tellsPeaks)
    {
        if (parsed.GetValue(Common.Json))
        {
            var document = new JsonObject
            {
                ["file"] = averages[0].Provenance.Input,
                ["conditions"] = new JsonArray([.. averages.Select((a, i) => (JsonNode)AverageTables.Json(a, i < cut.Count ? cut[i].Epochs : null, window, sign))]),
            };
            if (finding is not null)
            {
                document["statistics"] = SensorStatistics.Json(finding);
            }

            Console.Out.WriteLine(document.ToJsonString());
            return;
        }

        foreach (var cluster in finding is { Method: "cluster" } ? finding.Test.Test.Clusters.Where(c => c.PValue < 0.05) : [])
        {
            var latencies = finding!.Test.Latencies.Values;
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finding.Test.Contrast}: cluster {latencies[cluster.FirstTime]:0.###} s to {latencies[cluster.LastTime]:0.###} s, {cluster.Channels.Count} channels, sum of t {cluster.Mass:0.#}, p = {cluster.PValue:0.#####}"));
        }

        if (finding is { } found && found.PValues.All(p => !(p < 0.05)))
        {
            Console.Out.WriteLine($"{found.Test.Contrast}: nothing significant at 0.05");
        }

        if (tellsPeaks)
        {
            using var output = Console.OpenStandardOutput();
            AverageTables.WritePeaks(averages, window, sign, output, Delimiter.Comma);
        }
    }

    private static (double From, double To)? Window(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var numbers = Selection.Numbers(text, "--peak-window", 2);
        return numbers[0] <= numbers[1] ? (numbers[0], numbers[1]) : throw new UsageException($"--peak-window '{text}': the start must not lie after the end.");
    }

    private static PeakSign Sign(string? text) => text switch
    {
        "either" => PeakSign.Either,
        "positive" => PeakSign.Positive,
        "negative" => PeakSign.Negative,
        _ => throw new UsageException($"--peak-sign '{text}': expected either, positive or negative."),
    };
}
