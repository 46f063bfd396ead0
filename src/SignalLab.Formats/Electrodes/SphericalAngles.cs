using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>The two ways in which electrode caps are given as angles on a sphere.</summary>
internal static class SphericalAngles
{
    /// <summary>Inclination from the vertex (negative on the left) and azimuth from the ear towards the front, as BESA, EASYCAP, BioSemi and BrainVision write them.</summary>
    public static Point3 FromThetaPhi(double thetaDeg, double phiDeg, double radius = 1)
    {
        var (sinTheta, cosTheta) = Math.SinCos(double.DegreesToRadians(thetaDeg));
        var (sinPhi, cosPhi) = Math.SinCos(double.DegreesToRadians(phiDeg));
        return new(radius * sinTheta * cosPhi, radius * sinTheta * sinPhi, radius * cosTheta);
    }

    /// <summary>Angle from the nose, clockwise seen from above, and arc length from the vertex with 0.5 at the equator, as EEGLAB's polar tables write them.</summary>
    public static Point3 FromPolar(double clockwiseDeg, double arc)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(clockwiseDeg));
        var (outward, up) = Math.SinCos(Math.PI * arc);
        return new(outward * sin, outward * cos, up);
    }
}
