namespace SignalLab.Analysis.Ecg;

/// <summary>Atrial fibrillation: disorder of the conducted beats, and no P wave that keeps its distance from them.</summary>
internal static class Fibrillation
{
    private const double PacedShare = 0.2;
    private const int FewestInRun = 3;
    private const int FewestPaced = 2;
    private const int FewestConducted = 2;

    // Between paced beats an interval, so two beats in a row, must be the patient's own: single ones are where the pacemaker was late.
    private const int FewestOwn = 2;
    private const int FewForCertainty = 12;

    // P waves that stand within so much of their usual place before so many of the beats are sinus beats'; undulations of the baseline fall there by chance for about a third.
    private const double PrTolerance = 0.025;
    public const double KeptShare = 0.75;

    /// <summary>Beats in atrial fibrillation.</summary>
    /// <param name="strip">The beats.</param>
    /// <returns>One answer a beat; runs of ventricular beats and paced stretches are not counted in.</returns>
    public static bool[] Beats(RhythmStrip strip)
    {
        var isPaced = strip.Paced.Count(p => p) >= PacedShare * Math.Max(1, strip.Count);
        var states = Irregularity.Find(strip.Intervals, strip.Conducted, isPaced);
        foreach (var (from, to) in Stretches(states))
        {
            if (PKept(strip, from, to) >= KeptShare)
            {
                states.AsSpan(from, to - from).Clear();
            }
        }

        Leave(states, strip.Ventricular, FewestInRun);
        Leave(states, strip.Paced, FewestPaced);
        foreach (var (from, to) in Stretches(states))
        {
            if (strip.Conducted.AsSpan(from, to - from).Count(true) < FewestConducted || (isPaced && Stretches(strip.Conducted[from..to]).All(s => s.To - s.From < FewestOwn)))
            {
                states.AsSpan(from, to - from).Clear();
            }
        }

        return states;
    }

    /// <summary>Episodes with what they rest on.</summary>
    public static IEnumerable<RhythmFinding> Find(RhythmStrip strip, bool[] states)
    {
        var episodes = Stretches(states).Select(s => (s.From, s.To, Onset: Onset(strip, states, s.From), End: End(strip, s.To))).ToArray();
        var burden = 100 * episodes.Sum(e => Covered(strip, e.Onset, e.End)) / Math.Max(strip.RecordedSeconds, 1e-9);
        foreach (var (from, to, onset, end) in episodes)
        {
            var intervals = Enumerable.Range(from, to - from).Where(i => i > 0 && strip.Conducted[i] && strip.Conducted[i - 1] && double.IsFinite(strip.Intervals[i])).Select(i => strip.Intervals[i]).ToArray();
            var mean = intervals.DefaultIfEmpty(double.NaN).Average();
            var successive = Math.Sqrt(intervals.Zip(intervals.Skip(1), (a, b) => (b - a) * (b - a)).DefaultIfEmpty(0).Average()) / mean;
            var kept = PKept(strip, from, to);
            var classes = strip.IsClassified ? "" : "; the beats have no class, so an ectopic rhythm may look like it";
            var waves = double.IsNaN(kept) ? "P waves were not looked at" : FormattableString.Invariant($"a P wave keeps its place before {100 * kept:0} % of the beats");
            var order = double.IsNaN(mean) ? "without two intervals of conducted beats of their own, between disorder on both sides" : FormattableString.Invariant($"at {60 / mean:0} /min without order (RMSSD {100 * successive:0} % of the mean RR)");
            yield return new(
                RhythmAnalysis.AtrialFibrillation, onset, end,
                FormattableString.Invariant($"{to - from} beats {order}; {waves}{classes}; burden {burden:0.0} % of {strip.RecordedSeconds:0} s; flutter with changing conduction is not told apart."),
                Math.Round((double.IsNaN(kept) ? 0.75 : 0.95 - (0.4 * kept)) * (to - from < FewForCertainty ? 0.7 : 1) * (strip.IsClassified ? 1 : 0.6), 3));
        }
    }

    /// <summary>Runs of true as half-open ranges.</summary>
    public static List<(int From, int To)> Stretches(bool[] states)
    {
        var found = new List<(int From, int To)>();
        for (var i = 0; i < states.Length; i++)
        {
            if (!states[i])
            {
                continue;
            }

            if (found.Count > 0 && found[^1].To == i)
            {
                found[^1] = (found[^1].From, i + 1);
            }
            else
            {
                found.Add((i, i + 1));
            }
        }

        return found;
    }

    /// <summary>Share of the conducted beats whose P wave stands where it usually stands; NaN where nothing was delineated.</summary>
    /// <remarks>The P wave of a premature beat has its own place: such beats are left out where they are the smaller part.</remarks>
    public static double PKept(RhythmStrip strip, int from, int to)
    {
        if (!strip.IsDelineated)
        {
            return double.NaN;
        }

        var conducted = Enumerable.Range(from, to - from).Where(i => strip.Conducted[i]).ToArray();
        var onTime = conducted.Where(i => !strip.Supraventricular[i]).ToArray();
        var asked = 2 * onTime.Length > conducted.Length ? onTime : conducted;
        var usual = RhythmStrip.Median(asked.Select(i => strip.PrSeconds[i]));
        return asked.Count(i => Math.Abs(strip.PrSeconds[i] - usual) <= PrTolerance) / (double)Math.Max(1, asked.Length);
    }

    // A run of ventricular or paced beats stands for itself; the last beat before it stays.
    private static void Leave(bool[] states, bool[] others, int fewest)
    {
        foreach (var (from, to) in Stretches(others))
        {
            if (to - from >= fewest)
            {
                states.AsSpan(from, to - from).Clear();
            }
        }
    }

    private static double Onset(RhythmStrip strip, bool[] states, int from)
    {
        if (from <= 2 && !states[..from].Any(s => s) && !strip.Ventricular[0] && !strip.Paced[0])
        {
            return strip.FromSeconds;
        }

        return from > 0 && !strip.Ventricular[from - 1] && double.IsFinite(strip.Intervals[from]) ? strip.Seconds[from - 1] : strip.Seconds[from];
    }

    // Until the next beat where that one opens another rhythm, until the recording's end after the last beat.
    private static double End(RhythmStrip strip, int to) =>
        to >= strip.Count ? strip.ToSeconds
        : double.IsFinite(strip.Intervals[to]) && !strip.Conducted[to] ? strip.Seconds[to]
        : strip.Seconds[to - 1];

    private static double Covered(RhythmStrip strip, double from, double to)
    {
        var gaps = 0.0;
        for (var i = 1; i < strip.Count; i++)
        {
            gaps += double.IsNaN(strip.Intervals[i]) && strip.Seconds[i - 1] >= from && strip.Seconds[i] <= to ? strip.Seconds[i] - strip.Seconds[i - 1] : 0;
        }

        return Math.Max(0, to - from - gaps);
    }
}
