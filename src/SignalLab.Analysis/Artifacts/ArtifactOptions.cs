namespace SignalLab.Analysis.Artifacts;

/// <summary>From where on something counts as an artifact. Limits in µV hold only where a channel's unit is known to be a voltage.</summary>
public sealed record ArtifactOptions
{
    /// <summary>Shortest stretch without any change that counts as flat, in seconds.</summary>
    public double FlatSeconds { get; init; } = 1;

    /// <summary>A channel stands out from the others beyond this robust z (Bigdely-Shamlo 2015: 5).</summary>
    public double ChannelZ { get; init; } = 5;

    /// <summary>A window counts as not predicted below this correlation with the spline through other electrodes (Bigdely-Shamlo 2015: 0.75).</summary>
    public double LeastPredictedCorrelation { get; init; } = 0.75;

    /// <summary>A channel counts as not predicted above this share of windows (Bigdely-Shamlo 2015: 0.4).</summary>
    public double UnpredictedShare { get; init; } = 0.4;

    /// <summary>Seed of the random subsets of electrodes that predict the others.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Electrodes with a difference below this part of the usual one are bridged (Alschuler 2014: 5 of 100).</summary>
    public double BridgeShare { get; init; } = 0.05;

    /// <summary>Largest electrical distance of a bridge in µV².</summary>
    public double BridgeMicrovolts2 { get; init; } = 3;

    /// <summary>Mains hum counts from this part of the signal's amplitude (1 to 40 Hz) on.</summary>
    public double MainsShare { get; init; } = 0.5;

    /// <summary>Mains frequency in Hz, or null for the file's own statement, else the stronger of 50 and 60 Hz.</summary>
    public double? MainsHz { get; init; }

    /// <summary>An optode pair (NIRS) below this scalp coupling index does not touch the scalp.</summary>
    public double LeastScalpCoupling { get; init; } = 0.5;

    /// <summary>A blink or eye movement is at least so many robust standard deviations tall.</summary>
    public double EyeZ { get; init; } = 4;

    /// <summary>Lowest blink in µV.</summary>
    public double BlinkMicrovolts { get; init; } = 40;

    /// <summary>Smallest step of an eye movement in µV.</summary>
    public double EyeMovementMicrovolts { get; init; } = 25;

    /// <summary>Muscle activity is at least so many robust standard deviations (of the logarithm) above the background.</summary>
    public double MuscleZ { get; init; } = 4;

    /// <summary>Weakest muscle activity in µV (root mean square above 25 Hz).</summary>
    public double MuscleMicrovolts { get; init; } = 3;

    /// <summary>Movement is at least this many times the usual slow amplitude.</summary>
    public double MovementRatio { get; init; } = 3;

    /// <summary>Smallest movement in µV (root mean square from 1 to 3 Hz).</summary>
    public double MovementMicrovolts { get; init; } = 40;

    /// <summary>Share of the channels that a movement must reach.</summary>
    public double MovementShare { get; init; } = 0.6;

    /// <summary>A pop's step is at least so many robust standard deviations of the channel's steps.</summary>
    public double PopZ { get; init; } = 10;

    /// <summary>Smallest step of a pop in µV.</summary>
    public double PopMicrovolts { get; init; } = 40;

    /// <summary>The usual limits.</summary>
    public static ArtifactOptions Default { get; } = new();
}
