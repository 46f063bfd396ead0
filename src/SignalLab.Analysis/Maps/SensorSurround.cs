namespace SignalLab.Analysis.Maps;

/// <summary>
/// Where a map ends, and the points outside its sensors that carry it there, each with the mean of the sensors next to it.
/// Placed as MNE-Python 1.3 places them.
/// </summary>
internal sealed class SensorSurround
{
    private readonly (double X, double Y) centre;
    private readonly double radius;
    private readonly (double X, double Y)[]? polygon;

    private SensorSurround((double X, double Y) centre, double radius, (double X, double Y)[]? polygon, IReadOnlyList<(double X, double Y)> points)
    {
        this.centre = centre;
        this.radius = radius;
        this.polygon = polygon;
        Points = points;
    }

    /// <summary>The points outside the sensors.</summary>
    public IReadOnlyList<(double X, double Y)> Points { get; }

    /// <summary>The circle about the head that the map fills.</summary>
    public static SensorSurround Head((double X, double Y) centre, double radius) => new(centre, radius, null, []);

    /// <summary>A ring of points outside that circle, as dense as the sensors.</summary>
    public static IReadOnlyList<(double X, double Y)> Ring((double X, double Y) centre, double radius, double distance)
    {
        var count = Math.Max(12, (int)Math.Round(2 * Math.PI / Math.Asin(Math.Min(distance / radius, 1))));
        var ring = (radius * 1.1) + distance;
        return [.. Enumerable.Range(0, count).Select(i => Math.SinCos(2 * Math.PI * i / count)).Select(a => (centre.X + (ring * a.Cos), centre.Y + (ring * a.Sin)))];
    }

    /// <summary>The convex hull of the sensors, one sensor distance outwards; the map ends half way.</summary>
    public static SensorSurround Local(Triangulation sensors, (double X, double Y) centre, double radius, double distance)
    {
        var middle = Mean(sensors.Points);
        (double X, double Y) Outwards((double X, double Y) p, double by)
        {
            var length = double.Hypot(p.X - middle.X, p.Y - middle.Y);
            return (p.X + ((p.X - middle.X) / length * by), p.Y + ((p.Y - middle.Y) / length * by));
        }

        var hull = sensors.Hull().Select(e => (From: sensors.Points[e.From], To: sensors.Points[e.To])).ToArray();
        var rim = hull.Select(e => Outwards(e.From, distance / 2)).ToArray();
        var rimMiddle = Mean(rim);
        var points = hull.Select(e => Outwards(e.From, distance)).ToList();
        foreach (var (from, to) in hull)
        {
            var (start, parts) = (Outwards(from, distance), (int)Math.Round(0.25 * double.Hypot(to.X - from.X, to.Y - from.Y) / distance));
            points.AddRange(Enumerable.Range(1, Math.Max(0, parts - 1)).Select(k => (start.X + ((to.X - from.X) * k / parts), start.Y + ((to.Y - from.Y) * k / parts))));
        }

        return new(centre, radius, [.. rim.OrderBy(p => Math.Atan2(p.Y - rimMiddle.Y, p.X - rimMiddle.X))], points);
    }

    /// <summary>True where the map is drawn.</summary>
    public bool Contains(double x, double y)
    {
        if (polygon is null)
        {
            return ((x - centre.X) * (x - centre.X)) + ((y - centre.Y) * (y - centre.Y)) < radius * radius;
        }

        var inside = false;
        for (var (i, j) = (0, polygon.Length - 1); i < polygon.Length; j = i++)
        {
            var (a, b) = (polygon[i], polygon[j]);
            inside ^= (a.Y > y) != (b.Y > y) && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X;
        }

        return inside;
    }

    /// <summary>Values at sensors and surround from values at sensors: the identity, then a row for each outer point.</summary>
    /// <param name="whole">Triangulation of the sensors followed by the outer points.</param>
    /// <param name="sensors">Number of sensors.</param>
    public static double[,] Values(Triangulation whole, int sensors)
    {
        var values = new double[whole.Points.Count, sensors];
        var neighbours = whole.Neighbours();
        var lonely = new List<int>();
        for (var i = 0; i < whole.Points.Count; i++)
        {
            int[] known = i < sensors ? [i] : [.. neighbours[i].Where(n => n < sensors)];
            foreach (var n in known)
            {
                values[i, n] = 1.0 / known.Length;
            }

            if (known.Length == 0)
            {
                lonely.Add(i);
            }
        }

        var used = whole.Points.Count - sensors - lonely.Count;
        foreach (var i in lonely)
        {
            for (var other = sensors; other < whole.Points.Count; other++)
            {
                if (!lonely.Contains(other))
                {
                    Columns.AddScaled(values.AsRow(i), values.AsRow(other), 1.0 / used);
                }
            }
        }

        return values;
    }

    /// <summary>The median edge over all triangles.</summary>
    public static double SensorDistance(Triangulation sensors)
    {
        var lengths = new List<double>();
        for (var t = 0; t < sensors.Count; t++)
        {
            for (var corner = 0; corner < 3; corner++)
            {
                var (a, b) = (sensors.Points[sensors.Corner(t, corner)], sensors.Points[sensors.Corner(t, (corner + 1) % 3)]);
                lengths.Add(double.Hypot(a.X - b.X, a.Y - b.Y));
            }
        }

        lengths.Sort();
        return (lengths[(lengths.Count - 1) / 2] + lengths[lengths.Count / 2]) / 2;
    }

    private static (double X, double Y) Mean(IReadOnlyCollection<(double X, double Y)> points) => (points.Average(p => p.X), points.Average(p => p.Y));
}
