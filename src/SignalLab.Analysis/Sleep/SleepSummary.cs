using SignalLab.Model;

namespace SignalLab.Analysis.Sleep;

/// <summary>
/// The numbers of a staged night. Epochs without a stage count for nothing. Lights out and lights on are the annotations of that name, else the first and the last staged epoch.
/// Source: AASM Manual for the Scoring of Sleep, version 2, chapter II: parameters to be reported for polysomnography.
/// </summary>
public sealed record SleepSummary
{
    /// <summary>Length of an epoch in seconds.</summary>
    public const double EpochSeconds = 30;

    private const double Slack = 1e-3;

    /// <summary>Time in bed: from lights out to lights on.</summary>
    public double TimeInBedSeconds { get; private init; }

    /// <summary>Total sleep time: all stages but wake.</summary>
    public double TotalSleepSeconds { get; private init; }

    /// <summary>From lights out to the first epoch of any sleep, or null without sleep.</summary>
    public double? SleepLatencySeconds { get; private init; }

    /// <summary>From the first epoch of sleep to the first of REM, or null without.</summary>
    public double? RemLatencySeconds { get; private init; }

    /// <summary>Wake between the first epoch of sleep and lights on.</summary>
    public double WakeAfterOnsetSeconds { get; private init; }

    /// <summary>Total sleep time as a share of the time in bed, or null where nothing was staged.</summary>
    public double? Efficiency { get; private init; }

    /// <summary>Seconds in each stage.</summary>
    public IReadOnlyDictionary<SleepStage, double> StageSeconds { get; private init; } = new Dictionary<SleepStage, double>();

    /// <summary>Times at which sleep turned to wake, or null where nothing was staged.</summary>
    public int Awakenings { get; private init; }

    /// <summary>Epochs between lights out and lights on without a stage, in seconds.</summary>
    public double UnstagedSeconds { get; private init; }

    /// <summary>Sums up.</summary>
    /// <param name="annotations">Stages and lights among others; where two stages overlap, the later-starting one counts.</param>
    public static SleepSummary Of(IEnumerable<Annotation> annotations)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        Annotation[] all = [.. annotations.OrderBy(a => a.OnsetSeconds)];
        var stages = all.Select(a => (Stage: SleepStages.Of(a.Text), From: a.OnsetSeconds, To: a.OnsetSeconds + (a.DurationSeconds > 0 ? a.DurationSeconds : EpochSeconds)))
            .Where(s => s.Stage is not null).Select(s => (Stage: s.Stage!.Value, s.From, s.To)).ToList();
        if (stages.Count == 0)
        {
            return new();
        }

        for (var i = 0; i + 1 < stages.Count; i++)
        {
            stages[i] = (stages[i].Stage, stages[i].From, Math.Min(stages[i].To, stages[i + 1].From));
        }

        var off = Named(all, "lights off", "lights out") ?? stages[0].From;
        var on = Named(all, "lights on") ?? stages[^1].To;
        var night = stages.Select(s => (s.Stage, From: Math.Max(s.From, off), To: Math.Min(s.To, on))).Where(s => s.To > s.From + Slack).ToList();
        var asleep = night.Where(s => s.Stage != SleepStage.Wake).ToList();
        var onset = asleep.Count > 0 ? asleep[0].From : (double?)null;
        var total = asleep.Sum(s => s.To - s.From);
        return new()
        {
            TimeInBedSeconds = on - off,
            TotalSleepSeconds = total,
            SleepLatencySeconds = onset - off,
            RemLatencySeconds = asleep.Where(s => s.Stage == SleepStage.Rem).Select(s => (double?)(s.From - onset!.Value)).FirstOrDefault(),
            WakeAfterOnsetSeconds = night.Where(s => s.Stage == SleepStage.Wake && s.From >= onset).Sum(s => s.To - s.From),
            Efficiency = on > off ? total / (on - off) : null,
            StageSeconds = night.GroupBy(s => s.Stage).ToDictionary(g => g.Key, g => g.Sum(s => s.To - s.From)),
            Awakenings = night.Zip(night.Skip(1)).Count(p => p.First.Stage != SleepStage.Wake && p.Second.Stage == SleepStage.Wake),
            UnstagedSeconds = Math.Max(0, on - off - night.Sum(s => s.To - s.From)),
        };
    }

    private static double? Named(Annotation[] all, params string[] names) =>
        all.FirstOrDefault(a => names.Contains(a.Text.Trim(), StringComparer.OrdinalIgnoreCase))?.OnsetSeconds;
}
