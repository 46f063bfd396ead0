using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Maps;

/// <summary>The edge of a map's drawn area as a smooth line, where its mask knows nodes only.</summary>
internal static class MapOutline
{
    // So many binomial passes round the nodes' stairs and shrink corners by less than two nodes.
    private const int Passes = 6;

    /// <summary>The drawn area on the page.</summary>
    /// <param name="grid">The map.</param>
    /// <param name="view">How it lies.</param>
    /// <param name="place">Its place on the page.</param>
    public static SKPath Of(ParameterMap grid, PlaneView view, SKRect place)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var path = new SKPath();
        if (grid.Mask is not { } mask)
        {
            path.AddRect(place);
            return path;
        }

        var support = (GridSupport)grid.Support;
        if (DiscRadiusMm(support, mask) is { } radius)
        {
            var centre = PlanePicture.OnPage(place, view, view.Place(new Point3(0, 0, 0)));
            path.AddCircle(centre.X, centre.Y, (float)(radius / view.WidthMm * place.Width));
            return path;
        }

        foreach (var line in Isolines.At(Smoothed(mask, support, out var sizeX), sizeX, 0.5))
        {
            // Two rings of empty nodes were put around, so that areas up to the grid's edge close too.
            var points = line.Select(p => PlanePicture.OnPage(place, view, view.Place(p.I - 2, p.J - 2))).ToArray();
            path.AddPoly(points, true);
        }

        path.FillType = SKPathFillType.EvenOdd;
        return path;
    }

    /// <summary>Radius of the disc around the origin that a mask stands for, or null where it is no such disc.</summary>
    internal static double? DiscRadiusMm(GridSupport grid, IReadOnlyList<bool> mask)
    {
        var (inside, outside) = (0.0, double.PositiveInfinity);
        for (var n = 0; n < mask.Count; n++)
        {
            var p = grid.ToMillimetres.Apply(new(n % grid.SizeX, n / grid.SizeX, 0));
            var r = Math.Sqrt((p.X * p.X) + (p.Y * p.Y));
            (inside, outside) = mask[n] ? (Math.Max(inside, r), outside) : (inside, Math.Min(outside, r));
        }

        return inside > 0 && double.IsFinite(outside) && inside <= outside + 1e-9 ? (inside + Math.Min(outside, inside + grid.SpacingMm.X)) / 2 : null;
    }

    private static double[] Smoothed(IReadOnlyList<bool> mask, GridSupport grid, out int sizeX)
    {
        sizeX = grid.SizeX + 4;
        var held = new double[sizeX * (grid.SizeY + 4)];
        for (var n = 0; n < mask.Count; n++)
        {
            held[(n % grid.SizeX) + 2 + (((n / grid.SizeX) + 2) * sizeX)] = mask[n] ? 1 : 0;
        }

        foreach (var stride in (ReadOnlySpan<int>)[.. Enumerable.Repeat((int[])[1, sizeX], Passes).SelectMany(s => s)])
        {
            var next = (double[])held.Clone();
            for (var n = stride; n < held.Length - stride; n++)
            {
                next[n] = (0.25 * held[n - stride]) + (0.5 * held[n]) + (0.25 * held[n + stride]);
            }

            held = next;
        }

        return held;
    }
}
