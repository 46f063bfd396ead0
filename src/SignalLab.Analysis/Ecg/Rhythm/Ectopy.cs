namespace SignalLab.Analysis.Ecg;

/// <summary>Ectopic beats: how many, and in which patterns.</summary>
/// <remarks>Source: ANSI/AAMI EC57:2012 (couplet two, run three or more in succession); AHA/ACCF/HRS 2009 (ventricular tachycardia above 100 /min).</remarks>
internal static class Ectopy
{
    private const int RunBeats = 3;
    private const int PatternRepeats = 3;
    private const double FastRate = 100;
    private const double EscapeRate = 50;
    private const double SustainedSeconds = 30;

    /// <summary>Finds ectopy of one kind.</summary>
    /// <param name="strip">The beats.</param>
    /// <param name="ectopic">Beats of the kind.</param>
    /// <param name="isVentricular">Ventricular, or else supraventricular.</param>
    public static IEnumerable<RhythmFinding> Find(RhythmStrip strip, bool[] ectopic, bool isVentricular)
    {
        var kind = isVentricular ? "ventricular" : "supraventricular";
        var groups = Unbroken(strip, ectopic);
        if (groups.Count > 0)
        {
            yield return Summary(strip, groups, kind);
        }

        foreach (var (from, to) in groups)
        {
            if (to - from >= RunBeats)
            {
                yield return Run(strip, from, to, isVentricular);
            }
            else if (to - from == 2)
            {
                yield return new($"{kind} couplet", strip.Seconds[from], strip.Seconds[from + 1], FormattableString.Invariant($"two {kind} beats {strip.Intervals[from + 1]:0.00} s apart."), 0.8);
            }
        }

        foreach (var finding in Patterns(strip, ectopic, 2, $"{kind} bigeminy").Concat(Patterns(strip, ectopic, 3, $"{kind} trigeminy")))
        {
            yield return finding;
        }
    }

    /// <summary>Beats of runs (three and more in succession).</summary>
    public static void MarkRuns(RhythmStrip strip, bool[] ectopic, bool[] into)
    {
        foreach (var (from, to) in Unbroken(strip, ectopic))
        {
            if (to - from >= RunBeats)
            {
                into.AsSpan(from, to - from).Fill(true);
            }
        }
    }

    // Succession ends at a gap.
    private static List<(int From, int To)> Unbroken(RhythmStrip strip, bool[] ectopic)
    {
        var groups = new List<(int From, int To)>();
        foreach (var (from, to) in Fibrillation.Stretches(ectopic))
        {
            var start = from;
            for (var i = from + 1; i < to; i++)
            {
                if (double.IsNaN(strip.Intervals[i]))
                {
                    groups.Add((start, i));
                    start = i;
                }
            }

            groups.Add((start, to));
        }

        return groups;
    }

    private static RhythmFinding Summary(RhythmStrip strip, List<(int From, int To)> groups, string kind)
    {
        var count = groups.Sum(g => g.To - g.From);
        var (isolated, couplets, runs) = (groups.Count(g => g.To - g.From == 1), groups.Count(g => g.To - g.From == 2), groups.Count(g => g.To - g.From >= RunBeats));
        var perHour = strip.RecordedSeconds > 0 ? 3600 * count / strip.RecordedSeconds : double.NaN;
        return new(
            $"{kind} ectopic beats", strip.Seconds[groups[0].From], strip.Seconds[groups[^1].To - 1],
            FormattableString.Invariant($"{count} of {strip.Count} beats ({100.0 * count / strip.Count:0.0} %), {perHour:0.#} an hour: {isolated} isolated, {couplets} couplet(s), {runs} run(s)."), 0.8);
    }

    private static RhythmFinding Run(RhythmStrip strip, int from, int to, bool isVentricular)
    {
        var (onset, end) = (strip.Seconds[from], strip.Seconds[to - 1]);
        var rate = 60 * (to - from - 1) / (end - onset);
        var isSustained = end - onset >= SustainedSeconds;
        var name = (isVentricular, rate > FastRate, rate >= EscapeRate) switch
        {
            (true, true, _) => isSustained ? "sustained ventricular tachycardia" : "ventricular tachycardia",
            (true, false, true) => "accelerated idioventricular rhythm",
            (true, false, false) => "idioventricular rhythm",
            (false, true, _) => "supraventricular tachycardia",
            _ => "supraventricular run",
        };
        return new(name, onset, end, FormattableString.Invariant($"{to - from} {(isVentricular ? "ventricular" : "supraventricular")} beats in succession at {rate:0} /min over {end - onset:0.0} s."), to - from > RunBeats ? 0.85 : 0.7);
    }

    // Every second, or every third, beat ectopic, so many times without a fault.
    private static IEnumerable<RhythmFinding> Patterns(RhythmStrip strip, bool[] ectopic, int period, string name)
    {
        for (var i = 0; i < strip.Count;)
        {
            var end = i;
            var repeats = 0;
            while (ectopic[i] && end < strip.Count && Holds(strip, ectopic, i, end, period))
            {
                repeats += (end - i) % period == 0 ? 1 : 0;
                end++;
            }

            if (repeats < PatternRepeats)
            {
                i++;
                continue;
            }

            var last = end - 1 - ((end - 1 - i) % period);
            yield return new(name, strip.Seconds[i], strip.Seconds[last], FormattableString.Invariant($"{repeats} ectopic beats, each {(period == 2 ? "after one other beat" : "after two other beats")}."), 0.8);
            i = last + 1;
        }
    }

    private static bool Holds(RhythmStrip strip, bool[] ectopic, int first, int at, int period) =>
        (at == first || double.IsFinite(strip.Intervals[at])) && ((at - first) % period == 0 ? ectopic[at] : !ectopic[at] && !strip.Paced[at]);
}
