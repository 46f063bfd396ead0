namespace SignalLab.Model;

/// <summary>Where the head was in an MEG device at one time, as head-position coils told it.</summary>
/// <param name="TimeSeconds">The time on the recording's clock; positions are not evenly spaced.</param>
/// <param name="DeviceToHead">From the device frame to the head frame.</param>
public sealed record HeadPosition(double TimeSeconds, Transform DeviceToHead)
{
    /// <summary>Part of the coils' field that the fit explains, 0…1, or null.</summary>
    public double? GoodnessOfFit { get; init; }

    /// <summary>Mean distance between the coils as found and as digitised, in metres, or null.</summary>
    public double? ErrorMetres { get; init; }

    /// <summary>Speed of the head in metres a second, or null.</summary>
    public double? MetresPerSecond { get; init; }
}
