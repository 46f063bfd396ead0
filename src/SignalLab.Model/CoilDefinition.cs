namespace SignalLab.Model;

/// <summary>What a coil measures of the field.</summary>
public enum CoilClass
{
    /// <summary>The field at one loop.</summary>
    Magnetometer = 1,

    /// <summary>The difference of two loops on one axis.</summary>
    AxialGradiometer = 2,

    /// <summary>The difference of two loops in one plane.</summary>
    PlanarGradiometer = 3,

    /// <summary>The second difference of loops on one axis.</summary>
    SecondOrderAxialGradiometer = 4,
}

/// <summary>How finely a coil is integrated over.</summary>
public enum CoilAccuracy
{
    /// <summary>A point for each loop.</summary>
    Point = 0,

    /// <summary>The usual number of points.</summary>
    Normal = 1,

    /// <summary>Many points.</summary>
    Accurate = 2,
}

/// <summary>A point at which the field is taken to integrate over a coil.</summary>
/// <param name="Weight">Factor of the field's component along the normal; in 1/m where the coil measures a gradient.</param>
/// <param name="PositionMetres">Where, in the coil's own frame.</param>
/// <param name="Normal">The direction of the component.</param>
public readonly record struct CoilPoint(double Weight, Point3 PositionMetres, Point3 Normal);

/// <summary>How a type of coil is integrated over, in its own frame: z along its normal.</summary>
/// <param name="CoilType">The FIFF coil type number, as <see cref="Coil.CoilType"/>.</param>
/// <param name="Class">What it measures.</param>
/// <param name="Accuracy">How finely.</param>
/// <param name="SizeMetres">Side or diameter.</param>
/// <param name="BaselineMetres">Distance of its loops, 0 for a single one.</param>
/// <param name="Points">Where the field is taken.</param>
/// <param name="Description">In words.</param>
public sealed record CoilDefinition(int CoilType, CoilClass Class, CoilAccuracy Accuracy, double SizeMetres, double BaselineMetres, IReadOnlyList<CoilPoint> Points, string Description);
