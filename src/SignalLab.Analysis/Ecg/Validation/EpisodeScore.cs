namespace SignalLab.Analysis.Ecg.Validation;

/// <summary>How well stretches of a rhythm were found, by their length.</summary>
/// <param name="ReferenceSeconds">Length of the reference's stretches.</param>
/// <param name="DetectedSeconds">Length of ours.</param>
/// <param name="SharedSeconds">Length of what is in both.</param>
/// <remarks>Source: ANSI/AAMI EC57:2012, 4.4 (duration sensitivity and positive predictivity of atrial fibrillation).</remarks>
public readonly record struct EpisodeScore(double ReferenceSeconds, double DetectedSeconds, double SharedSeconds)
{
    /// <summary>Share of the reference's time that we name too, in per cent; null where there is none.</summary>
    public double? SensitivityPercent => ReferenceSeconds > 0 ? 100 * SharedSeconds / ReferenceSeconds : null;

    /// <summary>Share of our time that the reference names too, in per cent; null where there is none.</summary>
    public double? PositivePredictivityPercent => DetectedSeconds > 0 ? 100 * SharedSeconds / DetectedSeconds : null;

    /// <summary>The score over both.</summary>
    /// <param name="other">The other.</param>
    public EpisodeScore Add(EpisodeScore other) => new(ReferenceSeconds + other.ReferenceSeconds, DetectedSeconds + other.DetectedSeconds, SharedSeconds + other.SharedSeconds);

    /// <summary>Scores one record.</summary>
    /// <param name="reference">Stretches of the reference in seconds; overlapping ones count once.</param>
    /// <param name="detected">Ours.</param>
    public static EpisodeScore Of(IEnumerable<(double From, double To)> reference, IEnumerable<(double From, double To)> detected)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(detected);
        var (theirs, ours) = (Joined(reference), Joined(detected));
        var shared = theirs.Sum(a => ours.Sum(b => Math.Max(0, Math.Min(a.To, b.To) - Math.Max(a.From, b.From))));
        return new(theirs.Sum(a => a.To - a.From), ours.Sum(b => b.To - b.From), shared);
    }

    private static List<(double From, double To)> Joined(IEnumerable<(double From, double To)> stretches)
    {
        var joined = new List<(double From, double To)>();
        foreach (var (from, to) in stretches.Where(s => s.To > s.From).Order())
        {
            if (joined.Count > 0 && from <= joined[^1].To)
            {
                joined[^1] = (joined[^1].From, Math.Max(to, joined[^1].To));
            }
            else
            {
                joined.Add((from, to));
            }
        }

        return joined;
    }
}
