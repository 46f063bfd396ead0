using SignalLab.Analysis.Ecg.Quality;

namespace SignalLab.Analysis.Ecg;

/// <summary>What the rhythm is: rate, fibrillation, ectopy, pauses, conduction, pacing.</summary>
public static class RhythmAnalysis
{
    /// <summary>Name and version of the method, as results state it.</summary>
    public const string Method = "SignalLab rhythm 1";

    /// <summary>Name of the finding that stands where the rhythm cannot be told.</summary>
    public const string NotMeasurable = "rhythm not measurable";

    /// <summary>Name of the finding where the ventricles flutter or fibrillate.</summary>
    public const string VentricularFlutter = "ventricular flutter or fibrillation";

    /// <summary>Name of the finding where the atria fibrillate.</summary>
    public const string AtrialFibrillation = "atrial fibrillation";

    /// <summary>Name of the finding where flutter waves are seen.</summary>
    public const string AtrialFlutter = "atrial flutter (candidate)";

    private const int FewestIntervals = 2;
    private const int FewestPaced = 3;

    extension(EcgExamination examination)
    {
        /// <summary>Finds what the rhythm is, from the beats, their classes and, where they were delineated, their P waves. No interval crosses a gap.</summary>
        /// <remarks>
        /// Atrial fibrillation and flutter on the 26 records of the MIT-BIH Arrhythmia Database at hand, from the reference beats: 98 % of the annotated time is found, 97 % of the
        /// found time is annotated.
        /// </remarks>
        /// <param name="flutter">Stretches of flutter waves, as <c>FindFlutterWaves</c> gives them, or null where they were not looked for.</param>
        /// <returns>Findings in order of time; one that says why, where there are too few beats.</returns>
        public IReadOnlyList<RhythmFinding> FindRhythm(IReadOnlyList<FlutterStretch>? flutter = null)
        {
            ArgumentNullException.ThrowIfNull(examination);
            var strip = RhythmStrip.Of(examination);
            var intervals = strip.Intervals.Count(double.IsFinite);
            if (intervals < FewestIntervals)
            {
                var hidden = LeadAssessment.WhatHidesBeats(examination);
                return [.. FindVentricular(examination), new(NotMeasurable, strip.FromSeconds, strip.ToSeconds, FormattableString.Invariant($"not measurable, because {strip.Count} beat(s) with {intervals} interval(s) between them were found; {FewestIntervals} intervals are needed.{hidden}"), 0)];
            }

            var fibrillates = Fibrillation.Beats(strip);
            var atrial = strip.Supraventricular.Zip(fibrillates, (s, f) => s && !f).ToArray();
            var paced = PacedStretches(strip.Paced);
            var flutters = Flutter.Beats(strip, flutter ?? [], [.. fibrillates.Zip(paced, (f, p) => f || p)]);
            var taken = fibrillates.Select((f, i) => f || paced[i] || flutters[i]).ToArray();
            Ectopy.MarkRuns(strip, strip.Ventricular, taken);
            Ectopy.MarkRuns(strip, atrial, taken);
            return
            [
                .. RateStretches.Find(strip, taken)
                    .Concat(Fibrillation.Find(strip, fibrillates))
                    .Concat(Flutter.Find(strip, flutter ?? [], flutters))
                    .Concat(Pauses.Find(strip, fibrillates))
                    .Concat(Ectopy.Find(strip, strip.Ventricular, isVentricular: true))
                    .Concat(Ectopy.Find(strip, atrial, isVentricular: false))
                    .Concat(Conduction.FindBlocks(strip, taken))
                    .Concat(BundleBranches.Find(examination, strip))
                    .Concat(FindPaced(strip, paced))
                    .Concat(FindVentricular(examination))
                    .OrderBy(f => f.OnsetSeconds),
            ];
        }
    }

    private static IEnumerable<RhythmFinding> FindVentricular(EcgExamination examination) =>
        examination.VentricularFlutter.Select(s => new RhythmFinding(
            VentricularFlutter, s.OnsetSeconds, s.EndSeconds,
            FormattableString.Invariant($"waves every {1000 * s.CycleSeconds:0} ms ({60 / s.CycleSeconds:0} /min) without complexes for {s.EndSeconds - s.OnsetSeconds:0} s: above a fifth of their height for {100 * s.Crossing:0} % of the time (more than 48), {s.Leakage:0.00} left when added to themselves half a cycle later (below 0.63). No beat is counted in it; a tremor in all leads can look alike."),
            0.85));

    // Single beats in between, sensed or ectopic, do not end a paced rhythm.
    private static bool[] PacedStretches(bool[] paced)
    {
        var joined = (bool[])paced.Clone();
        for (var i = 1; i + 1 < paced.Length; i++)
        {
            joined[i] |= paced[i - 1] && paced[i + 1];
        }

        foreach (var (from, to) in Fibrillation.Stretches(joined))
        {
            if (paced.AsSpan(from, to - from).Count(true) < FewestPaced)
            {
                joined.AsSpan(from, to - from).Clear();
            }
        }

        return joined;
    }

    private static IEnumerable<RhythmFinding> FindPaced(RhythmStrip strip, bool[] paced) =>
        Fibrillation.Stretches(paced).Select(s =>
        {
            var interval = RhythmStrip.Median(Enumerable.Range(s.From + 1, s.To - s.From - 1).Select(i => strip.Intervals[i]));
            return new RhythmFinding(
                "paced rhythm", strip.Seconds[s.From], s.To >= strip.Count ? strip.ToSeconds : strip.Seconds[s.To - 1],
                FormattableString.Invariant($"{strip.Paced.AsSpan(s.From, s.To - s.From).Count(true)} of {s.To - s.From} beats begin with a pacing spike; median rate {60 / interval:0} /min."), 0.9);
        });
}
