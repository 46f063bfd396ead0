namespace SignalLab.Model;

/// <summary>A coil's shape and place in its frame, as MEG needs it.</summary>
/// <param name="CoilType">The FIFF coil type number.</param>
/// <param name="Ex">Unit vector x of the coil.</param>
/// <param name="Ey">Unit vector y of the coil.</param>
/// <param name="Ez">Unit vector normal to the coil.</param>
public sealed record Coil(int CoilType, Point3 Ex, Point3 Ey, Point3 Ez);

/// <summary>One named location.</summary>
/// <param name="Name">The electrode's or coil's name.</param>
/// <param name="PositionMetres">Where it is, in its layout's frame.</param>
/// <param name="Coil">Coil geometry, or null for an electrode.</param>
public sealed record Sensor(string Name, Point3 PositionMetres, Coil? Coil = null);

/// <summary>Named locations in one frame.</summary>
/// <param name="Frame">The frame of every position.</param>
/// <param name="Sensors">The locations, in the order of their source.</param>
/// <param name="Fiducials">Nasion, left and right preauricular points where known, named <c>nasion</c>, <c>lpa</c>, <c>rpa</c>.</param>
/// <param name="Source">Where the positions come from: a file, a standard with its paper.</param>
public sealed record SensorLayout(Frame Frame, IReadOnlyList<Sensor> Sensors, IReadOnlyList<Sensor> Fiducials, string Source)
{
    /// <summary>The sensor of that name as files spell it (prefix, suffix, dots, case and old names ignored), or null.</summary>
    /// <param name="channelName">A channel's label.</param>
    public Sensor? Find(string channelName)
    {
        var wanted = ChannelName.Normalise(channelName);
        return Sensors.FirstOrDefault(s => ChannelName.Normalise(s.Name) == wanted);
    }
}
