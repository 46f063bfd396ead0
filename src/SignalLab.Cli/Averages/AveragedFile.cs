using System.CommandLine;
using SignalLab.Analysis.Averages;
using SignalLab.Analysis.Projections;
using SignalLab.Analysis.Selection;
using SignalLab.Formats;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Cli.Averages;

/// <summary>One condition of one file: its average and, where it was cut here, its epochs.</summary>
/// <param name="Name">The event or condition.</param>
/// <param name="Evoked">The average.</param>
/// <param name="Epochs">The epochs, null for a file that holds averages already.</param>
internal sealed record Averaged(string Name, Recording Evoked, Epochs? Epochs);

/// <summary>The conditions of one file, cut and averaged here or averaged already.</summary>
internal static class AveragedFile
{
    /// <summary>One condition an event that was asked for, or every condition of an averaged file.</summary>
    public static IReadOnlyList<Averaged> Open(ParseResult parsed, string path, EpochChoice choice, Option<string> projectors)
    {
        var study = KnownFormats.Open(path);
        if (study.Recordings.Count == 0)
        {
            throw new UnfitInputException($"{path}: holds no recording.");
        }

        string[] names = [.. choice.Events(parsed), .. choice.Minus(parsed) is { } minus ? new[] { minus } : []];
        if (study.Recordings[0].Evoked is not null)
        {
            var conditions = names.Length == 0 ? study.Recordings : [.. names.Select(n => Selection.Recording(study, path, n))];
            return [.. conditions.Select(c => new Averaged(c.Evoked!.Condition, choice.Rebased(parsed, Signals(parsed, StandardLayouts.Placed(c))), null))];
        }

        if (names.Length == 0)
        {
            throw new UsageException("average: give --event NAME, an annotation's text or a code of the trigger channel (--stim CHANNEL); signallab info lists the annotations.");
        }

        var whole = StandardLayouts.Placed(study.Recordings[0]);
        Terminal.Remark(study.Remarks.Concat(whole.Remarks), parsed.GetValue(Common.Quiet));
        var source = choice.Source(parsed, whole);
        var recording = Conditioning.Apply(parsed, whole);
        recording = parsed.GetValue(projectors) switch
        {
            "on" => recording.ApplyProjectors(),
            "off" => recording,
            var other => throw new UsageException($"--proj '{other}': expected on or off."),
        };
        recording = Signals(parsed, recording);
        return [.. names.Select(name => Average(parsed, choice, path, recording, name, source))];
    }

    private static Averaged Average(ParseResult parsed, EpochChoice choice, string path, Recording recording, string name, Func<string, IReadOnlyList<Event>> source)
    {
        var events = source(name);
        if (events.Count == 0)
        {
            var known = source("*").Select(e => e.Name).Distinct().ToList();
            throw new UnfitInputException($"{path}: has no event '{name}'; it has {(known.Count == 0 ? "none" : string.Join(", ", known.Take(12)) + (known.Count > 12 ? ", …" : ""))}.");
        }

        var epochs = recording.CutEpochs(events, choice.Epochs(parsed));
        var (method, share) = choice.Method(parsed);
        Terminal.Remark([$"{name}: {epochs.Events.Count} of {events.Count} epochs kept{Reasons(epochs)}."], parsed.GetValue(Common.Quiet));
        return new(name, epochs.Average(name, method, share), epochs);
    }

    /// <summary>Why epochs were dropped, counted.</summary>
    public static string Reasons(Epochs epochs) => epochs.Dropped.Count == 0 ? "" : $" ({string.Join(", ", epochs.Dropped.CountBy(d => FaultName(d.Fault)).Select(g => $"{g.Value} {g.Key}"))})";

    /// <summary>A fault's name in tables.</summary>
    public static string FaultName(EpochFault fault) => fault switch
    {
        EpochFault.NoData => "no_data",
        EpochFault.PeakToPeak => "peak_to_peak",
        EpochFault.NotFinite => "not_finite",
        _ => fault.ToString().ToLowerInvariant(),
    };

    private static Recording Signals(ParseResult parsed, Recording recording) => parsed.GetValue(Common.Channels) is { } wanted
        ? recording.Pick(Selection.Channels(recording, wanted))
        : recording.Pick(c => c.Kind != ChannelKind.Stim);
}
