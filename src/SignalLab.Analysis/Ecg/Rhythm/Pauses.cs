namespace SignalLab.Analysis.Ecg;

/// <summary>Intervals without a beat that are long enough to be told: above 2 s a pause, above 3 s an arrest of the sinus node (or a long pause in fibrillation and paced rhythm).</summary>
/// <remarks>Source: 2018 ACC/AHA/HRS guideline on bradycardia (Circulation 2019; 140: e382): pauses above 3 s; 2 s is the usual limit of Holter reports.</remarks>
internal static class Pauses
{
    private const double PauseSeconds = 2;
    private const double ArrestSeconds = 3;

    /// <summary>Finds pauses.</summary>
    /// <param name="strip">The beats.</param>
    /// <param name="fibrillates">Beats in atrial fibrillation.</param>
    public static IEnumerable<RhythmFinding> Find(RhythmStrip strip, bool[] fibrillates)
    {
        for (var i = 1; i < strip.Count; i++)
        {
            var length = strip.Intervals[i];
            if (!(length > PauseSeconds))
            {
                continue;
            }

            var usual = RhythmStrip.Median(Enumerable.Range(Math.Max(1, i - 8), Math.Min(strip.Count - 1, i + 8) - Math.Max(1, i - 8) + 1).Where(k => k != i).Select(k => strip.Intervals[k]));
            if (usual > PauseSeconds)
            {
                continue;
            }

            var context = strip.Ventricular[i - 1] || strip.Supraventricular[i - 1] ? ", after an ectopic beat" : fibrillates[i] ? ", in atrial fibrillation" : strip.Paced[i - 1] ? ", after a paced beat" : "";
            var name = !(length > ArrestSeconds) ? "pause" : context.Length == 0 ? "sinus arrest" : "long pause";
            var around = double.IsNaN(usual) ? "no other interval is near" : FormattableString.Invariant($"the usual interval around is {usual:0.00} s");
            yield return new(name, strip.Seconds[i - 1], strip.Seconds[i], FormattableString.Invariant($"no beat for {length:0.00} s{context}; {around}."), 0.8);
        }
    }
}
