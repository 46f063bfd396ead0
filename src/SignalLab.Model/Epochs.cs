namespace SignalLab.Model;

/// <summary>Stretches of one recording aligned on events.</summary>
/// <param name="Recording">The recording they are cut from.</param>
/// <param name="Events">One event an epoch.</param>
/// <param name="FromSeconds">Start of each epoch relative to its event.</param>
/// <param name="ToSeconds">End of each epoch relative to its event, included.</param>
public sealed record Epochs(Recording Recording, IReadOnlyList<Event> Events, double FromSeconds, double ToSeconds)
{
    /// <summary>Mean of this stretch of latency is subtracted, or null.</summary>
    public (double From, double To)? Baseline { get; init; }
}
