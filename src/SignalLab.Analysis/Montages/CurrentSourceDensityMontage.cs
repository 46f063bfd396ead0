using SignalLab.Analysis.Maps;
using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>From where the electrodes of a current source density are seen.</summary>
public enum DensityCentre
{
    /// <summary>
    /// The origin of the head frame, between the ears: the definition of MNE-Python (compute_current_source_density, sphere 'auto'), whose values are met. In another frame
    /// the sphere's centre is taken.
    /// </summary>
    HeadOrigin,

    /// <summary>The centre of the fitted sphere, some 4 cm higher: the definition of Perrin and of the CSD toolbox, where angles are those on the sphere.</summary>
    FittedSphere,
}

/// <summary>What decides a current source density beside the potentials.</summary>
public sealed record CurrentSourceDensityOptions
{
    /// <summary>The spline through the electrodes; the default is the field's: stiffness 4, 50 Legendre terms, regularisation 1e-5.</summary>
    public SphericalSpline Spline { get; init; } = new();

    /// <summary>The head in the electrodes' frame, centre and radius; null fits it to the digitised scalp points, or to the electrodes, for the radius and perhaps the centre.</summary>
    public HeadSphere? Sphere { get; init; }

    /// <summary>From where the electrodes are seen where no sphere is given.</summary>
    public DensityCentre Centre { get; init; } = DensityCentre.HeadOrigin;
}

/// <summary>
/// Current source density: the surface Laplacian of the spherical spline through the good scalp electrodes with its sign changed, in the potential's unit per
/// square metre. Positive where current leaves the skull into the scalp (a source). It does not depend on the reference.
/// Sources: Perrin et al., Electroencephalogr Clin Neurophysiol 72 (1989) 184, equation 5; Kayser and Tenke, Clin Neurophysiol 117 (2006) 348.
/// </summary>
internal sealed record CurrentSourceDensityMontage(CurrentSourceDensityOptions Options) : Montage(Options.Centre == DensityCentre.HeadOrigin ? "csd" : "csd:fitted")
{
    private const int FewestElectrodes = 4;

    internal override Resolution Resolve(Electrodes electrodes)
    {
        var places = ScalpPlaces.Of(electrodes, "A current source density", FewestElectrodes, Options.Sphere);
        if (Options is { Sphere: null, Centre: DensityCentre.HeadOrigin } && places.IsInHeadFrame)
        {
            places = places with { Sphere = places.Sphere with { CentreMetres = default } };
        }

        var weights = Options.Spline.CurrentDensityWeights(places.Directions, places.Sphere.RadiusMetres);
        var resolution = new Resolution { Per = Unit.Metre };
        for (var i = 0; i < places.Good.Length; i++)
        {
            resolution.Traces.Add(new(electrodes.ShortName(places.Good[i]), places.Good[i], places.Good, weights[i], AgainstReference: false, HasPlace: true));
        }

        resolution.Remarks.AddRange(places.LeftOut(electrodes, Name));
        var centre = places.Sphere.CentreMetres;
        resolution.Parameters.AddRange(
        [
            ("stiffness", Options.Spline.Stiffness), ("legendre_terms", Options.Spline.LegendreTerms), ("regularisation", Options.Spline.Regularisation),
            ("sphere_centre_m", FormattableString.Invariant($"{centre.X:R} {centre.Y:R} {centre.Z:R}")), ("sphere_radius_m", places.Sphere.RadiusMetres),
            ("sign", "positive is a source"),
        ]);
        return resolution;
    }
}
