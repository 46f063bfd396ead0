namespace SignalLab.Analysis.Maps;

/// <summary>
/// Delaunay triangulation of points in a plane: swept from left to right, then edges are flipped until every circle is empty.
/// Four points on one circle, to rounding, keep the diagonal they have. Source: Lawson, "Software for C1 surface interpolation" (1977).
/// </summary>
internal sealed class Triangulation
{
    // Half-edge i is opposite to corner i of its triangle i / 3 and runs from corner Next(i) to corner Previous(i).
    private readonly List<int> corners = [];
    private readonly Dictionary<(int From, int To), int> halfEdges = [];

    /// <param name="points">Points, no two alike. Without three that span a plane there are no triangles.</param>
    public Triangulation(IReadOnlyList<(double X, double Y)> points)
    {
        Points = points;
        Sweep();
        Flip();
    }

    public IReadOnlyList<(double X, double Y)> Points { get; }

    /// <summary>Number of triangles.</summary>
    public int Count => corners.Count / 3;

    /// <summary>A corner (0…2, counter-clockwise) of a triangle.</summary>
    public int Corner(int triangle, int corner) => corners[(3 * triangle) + corner];

    /// <summary>The triangle beyond the edge opposite to a corner, or -1 at the hull.</summary>
    public int Beyond(int triangle, int corner) => Twin((3 * triangle) + corner) is >= 0 and var twin ? twin / 3 : -1;

    /// <summary>Edges of the convex hull, counter-clockwise in direction.</summary>
    public IEnumerable<(int From, int To)> Hull() => halfEdges.Keys.Where(e => !halfEdges.ContainsKey((e.To, e.From)));

    /// <summary>Each point's neighbours along edges, ascending.</summary>
    public int[][] Neighbours()
    {
        var sets = Enumerable.Range(0, Points.Count).Select(_ => new SortedSet<int>()).ToArray();
        foreach (var (from, to) in halfEdges.Keys)
        {
            sets[from].Add(to);
            sets[to].Add(from);
        }

        return [.. sets.Select(s => s.ToArray())];
    }

    /// <summary>The triangle that holds a place, or -1 outside the hull.</summary>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate.</param>
    /// <param name="start">The triangle to look at first.</param>
    public int Find(double x, double y, int start)
    {
        for (var step = 0; step < Count; step++)
        {
            var triangle = (start + step) % Count;
            var (a, b, c) = Barycentric(triangle, x, y);
            if (Math.Min(a, Math.Min(b, c)) >= -1e-12)
            {
                return triangle;
            }
        }

        return -1;
    }

    /// <summary>Weights of a triangle's corners at a place; they sum to one.</summary>
    public (double A, double B, double C) Barycentric(int triangle, double x, double y)
    {
        var (pa, pb, pc) = (Points[Corner(triangle, 0)], Points[Corner(triangle, 1)], Points[Corner(triangle, 2)]);
        var area = Cross(pa, pb, pc);
        var a = Cross((x, y), pb, pc) / area;
        var b = Cross(pa, (x, y), pc) / area;
        return (a, b, 1 - a - b);
    }

    private static int Next(int i) => i % 3 == 2 ? i - 2 : i + 1;

    private static int Previous(int i) => i % 3 == 0 ? i + 2 : i - 1;

    private static double Cross((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));

    private (int From, int To) Edge(int i) => (corners[Next(i)], corners[Previous(i)]);

    private int Twin(int i) => Edge(i) is var (from, to) && halfEdges.TryGetValue((to, from), out var twin) ? twin : -1;

    private void Sweep()
    {
        int[] order = [.. Enumerable.Range(0, Points.Count).OrderBy(i => Points[i].X).ThenBy(i => Points[i].Y)];
        var apex = 2;
        while (apex < order.Length && Cross(Points[order[0]], Points[order[apex - 1]], Points[order[apex]]) == 0)
        {
            apex++;
        }

        if (apex >= order.Length)
        {
            return;
        }

        // The points before the apex lie on one line: a fan joins them to it.
        var isLeft = Cross(Points[order[0]], Points[order[apex - 1]], Points[order[apex]]) > 0;
        for (var i = 1; i < apex; i++)
        {
            Add(order[apex], isLeft ? order[i - 1] : order[i], isLeft ? order[i] : order[i - 1]);
        }

        foreach (var point in order.AsSpan(apex + 1))
        {
            var visible = Hull().Where(e => Cross(Points[e.From], Points[e.To], Points[point]) < 0).ToArray();
            foreach (var (from, to) in visible)
            {
                Add(point, to, from);
            }
        }
    }

    private void Add(int a, int b, int c)
    {
        corners.AddRange([a, b, c]);
        Register(Count - 1);
    }

    private void Register(int triangle)
    {
        for (var i = 3 * triangle; i < (3 * triangle) + 3; i++)
        {
            halfEdges[Edge(i)] = i;
        }
    }

    private void Flip()
    {
        var queue = new Queue<(int From, int To)>(halfEdges.Keys);
        while (queue.TryDequeue(out var edge))
        {
            if (!halfEdges.TryGetValue(edge, out var i) || Twin(i) is not (>= 0 and var twin))
            {
                continue;
            }

            var (p, from, to, q) = (corners[i], edge.From, edge.To, corners[twin]);
            if (!IsInCircle(Points[p], Points[from], Points[to], Points[q]))
            {
                continue;
            }

            halfEdges.Remove((from, to));
            halfEdges.Remove((to, from));
            Replace(i / 3, p, from, q);
            Replace(twin / 3, p, q, to);
            queue.Enqueue((p, from));
            queue.Enqueue((from, q));
            queue.Enqueue((q, to));
            queue.Enqueue((to, p));
        }
    }

    private void Replace(int triangle, int a, int b, int c)
    {
        (corners[3 * triangle], corners[(3 * triangle) + 1], corners[(3 * triangle) + 2]) = (a, b, c);
        Register(triangle);
    }

    // True where d lies inside the circle through a, b, c by more than rounding can feign.
    private static bool IsInCircle((double X, double Y) a, (double X, double Y) b, (double X, double Y) c, (double X, double Y) d)
    {
        var (ax, ay, bx, by, cx, cy) = (a.X - d.X, a.Y - d.Y, b.X - d.X, b.Y - d.Y, c.X - d.X, c.Y - d.Y);
        var (a2, b2, c2) = ((ax * ax) + (ay * ay), (bx * bx) + (by * by), (cx * cx) + (cy * cy));
        var determinant = (a2 * ((bx * cy) - (by * cx))) + (b2 * ((cx * ay) - (cy * ax))) + (c2 * ((ax * by) - (ay * bx)));
        var size = (a2 * (Math.Abs(bx * cy) + Math.Abs(by * cx))) + (b2 * (Math.Abs(cx * ay) + Math.Abs(cy * ax))) + (c2 * (Math.Abs(ax * by) + Math.Abs(ay * bx)));
        return determinant > 1e-12 * size;
    }
}
