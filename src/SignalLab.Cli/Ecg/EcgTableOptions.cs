using System.CommandLine;
using System.Text.Json.Nodes;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>The tables that <c>ecg</c> writes over all records, each with a sidecar that says how it was made.</summary>
internal sealed class EcgTableOptions
{
    private readonly Option<string> summary = new("--csv") { Description = "Table of the measurements, one row a record: .csv .tsv." };
    private readonly Option<string> fiducials = new("--fiducials") { Description = "Table of every beat's waves: .csv .tsv." };
    private readonly Option<string> beats = new("--beats") { Description = "Table of the beats with their classes: .csv .tsv." };

    public void AddTo(Command command)
    {
        foreach (var option in new[] { summary, fiducials, beats })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Refuses wrong endings; true where a table is asked for.</summary>
    public bool Check(ParseResult parsed)
    {
        var targets = Targets(parsed);
        targets.ForEach(t => FigureOutput.RequireEnding(t, [".csv", ".tsv"]));
        return targets.Count > 0;
    }

    /// <summary>Opens the tables, runs the work that fills them and publishes them together.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="force">Replace what is there.</param>
    /// <param name="documents">The records' documents, filled by the work.</param>
    /// <param name="work">Fills the tables of fiducials and beats where they are asked for, and lists the sources.</param>
    /// <returns>What the work returned.</returns>
    public int Write(ParseResult parsed, bool force, List<JsonObject> documents, Func<TableWriter?, TableWriter?, List<Provenance>, int> work)
    {
        var status = ExitCode.Done;
        OutputFile.WriteAll(Targets(parsed), force, places =>
        {
            var sources = new List<Provenance>();
            var next = new Queue<string>(places);
            var summaryPath = parsed.GetValue(summary) is null ? null : next.Dequeue();
            using (var marks = parsed.GetValue(fiducials) is null ? null : new OpenTable(next.Dequeue(), EcgTables.BeginFiducials))
            using (var classes = parsed.GetValue(beats) is null ? null : new OpenTable(next.Dequeue(), EcgTables.BeginBeats))
            {
                status = work(marks?.Table, classes?.Table, sources);
            }

            if (summaryPath is not null)
            {
                using var table = new OpenTable(summaryPath, t => EcgTables.WriteSummary(documents, t));
            }

            foreach (var place in places)
            {
                File.WriteAllText(place + ".json", FigureOutput.Made(sources).ToJson() + "\n");
            }
        });
        return status;
    }

    private List<string> Targets(ParseResult parsed) => [.. new[] { parsed.GetValue(summary), parsed.GetValue(fiducials), parsed.GetValue(beats) }.OfType<string>()];

    private sealed class OpenTable : IDisposable
    {
        private readonly FileStream stream;

        public OpenTable(string path, Action<TableWriter> begin)
        {
            stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
            Table = new TableWriter(stream, path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? Delimiter.Tab : Delimiter.Comma);
            begin(Table);
        }

        public TableWriter Table { get; }

        public void Dispose()
        {
            Table.Dispose();
            stream.Dispose();
        }
    }
}
