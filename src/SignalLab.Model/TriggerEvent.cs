namespace SignalLab.Model;

/// <summary>A change of a trigger line, as a list of events keeps it beside its recording.</summary>
/// <param name="Sample">Index of the sample since the acquisition began, which may be before the recording's first sample.</param>
/// <param name="Before">The line's value before.</param>
/// <param name="After">The line's value from this sample on: the event's number.</param>
public sealed record TriggerEvent(long Sample, long Before, long After)
{
    /// <summary>What was written beside it, or empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>Its time since the acquisition began in seconds where the list states it, or null.</summary>
    public double? TimeSeconds { get; init; }
}
