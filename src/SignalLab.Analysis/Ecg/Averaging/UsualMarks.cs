namespace SignalLab.Analysis.Ecg.Averaging;

/// <summary>Where the waves of many beats usually are: medians of their marks.</summary>
internal static class UsualMarks
{
    // A wave that fewer of the beats have is not the usual beat's.
    private const double LeastShare = 0.5;

    // The average and its beats shall agree so far; a wave of theirs is believed where they do not.
    private const double QrsToleranceSeconds = 0.02;
    private const double PToleranceSeconds = 0.04;
    private const double TToleranceSeconds = 0.04;

    /// <summary>The marks of the average, where they agree with those of its beats; a wave that does not, or that only the beats have, gets the beats' marks.</summary>
    /// <param name="own">Marks found in the average.</param>
    /// <param name="usual">Medians of the beats' marks on the same axis.</param>
    /// <param name="rateHz">Samples a second.</param>
    public static WaveMarks Reconcile(WaveMarks own, WaveMarks usual, double rateHz)
    {
        bool Differ(long? a, long? b, double seconds) => b is not null && (a is null || Math.Abs(a.Value - b.Value) > seconds * rateHz);
        if (Differ(own.POn, usual.POn, PToleranceSeconds) || Differ(own.POff, usual.POff, PToleranceSeconds))
        {
            own = own with { POn = usual.POn, P = usual.P, POff = usual.POff, PConfidence = usual.PConfidence };
        }

        if (Differ(own.QrsOn, usual.QrsOn, QrsToleranceSeconds) || Differ(own.QrsOff, usual.QrsOff, QrsToleranceSeconds))
        {
            own = own with { QrsOn = usual.QrsOn, R = usual.R, QrsOff = usual.QrsOff, QrsConfidence = usual.QrsConfidence };
        }

        return Differ(own.TOff, usual.TOff, TToleranceSeconds)
            ? own with { TOn = usual.TOn, T = usual.T, TOff = usual.TOff, TOffByTangent = usual.TOffByTangent, TOffByThreshold = usual.TOffByThreshold, TConfidence = usual.TConfidence }
            : own;
    }

    /// <summary>The medians.</summary>
    /// <param name="beats">Per beat where its own time axis has its zero, and its marks.</param>
    /// <param name="zero">Where that zero stands in the result.</param>
    /// <param name="limit">Samples of the result's stretch; marks outside are left out.</param>
    public static WaveMarks Of(IReadOnlyList<(double Zero, WaveMarks Marks)> beats, int zero, int limit)
    {
        return new WaveMarks
        {
            POn = Median(m => m.POn),
            P = Median(m => m.P),
            POff = Median(m => m.POff),
            QrsOn = Median(m => m.QrsOn),
            R = Median(m => m.R),
            QrsOff = Median(m => m.QrsOff),
            TOn = Median(m => m.TOn),
            T = Median(m => m.T),
            TOff = Median(m => m.TOff),
            TOffByTangent = Median(m => m.TOffByTangent),
            TOffByThreshold = Median(m => m.TOffByThreshold),
            PConfidence = Mean(m => m.PConfidence),
            QrsConfidence = Mean(m => m.QrsConfidence),
            TConfidence = Mean(m => m.TConfidence),
        };

        long? Median(Func<WaveMarks, long?> mark)
        {
            double[] places = [.. beats.Where(b => mark(b.Marks) is not null).Select(b => mark(b.Marks)!.Value - b.Zero)];
            if (places.Length == 0 || places.Length < LeastShare * beats.Count)
            {
                return null;
            }

            Array.Sort(places);
            var place = zero + (long)Math.Round((places[(places.Length - 1) / 2] + places[places.Length / 2]) / 2);
            return place >= 0 && place < limit ? place : null;
        }

        double Mean(Func<WaveMarks, double> confidence) => beats.Count == 0 ? 0 : beats.Average(b => confidence(b.Marks));
    }
}
