using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using SignalLab.Cli.Ecg;
using SignalLab.Formats.Delimited;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab validate ecg FOLDER</c>: scores our marks against the annotations beside the records.</summary>
internal static class ValidateVerb
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var folder = new Argument<string?>("FOLDER") { Description = "WFDB records with .atr (beats), .q1c (waves) or one annotation file a lead (.i, .ii, …) beside them, and ECGs whose files report intervals; subfolders too.", Arity = ArgumentArity.ZeroOrOne };
        var simulated = new Option<bool>("--simulated") { Description = "Instead of FOLDER: ECGs whose waves are known exactly, over rates, intervals, shapes and noise." };
        var only = new Option<string>("--only") { Description = "Names of records: 100,101. With --simulated names of conditions: \"60 /min,inverted T\"." };
        var window = new Option<double>("--window-ms") { Description = "Largest distance of a beat.", DefaultValueFactory = _ => 150 };
        var tolerance = new Option<double>("--tol-ms") { Description = "Largest distance of a wave's mark.", DefaultValueFactory = _ => 150 };
        var learn = new Option<double>("--learn-s") { Description = "Seconds at the beginning that are left out of beats (300 in EC57).", DefaultValueFactory = _ => 0 };
        var table = new Option<string>("--csv") { Description = "The scores as a table: .csv .tsv." };
        var markdown = new Option<string>("--markdown") { Description = "The scores as tables in Markdown: .md." };
        var ecg = new Command("ecg", "Scores detected beats and waves by EC57 and the delineation convention. Example: signallab validate ecg mitdb --markdown scores.md")
        {
            folder, simulated, only, window, tolerance, learn, table, markdown, Common.Json, Common.Force,
        };
        ecg.SetAction(parsed =>
        {
            var rules = new ValidationRules(parsed.GetValue(window), parsed.GetValue(tolerance), parsed.GetValue(learn));
            if (!(rules.WindowMs > 0 && rules.ToleranceMs > 0 && rules.LearnSeconds >= 0))
            {
                throw new UsageException("--window-ms and --tol-ms: expected more than 0; --learn-s: expected 0 or more.");
            }

            var force = parsed.GetValue(Common.Force);
            foreach (var (target, endings) in new[] { (parsed.GetValue(table), (string[])[".csv", ".tsv"]), (parsed.GetValue(markdown), [".md"]) })
            {
                if (target is not null)
                {
                    FigureOutput.RequireEnding(target, endings);
                }
            }

            if (parsed.GetValue(folder) is null != parsed.GetValue(simulated))
            {
                throw new UsageException("expected a FOLDER, or --simulated instead of one.");
            }

            if (parsed.GetValue(simulated))
            {
                return Simulated(parsed, Names(parsed.GetValue(only)), parsed.GetValue(table), parsed.GetValue(markdown), force);
            }

            var path = parsed.GetValue(folder)!;
            var (scores, reported, failures) = ValidationFolder.Score(path, rules, Names(parsed.GetValue(only)));
            var rows = scores.SelectMany(s => s.Rows()).Concat(reported.Rows()).ToList();
            foreach (var failure in failures)
            {
                Console.Error.WriteLine($"signallab: {failure}");
            }

            if (rows.Count == 0)
            {
                return ExitCode.UnfitInput;
            }

            Write(parsed.GetValue(table), force, p =>
            {
                using var stream = File.Create(p);
                using var writer = new TableWriter(stream, p.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? Delimiter.Tab : Delimiter.Comma);
                ValidationTables.Write(rows, writer);
            });
            Write(parsed.GetValue(markdown), force, p => File.WriteAllText(p, $"<!-- {Program.CommandLine}; SignalLab {Program.Version} -->\n\n{ValidationTables.Markdown(rows)}"));
            Console.Out.Write(parsed.GetValue(Common.Json) ? ValidationTables.Json(path, scores, rows, failures).ToJsonString(Layout) + "\n" : ValidationTables.Markdown(rows));
            return failures.Count > 0 ? ExitCode.Partly : ExitCode.Done;
        });
        return new Command("validate", "Scores our results against those of experts. Example: signallab validate ecg mitdb") { ecg };
    }

    private static int Simulated(ParseResult parsed, IReadOnlySet<string>? only, string? table, string? markdown, bool force)
    {
        if (table is not null)
        {
            throw new UsageException("--csv: --simulated gives --markdown and --json.");
        }

        var scores = SimulatedValidation.Run(only);
        if (scores.OneVaried.Count == 0)
        {
            throw new UsageException("--only: names no condition of --simulated.");
        }

        var text = scores.Markdown();
        Write(markdown, force, p => File.WriteAllText(p, $"<!-- {Program.CommandLine}; SignalLab {Program.Version} -->\n\n{text}"));
        Console.Out.Write(parsed.GetValue(Common.Json) ? scores.Json().ToJsonString(Layout) + "\n" : text);
        return ExitCode.Done;
    }

    private static HashSet<string>? Names(string? list) => list?.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);

    private static void Write(string? path, bool force, Action<string> write)
    {
        if (path is not null)
        {
            OutputFile.Write(path, force, write);
        }
    }
}
