using SignalLab.Figures;
using SignalLab.Figures.Colour;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

/// <summary>A made topography whose values are known everywhere, and the values that a picture's colours stand for.</summary>
internal static class TopographicMapSample
{
    private const double RadiusMm = 95;
    private const double ReachMm = 102;

    public static Topography Of(Func<double, double, double> valueAtMm, Unit unit, string title = "", Quantity? quantity = null, int nodes = 64, bool flipped = false, double reachMm = ReachMm)
    {
        var step = 2 * ReachMm / (nodes - 1);
        var (values, mask) = (new double[nodes * nodes], new bool[nodes * nodes]);
        for (var n = 0; n < values.Length; n++)
        {
            var (x, y) = (-ReachMm + (n % nodes * step), (flipped ? -1 : 1) * (-ReachMm + (n / nodes * step)));
            mask[n] = (x * x) + (y * y) <= reachMm * reachMm;
            values[n] = mask[n] ? valueAtMm(x, y) : double.NaN;
        }

        // Rows from front to back are as good as rows from back to front, if the affine says so.
        var affine = flipped ? new Affine([step, 0, 0, -ReachMm, 0, -step, 0, ReachMm, 0, 0, 1, 0]) : new Affine([step, 0, 0, -ReachMm, 0, step, 0, -ReachMm, 0, 0, 1, 0]);
        var grid = new GridSupport(nodes, nodes, 1, affine) { Frame = Topography.Plane };
        Sensor[] sensors = [new("F7", new(-0.07, 0.05, 0)), new("F4", new(0.04, 0.05, 0)), new("T8", new(0.09, 0, 0)), new("O1", new(-0.03, -0.085, 0)), new("Cz", new(0, 0, 0))];
        return new(
            new ParameterMap(quantity ?? Quantity.ElectricPotential, unit, grid, new MemoryValues(values, values.Length)) { Mask = mask, Kind = MapKind.Derived },
            new SensorLayout(Topography.Plane, sensors, [], "made"),
            [.. sensors.Select(s => valueAtMm(1000 * s.PositionMetres.X, 1000 * s.PositionMetres.Y))],
            RadiusMm / 1000)
        { Title = title };
    }

    /// <summary>Without any symmetry: a hill at the left front, a hollow at the right back, a slope.</summary>
    public static double Asymmetric(double x, double y) =>
        (8 * Math.Exp(-(Math.Pow(x + 40, 2) + Math.Pow(y - 45, 2)) / 1800)) - (5 * Math.Exp(-(Math.Pow(x - 30, 2) + Math.Pow(y + 50, 2)) / 2500)) + (x / 120);

    /// <summary>A figure's pixels, so many to the millimetre.</summary>
    public static SKBitmap Pixels(Figure figure, float perMm)
    {
        var size = figure.SizeMm();
        using var surface = SKSurface.Create(new SKImageInfo((int)Math.Ceiling(size.Width * perMm), (int)Math.Ceiling(size.Height * perMm), SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(perMm);
        figure.Draw(surface.Canvas);
        using var image = surface.Snapshot();
        return SKBitmap.FromImage(image);
    }

    /// <summary>The value whose colour is nearest.</summary>
    public static double ValueOf(SKColor colour, ColourScale scale)
    {
        var best = Enumerable.Range(0, 257).MinBy(n => Distance(scale.Map.At(n / 256.0), colour));
        return scale.Low + (best / 256.0 * (scale.High - scale.Low));
    }

    private static int Distance(SKColor a, SKColor b) => Math.Abs(a.Red - b.Red) + Math.Abs(a.Green - b.Green) + Math.Abs(a.Blue - b.Blue);
}
