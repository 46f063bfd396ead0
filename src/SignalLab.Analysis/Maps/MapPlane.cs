using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>Sensors laid flat: where they fall in the plane, where the map ends, and what interpolates between them.</summary>
internal sealed class MapPlane
{
    // Around which point MNE-Python measures how far out the outermost sensor is, and around which it draws the circle that holds it.
    private readonly (double X, double Y) frameOrigin;
    private readonly (double X, double Y) circleCentre;
    private readonly double sensorRadius;
    private readonly Lazy<Triangulation> triangles;

    private MapPlane(SensorLayout layout, HeadSphere sphere, TopographyExtrapolation extrapolation, bool isHelmet, (double X, double Y) frameOrigin, double sensorRadius)
    {
        (Layout, Sphere, Extrapolation, IsHelmet, this.frameOrigin, this.sensorRadius) = (layout, sphere, extrapolation, isHelmet, frameOrigin, sensorRadius);
        circleCentre = isHelmet ? frameOrigin : (0, 0);
        Points = [.. layout.Sensors.Select(s => (s.PositionMetres.X, s.PositionMetres.Y))];
        triangles = new(() => new Triangulation(Points));
    }

    public SensorLayout Layout { get; }

    public HeadSphere Sphere { get; }

    public TopographyExtrapolation Extrapolation { get; }

    public bool IsHelmet { get; }

    public IReadOnlyList<(double X, double Y)> Points { get; }

    // Head and circle are enlarged together until the outermost sensor lies inside.
    private double Enlargement => Math.Max(1, Points.Max(p => double.Hypot(p.X - frameOrigin.X, p.Y - frameOrigin.Y)) * 1.01 / Sphere.RadiusMetres);

    public static MapPlane Of(SensorLayout layout, TopographyOptions options)
    {
        var placed = layout.Frame == Frame.Device ? layout : layout.InHeadFrame();
        if (placed.Sensors.Count < 2)
        {
            throw new UnfitInputException(FormattableString.Invariant($"A map needs at least 2 sensors with positions, here are {placed.Sensors.Count}."));
        }

        var isHelmet = placed.Sensors[0].Coil is not null;
        if (placed.Sensors.FirstOrDefault(s => s.Coil is not null != isHelmet) is { } other)
        {
            throw new UnfitInputException($"'{placed.Sensors[0].Name}' and '{other.Name}' are an electrode and a coil: pick one kind for a map.");
        }

        if (isHelmet && options.Reference == TopographyReference.Average)
        {
            throw new UnfitInputException("An average reference has no meaning for coils: only potentials have a reference.");
        }

        var isKnownFrame = placed.Frame == Frame.Head || placed.Frame == Frame.Device;
        var sphere = options.Sphere ?? (isKnownFrame ? HeadSphere.Default : HeadSphere.Fit([.. placed.Sensors.Select(s => s.PositionMetres)]));
        var extrapolation = options.Extrapolation != TopographyExtrapolation.Auto ? options.Extrapolation
            : isHelmet ? TopographyExtrapolation.Local : TopographyExtrapolation.Head;
        var flat = placed.Sensors.Select(s => s with { PositionMetres = Flat(PlaneProjection.Project(s.PositionMetres, sphere.CentreMetres)), Coil = null });
        var plane = new SensorLayout(Topography.Plane, [.. flat], [], placed.Source);
        RequireApart(plane);
        var origin = isKnownFrame ? (-sphere.CentreMetres.X, -sphere.CentreMetres.Y) : (0, 0);
        return new(plane, sphere, extrapolation, isHelmet, origin, placed.Sensors.Average(s => (s.PositionMetres - sphere.CentreMetres).Norm));
    }

    /// <summary>The plane without one of its sensors.</summary>
    public MapPlane Without(int sensor) =>
        new(Layout with { Sensors = [.. Layout.Sensors.Where((_, i) => i != sensor)] }, Sphere, Extrapolation, IsHelmet, frameOrigin, sensorRadius);

    /// <summary>The grid that just holds head outline and circle, both enlarged.</summary>
    public GridSupport Grid(int size)
    {
        var radius = Enlargement * Sphere.RadiusMetres;
        var enlargedCentre = (X: frameOrigin.X - (Enlargement * frameOrigin.X), Y: frameOrigin.Y - (Enlargement * frameOrigin.Y));
        var (left, right) = (Math.Min(enlargedCentre.X, circleCentre.X) - radius, Math.Max(enlargedCentre.X, circleCentre.X) + radius);
        var (bottom, top) = (Math.Min(enlargedCentre.Y, circleCentre.Y) - radius, Math.Max(enlargedCentre.Y, circleCentre.Y) + radius);
        var (dx, dy) = (1e3 * (right - left) / (size - 1), 1e3 * (top - bottom) / (size - 1));
        return new(size, size, 1, Affine.FromColumns(new(dx, 0, 0), new(0, dy, 0), new(0, 0, 1), new(1e3 * left, 1e3 * bottom, 0))) { Frame = Topography.Plane };
    }

    public SensorSurround Surround(TopographyOptions options) => Extrapolation == TopographyExtrapolation.Local
        ? SensorSurround.Local(Triangles(), circleCentre, Enlargement * Sphere.RadiusMetres, Distance(options))
        : SensorSurround.Head(circleCentre, Enlargement * Sphere.RadiusMetres);

    public PlaneSpline Spline(SphericalSpline spline) => new(Points, sensorRadius, spline);

    public IPlaneInterpolator Interpolator(TopographyOptions options) => options.Method switch
    {
        TopographyMethod.Spline => Spline(options.Spline),
        TopographyMethod.CloughTocher => new CloughTocher(new Triangulation([.. Points, .. Ring(options)]), Points.Count),
        TopographyMethod.Nearest => new NearestSensor(Points),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Method, "no such method"),
    };

    private IReadOnlyList<(double X, double Y)> Ring(TopographyOptions options) => Extrapolation == TopographyExtrapolation.Local
        ? Surround(options).Points
        : SensorSurround.Ring(circleCentre, Enlargement * Sphere.RadiusMetres, Distance(options));

    private double Distance(TopographyOptions options) => options.SensorDistanceMetres ?? SensorSurround.SensorDistance(Triangles());

    private Triangulation Triangles() => Points.Count >= 4 && triangles.Value.Count > 0
        ? triangles.Value
        : throw new UnfitInputException(FormattableString.Invariant($"The {Points.Count} sensors span no area: at least 4 that do not lie on one line are needed; take a spline map to the head outline."));

    private static Point3 Flat((double X, double Y) p) => new(p.X, p.Y, 0);

    private static void RequireApart(SensorLayout plane)
    {
        for (var i = 0; i < plane.Sensors.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if ((plane.Sensors[i].PositionMetres - plane.Sensors[j].PositionMetres).Norm < 1e-9)
                {
                    throw new UnfitInputException($"'{plane.Sensors[j].Name}' and '{plane.Sensors[i].Name}' are at one place: leave one of them out of the map.");
                }
            }
        }
    }
}
