using SignalLab.Model;

namespace SignalLab.Figures.Maps;

/// <summary>The piece of the plane that every map of a figure shows, in mm, so that all have one scale: the largest head with nose and ears, every sensor and every drawn area.</summary>
internal sealed class MapCell
{
    private const double MarginMm = 2;

    public MapCell(IEnumerable<Topography> maps)
    {
        (double Left, double Top, double Right, double Bottom) box = (0, 0, 0, 0);
        void Include(double x, double y) => box = (Math.Min(box.Left, x), Math.Max(box.Top, y), Math.Max(box.Right, x), Math.Min(box.Bottom, y));
        foreach (var map in maps)
        {
            var radius = 1000 * map.HeadRadiusMetres;
            Include(-HeadOutline.EarReach * radius, HeadOutline.NoseReach * radius);
            Include(HeadOutline.EarReach * radius, -radius);
            foreach (var sensor in map.PlaneSensors.Sensors)
            {
                Include(1000 * sensor.PositionMetres.X, 1000 * sensor.PositionMetres.Y);
            }

            var grid = (GridSupport)map.Grid.Support;
            for (var n = 0; n < grid.Count; n++)
            {
                if (map.Grid.Mask?[n] ?? true)
                {
                    var p = grid.ToMillimetres.Apply(new(n % grid.SizeX, n / grid.SizeX, 0));
                    Include(p.X, p.Y);
                }
            }
        }

        (LeftMm, TopMm) = (box.Left - MarginMm, box.Top + MarginMm);
        WidthMm = box.Right + MarginMm - LeftMm;
        HeightPerWidth = (float)((TopMm - box.Bottom + MarginMm) / WidthMm);
    }

    /// <summary>Least x shown.</summary>
    public double LeftMm { get; }

    /// <summary>Greatest y shown.</summary>
    public double TopMm { get; }

    /// <summary>Extent in x.</summary>
    public double WidthMm { get; }

    /// <summary>Height of a cell as a part of its width.</summary>
    public float HeightPerWidth { get; }
}
