using SignalLab.Model;

namespace SignalLab.Formats.Delimited;

/// <summary>Maps as tables: at sensors, over a topographic plane, at chosen voxels.</summary>
public static class MapTables
{
    /// <summary>Writes a map at sensors: <c>name,x_m,y_m,z_m,value[unit]</c>, positions in the layout's frame.</summary>
    /// <param name="map">A map over sensors; masked ones are left out.</param>
    /// <param name="output">Receives the table; left open.</param>
    /// <param name="delimiter">Between cells.</param>
    /// <param name="frame">Which frame of the map.</param>
    /// <exception cref="UnfitInputException">The map does not lie on sensors.</exception>
    public static void WriteSensors(ParameterMap map, Stream output, Delimiter delimiter = Delimiter.Comma, int frame = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Support is not SensorSupport support)
        {
            throw new UnfitInputException("Only a map at sensors makes a table of sensors; this one lies on a grid or surface.");
        }

        var values = map.ReadFrame(frame);
        WriteSensors(support.Layout, values, map.Unit, map.Mask, output, delimiter);
    }

    /// <summary>Writes the sensors of a topographic map at their places in its plane: <c>name,x_m,y_m,z_m,value[unit]</c>.</summary>
    /// <param name="topography">The map.</param>
    /// <param name="output">Receives the table; left open.</param>
    /// <param name="delimiter">Between cells.</param>
    public static void WriteSensors(Topography topography, Stream output, Delimiter delimiter = Delimiter.Comma)
    {
        ArgumentNullException.ThrowIfNull(topography);
        WriteSensors(topography.PlaneSensors, topography.SensorValues, topography.Grid.Unit, null, output, delimiter);
    }

    /// <summary>Writes the nodes of a topographic map: a line <c># head_radius_m: …</c>, then <c>x,y,value[unit]</c> with x right and y front in units of the head outline's radius. Masked nodes are left out.</summary>
    /// <param name="topography">The map.</param>
    /// <param name="output">Receives the table; left open.</param>
    /// <param name="delimiter">Between cells.</param>
    public static void WriteGrid(Topography topography, Stream output, Delimiter delimiter = Delimiter.Comma)
    {
        ArgumentNullException.ThrowIfNull(topography);
        var map = topography.Grid;
        var grid = (GridSupport)map.Support;
        var values = map.ReadFrame();
        using var table = new TableWriter(output, delimiter);
        table.Comment(FormattableString.Invariant($"head_radius_m: {topography.HeadRadiusMetres:R}"));
        table.Cell("x");
        table.Cell("y");
        table.Heading("value", map.Unit);
        table.EndRow();
        var radiusMm = 1000 * topography.HeadRadiusMetres;
        for (var j = 0; j < grid.SizeY; j++)
        {
            for (var i = 0; i < grid.SizeX; i++)
            {
                var node = (int)grid.IndexOf(i, j, 0);
                if (map.Mask is null || map.Mask[node])
                {
                    var place = grid.ToMillimetres.Apply(new Point3(i, j, 0));
                    table.Cell(place.X / radiusMm);
                    table.Cell(place.Y / radiusMm);
                    table.Cell(values[node]);
                    table.EndRow();
                }
            }
        }
    }

    /// <summary>Writes chosen voxels of an image: <c>i,j,k,t,x_mm,y_mm,z_mm,value[unit]</c>, each over all its frames (t counts them from 0).</summary>
    /// <param name="image">A map over a grid.</param>
    /// <param name="voxels">Indices of the voxels.</param>
    /// <param name="output">Receives the table; left open.</param>
    /// <param name="delimiter">Between cells.</param>
    /// <exception cref="UnfitInputException">The map has no grid, or a voxel lies outside it.</exception>
    public static void WriteVoxels(ParameterMap image, IReadOnlyList<(int I, int J, int K)> voxels, Stream output, Delimiter delimiter = Delimiter.Comma)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(voxels);
        if (image.Support is not GridSupport grid)
        {
            throw new UnfitInputException("Only an image has voxels; this map lies on sensors or a surface.");
        }

        foreach (var (i, j, k) in voxels)
        {
            if (i < 0 || i >= grid.SizeX || j < 0 || j >= grid.SizeY || k < 0 || k >= grid.SizeZ)
            {
                throw new UnfitInputException($"Voxel {i},{j},{k} lies outside the image of {grid.SizeX} x {grid.SizeY} x {grid.SizeZ} voxels (indices count from 0).");
            }
        }

        using var table = new TableWriter(output, delimiter);
        foreach (var name in new[] { "i", "j", "k", "t", "x_mm", "y_mm", "z_mm" })
        {
            table.Cell(name);
        }

        table.Heading("value", image.Unit);
        table.EndRow();
        Span<double> value = [0];
        foreach (var (i, j, k) in voxels)
        {
            var place = grid.ToMillimetres.Apply(new Point3(i, j, k));
            for (var t = 0; t < image.FrameCount; t++)
            {
                image.Values.Read(t, grid.IndexOf(i, j, k), value);
                table.Cell(i);
                table.Cell(j);
                table.Cell(k);
                table.Cell(t);
                table.Cell(place.X);
                table.Cell(place.Y);
                table.Cell(place.Z);
                table.Cell(value[0]);
                table.EndRow();
            }
        }
    }

    private static void WriteSensors(SensorLayout layout, IReadOnlyList<double> values, Unit unit, IReadOnlyList<bool>? mask, Stream output, Delimiter delimiter)
    {
        using var table = new TableWriter(output, delimiter);
        table.Cell("name");
        table.Cell("x_m");
        table.Cell("y_m");
        table.Cell("z_m");
        table.Heading("value", unit);
        table.EndRow();
        for (var s = 0; s < layout.Sensors.Count; s++)
        {
            if (mask is null || mask[s])
            {
                table.Cell(layout.Sensors[s].Name);
                table.Cell(layout.Sensors[s].PositionMetres.X);
                table.Cell(layout.Sensors[s].PositionMetres.Y);
                table.Cell(layout.Sensors[s].PositionMetres.Z);
                table.Cell(values[s]);
                table.EndRow();
            }
        }
    }
}
