namespace SignalLab.Analysis.Ecg;

/// <summary>Sinus rhythm, slow, usual and fast: stretches by the median rate around each beat. Source: AHA/ACCF/HRS recommendations (Circulation 2009; 119: e235), limits 60 and 100 /min.</summary>
internal static class RateStretches
{
    private const int Either = 4;
    private const int FewestBeats = 3;
    private const double ShortestSeconds = 10;
    private const double Slow = 60;
    private const double VerySlow = 50;
    private const double Fast = 100;

    /// <summary>Finds the stretches.</summary>
    /// <param name="strip">The beats.</param>
    /// <param name="taken">Beats of another rhythm: fibrillation, paced stretches, runs.</param>
    public static IEnumerable<RhythmFinding> Find(RhythmStrip strip, bool[] taken)
    {
        var free = Array.ConvertAll(taken, t => !t);
        for (var i = 1; i < free.Length; i++)
        {
            // A gap ends a stretch, so a beat that follows one is set aside as its opening.
            free[i] &= double.IsFinite(strip.Intervals[i]) || !free[i - 1];
        }

        foreach (var (from, to) in Fibrillation.Stretches(free))
        {
            foreach (var (a, b, grade) in Grades(strip, from, to))
            {
                if (Describe(strip, a, b, grade) is { } finding)
                {
                    yield return finding;
                }
            }
        }
    }

    private static List<(int From, int To, int Grade)> Grades(RhythmStrip strip, int from, int to)
    {
        var parts = new List<(int From, int To, int Grade)>();
        for (var i = from; i < to; i++)
        {
            // As it is shown: 59.6 is 60 to the reader.
            var rate = Math.Round(60 / RhythmStrip.Median(Enumerable.Range(Math.Max(from + 1, i - Either), Math.Max(0, Math.Min(to - 1, i + Either) - Math.Max(from + 1, i - Either) + 1))
                .Where(k => strip.Conducted[k] && strip.Conducted[k - 1]).Select(k => strip.Intervals[k])));
            var grade = double.IsNaN(rate) ? (parts.Count > 0 ? parts[^1].Grade : 0) : rate < VerySlow ? -2 : rate < Slow ? -1 : rate > Fast ? 1 : 0;
            if (parts.Count > 0 && parts[^1].Grade == grade)
            {
                parts[^1] = (parts[^1].From, i + 1, grade);
            }
            else
            {
                parts.Add((i, i + 1, grade));
            }
        }

        // A part that is too short to be called a rhythm joins the one before it, the first one the one after it.
        for (var p = 0; p < parts.Count && parts.Count > 1;)
        {
            var (a, b, grade) = parts[p];
            if (strip.Seconds[b - 1] - strip.Seconds[a] >= ShortestSeconds && (p == 0 || grade != parts[p - 1].Grade))
            {
                p++;
                continue;
            }

            var into = p > 0 ? p - 1 : 1;
            parts[into] = (Math.Min(a, parts[into].From), Math.Max(b, parts[into].To), parts[into].Grade);
            parts.RemoveAt(p);
        }

        return parts;
    }

    private static RhythmFinding? Describe(RhythmStrip strip, int from, int to, int grade)
    {
        var conducted = Enumerable.Range(from, to - from).Where(i => strip.Conducted[i]).ToArray();
        var interval = RhythmStrip.Median(conducted.Where(i => i > from && strip.Conducted[i - 1]).Select(i => strip.Intervals[i]));
        if (conducted.Length < FewestBeats || double.IsNaN(interval))
        {
            return null;
        }

        var waves = conducted.Count(i => double.IsFinite(strip.PrSeconds[i])) / (double)conducted.Length;
        var isSinus = !strip.IsDelineated || waves >= 0.5;
        var name = (isSinus, grade) switch
        {
            (true, -2) => "marked sinus bradycardia",
            (true, -1) => "sinus bradycardia",
            (true, 1) => "sinus tachycardia",
            (true, _) => "sinus rhythm",
            (false, 1) => "tachycardia without P waves",
            _ => "rhythm without P waves",
        };
        var seen = strip.IsDelineated ? FormattableString.Invariant($"a P wave before {100 * waves:0} % of the beats") : "P waves were not looked at";
        return new(
            name, from <= 1 ? Math.Min(strip.FromSeconds, strip.Seconds[from]) : strip.Seconds[from], to >= strip.Count ? strip.ToSeconds : strip.Seconds[to - 1],
            FormattableString.Invariant($"median rate {60 / interval:0.#} /min over {conducted.Length} conducted beats; {seen}."),
            strip.IsDelineated ? Math.Round(Math.Max(waves, 1 - waves), 3) : 0.5);
    }
}
