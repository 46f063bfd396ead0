namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Where the atria fibrillate there is no P wave: what was marked as one is an undulation that stands there by chance, and no interval may rest on it. Flutter is told as a candidate
/// only, which is not enough to take a P wave away.
/// </summary>
internal static class AtrialWaves
{
    /// <summary>The examination without the marks of P waves in such stretches; the usual beat loses its own where most of the conducted beats lie in them.</summary>
    /// <param name="examination">The examination.</param>
    /// <param name="rhythm">Its findings.</param>
    public static EcgExamination Without(EcgExamination examination, IReadOnlyList<RhythmFinding> rhythm)
    {
        var stretches = rhythm.Where(r => r.Name == RhythmAnalysis.AtrialFibrillation).ToArray();
        if (stretches.Length == 0)
        {
            return examination;
        }

        var (conducted, inside) = (0, 0);
        Beat[] beats = [.. examination.Beats.Select(beat =>
        {
            conducted += beat.IsConducted ? 1 : 0;
            if (!Array.Exists(stretches, s => beat.Seconds >= s.OnsetSeconds && beat.Seconds <= s.EndSeconds))
            {
                return beat;
            }

            inside += beat.IsConducted ? 1 : 0;
            return beat with { Global = WithoutP(beat.Global), Leads = [.. beat.Leads.Select(WithoutP)] };
        })];
        var median = examination.Median is { } usual && 2 * inside > conducted ? usual with { Global = WithoutP(usual.Global), Leads = [.. usual.Leads.Select(WithoutP)] } : examination.Median;
        return examination with { Beats = beats, Median = median };
    }

    private static WaveMarks WithoutP(WaveMarks marks) => marks.P is null && marks.POn is null && marks.POff is null ? marks : marks with { POn = null, P = null, POff = null, PConfidence = 0 };
}
