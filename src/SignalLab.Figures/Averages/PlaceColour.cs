using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Averages;

/// <summary>A colour for each sensor from its place, so that lines of neighbours look alike: the hue goes round the head, sensors near its top are grey.</summary>
internal static class PlaceColour
{
    /// <summary>Colours of channels; null where they have no places.</summary>
    public static IReadOnlyList<SKColor>? Of(IReadOnlyList<Channel> channels)
    {
        if (channels.Count < 4 || channels.Any(c => c.Sensor is null))
        {
            return null;
        }

        var middle = (1.0 / channels.Count) * channels.Aggregate(default(Point3), (sum, c) => sum + c.Sensor!.PositionMetres);
        return [.. channels.Select(c => Of(c.Sensor!.PositionMetres - middle))];
    }

    private static SKColor Of(Point3 ray)
    {
        var flat = Math.Sqrt((ray.X * ray.X) + (ray.Y * ray.Y));
        var away = Math.Clamp(Math.Atan2(flat, ray.Z) / (Math.PI / 2), 0, 1);
        var hue = (float)((Math.Atan2(ray.Y, ray.X) * 180 / Math.PI) + 360) % 360;
        return SKColor.FromHsv(hue, (float)(90 * away), (float)(30 + (50 * away)));
    }
}
