namespace SignalLab.Analysis.Ecg.Validation;

/// <summary>Errors of one kind of mark, detected − reference.</summary>
/// <param name="Reference">Marks of the reference.</param>
/// <param name="Found">Those that have a partner.</param>
/// <param name="Detected">Marks of ours in the annotated stretches, at least as many as found.</param>
/// <param name="Errors">The pooled errors.</param>
/// <param name="RecordMeanMs">Mean over records of their mean error.</param>
/// <param name="RecordSdMs">Mean over records of their standard deviation.</param>
public sealed record WaveScore(long Reference, long Found, long Detected, ErrorSummary? Errors, double? RecordMeanMs, double? RecordSdMs)
{
    /// <summary>Share of the marks that were found, in per cent.</summary>
    public double? SensitivityPercent => Reference == 0 ? null : 100.0 * Found / Reference;

    /// <summary>Marks of ours between the first and the last mark of this kind in the reference: where it certainly marked every one.</summary>
    public long DetectedBetween { get; init; }

    /// <summary>Share of these that are right, in per cent.</summary>
    public double? PredictivityBetweenPercent => DetectedBetween == 0 ? null : 100.0 * Found / DetectedBetween;

    /// <summary>Share of our marks that are right, in per cent; it has a meaning only where the reference marks every beat of its stretch.</summary>
    public double? PositivePredictivityPercent => Detected == 0 ? null : 100.0 * Found / Detected;
}

/// <summary>Errors of an interval between two marks of one beat, both found.</summary>
/// <param name="Errors">The pooled errors.</param>
/// <param name="RecordMedianMeanMs">Mean over records of their median error.</param>
/// <param name="RecordMedianSdMs">Standard deviation over records of the same; null for one record.</param>
public sealed record IntervalScore(ErrorSummary Errors, double RecordMedianMeanMs, double? RecordMedianSdMs);

/// <summary>Numbers about errors.</summary>
/// <param name="Count">How many.</param>
/// <param name="MeanMs">Mean.</param>
/// <param name="SdMs">Standard deviation (over n − 1), 0 for one.</param>
/// <param name="MedianMs">Median.</param>
/// <param name="DeviationMs">Median distance from the median.</param>
public sealed record ErrorSummary(int Count, double MeanMs, double SdMs, double MedianMs, double DeviationMs)
{
    /// <summary>Sums up errors.</summary>
    /// <param name="errorsMs">At least one.</param>
    public static ErrorSummary Of(IReadOnlyList<double> errorsMs)
    {
        ArgumentNullException.ThrowIfNull(errorsMs);
        ArgumentOutOfRangeException.ThrowIfZero(errorsMs.Count);
        var middle = Median(errorsMs);
        return new(errorsMs.Count, errorsMs.Average(), errorsMs.Count > 1 ? Deviation(errorsMs) : 0, middle, Median([.. errorsMs.Select(e => Math.Abs(e - middle))]));
    }

    internal static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    internal static double Deviation(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}

/// <summary>How our leads' marks become one where the reference has one for all leads.</summary>
public enum LeadChoice
{
    /// <summary>For each mark the lead that is nearest to the reference: the convention of the literature on the QT database.</summary>
    Best,

    /// <summary>The median over the leads.</summary>
    Median,
}

/// <summary>How well waves were delineated.</summary>
/// <param name="Waves">One score a kind of mark, in the order of <see cref="WaveKind"/>.</param>
/// <param name="Intervals">PR, QRS and QT where both ends were found.</param>
/// <remarks>Source of the convention: Martínez et al. 2004, IEEE Trans Biomed Eng 51:570; Laguna et al. 1997, Computers in Cardiology 24:673 (QT database).</remarks>
public sealed record DelineationScore(IReadOnlyList<WaveScore> Waves, IReadOnlyDictionary<string, IntervalScore> Intervals);
