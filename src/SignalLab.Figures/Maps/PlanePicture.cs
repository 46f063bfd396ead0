using SkiaSharp;

namespace SignalLab.Figures.Maps;

/// <summary>A plane as pixels on the page, made at print resolution from values and drawn in the same coordinates as its lines and marks.</summary>
internal static class PlanePicture
{
    private const double PixelsPerMm = 300 / 25.4;
    private const int MostPixels = 4096;

    /// <summary>Draws a plane.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="place">The whole view's place in mm.</param>
    /// <param name="view">How the plane lies.</param>
    /// <param name="colourAt">The colour at a place of the view (mm from its lower left corner, right and up); transparent for none.</param>
    public static void Draw(Sheet sheet, SKRect place, PlaneView view, Func<double, double, SKColor> colourAt)
    {
        var width = Pixels(place.Width, view.NodesRight);
        var height = Pixels(place.Height, view.NodesUp);
        var pixels = new SKColor[width * height];
        Parallel.For(0, height, y =>
        {
            var up = (height - y - 0.5) / height * view.HeightMm;
            for (var x = 0; x < width; x++)
            {
                pixels[x + (y * width)] = colourAt((x + 0.5) / width * view.WidthMm, up);
            }
        });

        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Pixels = pixels;
        using var image = SKImage.FromBitmap(bitmap);
        sheet.Canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
    }

    /// <summary>The page's point over a place of the view.</summary>
    public static SKPoint OnPage(SKRect place, PlaneView view, (double Right, double Up) at) => new(
        (float)(place.Left + (at.Right / view.WidthMm * place.Width)),
        (float)(place.Bottom - (at.Up / view.HeightMm * place.Height)));

    private static int Pixels(float mm, int nodes) => Math.Clamp(Math.Max((int)Math.Round(mm * PixelsPerMm), nodes), 1, MostPixels);
}
