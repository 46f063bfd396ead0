namespace SignalLab.Model;

/// <summary>Stretches of one recording aligned on events.</summary>
/// <param name="Recording">The recording they are cut from.</param>
/// <param name="Events">One event an epoch that is kept.</param>
/// <param name="FromSeconds">Start of each epoch relative to its event.</param>
/// <param name="ToSeconds">End of each epoch relative to its event, included.</param>
public sealed record Epochs(Recording Recording, IReadOnlyList<Event> Events, double FromSeconds, double ToSeconds)
{
    /// <summary>Mean of this stretch of latency is subtracted, both ends included, or null.</summary>
    public (double From, double To)? Baseline { get; init; }

    /// <summary>The events that gave no epoch, each with its reason, in order of time.</summary>
    public IReadOnlyList<DroppedEpoch> Dropped { get; init; } = [];

    /// <summary>Where they came from and how they were chosen.</summary>
    public Provenance Provenance { get; init; } = Recording.Provenance;
}

/// <summary>Why an event gave no epoch.</summary>
public enum EpochFault
{
    /// <summary>The epoch begins before the recording or ends after it.</summary>
    NoData,

    /// <summary>The epoch would cross a gap, or its event lies in one.</summary>
    Gap,

    /// <summary>The epoch touches a stretch that is marked as bad.</summary>
    Annotation,

    /// <summary>A channel's peak-to-peak value is too large.</summary>
    PeakToPeak,

    /// <summary>A channel's peak-to-peak value is too small.</summary>
    Flat,

    /// <summary>A channel holds values that are no finite numbers.</summary>
    NotFinite,
}

/// <summary>An event that gave no epoch.</summary>
/// <param name="Event">The event.</param>
/// <param name="Fault">Why.</param>
/// <param name="Detail">The annotation's text, or the worst channel with its value.</param>
public sealed record DroppedEpoch(Event Event, EpochFault Fault, string Detail);
