namespace SignalLab.Model;

/// <summary>What an axis counts.</summary>
public enum AxisKind
{
    /// <summary>Real time.</summary>
    Time,

    /// <summary>Frequency.</summary>
    Frequency,

    /// <summary>Time relative to an event.</summary>
    Latency,

    /// <summary>Number of the beat interval.</summary>
    RrNumber,

    /// <summary>Component of a decomposition, volume of an unordered stack.</summary>
    Component,

    /// <summary>Colour channel.</summary>
    Colour,
}

/// <summary>An axis beside space: its coordinates in its unit.</summary>
/// <param name="Kind">What it counts.</param>
/// <param name="Unit">Unit of the coordinates.</param>
/// <param name="Values">The coordinates.</param>
public sealed record Axis(AxisKind Kind, Unit Unit, IReadOnlyList<double> Values)
{
    /// <summary>Number of coordinates.</summary>
    public int Length => Values.Count;

    /// <summary>A uniform axis.</summary>
    /// <param name="kind">What it counts.</param>
    /// <param name="unit">Unit of the coordinates.</param>
    /// <param name="start">First coordinate.</param>
    /// <param name="step">Distance of coordinates.</param>
    /// <param name="count">Number of coordinates.</param>
    public static Axis Uniform(AxisKind kind, Unit unit, double start, double step, int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = start + (i * step);
        }

        return new(kind, unit, values);
    }
}

/// <summary>Values over one axis: a trace, a spectrum, a voxel's time course, a tachogram.</summary>
/// <param name="Name">Where it was taken.</param>
/// <param name="Axis">The axis.</param>
/// <param name="Values">One value a coordinate.</param>
/// <param name="Unit">Unit of the values.</param>
public sealed record Series(string Name, Axis Axis, IReadOnlyList<double> Values, Unit Unit)
{
    /// <summary>Where it came from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;
}
