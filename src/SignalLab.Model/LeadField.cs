namespace SignalLab.Model;

/// <summary>The forward solution: what each sensor records of a unit current at each source.</summary>
/// <param name="Sensors">The sensors, in the order of the rows.</param>
/// <param name="Kinds">What each records: electrodes give volts, magnetometers teslas, gradiometers teslas per metre, for a dipole of one ampere metre.</param>
/// <param name="Spaces">The sources: the used points of each, one space after the other.</param>
/// <param name="Frame">The frame in which the dipoles' directions are given where they are free.</param>
/// <param name="Gains">A frame a sensor; its locations are the sources' components, those of one source beside each other. Read when asked for.</param>
public sealed record LeadField(SensorLayout Sensors, IReadOnlyList<ChannelKind> Kinds, IReadOnlyList<SourceSpace> Spaces, Frame Frame, IMapValues Gains)
{
    /// <summary>True where a source has one component, along its normal; false where it has three, along x, y and z.</summary>
    public bool IsFixed { get; init; }

    /// <summary>How the frames of sensors, head and MRI lie to each other.</summary>
    public IReadOnlyList<Transform> Transforms { get; init; } = [];

    /// <summary>Labels of sensors marked as bad.</summary>
    public IReadOnlyList<string> BadChannels { get; init; } = [];

    /// <summary>Where it came from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;

    /// <summary>Number of sources.</summary>
    public int SourceCount => Spaces.Sum(s => s.Used.Count);

    /// <summary>Number of columns: sources × their components.</summary>
    public int ComponentCount => SourceCount * (IsFixed ? 1 : 3);

    /// <summary>One sensor's gains.</summary>
    /// <param name="sensor">Index of the sensor.</param>
    /// <returns>A number for each component.</returns>
    public double[] Row(int sensor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sensor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sensor, Sensors.Sensors.Count);
        var row = new double[ComponentCount];
        Gains.Read(sensor, 0, row);
        return row;
    }
}
