using System.CommandLine;
using SignalLab.Analysis.Artifacts;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab artifacts FILE</c>: faulty channels, artifacts and cleaned recordings.</summary>
internal static class ArtifactsVerb
{
    public static Command Create()
    {
        var file = Common.File();
        var csv = new Option<string>("--csv") { Description = "Table of the findings." };
        var edf = new Option<string>("--edf") { Description = "Copy of the recording with the findings as annotations." };
        var output = new Option<string>("--out") { Description = "With --clean the cleaned recording, else the same as --edf; the ending decides the format." };
        var mains = new Option<double?>("--mains") { Description = "Mains frequency in Hz; else the file's own, else the stronger of 50 and 60." };
        var seed = new Option<int>("--seed") { Description = "Seed of the random subsets of electrodes that predict the others.", DefaultValueFactory = _ => 1 };
        var clean = new Option<string>("--clean") { Description = "ssp, regression or asr: write the cleaned recording to --out." };
        var cutoff = new Option<double>("--asr-cutoff") { Description = "asr: standard deviations from which on a component is rebuilt.", DefaultValueFactory = _ => 20 };
        var lockedTo = new Option<string>("--locked-to") { Description = "ssp: epochs on blinks (eog) or heart beats (ecg).", DefaultValueFactory = _ => "eog" };
        var vectors = new Option<int>("--projectors") { Description = "ssp: vectors for each kind of channel.", DefaultValueFactory = _ => 1 };
        var eog = new Option<string>("--eog") { Description = "regression: channels beside the eyes, where none is marked as EOG." };
        var command = new Command("artifacts", "Finds faulty channels and artifacts. Example: signallab artifacts eeg.edf --csv findings.csv --edf marked.edf")
        {
            file, csv, edf, output, clean, cutoff, lockedTo, vectors, eog, mains, seed, Common.Channels, Common.From, Common.To, Common.Condition, Common.Json, Common.Force,
        };
        command.SetAction(parsed =>
        {
            var method = parsed.GetValue(clean);
            if (method is not null && parsed.GetValue(output) is null)
            {
                throw new UsageException("artifacts: --clean needs --out FILE for the cleaned recording.");
            }

            if (method is not (null or "ssp" or "regression" or "asr"))
            {
                throw new UsageException($"--clean '{method}': expected ssp, regression or asr.");
            }

            var recording = Input.Recording(parsed, parsed.GetValue(file)!);
            var (quiet, force) = (parsed.GetValue(Common.Quiet), parsed.GetValue(Common.Force));
            var report = Terminal.Watched(recording, quiet).FindArtifacts(new ArtifactOptions { MainsHz = parsed.GetValue(mains), Seed = parsed.GetValue(seed) });
            Terminal.Remark(report.Remarks, quiet);
            if (parsed.GetValue(csv) is { } table)
            {
                StudyWriter.WriteTable(table, force, report.Provenance, (stream, delimiter) => ArtifactTables.Write(report, recording.DurationSeconds, stream, delimiter));
            }

            var marked = recording.Annotated(report);
            if (parsed.GetValue(edf) is { } copy)
            {
                StudyWriter.Write(new Study { Recordings = [Terminal.Watched(marked, quiet)] }, copy, force, null, quiet);
            }

            var cleaning = method switch
            {
                "ssp" => ArtifactCleaning.Ssp(marked, report, parsed.GetValue(lockedTo)!, parsed.GetValue(vectors)),
                "regression" => ArtifactCleaning.Regression(marked, report, parsed.GetValue(eog)),
                "asr" => ArtifactCleaning.Asr(marked, parsed.GetValue(cutoff)),
                _ => null,
            };
            if (parsed.GetValue(output) is { } target)
            {
                StudyWriter.Write(new Study { Recordings = [Terminal.Watched(cleaning?.Cleaned ?? marked, quiet)] }, target, force, null, quiet);
            }

            Console.Out.Write(parsed.GetValue(Common.Json)
                ? ArtifactTables.Json(recording, report, cleaning).ToJsonString() + "\n"
                : ArtifactTables.Text(recording, report) + (cleaning is null ? "" : ArtifactTables.Text(cleaning)));
            return ExitCode.Done;
        });
        return command;
    }
}
