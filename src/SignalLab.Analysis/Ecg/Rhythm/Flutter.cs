namespace SignalLab.Analysis.Ecg;

/// <summary>Atrial flutter where the ventricles follow with some order; without order it is among atrial fibrillation.</summary>
internal static class Flutter
{
    private const int FewestBeats = 4;

    // At so many cycles a beat one P wave that keeps its place speaks for sinus rhythm and a tremor; in faster conduction it is a flutter wave that keeps it.
    private const double Slow = 2.5;

    /// <summary>Beats in flutter.</summary>
    /// <param name="strip">The beats.</param>
    /// <param name="stretches">Where flutter waves are.</param>
    /// <param name="taken">Beats of fibrillation and paced ones.</param>
    /// <returns>One answer a beat.</returns>
    public static bool[] Beats(RhythmStrip strip, IReadOnlyList<FlutterStretch> stretches, bool[] taken)
    {
        var beats = strip.Seconds.Select((s, i) => !taken[i] && stretches.Any(f => s >= f.OnsetSeconds && s < f.EndSeconds)).ToArray();
        foreach (var (from, to) in Fibrillation.Stretches(beats))
        {
            var cycle = stretches.First(f => strip.Seconds[from] >= f.OnsetSeconds && strip.Seconds[from] < f.EndSeconds).CycleSeconds;
            var interval = RhythmStrip.Median(Enumerable.Range(from + 1, to - from - 1).Select(i => strip.Intervals[i]));
            if (to - from < FewestBeats || (interval > Slow * cycle && Fibrillation.PKept(strip, from, to) >= Fibrillation.KeptShare))
            {
                beats.AsSpan(from, to - from).Clear();
            }
        }

        return beats;
    }

    /// <summary>Findings with what they rest on.</summary>
    /// <param name="strip">The beats.</param>
    /// <param name="stretches">Where flutter waves are.</param>
    /// <param name="beats">Beats in flutter.</param>
    public static IEnumerable<RhythmFinding> Find(RhythmStrip strip, IReadOnlyList<FlutterStretch> stretches, bool[] beats) =>
        from stretch in stretches
        from part in Fibrillation.Stretches([.. beats.Select((b, i) => b && strip.Seconds[i] >= stretch.OnsetSeconds && strip.Seconds[i] < stretch.EndSeconds)])
        let interval = RhythmStrip.Median(Enumerable.Range(part.From, part.To - part.From).Where(i => i > part.From).Select(i => strip.Intervals[i]))
        where double.IsFinite(interval)
        select new RhythmFinding(
            RhythmAnalysis.AtrialFlutter, part.From <= 1 ? stretch.OnsetSeconds : strip.Seconds[part.From], part.To >= strip.Count ? stretch.EndSeconds : strip.Seconds[part.To - 1],
            FormattableString.Invariant($"waves between the complexes return every {1000 * stretch.CycleSeconds:0} ms ({60 / stretch.CycleSeconds:0} /min, regularity {stretch.Regularity:0.00} in {stretch.Lead}), {interval / stretch.CycleSeconds:0.0} for each beat at {60 / interval:0} /min; an atrial tachycardia or tremor can look alike."),
            Math.Round(Math.Min(0.8, stretch.Regularity), 3));
}
