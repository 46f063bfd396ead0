namespace SignalLab.Analysis.Maps;

/// <summary>
/// Cubic interpolation with continuous slope on triangles, each split in three at its centroid. Slopes at the points are those that minimise the
/// bending energy of the net of edges. Sources: Alfeld, Comput Aided Geom Design 1 (1984) 169 (the patch); Nielson, Math Comput 40 (1983) 253 (the slopes).
/// </summary>
internal sealed class CloughTocher : IPlaneInterpolator
{
    private readonly Triangulation triangles;
    private readonly int sensors;
    private readonly double[,] values;
    private readonly double[,] slopes;
    private int last;

    /// <param name="whole">Triangulation of the sensors followed by the points around them.</param>
    /// <param name="sensors">Number of sensors.</param>
    public CloughTocher(Triangulation whole, int sensors)
    {
        (triangles, this.sensors) = (whole, sensors);
        values = SensorSurround.Values(whole, sensors);
        slopes = NetSlopes.Of(whole, values);
    }

    public bool Weights(double x, double y, Span<double> into)
    {
        into.Clear();
        var triangle = triangles.Find(x, y, last);
        if (triangle < 0)
        {
            return false;
        }

        last = triangle;
        Span<double> influence = stackalloc double[9];
        CloughTocherPatch.Influence(triangles, triangle, x, y, influence);
        for (var corner = 0; corner < 3; corner++)
        {
            var (here, next, previous) = (triangles.Corner(triangle, corner), triangles.Corner(triangle, (corner + 1) % 3), triangles.Corner(triangle, (corner + 2) % 3));
            Columns.AddScaled(into, values.AsRow(here), influence[corner]);
            var (p, a, b) = (triangles.Points[here], triangles.Points[next], triangles.Points[previous]);
            var (toNext, toPrevious) = (influence[3 + (2 * corner)], influence[4 + (2 * corner)]);
            var slope = slopes.AsRow(here);
            Columns.AddScaled(into, slope[..sensors], (toNext * (a.X - p.X)) + (toPrevious * (b.X - p.X)));
            Columns.AddScaled(into, slope[sensors..], (toNext * (a.Y - p.Y)) + (toPrevious * (b.Y - p.Y)));
        }

        return true;
    }
}
