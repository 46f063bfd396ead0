namespace SignalLab.Analysis.Ecg;

/// <summary>From the atria to the ventricles: long PR interval, and beats that fail after PR intervals that grew or stayed.</summary>
/// <remarks>
/// Source: 2018 ACC/AHA/HRS guideline on bradycardia (Circulation 2019; 140: e382), definitions of AV block. A P wave without a QRS complex carries no mark here:
/// second degree is told from the pause and the PR intervals around it, and only as a candidate.
/// </remarks>
internal static class Conduction
{
    private const double LongPr = 0.2;
    private const int FewestBeats = 5;

    // An interval that fewer of the beats have is not the rhythm's: undulations stand before some beats by chance.
    private const double LeastShare = 0.5;
    private const int Before = 3;
    private const double Growth = 0.02;
    private const double Sameness = 0.02;

    /// <summary>Finds AV block.</summary>
    /// <param name="strip">The beats.</param>
    /// <param name="taken">Beats of rhythms that have no PR interval.</param>
    public static IEnumerable<RhythmFinding> FindBlocks(RhythmStrip strip, bool[] taken)
    {
        var sinus = Enumerable.Range(0, strip.Count).Where(i => !taken[i] && strip.Conducted[i] && !strip.Supraventricular[i] && double.IsFinite(strip.PrSeconds[i])).ToArray();
        var free = Enumerable.Range(0, strip.Count).Count(i => !taken[i] && strip.Conducted[i] && !strip.Supraventricular[i]);
        var pr = double.IsFinite(strip.UsualPrSeconds) ? strip.UsualPrSeconds : RhythmStrip.Median(sinus.Select(i => strip.PrSeconds[i]));
        if (sinus.Length >= Math.Max(FewestBeats, LeastShare * free) && pr > LongPr)
        {
            yield return new(
                "first-degree AV block", strip.Seconds[sinus[0]], strip.Seconds[sinus[^1]],
                FormattableString.Invariant($"PR interval {1000 * pr:0} ms, usual of {sinus.Length} beats with a P wave; {sinus.Count(i => strip.PrSeconds[i] > LongPr)} of them above 200 ms."), 0.8);
        }

        var growing = new List<RhythmFinding>();
        var constant = new List<RhythmFinding>();
        for (var i = Before + 1; i < strip.Count; i++)
        {
            if (Dropped(strip, taken, i) is { } dropped)
            {
                (dropped.Grew ? growing : constant).Add(dropped.Finding);
            }
        }

        // Once may be a blocked ectopic beat or one that was not detected.
        foreach (var finding in (growing.Count > 1 ? growing : []).Concat(constant.Count > 1 ? constant : []))
        {
            yield return finding;
        }
    }

    private static (bool Grew, RhythmFinding Finding)? Dropped(RhythmStrip strip, bool[] taken, int i)
    {
        for (var k = i - Before; k <= i; k++)
        {
            if (taken[k] || !strip.Conducted[k] || strip.Supraventricular[k] || !double.IsFinite(strip.PrSeconds[k]) || !double.IsFinite(strip.Intervals[k]))
            {
                return null;
            }
        }

        var usual = RhythmStrip.Median(Enumerable.Range(i - Before, Before).Select(k => strip.Intervals[k]));
        var (longer, last, first, after) = (strip.Intervals[i] / usual, strip.PrSeconds[i - 1], strip.PrSeconds[i - Before], strip.PrSeconds[i]);
        var evidence = FormattableString.Invariant($"PR {1000 * first:0} ms, then {1000 * last:0} ms before and {1000 * after:0} ms after an interval of {longer:0.00} times the usual.");
        var (from, to) = (strip.Seconds[i - Before], strip.Seconds[i]);
        return longer switch
        {
            > 1.3 and < 2.05 when last - first >= Growth && last - after >= Growth && strip.PrSeconds[i - 2] >= first => (true, new("second-degree AV block, Mobitz I (candidate)", from, to, evidence, 0.5)),
            > 1.85 and < 2.15 when Math.Abs(last - first) <= Sameness && Math.Abs(after - last) <= Sameness => (false, new("second-degree AV block, Mobitz II (candidate)", from, to, evidence, 0.3)),
            _ => null,
        };
    }
}
