namespace SignalLab.Model;

/// <summary>From which source to which detector the light of a NIRS channel goes.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Detector">The detector's name.</param>
/// <param name="WavelengthNm">Wavelength in nanometres, or null where the channel is no light of one colour (a haemoglobin).</param>
public sealed record LightPath(string Source, string Detector, double? WavelengthNm)
{
    /// <summary>Where the source is, in the channel's frame, or null.</summary>
    public Point3? SourceMetres { get; init; }

    /// <summary>Where the detector is, in the channel's frame, or null.</summary>
    public Point3? DetectorMetres { get; init; }

    /// <summary>Distance from source to detector in metres, or null where a position is not known.</summary>
    public double? SeparationMetres => SourceMetres is { } s && DetectorMetres is { } d ? (s - d).Norm : null;
}
