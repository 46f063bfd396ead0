using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab simulate KIND OUT</c>: recordings and images with known truth.</summary>
internal static class SimulateVerb
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    public static Command Create()
    {
        var kind = new Argument<string>("KIND") { Description = "eeg, erp, ecg, meg, mri or fmri." };
        var output = Common.Out("Where to; the ending decides the format (.edf, .bdf, .hea, .fif, .nii.gz, .csv).");
        var seed = new Option<int>("--seed") { Description = "Same seed, same file.", DefaultValueFactory = _ => 1 };
        var duration = new Option<string>("--duration") { Description = "Length in seconds or hh:mm:ss." };
        var truth = new Option<string>("--truth") { Description = "JSON file for what was put in." };
        var gaps = new Option<bool>("--gaps") { Description = "eeg: with true gaps, as a discontinuous EDF+D." };
        var artifacts = new Option<bool>("--artifacts") { Description = "eeg: with eye movements, movement, electrode pops, faulty channels and EOG." };
        var strip = new Option<bool>("--strip") { Description = "ecg: a two-lead strip with ectopic beats instead of twelve leads." };
        var rate = new Option<double>("--heart-rate") { Description = "ecg: beats per minute.", DefaultValueFactory = _ => 68 };
        var events = new Option<string>("--events") { Description = "fmri: events table (BIDS events.tsv) for the task's blocks." };
        var command = new Command("simulate", "Writes a recording or image with known truth. Example: signallab simulate eeg eeg.edf --seed 1 --duration 60 --truth eeg.json")
        {
            kind, output, seed, duration, truth, gaps, artifacts, strip, rate, events, Common.Force,
        };
        command.SetAction(parsed =>
        {
            var (path, force, number) = (parsed.GetValue(output)!, parsed.GetValue(Common.Force), parsed.GetValue(seed));
            var seconds = Selection.Seconds(parsed.GetValue(duration), "--duration");
            if (seconds is <= 0 or > 48 * 3600)
            {
                throw new UsageException("--duration: expected more than 0 s and at most 48 h.");
            }

            var heartRate = parsed.GetValue(rate);
            if (heartRate is not (>= 20 and <= 300))
            {
                throw new UsageException("--heart-rate: expected 20 to 300 beats per minute.");
            }

            var (study, known) = (parsed.GetValue(kind)!, parsed.GetValue(strip)) switch
            {
                ("eeg", _) => Of(EegSimulation.Create(number, Math.Min(seconds ?? 60, 4 * 3600), parsed.GetValue(gaps), parsed.GetValue(artifacts))),
                ("erp", _) => Of(ErpSimulation.Create(number, Math.Clamp(seconds ?? 240, 3, 4 * 3600))),
                ("ecg", false) => Of(EcgSimulation.TwelveLead(number, seconds ?? 10, SimulatedBeat.At(heartRate))),
                ("ecg", true) => Of(EcgSimulation.Strip(number, seconds ?? 300, SimulatedBeat.At(heartRate))),
                ("meg", _) => Of(MegSimulation.Create(number)),
                ("mri", _) => Of(HeadPhantom.T1(number)),
                ("fmri", _) => Of(HeadPhantom.Fmri(number, Math.Clamp(seconds ?? 120, 40, 3600))),
                var (other, _) => throw new UsageException($"KIND '{other}': expected eeg, erp, ecg, meg, mri or fmri."),
            };
            StudyWriter.Write(study, path, force);
            if (parsed.GetValue(truth) is { } truthFile)
            {
                OutputFile.Write(truthFile, force, p => File.WriteAllText(p, known.ToJsonString(Layout) + "\n"));
            }

            if (parsed.GetValue(events) is { } eventsFile)
            {
                OutputFile.Write(eventsFile, force, p => File.WriteAllText(p, EventsTable(known)));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static (Study Study, JsonObject Truth) Of(Simulated<Recording> simulated) => (new Study { Recordings = [simulated.Data], Format = "simulation" }, simulated.Truth);

    private static (Study Study, JsonObject Truth) Of(Simulated<ParameterMap> simulated) => (new Study { Maps = [simulated.Data], Format = "simulation" }, simulated.Truth);

    private static string EventsTable(JsonObject truth)
    {
        if (truth["block_onset_s"] is not JsonArray onsets)
        {
            throw new UsageException("--events: only fmri has events.");
        }

        var duration = truth["block_duration_s"]!.GetValue<double>();
        var table = new StringBuilder("onset\tduration\ttrial_type\n");
        foreach (var onset in onsets)
        {
            table.Append(CultureInfo.InvariantCulture, $"{onset!.GetValue<double>()}\t{duration}\ttask\n");
        }

        return table.ToString();
    }
}
