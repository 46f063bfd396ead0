using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SignalLab.Cli.Ecg;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab ecg FILE…</c>: examines ECGs.</summary>
internal static class EcgVerb
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "ECG recordings, one or many.", Arity = ArgumentArity.OneOrMore };
        var within = new Option<string>("--within") { Description = "Seconds A,B: only that stretch is examined." };
        var leads = new Option<string>("--leads") { Description = "Leads to examine: names, globs or kinds (II,V5)." };
        var compare = new Option<string>("--compare") { Description = "Another ECG of the same person: what has changed since." };
        var tables = new EcgTableOptions();
        var outputs = new EcgOutputs();
        var command = new Command("ecg", "Examines ECGs: beats, intervals, rhythm. Example: signallab ecg a.hea b.hea --csv summary.csv --fiducials marks.csv")
        {
            files, Common.Json, within, leads, compare, Common.Condition, Common.Force,
        };
        tables.AddTo(command);
        outputs.AddTo(command);
        command.SetAction(parsed =>
        {
            var (paths, force, quiet) = (parsed.GetValue(files)!, parsed.GetValue(Common.Force), parsed.GetValue(Common.Quiet));
            var other = parsed.GetValue(compare);
            if (other is not null && paths.Length > 1)
            {
                throw new UsageException("--compare: expected one FILE beside it.");
            }

            var choice = new EcgChoice(parsed.GetValue(leads), Within(parsed.GetValue(within)), parsed.GetValue(Common.Condition));
            var writesFiles = tables.Check(parsed) | outputs.Check(parsed, paths.Length);
            var (documents, lines) = (new List<JsonObject>(), new List<string>());
            var before = other is null ? null : EcgBatch.One(other, choice with { Condition = null }, quiet);
            var status = tables.Write(parsed, force, documents, (TableWriter? fiducials, TableWriter? beats, List<Provenance> sources) => EcgBatch.Run(paths, choice, quiet, (_, record) =>
            {
                outputs.Write(parsed, record, force);
                Tabulate(record, fiducials, beats);
                documents.Add(EcgJson.Of(record));
                lines.Add(EcgText.Line(record));
                if (before is not null)
                {
                    var comparison = new EcgComparison(record, before);
                    documents[^1]["comparison"] = comparison.Json();
                    lines.AddRange([EcgText.Line(before), "", .. comparison.Lines()]);
                }

                sources.Add(record.Examination.Recording.Provenance);
            }));
            if (parsed.GetValue(Common.Json))
            {
                JsonNode document = paths.Length == 1 ? documents[0] : new JsonArray([.. documents]);
                Console.Out.WriteLine(document.ToJsonString(Layout));
            }
            else if (!writesFiles)
            {
                lines.ForEach(Console.Out.WriteLine);
            }

            return status;
        });
        return command;
    }

    private static void Tabulate(EcgRecord record, TableWriter? fiducials, TableWriter? beats)
    {
        if (fiducials is not null)
        {
            EcgTables.WriteFiducials(record, fiducials);
        }

        if (beats is not null)
        {
            EcgTables.WriteBeats(record, beats);
        }
    }

    private static (double From, double To)? Within(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var numbers = Selection.Numbers(text, "--within", 2);
        return numbers[0] >= 0 && numbers[0] < numbers[1] ? (numbers[0], numbers[1]) : throw new UsageException($"--within '{text}': expected the beginning and a later end in seconds, such as 300,900.");
    }
}
