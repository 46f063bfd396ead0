using SignalLab.Analysis.Imaging;
using SignalLab.Figures.Slices;
using SignalLab.Model;

namespace SignalLab.Review.Slices;

/// <summary>What the page must know of an image before it asks for slices.</summary>
internal static class ImageCard
{
    private const int MostSampled = 1 << 18;
    private const int MostFrames = 20_000;

    /// <summary>The card.</summary>
    /// <param name="image">The image.</param>
    /// <param name="study">What its file holds.</param>
    public static object Of(ShownImage image, Study study)
    {
        var (map, grid) = (image.Map, image.Grid);
        var (low, high) = grid.ExtentMm();
        var spacing = grid.SpacingRasMm();
        return new
        {
            size = new[] { grid.SizeX, grid.SizeY, grid.SizeZ },
            spacing = Numbers(grid.SpacingMm),
            affine = grid.ToMillimetres.ToArray(),
            frame = grid.Frame.Name,
            anatomical = image.IsAnatomical,
            plane = image.IsPlane,
            low = Numbers(low),
            high = Numbers(high),
            step = Numbers(spacing),
            colours = image.Colours,
            frames = image.Frames,
            axis = image.FrameAxis is not { Length: > 1 } axis ? null : new
            {
                kind = axis.Kind.ToString().ToLowerInvariant(),
                unit = axis.Unit.Symbol,
                values = axis.Values.Take(MostFrames).Select(v => double.IsFinite(v) ? v : (double?)null),
            },
            unit = map.Unit.IsKnown && !map.Unit.Equals(Unit.One) ? map.Unit.Symbol : "",
            isUnitKnown = map.Unit.IsKnown,
            quantity = map.Quantity.Name,
            kind = map.Kind.ToString().ToLowerInvariant(),
            modality = map.Modality,
            window = Window(image),
            proposed = map.Window is { } w ? new { centre = w.Centre, width = w.Width } : null,
            presets = map.Modality == "CT" && image.Colours == 1 ? CtWindow.All.Select(p => new { name = p.Name, centre = p.Centre, width = p.Width }) : [],
            lowIsWhite = map.LowIsWhite,
            maps = study.Maps.Count,
            remarks = study.Remarks.Concat(map.Remarks).Distinct(),
        };
    }

    private static double[] Numbers(Point3 p) => [p.X, p.Y, p.Z];

    // The 1st and 99th percentile of values spread over the middle of the first frame; of statistics their largest magnitude, either way.
    private static object Window(ShownImage image)
    {
        var grid = image.Grid;
        var rows = Math.Max(1, MostSampled / Math.Max(1, grid.SizeX));
        var all = (long)grid.SizeY * grid.SizeZ;
        var step = Math.Max(1, all / rows);
        var row = new double[grid.SizeX];
        var values = new List<double>();
        for (var r = step / 2; r < all; r += step)
        {
            image.Map.Values.Read(0, r * grid.SizeX, row);
            values.AddRange(row.Where(double.IsFinite));
        }

        if (values.Count == 0)
        {
            return new { low = 0.0, high = 1.0 };
        }

        values.Sort();
        var (low, high) = (values[(int)(0.01 * (values.Count - 1))], values[(int)(0.99 * (values.Count - 1))]);
        if (image.Map.Kind == MapKind.Statistic || (low < 0 && high > 0 && -low > 0.2 * high && image.Map.Kind == MapKind.Derived))
        {
            var most = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
            (low, high) = (-most, most);
        }

        (low, high) = high > low ? (low, high) : (values[0], values[^1]);
        return new { low, high = high > low ? high : low + 1 };
    }
}
