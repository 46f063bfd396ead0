namespace SignalLab.Analysis.Artifacts;

/// <summary>How artifact-subspace reconstruction works.</summary>
public sealed record AsrOptions
{
    /// <summary>A component is rebuilt where it is this many standard deviations above its usual amplitude (Chang 2018: 20 to 30).</summary>
    public double Cutoff { get; init; } = 20;

    /// <summary>High-pass before everything, in Hz (Butterworth, order 2, zero phase), or null where the recording is high-passed already.</summary>
    public double? HighpassHz { get; init; } = 0.5;

    /// <summary>Length of the window that components are judged in; lengthened to 1.5 samples a channel.</summary>
    public double WindowSeconds { get; init; } = 0.5;

    /// <summary>Largest part of the components that may be rebuilt at once.</summary>
    public double MostRebuilt { get; init; } = 0.66;

    /// <summary>A second is clean where no more than this part of the channels stands out.</summary>
    public double MostOutliers { get; init; } = 0.1;

    /// <summary>A channel stands out in a second beyond this robust z of its amplitude.</summary>
    public double OutlierZ { get; init; } = 3;

    /// <summary>The usual ones.</summary>
    public static AsrOptions Default { get; } = new();
}
