using System.CommandLine;
using SignalLab.Analysis.Ecg;
using SignalLab.Figures;
using SignalLab.Figures.Ecg;
using SignalLab.Figures.Graphs;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab graph FILE OUT</c>: the time-series graph.</summary>
internal static class GraphVerb
{
    public static Command Create()
    {
        var file = Common.File();
        var output = Common.Out("Picture: .png, .svg or .pdf (vectors, true to scale).");
        var duration = new Option<string>("--duration") { Description = "Seconds shown (10; an average whole)." };
        var sensitivity = new Option<string>("--sensitivity") { Description = "For example 7uV/mm or 10mm/mV; chosen from the data where not given." };
        var speed = new Option<string>("--speed") { Description = "Paper speed, for example 30mm/s." };
        var paper = new Option<bool>("--paper") { Description = "Ruled paper at the clinical scale; an ECG as a 12-lead sheet." };
        var layout = new Option<string>("--layout") { Description = "Of an ECG's sheet: 3x4 (with a rhythm strip), 6x2 or 12x1; 6x2,cabrera takes Cabrera's order." };
        var pages = new Option<bool>("--pages") { Description = "Of an ECG's sheet: all pages to the recording's end (.pdf)." };
        var command = new Command("graph", "Draws traces over time. Example: signallab graph night.edf page.pdf --from 60 --montage banana --highpass 1 --lowpass 70 --sensitivity 7uV/mm")
        {
            file, output, Common.From, duration, Common.Channels, sensitivity, speed, paper, layout, pages, Derivations.Montage, Derivations.Interpolate, Derivations.Bad, Conditioning.Highpass, Conditioning.Lowpass,
            Conditioning.Notch, Conditioning.Order, Conditioning.PhaseName, Conditioning.Quality, Common.Condition, Common.Force,
        };
        command.SetAction(parsed =>
        {
            var target = parsed.GetValue(output)!;
            FigureOutput.RequireEnding(target, FigureFile.Endings);
            var recording = Input.Prepared(parsed, parsed.GetValue(file)!, r => Conditioning.Apply(parsed, r));
            var seconds = Selection.Seconds(parsed.GetValue(duration), "--duration");
            if (seconds <= 0)
            {
                throw new UsageException("--duration: expected more than 0 s.");
            }

            var options = new TimeSeriesOptions
            {
                FromSeconds = (Selection.Seconds(parsed.GetValue(Common.From), "--from") ?? 0) - (recording.Evoked?.FirstLatencySeconds is { } latency && parsed.GetValue(Common.From) is not null ? latency : 0),
                DurationSeconds = seconds ?? (recording.Evoked is null ? Math.Min(10, recording.DurationSeconds) : null),
                Sensitivity = parsed.GetValue(sensitivity) is { } s ? SensitivityOf(s) : null,
                SpeedMmPerSecond = parsed.GetValue(speed) is { } v ? SpeedOf(v) : null,
                Paper = parsed.GetValue(paper),
            };
            var isEcg = recording.Channels.Count > 0 && recording.Channels.All(c => c.Kind == ChannelKind.Ecg);
            var force = parsed.GetValue(Common.Force);
            if (!(options.Paper && isEcg))
            {
                if (parsed.GetValue(layout) is not null || parsed.GetValue(pages))
                {
                    throw new UsageException("--layout and --pages belong to --paper and an ECG (other channels are left out with --channels ecg).");
                }

                FigureOutput.Save(new TimeSeriesGraph(recording, options), target, force, recording.Provenance);
                return ExitCode.Done;
            }

            var sheet = EcgPage.Options(recording.Examine(), options, parsed.GetValue(layout));
            if (!parsed.GetValue(pages))
            {
                FigureOutput.Save(new EcgSheet(recording, sheet), target, force, recording.Provenance);
                return ExitCode.Done;
            }

            FigureOutput.RequireEnding(target, [".pdf"]);
            OutputFile.Write(target, force, p => FigureFile.SavePages(EcgSheet.Pages(recording, sheet), p, FigureOutput.Made(recording.Provenance)));
            return ExitCode.Done;
        });
        return command;
    }

    private static Sensitivity SensitivityOf(string text)
    {
        try
        {
            return Sensitivity.Parse(text);
        }
        catch (UnfitInputException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static double SpeedOf(string text)
    {
        var number = text.EndsWith("mm/s", StringComparison.Ordinal) ? text[..^4] : text;
        return Selection.Numbers(number, "--speed", 1)[0] is > 0 and <= 1000 and var mm ? mm : throw new UsageException($"--speed '{text}': expected for example 30mm/s.");
    }
}
