using SignalLab.Model;

namespace SignalLab.Formats.Delimited;

/// <summary>Electrode or coil positions as a table.</summary>
public static class LayoutTable
{
    /// <summary>Writes <c>name,x_m,y_m,z_m</c>, one row a sensor, in the layout's frame; fiducials follow the sensors.</summary>
    /// <param name="layout">The positions.</param>
    /// <param name="output">Receives the table; left open.</param>
    /// <param name="delimiter">Between cells.</param>
    public static void Write(SensorLayout layout, Stream output, Delimiter delimiter = Delimiter.Comma)
    {
        ArgumentNullException.ThrowIfNull(layout);
        using var table = new TableWriter(output, delimiter);
        foreach (var heading in new[] { "name", "x_m", "y_m", "z_m" })
        {
            table.Cell(heading);
        }

        table.EndRow();
        foreach (var sensor in layout.Sensors.Concat(layout.Fiducials.Where(f => layout.Sensors.All(s => s.Name != f.Name))))
        {
            table.Cell(sensor.Name);
            table.Cell(sensor.PositionMetres.X);
            table.Cell(sensor.PositionMetres.Y);
            table.Cell(sensor.PositionMetres.Z);
            table.EndRow();
        }
    }
}
