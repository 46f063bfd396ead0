namespace SignalLab.Analysis.Maps;

/// <summary>How values between sensors come about.</summary>
public enum TopographyMethod
{
    /// <summary>Spherical spline through every sensor (Perrin 1989).</summary>
    Spline,

    /// <summary>Piecewise cubic on the triangles between sensors (Clough and Tocher), as MNE-Python draws maps.</summary>
    CloughTocher,

    /// <summary>The value of the nearest sensor.</summary>
    Nearest,
}

/// <summary>How far a map reaches beyond its sensors.</summary>
public enum TopographyExtrapolation
{
    /// <summary>Head for electrodes, local for coils.</summary>
    Auto,

    /// <summary>To the circle about the head that holds every sensor.</summary>
    Head,

    /// <summary>Half a sensor distance beyond the outermost sensors.</summary>
    Local,
}

/// <summary>What the values of a map are measured against.</summary>
public enum TopographyReference
{
    /// <summary>As they were given.</summary>
    AsRecorded,

    /// <summary>The mean over the map's electrodes.</summary>
    Average,
}

/// <summary>Everything that decides a topographic map beside its values.</summary>
public sealed record TopographyOptions
{
    /// <summary>The defaults.</summary>
    public static TopographyOptions Default { get; } = new();

    /// <summary>How values between sensors come about.</summary>
    public TopographyMethod Method { get; init; } = TopographyMethod.Spline;

    /// <summary>How far the map reaches.</summary>
    public TopographyExtrapolation Extrapolation { get; init; } = TopographyExtrapolation.Auto;

    /// <summary>What the values are measured against.</summary>
    public TopographyReference Reference { get; init; } = TopographyReference.AsRecorded;

    /// <summary>Nodes of the grid along each side, at least 2.</summary>
    public int GridSize { get; init; } = 64;

    /// <summary>The head in the sensors' frame (the head frame where electrodes have fiducials); null takes <see cref="HeadSphere.Default"/> in the head and device frames, and a sphere through the sensors in any other.</summary>
    public HeadSphere? Sphere { get; init; }

    /// <summary>
    /// Distance of neighbouring sensors, which decides how far a local map and the outer points of a Clough-Tocher map reach; null takes the median edge
    /// of the sensors' triangles. MNE-Python counts two edges of each triangle, and which two is an accident of its triangulation: its maps are met exactly with its number.
    /// </summary>
    public double? SensorDistanceMetres { get; init; }

    /// <summary>
    /// The spline of <see cref="TopographyMethod.Spline"/>. The default follows the measured values (regularisation 1e-10 moves a map at its sensors by less than
    /// 1e-7 of its size) with the stiffness that overshoots least between them; <c>new SphericalSpline()</c> is the stiffer, smoothing one of MNE-Python,
    /// which misses the sensors by up to a quarter of the signal.
    /// </summary>
    public SphericalSpline Spline { get; init; } = new(Stiffness: 2, LegendreTerms: 50, Regularisation: 1e-10);

    /// <summary>Names of sensors to leave out, as files spell them.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];
}
