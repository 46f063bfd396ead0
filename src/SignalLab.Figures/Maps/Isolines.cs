namespace SignalLab.Figures.Maps;

/// <summary>Lines of equal value through a regular grid, by marching squares.</summary>
/// <remarks>Source: W. E. Lorensen, H. E. Cline 1987, Comput. Graph. 21:163–169, in two dimensions; ambiguous cells by the value at the bilinear saddle, G. M. Nielson, B. Hamann 1991, Proc. IEEE Visualization:83–91.</remarks>
internal static class Isolines
{
    /// <summary>The lines of one level, in node coordinates (i along the first index, j along the second); a closed line repeats its first point.</summary>
    /// <param name="values">Values, first index fastest; cells with a node that is not finite have no line.</param>
    /// <param name="sizeX">Nodes along the first index.</param>
    /// <param name="level">The value wanted.</param>
    public static IReadOnlyList<IReadOnlyList<(double I, double J)>> At(ReadOnlySpan<double> values, int sizeX, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sizeX, 1);
        var sizeY = values.Length / sizeX;
        var crossings = new Dictionary<int, (double I, double J)>();
        var segments = new List<(int From, int To)>();
        for (var j = 0; j + 1 < sizeY; j++)
        {
            for (var i = 0; i + 1 < sizeX; i++)
            {
                var at = i + (j * sizeX);
                AddCell(values[at], values[at + 1], values[at + sizeX], values[at + sizeX + 1], i, j, sizeX, level, crossings, segments);
            }
        }

        return Join(crossings, segments);
    }

    private static void AddCell(
        double v00, double v10, double v01, double v11, int i, int j, int sizeX, double level, Dictionary<int, (double I, double J)> crossings, List<(int From, int To)> segments)
    {
        if (!double.IsFinite(v00 + v10 + v01 + v11))
        {
            return;
        }

        var (a, b, c, d) = (v00 >= level, v10 >= level, v01 >= level, v11 >= level);
        Span<int> met = stackalloc int[4];
        var count = 0;

        // Around the cell: bottom, right, top, left. An edge's number is shared by the two cells that meet in it.
        Cross(a, b, 2 * (i + (j * sizeX)), (i + Part(v00, v10, level), j), met, ref count, crossings);
        Cross(b, d, (2 * (i + 1 + (j * sizeX))) + 1, (i + 1, j + Part(v10, v11, level)), met, ref count, crossings);
        Cross(c, d, 2 * (i + ((j + 1) * sizeX)), (i + Part(v01, v11, level), j + 1), met, ref count, crossings);
        Cross(a, c, (2 * (i + (j * sizeX))) + 1, (i, j + Part(v00, v01, level)), met, ref count, crossings);
        if (count == 2)
        {
            segments.Add((met[0], met[1]));
        }
        else if (count == 4)
        {
            // The corner (0,0) is cut off alone where the saddle is not on its side.
            var saddle = ((v00 * v11) - (v10 * v01)) / (v00 + v11 - v10 - v01);
            var cutOff = saddle >= level != a;
            segments.Add(cutOff ? (met[3], met[0]) : (met[0], met[1]));
            segments.Add(cutOff ? (met[1], met[2]) : (met[2], met[3]));
        }
    }

    private static double Part(double from, double to, double level) => (level - from) / (to - from);

    private static void Cross(bool from, bool to, int edge, (double I, double J) point, Span<int> met, ref int count, Dictionary<int, (double I, double J)> crossings)
    {
        if (from != to)
        {
            crossings[edge] = point;
            met[count++] = edge;
        }
    }

    private static List<IReadOnlyList<(double I, double J)>> Join(Dictionary<int, (double I, double J)> crossings, List<(int From, int To)> segments)
    {
        var meeting = new Dictionary<int, (int First, int Second)>();
        for (var s = 0; s < segments.Count; s++)
        {
            foreach (var edge in (ReadOnlySpan<int>)[segments[s].From, segments[s].To])
            {
                meeting[edge] = meeting.TryGetValue(edge, out var one) ? (one.First, s) : (s, -1);
            }
        }

        var used = new bool[segments.Count];
        var lines = new List<IReadOnlyList<(double I, double J)>>();

        // Open lines first, from their ends; what remains is closed.
        foreach (var start in meeting.Where(m => m.Value.Second < 0).Select(m => m.Key).Concat(segments.Select(s => s.From)))
        {
            var line = new List<(double I, double J)>();
            var edge = start;
            while (Unused(meeting[edge], used) is >= 0 and var next)
            {
                if (line.Count == 0)
                {
                    line.Add(crossings[edge]);
                }

                used[next] = true;
                edge = segments[next].From == edge ? segments[next].To : segments[next].From;
                line.Add(crossings[edge]);
            }

            if (line.Count > 1)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static int Unused((int First, int Second) pair, bool[] used) =>
        !used[pair.First] ? pair.First : pair.Second >= 0 && !used[pair.Second] ? pair.Second : -1;
}
