namespace SignalLab.Analysis.Artifacts;

/// <summary>A stretch that is not what should have been recorded.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Channel">Label of the one channel, or null where it is about many.</param>
/// <param name="OnsetSeconds">Real time since the first sample.</param>
/// <param name="DurationSeconds">Length.</param>
/// <param name="Confidence">0…1: 1 − 2^(−value / threshold), so 0.5 at the threshold, 0.75 at twice of it.</param>
/// <param name="Measure">What was measured, its name ending in the unit.</param>
/// <param name="Value">How much.</param>
/// <param name="Threshold">From where on it counts.</param>
public sealed record Artifact(ArtifactKind Kind, string? Channel, double OnsetSeconds, double DurationSeconds, double Confidence, string Measure, double Value, double Threshold)
{
    /// <summary>End in real time.</summary>
    public double EndSeconds => OnsetSeconds + DurationSeconds;
}

/// <summary>Something wrong with a channel over the recording.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Channel">The channel's label.</param>
/// <param name="Confidence">0…1: 1 − 2^(−value / threshold), or of threshold / value where small is wrong.</param>
/// <param name="Measure">What was measured, its name ending in the unit.</param>
/// <param name="Value">How much.</param>
/// <param name="Threshold">From where on it counts.</param>
/// <param name="ShareOfTime">Part of the recorded time that shows it, 0…1.</param>
public sealed record ChannelFault(ArtifactKind Kind, string Channel, double Confidence, string Measure, double Value, double Threshold, double ShareOfTime)
{
    /// <summary>The electrode it is bridged with, or empty.</summary>
    public string Partner { get; init; } = "";
}
