namespace SignalLab.Model;

/// <summary>A current dipole that somebody fitted to a stretch of time.</summary>
/// <param name="BeginSeconds">Beginning of the stretch.</param>
/// <param name="EndSeconds">Its end; the beginning for an instant.</param>
/// <param name="PositionMetres">Where it lies, in the head frame unless its source says otherwise.</param>
/// <param name="MomentAmpereMetres">Its direction times its strength.</param>
public sealed record Dipole(double BeginSeconds, double EndSeconds, Point3 PositionMetres, Point3 MomentAmpereMetres)
{
    /// <summary>The frame of place and direction.</summary>
    public Frame Frame { get; init; } = Frame.Head;

    /// <summary>Part of the field's power that it explains, 0…1, or null.</summary>
    public double? GoodnessOfFit { get; init; }

    /// <summary>Chi squared of the fit, or null.</summary>
    public double? ChiSquared { get; init; }

    /// <summary>Volume of its 95 % confidence ellipsoid in m³, or null.</summary>
    public double? ConfidenceVolumeCubicMetres { get; init; }

    /// <summary>The fitter's name for it, or empty.</summary>
    public string Name { get; init; } = "";
}
