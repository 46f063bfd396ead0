namespace SignalLab.Figures.Ecg;

/// <summary>Heart rate and ectopic beats of one stretch of a long recording.</summary>
/// <param name="OnsetSeconds">Where it begins, real time since the recording's first sample.</param>
/// <param name="MinBpm">Lowest rate, or null where none could be measured.</param>
/// <param name="MeanBpm">Mean rate, or null.</param>
/// <param name="MaxBpm">Highest rate, or null.</param>
/// <param name="Supraventricular">Number of supraventricular ectopic beats.</param>
/// <param name="Ventricular">Number of ventricular ectopic beats.</param>
public readonly record struct HolterBin(double OnsetSeconds, double? MinBpm, double? MeanBpm, double? MaxBpm, int Supraventricular, int Ventricular);

/// <summary>A stretch of a rhythm, or a pause.</summary>
/// <param name="Name">What it is; episodes of one name share a lane.</param>
/// <param name="OnsetSeconds">Where it begins, real time since the recording's first sample.</param>
/// <param name="EndSeconds">Where it ends.</param>
public readonly record struct HolterEpisode(string Name, double OnsetSeconds, double EndSeconds);

/// <summary>The trend of a long recording.</summary>
/// <param name="BinSeconds">Length of a bin: a minute or an hour by habit.</param>
/// <param name="Bins">The bins in order of time.</param>
public sealed record HolterTrend(double BinSeconds, IReadOnlyList<HolterBin> Bins)
{
    /// <summary>False where beats were not classified: no ectopic beats are shown then.</summary>
    public bool IsClassified { get; init; } = true;

    /// <summary>Rhythms and pauses.</summary>
    public IReadOnlyList<HolterEpisode> Episodes { get; init; } = [];

    /// <summary>Wall clock at the recording's first sample, or null.</summary>
    public DateTime? Start { get; init; }
}
