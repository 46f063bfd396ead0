using System.CommandLine;
using SignalLab.Analysis.Selection;
using SignalLab.Formats;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Opens what a verb works on: the file, the condition, positions by name, the channels and the stretch that were asked for.</summary>
internal static class Input
{
    /// <summary>
    /// The recording with the channels of <c>--channels</c>, processed, then the stretch of <c>--from --to</c>: a stretch is the same whether it was cut out or not.
    /// With a montage <c>--channels</c> names derivations, so they are picked after it; after an interpolation too, which needs every electrode.
    /// Electrodes without a position get that of their name.
    /// </summary>
    public static Recording Recording(ParseResult parsed, string path, Func<Recording, Recording>? process = null)
    {
        return Cut(parsed, Prepared(parsed, path, process));
    }

    /// <summary>Every condition of a file of averages, with the channels and the stretch that were asked for.</summary>
    public static IReadOnlyList<Recording> Conditions(ParseResult parsed, Study study)
    {
        Terminal.Remark(study.Remarks.Concat(study.Recordings.SelectMany(r => r.Remarks)), parsed.GetValue(Common.Quiet));
        return [.. study.Recordings.Select(r => Cut(parsed, Picked(parsed, StandardLayouts.Placed(r))))];
    }

    /// <summary>The same without the stretch.</summary>
    public static Recording Prepared(ParseResult parsed, string path, Func<Recording, Recording>? process = null)
    {
        var recording = Whole(parsed, path);
        var derives = parsed.GetValue(Derivations.Montage) is not null || parsed.GetValue(Derivations.Interpolate);
        recording = derives ? recording : Picked(parsed, recording);
        recording = process?.Invoke(recording) ?? recording;
        return derives ? Picked(parsed, recording) : recording;
    }

    /// <summary>The stretch from one time to another, excluded; of an average the times are latencies.</summary>
    private static Recording Cut(ParseResult parsed, Recording recording)
    {
        var (from, to) = (Selection.Seconds(parsed.GetValue(Common.From), "--from"), Selection.Seconds(parsed.GetValue(Common.To), "--to"));
        var zero = recording.Evoked?.FirstLatencySeconds ?? 0;
        return from is null && to is null ? recording : recording.Crop((from ?? zero) - zero, to - zero);
    }

    private static Recording Picked(ParseResult parsed, Recording recording) =>
        parsed.GetValue(Common.Channels) is { } wanted ? recording.Pick(Selection.Channels(recording, wanted)) : recording;

    /// <summary>The recording with all its channels.</summary>
    public static Recording Whole(ParseResult parsed, string path)
    {
        var study = KnownFormats.Open(path);
        var recording = Selection.Recording(study, path, parsed.GetValue(Common.Condition));
        Terminal.Remark(study.Remarks.Concat(recording.Remarks), parsed.GetValue(Common.Quiet));
        return StandardLayouts.Placed(recording);
    }
}
