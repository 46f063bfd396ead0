using SignalLab.Model;

namespace SignalLab.Formats.Gdf;

/// <summary>Positions of version 2: x, y and z of each sensor, in no stated unit and frame.</summary>
internal static class GdfPositions
{
    /// <summary>Radius of the sphere that positions without a unit are scaled to, in metres.</summary>
    private const double HeadRadiusMetres = 0.095;

    /// <summary>Gives the channels their positions.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="positions">A position a channel, or null.</param>
    /// <param name="remarks">Receives that they were scaled.</param>
    public static Channel[] Place(Channel[] channels, Point3?[] positions, List<string> remarks)
    {
        double[] distances = [.. positions.OfType<Point3>().Select(p => p.Norm).Order()];
        if (distances.Length == 0)
        {
            return channels;
        }

        remarks.Add("The file states no unit of length: positions are scaled to a head of 0.095 m (median distance from the origin).");
        var scale = HeadRadiusMetres / ((distances[(distances.Length - 1) / 2] + distances[distances.Length / 2]) / 2);
        return [.. channels.Select((c, i) => positions[i] is { } p ? c with { Sensor = new(c.Label, scale * p), Frame = Frame.Electrodes } : c)];
    }
}
