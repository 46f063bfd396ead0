namespace SignalLab.Model;

/// <summary>A sensor-location map interpolated on a plane: what is drawn, exported as numbers, and compared.</summary>
/// <param name="Grid">Values over a <see cref="GridSupport"/> with SizeZ = 1 in the frame <see cref="Plane"/>: millimetres, x right, y front, origin at the head outline's centre; the mask is false outside the drawn area.</param>
/// <param name="PlaneSensors">The sensors that took part, projected to the plane (metres, z = 0, frame <see cref="Plane"/>).</param>
/// <param name="SensorValues">The values at those sensors, in the grid's unit.</param>
/// <param name="HeadRadiusMetres">Radius of the head outline in the plane.</param>
public sealed record Topography(ParameterMap Grid, SensorLayout PlaneSensors, IReadOnlyList<double> SensorValues, double HeadRadiusMetres)
{
    /// <summary>The plane of a topographic map: seen from above, nose up, left is left.</summary>
    public static Frame Plane { get; } = new("topographic plane");

    /// <summary>What the map shows, for its title: the latency, the band, the component.</summary>
    public string Title { get; init; } = "";

    /// <summary>False where it is no head that the map is of: no nose and ears are drawn, and it is seen from the front, the left side on the right.</summary>
    public bool IsHead { get; init; } = true;
}
