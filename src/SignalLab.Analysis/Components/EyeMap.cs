using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>How much a map looks like the eyes: ADJUST's spatial features on places in the head frame.</summary>
/// <param name="Frontal">Mean value at the forehead, the largest |value| of the map being 1.</param>
/// <param name="Left">Mean value before the left eye's outer corner.</param>
/// <param name="Right">The same on the right.</param>
/// <param name="Posterior">Mean |value| behind.</param>
/// <remarks>Source: Mognon et al., Psychophysiology 48 (2011) 229–240, spatial average difference and spatial eye difference; their areas.</remarks>
internal sealed record EyeMap(double Frontal, double Left, double Right, double Posterior)
{
    /// <summary>The features of a map, or null where too few sensors lie in front or behind.</summary>
    /// <param name="places">Sensors about the head's centre: x right, y front, z up.</param>
    /// <param name="values">The map's value at each.</param>
    public static EyeMap? Of(IReadOnlyList<Point3> places, IReadOnlyList<double> values)
    {
        var largest = values.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double Mean(Func<double, double, bool> isIn, Func<double, double> of)
        {
            var chosen = Enumerable.Range(0, places.Count).Where(i => isIn(Azimuth(places[i]), Polar(places[i]))).Select(i => of(values[i] / largest)).ToList();
            return chosen.Count == 0 ? double.NaN : chosen.Average();
        }

        var map = new EyeMap(
            Mean((azimuth, polar) => Math.Abs(azimuth) < 60 && polar > 65, v => v),
            Mean((azimuth, polar) => azimuth is > -75 and < -25 && polar > 55, v => v),
            Mean((azimuth, polar) => azimuth is > 25 and < 75 && polar > 55, v => v),
            Mean((azimuth, _) => Math.Abs(azimuth) > 110, Math.Abs));
        return largest > 0 && double.IsFinite(map.Frontal + map.Left + map.Right + map.Posterior) ? map : null;
    }

    /// <summary>Degrees from the front, right positive.</summary>
    private static double Azimuth(Point3 place) => Math.Atan2(place.X, place.Y) * 180 / Math.PI;

    /// <summary>Degrees from the vertex.</summary>
    private static double Polar(Point3 place) => Math.Atan2(Math.Sqrt((place.X * place.X) + (place.Y * place.Y)), place.Z) * 180 / Math.PI;
}
