using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>Gathers named positions and turns them into a layout: metres, x right, y front, z up, fiducials apart.</summary>
internal sealed class LayoutBuilder
{
    /// <summary>Radius of the sphere that positions without a unit are scaled to, in metres.</summary>
    private const double HeadRadiusMetres = 0.095;

    private static readonly string[] Nasion = ["nas", "nasion", "fidnz", "nz"];
    private static readonly string[] Left = ["lpa", "fidt9"];
    private static readonly string[] Right = ["rpa", "fidt10"];

    private readonly List<Sensor> sensors = [];
    private readonly List<Sensor> landmarks = [];
    private readonly List<string> remarks = [];

    /// <summary>Adds an electrode; a landmark among the electrodes is one of them and a fiducial too.</summary>
    public void Add(string name, Point3 position) => sensors.Add(new(name, position));

    /// <summary>Adds an electrode, or a fiducial where the name is one in formats that list both in one table.</summary>
    public void AddOrFiducial(string name, Point3 position) => (Role(name) is null ? sensors : landmarks).Add(new(name, position));

    /// <summary>Adds a landmark that is no electrode.</summary>
    public void AddFiducial(string name, Point3 position) => landmarks.Add(new(name, position));

    public void Remark(string text) => remarks.Add(text);

    /// <summary>The finished study.</summary>
    /// <param name="text">The file.</param>
    /// <param name="format">The format's name.</param>
    /// <param name="metresPerUnit">The unit that the file or its format states, or null.</param>
    public Study Build(ElectrodeText text, string format, double? metresPerUnit)
    {
        if (sensors.Count == 0)
        {
            throw text.Fault("electrodes", "no electrode with a position", "a name and a position at least once");
        }

        var scale = metresPerUnit ?? UnitlessScale(text);
        var layout = new SensorLayout(Frame.Electrodes, Scaled(sensors, scale), Scaled(FiducialsAmong(landmarks.Concat(sensors)), scale), Path.GetFileName(text.Path));
        return new Study { Format = format, Layouts = [Upright(layout)], Remarks = remarks };
    }

    private static Sensor[] Scaled(IEnumerable<Sensor> from, double scale) => [.. from.Select(s => s with { PositionMetres = scale * s.PositionMetres })];

    private static string? Role(string name) =>
        Matches(Nasion, name) ? "nasion" : Matches(Left, name) ? "lpa" : Matches(Right, name) ? "rpa" : null;

    private static bool Matches(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private double UnitlessScale(ElectrodeText text)
    {
        if (UnitlessScale(sensors.Concat(landmarks)) is not { } scale)
        {
            throw text.Fault("positions", "electrodes at the origin", "positions on a head");
        }

        remarks.Add("The file states no unit of length: positions are scaled to a head of 0.095 m (median distance from the origin).");
        return scale;
    }

    /// <summary>Metres per unit of positions without a unit: their median distance from the origin becomes that of a head. Null where it is 0.</summary>
    public static double? UnitlessScale(IEnumerable<Sensor> places)
    {
        double[] distances = [.. places.Select(s => s.PositionMetres.Norm).Order()];
        var middle = distances.Length == 0 ? 0 : (distances[(distances.Length - 1) / 2] + distances[distances.Length / 2]) / 2;
        return middle < 1e-9 ? null : HeadRadiusMetres / middle;
    }

    /// <summary>Nasion, left and right preauricular point among named places, as far as they are there; the first of several counts.</summary>
    public static IReadOnlyList<Sensor> FiducialsAmong(IEnumerable<Sensor> places)
    {
        var (found, all) = (new List<Sensor>(), places.ToList());
        foreach (var (role, names) in new[] { ("nasion", Nasion), ("lpa", Left), ("rpa", Right) })
        {
            var candidates = all.Where(s => Matches(names, s.Name));
            if (candidates.MinBy(s => Array.FindIndex(names, n => n.Equals(s.Name, StringComparison.OrdinalIgnoreCase))) is { } best)
            {
                found.Add(best with { Name = role });
            }
        }

        return found;
    }

    // Digitisers differ in their axes; where the fiducials show that another axis points right or front, the axes are exchanged, no number is touched.
    private SensorLayout Upright(SensorLayout layout)
    {
        if (layout.ToHead()?.Matrix is not { } toHead)
        {
            return layout;
        }

        var right = NearestAxis(new(toHead[0, 0], toHead[0, 1], toHead[0, 2]));
        var front = NearestAxis(new(toHead[1, 0], toHead[1, 1], toHead[1, 2]));
        if (right == new Point3(1, 0, 0) && front == new Point3(0, 1, 0) || right.Dot(front) != 0)
        {
            return layout;
        }

        var up = right.Cross(front);
        Sensor Turn(Sensor s) => s with { PositionMetres = new(right.Dot(s.PositionMetres), front.Dot(s.PositionMetres), up.Dot(s.PositionMetres)) };
        remarks.Add("The file's axes were turned by its fiducials to x right, y front, z up.");
        return layout with { Sensors = [.. layout.Sensors.Select(Turn)], Fiducials = [.. layout.Fiducials.Select(Turn)] };
    }

    private static Point3 NearestAxis(Point3 d) => Math.Abs(d.X) >= Math.Max(Math.Abs(d.Y), Math.Abs(d.Z)) ? new(Math.Sign(d.X), 0, 0)
        : Math.Abs(d.Y) >= Math.Abs(d.Z) ? new(0, Math.Sign(d.Y), 0) : new(0, 0, Math.Sign(d.Z));
}
