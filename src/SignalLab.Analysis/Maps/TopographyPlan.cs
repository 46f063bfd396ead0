using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>
/// A topographic map of one layout with everything done but the values: sensors projected, grid laid, weights solved.
/// Every method is linear in the values, so that a map is one product of weights and values; make one plan for many maps. Safe for many threads.
/// </summary>
public sealed class TopographyPlan
{
    private readonly TopographyOptions options;
    private readonly MapPlane plane;
    private readonly int given;
    private readonly int[] kept;
    private readonly bool[] mask;
    private readonly double[,] weights;

    private TopographyPlan(TopographyOptions options, MapPlane plane, int given, int[] kept)
    {
        (this.options, this.plane, this.given, this.kept) = (options, plane, given, kept);
        Support = plane.Grid(options.GridSize);
        (mask, weights) = Weigh(plane, options, Support);
    }

    /// <summary>The sensors that take part, in the plane: metres about the head outline's centre, z = 0.</summary>
    public SensorLayout PlaneSensors => plane.Layout;

    /// <summary>The grid in the plane, millimetres.</summary>
    public GridSupport Support { get; }

    /// <summary>For each node whether the map is drawn there.</summary>
    public IReadOnlyList<bool> Mask => mask;

    /// <summary>Radius of the head outline in the plane.</summary>
    public double HeadRadiusMetres => plane.Sphere.RadiusMetres;

