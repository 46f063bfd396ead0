using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Artemis123;

/// <summary>Where the coils of the helmet are: the same in every recording, so the files do not say it.</summary>
internal static class ArtemisCoils
{
    private const string Table = "SignalLab.Formats.Artemis123.coils.tsv";
    private const double MetresAnInch = 0.0254;

    private static readonly Lazy<IReadOnlyDictionary<string, (Point3 Near, Point3 Far)>> Places = new(Read);

    /// <summary>A channel's coil in the device frame, at its loop near the head and with the normal away from it; null where the channel has none.</summary>
    /// <param name="name">The channel.</param>
    /// <param name="coilType">Number of the coil's type.</param>
    public static Sensor? Of(string name, int coilType)
    {
        if (!Places.Value.TryGetValue(name, out var place))
        {
            return null;
        }

        var normal = (place.Far - place.Near).Unit();
        var (x, y) = Turned(normal);
        return new(name, MetresAnInch * place.Near, new Coil(coilType, x, y, normal));
    }

    // The shortest turn that brings z to the normal, applied to x and y.
    private static (Point3 Ex, Point3 Ey) Turned(Point3 n) => 1 + n.Z < 1e-12
        ? (new(1, 0, 0), new(0, -1, 0))
        : (new(1 - (n.X * n.X / (1 + n.Z)), -n.X * n.Y / (1 + n.Z), -n.X), new(-n.X * n.Y / (1 + n.Z), 1 - (n.Y * n.Y / (1 + n.Z)), -n.Y));

    private static Dictionary<string, (Point3 Near, Point3 Far)> Read()
    {
        using var stream = typeof(ArtemisCoils).Assembly.GetManifestResourceStream(Table)!;
        using var reader = new StreamReader(stream);
        var places = new Dictionary<string, (Point3, Point3)>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            if (line[0] != '#' && cells[0] != "name")
            {
                double[] n = [.. cells[1..].Select(c => double.Parse(c, NumberStyles.Float, CultureInfo.InvariantCulture))];
                places[cells[0]] = (new(n[0], n[1], n[2]), new(n[3], n[4], n[5]));
            }
        }

        return places;
    }
}
