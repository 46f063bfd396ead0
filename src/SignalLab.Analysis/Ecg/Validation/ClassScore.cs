namespace SignalLab.Analysis.Ecg.Validation;

/// <summary>How well beats were told apart: a table of reference classes (rows) against ours (columns); the last row and column hold what has no partner.</summary>
/// <param name="Confusion">6 × 6 counts in the order of <see cref="BeatClass"/>, then none.</param>
/// <remarks>
/// Source: ANSI/AAMI EC57:2012, 4.3.2; de Chazal, O'Dwyer and Reilly 2004, IEEE Trans Biomed Eng 51:1196: fusion and unclassifiable beats called V do not count against
/// V, unclassifiable beats called S do not count against S.
/// </remarks>
public sealed record ClassScore(IReadOnlyList<IReadOnlyList<long>> Confusion)
{
    private const int Classes = 5;
    private const int None = 5;

    /// <summary>Nothing counted.</summary>
    public static ClassScore Zero { get; } = new([.. Enumerable.Range(0, Classes + 1).Select(_ => (IReadOnlyList<long>)new long[Classes + 1])]);

    /// <summary>Beats of the reference of a class.</summary>
    /// <param name="kind">The class.</param>
    public long Beats(BeatClass kind) => Confusion[(int)kind].Sum();

    /// <summary>Share of a class's beats that were called so, in per cent; missed beats count. Null where there is none.</summary>
    /// <param name="kind">The class.</param>
    public double? SensitivityPercent(BeatClass kind) => Percent(Confusion[(int)kind][(int)kind], Beats(kind));

    /// <summary>Share of the beats called so that are of the class, in per cent; null where none was called so.</summary>
    /// <param name="kind">The class.</param>
    public double? PositivePredictivityPercent(BeatClass kind)
    {
        var right = Confusion[(int)kind][(int)kind];
        var wrong = Enumerable.Range(0, Classes + 1).Where(row => row != (int)kind && !IsExcused(row, kind)).Sum(row => Confusion[row][(int)kind]);
        return Percent(right, right + wrong);
    }

    /// <summary>Share of all beats that were called rightly, in per cent.</summary>
    public double? AccuracyPercent => Percent(Enumerable.Range(0, Classes).Sum(c => Confusion[c][c]), Enumerable.Range(0, Classes).Sum(c => Confusion[c].Sum()));

    /// <summary>The score over both.</summary>
    /// <param name="other">The other.</param>
    public ClassScore Add(ClassScore other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new([.. Confusion.Zip(other.Confusion, (a, b) => (IReadOnlyList<long>)[.. a.Zip(b, (x, y) => x + y)])]);
    }

    /// <summary>Scores one record.</summary>
    /// <param name="reference">All marks of the reference in order of time.</param>
    /// <param name="detected">Our beats in order of time.</param>
    /// <param name="rateHz">Samples a second.</param>
    /// <param name="windowMs">Largest distance of a detection from its beat.</param>
    /// <param name="learnSeconds">Beginning of the record that is left out.</param>
    public static ClassScore Of(IReadOnlyList<ReferenceMark> reference, IReadOnlyList<(long Sample, BeatClass Class)> detected, double rateHz, double windowMs = 150, double learnSeconds = 0)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(detected);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateHz);
        var beats = reference.Where(m => BeatLabels.IsBeat(m.Symbol) && m.Sample >= learnSeconds * rateHz).Select(m => (m.Sample, Class: BeatLabels.ClassOf(m.Symbol)!.Value)).ToList();
        var found = detected.Where(b => b.Sample >= learnSeconds * rateHz).ToList();
        var pairs = MarkPairing.Pair([.. beats.Select(b => b.Sample)], [.. found.Select(b => b.Sample)], windowMs / 1000 * rateHz);
        var counts = Enumerable.Range(0, Classes + 1).Select(_ => new long[Classes + 1]).ToArray();
        var (missed, extra) = (Enumerable.Repeat(true, beats.Count).ToArray(), Enumerable.Repeat(true, found.Count).ToArray());
        foreach (var (i, j) in pairs)
        {
            (missed[i], extra[j]) = (false, false);
            counts[(int)beats[i].Class][(int)found[j].Class]++;
        }

        for (var i = 0; i < beats.Count; i++)
        {
            counts[(int)beats[i].Class][None] += missed[i] ? 1 : 0;
        }

        for (var j = 0; j < found.Count; j++)
        {
            counts[None][(int)found[j].Class] += extra[j] ? 1 : 0;
        }

        return new(counts);
    }

    private static bool IsExcused(int row, BeatClass called) => (called, row) switch
    {
        (BeatClass.Ventricular, (int)BeatClass.Fusion or (int)BeatClass.Unclassifiable) => true,
        (BeatClass.Supraventricular, (int)BeatClass.Unclassifiable) => true,
        _ => false,
    };

    private static double? Percent(long part, long whole) => whole == 0 ? null : 100.0 * part / whole;
}
