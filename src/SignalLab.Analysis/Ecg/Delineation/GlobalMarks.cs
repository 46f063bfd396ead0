namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Marks over all leads: the earliest onset and the latest end, outliers rejected. An extreme lead counts where others stand close to it.
/// Source: CSE working party 1985, Eur Heart J 6:815, "Recommendations for measurement standards in quantitative electrocardiography"; IEC 60601-2-25:2011.
/// </summary>
public static class GlobalMarks
{
    // A lead whose wave is not told from noise has no vote.
    private const double LeastConfidence = 0.3;

    // An extreme lead is believed where others stand within that time of it. How many: what brings P and QRS nearest to experts' third extremes (Lobachevsky database); at the end of T,
    // where experts' leads lie 66 ms apart (24 ms at the onset of QRS), half of the leads must agree.
    private const double CompanySeconds = 0.004;

    /// <summary>Joins the leads' marks.</summary>
    /// <param name="leads">Each lead's marks, at least one lead; a lead whose wave has a confidence below 0.3 has no vote on it while another lead is surer.</param>
    /// <param name="beat">The beat's sample.</param>
    /// <param name="rateHz">The leads' rate.</param>
    /// <returns>The marks over all leads, counted like those of the leads.</returns>
    public static WaveMarks Join(IReadOnlyList<WaveMarks> leads, long beat, double rateHz)
    {
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentOutOfRangeException.ThrowIfZero(leads.Count, nameof(leads));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateHz);
        var close = rateHz * CompanySeconds;
        var qrs = leads.Max(l => l.QrsConfidence);
        var p = leads.Max(l => l.PConfidence);
        var t = leads.Max(l => l.TConfidence);

        // The latest end of P may lie behind the earliest onset of QRS, of another lead: the QRS complex goes first.
        var qrsOn = Extreme(leads, l => l.QrsConfidence, l => l.QrsOn, qrs, earliest: true, close, OfOnset);
        var pOff = Earlier(Extreme(leads, l => l.PConfidence, l => l.POff, p, earliest: false, close, OfEnd), qrsOn);
        return new()
        {
            POn = Extreme(leads, l => l.PConfidence, l => l.POn, p, earliest: true, close, OfOnset),
            P = Earlier(Middle(leads, l => l.PConfidence, l => l.P, p), pOff),
            POff = pOff,
            QrsOn = qrsOn,
            R = qrs > 0 ? beat : null,
            QrsOff = Extreme(leads, l => l.QrsConfidence, l => l.QrsOff, qrs, earliest: false, close, OfEnd),
            TOn = Extreme(leads, l => l.TConfidence, l => l.TOn, t, earliest: true, close, OfT),
            T = Middle(leads, l => l.TConfidence, l => l.T, t),
            TOff = Extreme(leads, l => l.TConfidence, l => l.TOff, t, earliest: false, close, OfT),
            TOffByTangent = Extreme(leads, l => l.TConfidence, l => l.TOffByTangent, t, earliest: false, close, OfT),
            TOffByThreshold = Extreme(leads, l => l.TConfidence, l => l.TOffByThreshold, t, earliest: false, close, OfT),
            PConfidence = p,
            QrsConfidence = qrs,
            TConfidence = t,
        };
    }

    /// <summary>The leads' marks without the T waves that have no vote: their ends are those of noise.</summary>
    /// <param name="leads">Each lead's marks.</param>
    internal static IEnumerable<WaveMarks> Sure(WaveMarks[] leads)
    {
        var least = Math.Min(LeastConfidence, leads.Length == 0 ? 0 : leads.Max(l => l.TConfidence));
        return leads.Select(l => l.TConfidence >= least ? l : l with { TOn = null, T = null, TOff = null, TOffByTangent = null, TOffByThreshold = null, TConfidence = 0 });
    }

    private static long? Earlier(long? mark, long? limit) => mark > limit ? limit : mark;

    private static long[] Votes(IReadOnlyList<WaveMarks> leads, Func<WaveMarks, double> confidence, Func<WaveMarks, long?> mark, double best) =>
        [.. leads.Where(l => mark(l) is not null && confidence(l) >= Math.Min(LeastConfidence, best)).Select(l => mark(l)!.Value).Order()];

    private static long? Middle(IReadOnlyList<WaveMarks> leads, Func<WaveMarks, double> confidence, Func<WaveMarks, long?> mark, double best)
    {
        var votes = Votes(leads, confidence, mark, best);
        return votes.Length == 0 ? null : votes[votes.Length / 2];
    }

    private static int OfOnset(int leads) => Math.Clamp(leads / 3, 1, 3);

    private static int OfEnd(int leads) => Math.Clamp(leads / 3, 1, 2);

    private static int OfT(int leads) => Math.Max(1, (leads - 1) / 2);

    // The first mark from that end that has company within a short time; of two leads either stands for itself.
    private static long? Extreme(IReadOnlyList<WaveMarks> leads, Func<WaveMarks, double> confidence, Func<WaveMarks, long?> mark, double best, bool earliest, double close, Func<int, int> company)
    {
        var votes = Votes(leads, confidence, mark, best);
        if (votes.Length == 0)
        {
            return null;
        }

        if (!earliest)
        {
            Array.Reverse(votes);
        }

        var others = votes.Length > 2 ? company(votes.Length) : 0;
        for (var i = 0; i + others < votes.Length; i++)
        {
            if (Math.Abs(votes[i + others] - votes[i]) <= close)
            {
                return votes[i];
            }
        }

        return votes[votes.Length / 2];
    }
}
