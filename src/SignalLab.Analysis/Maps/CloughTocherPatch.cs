namespace SignalLab.Analysis.Maps;

/// <summary>
/// One triangle's cubic patch in Bernstein-Bézier form over its three parts. Across an edge the slope towards the neighbour's centroid is linear along the edge,
/// so that an affine change of the plane changes nothing. Source: Alfeld, Comput Aided Geom Design 1 (1984) 169; Farin, ibid. 3 (1986) 83.
/// </summary>
internal static class CloughTocherPatch
{
    /// <summary>What each datum of a triangle contributes to the value at a place.</summary>
    /// <param name="triangles">The triangulation.</param>
    /// <param name="triangle">The triangle that holds the place.</param>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate.</param>
    /// <param name="into">Nine: the values at corners 0, 1, 2; then for each corner the slopes along its edges to the next and to the previous corner.</param>
    public static void Influence(Triangulation triangles, int triangle, double x, double y, Span<double> into)
    {
        var (a, b, c) = triangles.Barycentric(triangle, x, y);
        Span<double> place = [a, b, c];
        Span<double> across = [Across(triangles, triangle, 0), Across(triangles, triangle, 1), Across(triangles, triangle, 2)];
        Span<double> data = stackalloc double[9];
        for (var i = 0; i < 9; i++)
        {
            data.Clear();
            data[i] = 1;
            into[i] = Value(data, across, place);
        }
    }

    // Where the line to the neighbour's centroid leaves the edge, as the share towards its first end; an edge of the hull takes its middle.
    private static double Across(Triangulation triangles, int triangle, int corner)
    {
        var beyond = triangles.Beyond(triangle, corner);
        if (beyond < 0)
        {
            return -0.5;
        }

        var (p, q, r) = (triangles.Points[triangles.Corner(beyond, 0)], triangles.Points[triangles.Corner(beyond, 1)], triangles.Points[triangles.Corner(beyond, 2)]);
        var (a, b, c) = triangles.Barycentric(triangle, (p.X + q.X + r.X) / 3, (p.Y + q.Y + r.Y) / 3);
        ReadOnlySpan<double> w = [a, b, c];
        var (next, previous) = (w[(corner + 1) % 3], w[(corner + 2) % 3]);
        return ((2 * previous) + next - 1) / (2 - (3 * previous) - (3 * next));
    }

    private static double Value(ReadOnlySpan<double> data, ReadOnlySpan<double> across, ReadOnlySpan<double> place)
    {
        // Per corner: its value, the two control points on its edges, and the one towards the centroid.
        Span<double> toNext = stackalloc double[3], toPrevious = stackalloc double[3], inner = stackalloc double[3], mid = stackalloc double[3], deep = stackalloc double[3];
        for (var i = 0; i < 3; i++)
        {
            toNext[i] = data[i] + (data[3 + (2 * i)] / 3);
            toPrevious[i] = data[i] + (data[4 + (2 * i)] / 3);
            inner[i] = (data[i] + toNext[i] + toPrevious[i]) / 3;
        }

        // Per edge, named by the opposite corner: the control point that makes the slope across it linear.
        for (var i = 0; i < 3; i++)
        {
            var (j, k) = ((i + 1) % 3, (i + 2) % 3);
            var bend = across[i] * (-data[j] + (3 * toNext[j]) - (3 * toPrevious[k]) + data[k]);
            mid[i] = (bend - data[j] + (2 * toNext[j]) - toPrevious[k] + inner[j] + inner[k]) / 2;
        }

        for (var i = 0; i < 3; i++)
        {
            deep[i] = (inner[i] + mid[(i + 1) % 3] + mid[(i + 2) % 3]) / 3;
        }

        var least = Math.Min(place[0], Math.Min(place[1], place[2]));
        var d = 3 * least;
        var sum = d * d * d * (deep[0] + deep[1] + deep[2]) / 3;
        for (var i = 0; i < 3; i++)
        {
            var (j, k) = ((i + 1) % 3, (i + 2) % 3);
            var (p, q, r) = (place[i] - least, place[j] - least, place[k] - least);
            sum += p * p * ((p * data[i]) + (3 * q * toNext[i]) + (3 * r * toPrevious[i]) + (3 * d * inner[i]));
            sum += 3 * d * ((2 * q * r * mid[i]) + (p * d * deep[i]));
        }

        return sum;
    }
}
