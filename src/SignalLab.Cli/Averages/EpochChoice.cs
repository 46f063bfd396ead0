using System.CommandLine;
using System.Globalization;
using SignalLab.Analysis.Averages;
using SignalLab.Analysis.Projections;
using SignalLab.Model;

namespace SignalLab.Cli.Averages;

/// <summary>The options that decide events, epochs and what stands for them.</summary>
internal sealed class EpochChoice
{
    private readonly Option<string[]> events = new("--event") { Description = "Annotation text, glob, or code of the trigger channel; several make several conditions. Of averaged files a condition's name." };
    private readonly Option<string> minus = new("--minus") { Description = "Event whose average is subtracted: a difference wave." };
    private readonly Option<string> stim = new("--stim") { Description = "Trigger channel instead of annotations." };
    private readonly Option<string> steps = new("--stim-steps") { Description = "rising, every or from-zero.", DefaultValueFactory = _ => "rising" };
    private readonly Option<long?> mask = new("--stim-mask") { Description = "Bits of the trigger channel that count." };
    private readonly Option<string> shortest = new("--stim-shortest") { Description = "Codes that last shorter, in seconds, belong to the next step." };
    private readonly Option<string> from = new("--from") { Description = "Start of the epochs in seconds about the event.", DefaultValueFactory = _ => "-0.2" };
    private readonly Option<string> to = new("--to") { Description = "End of the epochs, included.", DefaultValueFactory = _ => "0.8" };
    private readonly Option<string> baseline = new("--baseline") { Description = "A,B (both ends included, an empty side is the epoch's end) or none; where not given ,0 for epochs that begin before 0." };
    private readonly Option<string> reject = new("--reject") { Description = "Peak-to-peak limit: 150uV, or eeg:150uV,eog:250uV,grad:4000fT/cm,mag:4pT." };
    private readonly Option<string> flat = new("--flat") { Description = "Least peak-to-peak value, as --reject." };
    private readonly Option<string> bad = new("--reject-annotations") { Description = "Globs of texts that mark bad stretches, or none.", DefaultValueFactory = _ => "BAD*" };
    private readonly Option<string> robust = new("--robust") { Description = "median, trimmed or trimmed:SHARE (0.2 a side) instead of the mean." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { events, minus, stim, steps, mask, shortest, from, to, baseline, reject, flat, bad, robust })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The events that were asked for, in that order.</summary>
    public string[] Events(ParseResult parsed) => parsed.GetValue(events) ?? [];

    /// <summary>The event to subtract, or null.</summary>
    public string? Minus(ParseResult parsed) => parsed.GetValue(minus);

    /// <summary>Every event of a recording that may be chosen from: those of the trigger channel, else the annotations.</summary>
    public Func<string, IReadOnlyList<Event>> Source(ParseResult parsed, Recording recording)
    {
        if (parsed.GetValue(stim) is not { } name)
        {
            return recording.EventsFromAnnotations;
        }

        var channels = Selection.Channels(recording, name);
        if (channels.Length != 1)
        {
            throw new UsageException($"--stim '{name}': names {channels.Length} channels, give one.");
        }

        var found = recording.EventsFromStim(channels[0], new StimOptions
        {
            Steps = parsed.GetValue(steps) switch
            {
                "rising" => StimSteps.Rising,
                "every" => StimSteps.Every,
                "from-zero" => StimSteps.FromZero,
                var other => throw new UsageException($"--stim-steps '{other}': expected rising, every or from-zero."),
            },
            Mask = parsed.GetValue(mask),
            ShortestSeconds = Selection.Seconds(parsed.GetValue(shortest), "--stim-shortest") ?? 0,
        });
        var marked = recording with { Annotations = [.. found.Select(e => new Annotation(e.OnsetSeconds, 0, e.Name))] };
        return marked.EventsFromAnnotations;
    }

    /// <summary>How epochs are cut.</summary>
    public EpochOptions Epochs(ParseResult parsed)
    {
        var (start, end) = (Selection.Seconds(parsed.GetValue(from), "--from")!.Value, Selection.Seconds(parsed.GetValue(to), "--to")!.Value);
        return new EpochOptions
        {
            FromSeconds = start,
            ToSeconds = end,
            Baseline = Baseline(parsed, start, end),
            Reject = Limits(parsed.GetValue(reject), "--reject"),
            Flat = Limits(parsed.GetValue(flat), "--flat"),
            RejectAnnotations = parsed.GetValue(bad) is { } globs && globs != "none" ? globs.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [],
        };
    }

    /// <summary>An average with the baseline that was asked for; as it is where none was.</summary>
    public Recording Rebased(ParseResult parsed, Recording average) =>
        parsed.GetValue(baseline) is not null && Baseline(parsed, 0, 0) is var (start, end) ? average.BaselineCorrected(start, end) : average;

    /// <summary>What stands for the epochs, and the share a trimmed mean leaves out on each side.</summary>
    public (AverageMethod Method, double Share) Method(ParseResult parsed)
    {
        var text = parsed.GetValue(robust);
        return text?.Split(':') switch
        {
            null => (AverageMethod.Mean, 0),
            ["median"] => (AverageMethod.Median, 0),
            ["trimmed"] => (AverageMethod.TrimmedMean, 0.2),
            ["trimmed", var share] when Selection.Numbers(share, "--robust", 1)[0] is >= 0 and < 0.5 and var number => (AverageMethod.TrimmedMean, number),
            _ => throw new UsageException($"--robust '{text}': expected median, trimmed, or trimmed:SHARE with a share from 0 to below 0.5."),
        };
    }

    private (double? From, double? To)? Baseline(ParseResult parsed, double start, double end)
    {
        if (parsed.GetValue(baseline) is not { } text)
        {
            return start < 0 && end >= 0 ? (null, 0) : null;
        }

        if (text is "none" or "None")
        {
            return null;
        }

        var sides = text.Split(',');
        return sides.Length == 2
            ? (Side(sides[0]), Side(sides[1]))
            : throw new UsageException($"--baseline '{text}': expected two latencies separated by a comma, or none.");

        static double? Side(string side) => side.Trim() is "" or "None" ? null : Selection.Numbers(side, "--baseline", 1)[0];
    }

    private static List<PeakToPeakLimit> Limits(string? text, string option) =>
        [.. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(part => Limit(part, option))];

    private static IEnumerable<PeakToPeakLimit> Limit(string part, string option)
    {
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        var amount = part[(colon + 1)..];
        var digits = amount.TakeWhile((c, i) => char.IsAsciiDigit(c) || c is '.' or '+' or '-' || (c is 'e' or 'E' && i + 1 < amount.Length && (char.IsAsciiDigit(amount[i + 1]) || amount[i + 1] is '-' or '+'))).Count();
        var unit = Unit.Parse(amount[digits..].Trim());
        if (!double.TryParse(amount[..digits], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value >= 0) || !unit.IsKnown || amount.Length == digits)
        {
            throw new UsageException($"{option} '{part}': expected a number with its unit such as 150uV, or eeg:150uV.");
        }

        ChannelKind[]? kinds = colon < 0 ? null : ChannelKinds.Parse(part[..colon]) ?? throw new UsageException($"{option} '{part}': '{part[..colon]}' is no kind of channel.");
        return kinds is null ? [new PeakToPeakLimit(value, unit)] : kinds.Select(k => new PeakToPeakLimit(value, unit, k));
    }
}
