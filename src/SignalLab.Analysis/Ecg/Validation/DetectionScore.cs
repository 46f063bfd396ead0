namespace SignalLab.Analysis.Ecg.Validation;

/// <summary>How well beats were found.</summary>
/// <param name="TruePositives">Beats found.</param>
/// <param name="FalseNegatives">Beats missed.</param>
/// <param name="FalsePositives">Detections that are no beat.</param>
/// <param name="ErrorSumMs">Sum of detected − reference over the beats found, in ms.</param>
/// <param name="ErrorSquaresMs2">Sum of their squares.</param>
/// <remarks>Source: ANSI/AAMI EC57:2012, 4.3 (window 150 ms; episodes of ventricular flutter and fibrillation left out).</remarks>
public readonly record struct DetectionScore(long TruePositives, long FalseNegatives, long FalsePositives, double ErrorSumMs, double ErrorSquaresMs2)
{
    /// <summary>Beats of the reference.</summary>
    public long Beats => TruePositives + FalseNegatives;

    /// <summary>Share of the beats that were found, in per cent.</summary>
    public double SensitivityPercent => 100.0 * TruePositives / Math.Max(1, Beats);

    /// <summary>Share of the detections that are beats, in per cent.</summary>
    public double PositivePredictivityPercent => 100.0 * TruePositives / Math.Max(1, TruePositives + FalsePositives);

    /// <summary>Mean of detected − reference in ms; null where nothing was found.</summary>
    public double? MeanMs => TruePositives == 0 ? null : ErrorSumMs / TruePositives;

    /// <summary>Standard deviation of the same (over n); null where nothing was found.</summary>
    public double? SdMs => MeanMs is { } mean ? Math.Sqrt(Math.Max(0, (ErrorSquaresMs2 / TruePositives) - (mean * mean))) : null;

    /// <summary>The score over both.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static DetectionScore operator +(DetectionScore left, DetectionScore right) => left.Add(right);

    /// <summary>The score over both.</summary>
    /// <param name="other">The other.</param>
    public DetectionScore Add(DetectionScore other) => new(
        TruePositives + other.TruePositives, FalseNegatives + other.FalseNegatives, FalsePositives + other.FalsePositives,
        ErrorSumMs + other.ErrorSumMs, ErrorSquaresMs2 + other.ErrorSquaresMs2);

    /// <summary>Scores one record.</summary>
    /// <param name="reference">All marks of the reference in order of time.</param>
    /// <param name="detected">Samples of the detected beats, in order, each once.</param>
    /// <param name="rateHz">Samples a second.</param>
    /// <param name="windowMs">Largest distance of a detection from its beat.</param>
    /// <param name="learnSeconds">Beginning of the record that is left out.</param>
    public static DetectionScore Of(IReadOnlyList<ReferenceMark> reference, IReadOnlyList<long> detected, double rateHz, double windowMs = 150, double learnSeconds = 0)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(detected);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateHz);
        var flutter = BeatLabels.Flutter(reference);
        bool Counts(long sample) => sample >= learnSeconds * rateHz && !flutter.Any(f => sample >= f.From && sample <= f.To);
        long[] beats = [.. reference.Where(m => BeatLabels.IsBeat(m.Symbol) && Counts(m.Sample)).Select(m => m.Sample)];
        long[] found = [.. detected.Where(Counts)];
        var pairs = MarkPairing.Pair(beats, found, windowMs / 1000 * rateHz);
        double sum = 0, squares = 0;
        foreach (var (i, j) in pairs)
        {
            var error = (found[j] - beats[i]) / rateHz * 1000;
            sum += error;
            squares += error * error;
        }

        return new(pairs.Count, beats.Length - pairs.Count, found.Length - pairs.Count, sum, squares);
    }
}
