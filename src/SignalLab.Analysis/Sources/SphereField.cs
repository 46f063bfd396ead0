using SignalLab.Model;

namespace SignalLab.Analysis.Sources;

/// <summary>The magnetic field of a current dipole inside a spherically symmetric conductor.</summary>
public static class SphereField
{
    private const double MagneticConstantOver4Pi = 1e-7;

    /// <summary>Flux density at a point outside the sphere.</summary>
    /// <param name="dipoleMetres">The dipole's place relative to the sphere's centre.</param>
    /// <param name="momentAmpereMetres">Its moment.</param>
    /// <param name="pointMetres">The point relative to the centre; farther out than the dipole.</param>
    /// <returns>Flux density in tesla. A radial dipole gives none.</returns>
    /// <remarks>Source: Sarvas 1987, Phys Med Biol 32:11, equation 25.</remarks>
    public static Point3 FluxDensity(Point3 dipoleMetres, Point3 momentAmpereMetres, Point3 pointMetres)
    {
        var a = pointMetres - dipoleMetres;
        var (distance, radius) = (a.Norm, pointMetres.Norm);
        var f = distance * ((radius * distance) + (radius * radius) - dipoleMetres.Dot(pointMetres));
        var gradient =
            (((distance * distance / radius) + (a.Dot(pointMetres) / distance) + (2 * distance) + (2 * radius)) * pointMetres)
            - ((distance + (2 * radius) + (a.Dot(pointMetres) / distance)) * dipoleMetres);
        var cross = momentAmpereMetres.Cross(dipoleMetres);
        return (MagneticConstantOver4Pi / (f * f)) * ((f * cross) - (cross.Dot(pointMetres) * gradient));
    }
}
