using System.CommandLine;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Norms;
using SignalLab.Cli.Norms;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab norms list | add PACK | build COHORT | check FILE</c>: what is normal, by whom, and how a recording stands to it.</summary>
internal static class NormsVerb
{
    public static Command Create() => new("norms", "Reference sets: list them, add your own, build one from a cohort, check a recording. Example: signallab norms check ecg.xml")
    {
        List(), Add(), Build(), Check(),
    };

    private static Command List()
    {
        var measure = new Option<string>("--measure") { Description = "Only this measure, with its limits: 'PR interval' or pr_ms." };
        var command = new Command("list", "Lists the sets with population, source and certainty.") { measure, Common.Json };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(measure) is { } text ? MeasureNames.Of(text).Name : null;
            (NormSet Set, string Place)[] all =
            [
                .. NormFolder.Own(parsed.GetValue(Common.Quiet)).Select(o => (o.Set, "added")),
                .. ReferenceSets.All.Select(s => (s, "comes with the program")),
            ];
            (NormSet Set, string Place)[] sets = wanted is null ? all : [.. all
                .Select(s => (Set: s.Set with { Norms = [.. s.Set.Norms.Where(n => n.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))] }, s.Place))
                .Where(s => s.Set.Norms.Count > 0)];
            if (sets.Length == 0)
            {
                throw new UnfitInputException($"No set has limits of '{wanted}'; there are {string.Join(", ", all.SelectMany(s => s.Set.Norms).Select(n => n.Name).Distinct())}.");
            }

            Console.Out.Write(parsed.GetValue(Common.Json) ? NormTables.Json(sets).ToJsonString() + "\n" : NormTables.Text(sets, wanted));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Add()
    {
        var pack = new Argument<string>("PACK") { Description = "A table (tab or comma) or JSON of limits by sex and age." };
        var command = new Command("add", "Keeps a pack of norms; it then goes before those that come with the program.") { pack, Common.Force };
        command.SetAction(parsed =>
        {
            var (set, path) = NormFolder.Add(parsed.GetValue(pack)!, parsed.GetValue(Common.Force));
            Console.Out.WriteLine($"{set.Id}: {set.Norms.Count} measure(s), {set.Norms.Sum(n => n.Rows.Count)} row(s), in {path}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Build()
    {
        var cohort = new Argument<string>("COHORT") { Description = "A folder of recordings, or a table with sex, age_y and a column a measure." };
        var id = new Option<string>("--id") { Description = "Name of the set; else the cohort's name." };
        var population = new Option<string>("--population") { Description = "Whom the cohort is of." };
        var ages = new Option<string>("--ages") { Description = "Edges of the age groups in years: 18,30,40,50,60,70,80." };
        var output = new Option<string>("--out") { Description = "The pack to write; else it goes to the standard output." };
        var command = new Command("build", "Percentiles by sex and age group with their counts. Example: signallab norms build measured.csv --id ours --out ours.tsv")
        {
            cohort, id, population, ages, output, Common.Force,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(cohort)!;
            var name = parsed.GetValue(id) ?? NameOf(path);
            var failed = new List<string>();
            var members = 0;
            var placed = 0;
            var read = CohortReading.Read(path, failed).Select(m =>
            {
                members++;
                placed += m.Subject is { Sex: "F" or "M", AgeYears: not null } ? 1 : 0;
                return m;
            });
            var options = new CohortOptions(name, parsed.GetValue(population) ?? $"cohort {NameOf(path)}") { Source = $"built from {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))}" };
            var set = CohortNorms.Build(read, parsed.GetValue(ages) is { } edges ? options with { AgeEdges = Edges(edges) } : options);
            Terminal.Remark([.. failed, $"{placed} of {members} member(s) have age and sex{(placed < members ? "; the others are left out" : "")}."], parsed.GetValue(Common.Quiet));
            if (parsed.GetValue(output) is { } target)
            {
                OutputFile.Write(target, parsed.GetValue(Common.Force), file =>
                {
                    using var writer = new StreamWriter(file);
                    NormPack.Write(set, writer);
                });
            }
            else
            {
                NormPack.Write(set, Console.Out);
            }

            return failed.Count > 0 ? ExitCode.Partly : ExitCode.Done;
        });
        return command;
    }

    private static Command Check()
    {
        var file = Common.File();
        var sex = new Option<string>("--sex") { Description = "F or M, where the file does not say." };
        var age = new Option<double?>("--age") { Description = "Age in years, where the file does not say." };
        var command = new Command("check", "Holds what is measured in a recording against the norms.") { file, sex, age, Common.Channels, Common.From, Common.To, Common.Condition, Common.Json };
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(sex)?.ToUpperInvariant();
            if (given is not (null or "F" or "M") || parsed.GetValue(age) is < 0 or > 150)
            {
                throw new UsageException("norms check: --sex is F or M, --age is in years.");
            }

            var recording = Input.Recording(parsed, parsed.GetValue(file)!);
            recording = recording with { Subject = recording.Subject with { Sex = given ?? recording.Subject.Sex, AgeYears = parsed.GetValue(age) ?? recording.Subject.AgeYears } };
            int[]? leads = parsed.GetValue(Common.Channels) is null ? null : [.. Enumerable.Range(0, recording.Channels.Count)];
            if (leads is null && recording.EcgLeads().Count == 0 && recording.Measurements.Count == 0)
            {
                throw new UnfitInputException($"{Path.GetFileName(parsed.GetValue(file)!)}: no channel is known to be an ECG lead and the file brings no measurements; name the leads with --channels.");
            }

            var norms = NormFolder.All(parsed.GetValue(Common.Quiet));
            var named = norms.Select(n => n.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            Measurement[] judged = [.. ExaminedFile.Measurements(recording, leads).Where(m => named.Contains(m.Name)).Select(m => m.JudgedBy(norms, recording.Subject))];
            Console.Out.Write(parsed.GetValue(Common.Json) ? NormTables.Json(recording, judged).ToJsonString() + "\n" : NormTables.Text(recording, judged));
            return ExitCode.Done;
        });
        return command;
    }

    private static double[] Edges(string text)
    {
        var edges = Selection.Numbers(text, "--ages");
        return edges.Length >= 2 && edges.Zip(edges.Skip(1)).All(e => e.First < e.Second) && edges[0] >= 0
            ? edges
            : throw new UsageException($"--ages '{text}': expected at least two rising numbers of years.");
    }

    private static string NameOf(string path) =>
        string.Concat(Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_')).TrimStart('.');
}
