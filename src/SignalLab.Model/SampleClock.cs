namespace SignalLab.Model;

/// <summary>What channels must share to be read at once. Stretches count as the same where they are one list.</summary>
/// <param name="RateHz">Samples a second.</param>
/// <param name="Count">Samples.</param>
/// <param name="Segments">Stretches of time.</param>
public readonly record struct SampleClock(double RateHz, long Count, IReadOnlyList<Segment> Segments);
