namespace SignalLab.Analysis.Maps;

/// <summary>
/// The slopes at the points of a triangulation that minimise the bending energy of cubic curves along its edges.
/// Source: Nielson, "A method for interpolating scattered data based upon a minimum norm network", Math Comput 40 (1983) 253.
/// </summary>
internal static class NetSlopes
{
    private const int MostSweeps = 1000;

    /// <summary>Solves for the slopes by sweeping over the points until nothing moves (1e-13 of the largest slope).</summary>
    /// <param name="triangles">The net.</param>
    /// <param name="values">A row for each point, a column for each case.</param>
    /// <returns>A row for each point: the slopes along x of every case, then those along y.</returns>
    public static double[,] Of(Triangulation triangles, double[,] values)
    {
        var cases = values.GetLength(1);
        var (points, neighbours) = (triangles.Points, triangles.Neighbours());
        var slopes = new double[points.Count, 2 * cases];
        var target = new double[2 * cases];
        var difference = new double[cases];
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var (largest, moved) = (0.0, 0.0);
            for (var i = 0; i < points.Count; i++)
            {
                var (xx, xy, yy) = (0.0, 0.0, 0.0);
                Array.Clear(target);
                foreach (var j in neighbours[i])
                {
                    var (dx, dy) = (points[j].X - points[i].X, points[j].Y - points[i].Y);
                    var weight = 1 / Math.Pow((dx * dx) + (dy * dy), 1.5);
                    (xx, xy, yy) = (xx + (4 * weight * dx * dx), xy + (4 * weight * dx * dy), yy + (4 * weight * dy * dy));

                    // 6 (value there - value here) - 2 (slope there along the edge)
                    Array.Clear(difference);
                    Columns.AddScaled(difference, values.AsRow(j), 6);
                    Columns.AddScaled(difference, values.AsRow(i), -6);
                    Columns.AddScaled(difference, slopes.AsRow(j)[..cases], -2 * dx);
                    Columns.AddScaled(difference, slopes.AsRow(j)[cases..], -2 * dy);
                    Columns.AddScaled(target.AsSpan(0, cases), difference, weight * dx);
                    Columns.AddScaled(target.AsSpan(cases), difference, weight * dy);
                }

                var determinant = (xx * yy) - (xy * xy);
                var slope = slopes.AsRow(i);
                for (var c = 0; c < cases; c++)
                {
                    var gx = ((yy * target[c]) - (xy * target[cases + c])) / determinant;
                    var gy = ((xx * target[cases + c]) - (xy * target[c])) / determinant;
                    moved = Math.Max(moved, Math.Max(Math.Abs(gx - slope[c]), Math.Abs(gy - slope[cases + c])));
                    largest = Math.Max(largest, Math.Max(Math.Abs(gx), Math.Abs(gy)));
                    (slope[c], slope[cases + c]) = (gx, gy);
                }
            }

            if (moved <= 1e-13 * largest)
            {
                break;
            }
        }

        return slopes;
    }
}
