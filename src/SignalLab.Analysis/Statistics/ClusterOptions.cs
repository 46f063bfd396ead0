namespace SignalLab.Analysis.Statistics;

/// <summary>How a permutation test over sensors and times is made.</summary>
public sealed record ClusterOptions
{
    /// <summary>The largest set of relabellings that is counted out completely instead of being drawn from.</summary>
    public const int LargestExactSet = 4096;

    /// <summary>The defaults.</summary>
    public static ClusterOptions Default { get; } = new();

    /// <summary>What |t| must pass to belong to a cluster; null for the value that chance passes with <see cref="ThresholdP"/>. Not used with <see cref="Enhancement"/>.</summary>
    public double? ThresholdT { get; init; }

    /// <summary>The probability that decides the threshold where none is given: two-sided, or of the one side that counts.</summary>
    public double ThresholdP { get; init; } = 0.05;

    /// <summary>Which deviations count; two-sided, clusters of either sign are formed apart and compared by their size.</summary>
    public Alternative Alternative { get; init; } = Alternative.TwoSided;

    /// <summary>Relabellings where they are drawn, the observed one among them.</summary>
    public int Permutations { get; init; } = 2000;

    /// <summary>Same seed, same relabellings.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threshold-free cluster enhancement instead of clusters; null for clusters.</summary>
    public EnhancementOptions? Enhancement { get; init; }
}

/// <summary>Connected points of sensors and times beyond the threshold.</summary>
/// <param name="Mass">Sum of their t values.</param>
/// <param name="PValue">Share of relabellings, the observed one included, whose largest cluster has at least this |mass|.</param>
/// <param name="Points">The points: channel × times + time, ascending.</param>
/// <param name="Channels">The channels that take part, ascending.</param>
/// <param name="FirstTime">First sample that takes part.</param>
/// <param name="LastTime">Last sample that takes part.</param>
public sealed record SensorCluster(double Mass, double PValue, IReadOnlyList<int> Points, IReadOnlyList<int> Channels, int FirstTime, int LastTime);

/// <summary>What a permutation test over sensors and times found.</summary>
/// <param name="ChannelCount">Channels.</param>
/// <param name="TimeCount">Samples.</param>
/// <param name="T">t of each point, one channel after the other; NaN where a point has no spread.</param>
/// <param name="DegreesOfFreedom">Of t.</param>
/// <param name="Threshold">What |t| had to pass; NaN with enhancement.</param>
/// <param name="Clusters">Clusters by falling |mass|; empty with enhancement.</param>
/// <param name="Scores">With enhancement the score of each point with the sign of t, else null.</param>
/// <param name="PValues">p of each point: of its cluster, 1 outside all of them; of its score with enhancement.</param>
/// <param name="Null">The largest |mass| or |score| of each relabelling, the observed one first.</param>
/// <param name="IsExact">True where every relabelling was counted.</param>
public sealed record ClusterTest(
    int ChannelCount,
    int TimeCount,
    double[] T,
    double DegreesOfFreedom,
    double Threshold,
    IReadOnlyList<SensorCluster> Clusters,
    double[]? Scores,
    double[] PValues,
    double[] Null,
    bool IsExact)
{
    /// <summary>Number of relabellings, the observed one included.</summary>
    public int Permutations => Null.Length;
}