    /// <summary>Prepares maps over a layout.</summary>
    /// <param name="layout">Electrodes or coils of one kind; one with fiducials is moved to its head frame.</param>
    /// <param name="options">What decides the map; null for the defaults.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="UnfitInputException">Electrodes and coils are mixed, two sensors share a place, or too few are left for the method.</exception>
    public static TopographyPlan For(SensorLayout layout, TopographyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        options ??= TopographyOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.GridSize, 2, nameof(options));
        var excluded = options.Exclude.Select(ChannelName.Normalise).ToHashSet(StringComparer.Ordinal);
        int[] kept = [.. Enumerable.Range(0, layout.Sensors.Count).Where(i => !excluded.Contains(ChannelName.Normalise(layout.Sensors[i].Name)))];
        var chosen = layout with { Sensors = [.. kept.Select(i => layout.Sensors[i])] };
        return new(options, MapPlane.Of(chosen, options), layout.Sensors.Count, kept);
    }

    /// <summary>Interpolates values to the grid.</summary>
    /// <param name="values">One for each sensor of the layout the plan was made for, in its order; those of excluded sensors are not looked at.</param>
    /// <param name="into">Receives a value for each node of <see cref="Support"/>, not a number where <see cref="Mask"/> is false.</param>
    /// <exception cref="UnfitInputException">A value is not finite.</exception>
    public void Interpolate(ReadOnlySpan<double> values, Span<double> into) => Spread(Chosen(values), into);

    /// <summary>The map of some values.</summary>
    /// <param name="values">One for each sensor of the layout the plan was made for, in its order.</param>
    /// <param name="unit">Their unit.</param>
    /// <param name="quantity">What they are; null for electric potential over electrodes and magnetic field over coils.</param>
    /// <returns>The map.</returns>
    /// <exception cref="UnfitInputException">A value is not finite.</exception>
    public Topography Map(ReadOnlySpan<double> values, Unit unit, Quantity? quantity = null)
    {
        var (chosen, grid) = (Chosen(values), new double[Support.Count]);
        Spread(chosen, grid);
        var meant = quantity ?? (plane.IsHelmet ? Quantity.MagneticField : Quantity.ElectricPotential);
        var map = new ParameterMap(meant, unit, Support, new MemoryValues(grid, Support.Count))
        {
            Kind = MapKind.Derived,
            Mask = mask,
            Provenance = Provenance.None.Then(Step()),
        };
        return new Topography(map, plane.Layout, chosen, HeadRadiusMetres);
    }

    /// <summary>What each sensor's value differs by from the map of all the others at its place: how far the map may be trusted between sensors.</summary>
    /// <param name="values">One for each sensor of the layout the plan was made for, in its order.</param>
    /// <returns>Value minus prediction for each sensor that takes part.</returns>
    /// <exception cref="UnfitInputException">A value is not finite, or too few sensors remain.</exception>
    public double[] LeaveOneOutErrors(ReadOnlySpan<double> values)
    {
        var chosen = Chosen(values);
        if (options.Method == TopographyMethod.Spline)
        {
            return plane.Spline(options.Spline).LeaveOneOutErrors(chosen);
        }

        var errors = new double[chosen.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            double[] others = [.. chosen[..i], .. chosen[(i + 1)..]];
            var row = new double[others.Length];
            var (x, y) = plane.Points[i];
            errors[i] = plane.Without(i).Interpolator(options).Weights(x, y, row) ? chosen[i] - Columns.Dot(row, others) : double.NaN;
        }

        return errors;
    }

    /// <summary>The map's value at each sensor that takes part.</summary>
    internal double[] AtSensors(ReadOnlySpan<double> values)
    {
        var (chosen, interpolator) = (Chosen(values), plane.Interpolator(options));
        var row = new double[chosen.Length];
        return [.. plane.Points.Select(p => interpolator.Weights(p.X, p.Y, row) ? Columns.Dot(row, chosen) : double.NaN)];
    }

    /// <summary>The step that made a map, with every parameter that decides it.</summary>
    internal ProcessingStep Step() => ProcessingStep.Of(
        "topography",
        ("method", options.Method),
        ("extrapolation", plane.Extrapolation),
        ("reference", options.Reference),
        ("grid", options.GridSize),
        ("sensors", kept.Length),
        ("excluded", string.Join(' ', options.Exclude)),
        ("head_centre_m", FormattableString.Invariant($"{plane.Sphere.CentreMetres.X:R} {plane.Sphere.CentreMetres.Y:R} {plane.Sphere.CentreMetres.Z:R}")),
        ("head_radius_m", HeadRadiusMetres),
        ("sensor_distance_m", options.SensorDistanceMetres),
        ("spline_stiffness", options.Method == TopographyMethod.Spline ? options.Spline.Stiffness : ""),
        ("spline_regularisation", options.Method == TopographyMethod.Spline ? options.Spline.Regularisation : ""));

    private static (bool[] Mask, double[,] Weights) Weigh(MapPlane plane, TopographyOptions options, GridSupport grid)
    {
        var (surround, interpolator) = (plane.Surround(options), plane.Interpolator(options));
        var mask = new bool[grid.Count];
        var weights = new double[grid.Count, plane.Points.Count];
        for (var node = 0; node < mask.Length; node++)
        {
            var place = 1e-3 * grid.ToMillimetres.Apply(new(node % grid.SizeX, node / grid.SizeX, 0));
            mask[node] = surround.Contains(place.X, place.Y) && interpolator.Weights(place.X, place.Y, weights.AsRow(node));
        }

        return (mask, weights);
    }

    private double[] Chosen(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, given, nameof(values));
        var chosen = new double[kept.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = double.IsFinite(values[kept[i]])
                ? values[kept[i]]
                : throw new UnfitInputException($"Sensor '{plane.Layout.Sensors[i].Name}' has no value: leave it out of the map.");
        }

        if (options.Reference == TopographyReference.Average)
        {
            var mean = chosen.Average();
            for (var i = 0; i < chosen.Length; i++)
            {
                chosen[i] -= mean;
            }
        }

        return chosen;
    }

    private void Spread(ReadOnlySpan<double> chosen, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(into.Length, mask.Length, nameof(into));
        for (var node = 0; node < mask.Length; node++)
        {
            into[node] = mask[node] ? Columns.Dot(weights.AsRow(node), chosen) : double.NaN;
        }
    }
}
