namespace SignalLab.Analysis.Ecg.Averaging;

/// <summary>How the values of aligned beats are joined.</summary>
public enum BeatCentre
{
    /// <summary>Mean, each beat weighted by the inverse of its noise in that lead.</summary>
    Mean,

    /// <summary>Median with the same weights.</summary>
    Median,
}

/// <summary>How the usual beat is made.</summary>
public sealed record BeatAveragingOptions
{
    /// <summary>The defaults.</summary>
    public static BeatAveragingOptions Default { get; } = new();

    /// <summary>Seconds before the beat.</summary>
    public double BeforeSeconds { get; init; } = 0.65;

    /// <summary>Seconds after the beat.</summary>
    public double AfterSeconds { get; init; } = 0.95;

    /// <summary>Most beats that are averaged; of more, so many are taken at even distances.</summary>
    public int MostBeats { get; init; } = 256;

    /// <summary>Furthest shift that alignment may give a beat.</summary>
    public double LongestShiftSeconds { get; init; } = 0.03;

    /// <summary>Beats whose QRS complex correlates less with the average are left out.</summary>
    public double LeastCorrelation { get; init; } = 0.9;

    /// <summary>How aligned beats are joined.</summary>
    public BeatCentre Centre { get; init; } = BeatCentre.Mean;
}
