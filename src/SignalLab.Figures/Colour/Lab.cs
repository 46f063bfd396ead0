using SkiaSharp;

namespace SignalLab.Figures.Colour;

/// <summary>A colour in CIELAB under D65, where equal steps look equal.</summary>
/// <remarks>Source: IEC 61966-2-1 (sRGB); CIE 15:2004 § 8.2.1.</remarks>
/// <param name="L">Lightness, 0 black … 100 white.</param>
/// <param name="A">Green to red.</param>
/// <param name="B">Blue to yellow.</param>
internal readonly record struct Lab(double L, double A, double B)
{
    private const double WhiteX = 0.95047;
    private const double WhiteZ = 1.08883;
    private const double Epsilon = 216.0 / 24389;
    private const double Kappa = 24389.0 / 27;

    public static Lab Of(SKColor colour)
    {
        var (r, g, b) = (Linear(colour.Red), Linear(colour.Green), Linear(colour.Blue));
        var x = F(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / WhiteX);
        var y = F((0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b));
        var z = F(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / WhiteZ);
        return new((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    /// <summary>True where sRGB has the colour.</summary>
    public bool IsDisplayable
    {
        get
        {
            var shown = Of(ToColour());
            return Math.Abs(shown.L - L) + Math.Abs(shown.A - A) + Math.Abs(shown.B - B) < 2;
        }
    }

    /// <summary>The nearest sRGB colour, each component clamped.</summary>
    public SKColor ToColour()
    {
        var fy = (L + 16) / 116;
        var x = WhiteX * Inverse(fy + (A / 500));
        var y = Inverse(fy);
        var z = WhiteZ * Inverse(fy - (B / 200));
        return new(
            Byte((3.2404542 * x) - (1.5371385 * y) - (0.4985314 * z)),
            Byte((-0.9692660 * x) + (1.8760108 * y) + (0.0415560 * z)),
            Byte((0.0556434 * x) - (0.2040259 * y) + (1.0572252 * z)));
    }

    public static Lab Between(Lab from, Lab to, double t) =>
        new(from.L + (t * (to.L - from.L)), from.A + (t * (to.A - from.A)), from.B + (t * (to.B - from.B)));

    private static double Linear(byte component)
    {
        var c = component / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }

    private static byte Byte(double linear)
    {
        var c = linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
        return (byte)Math.Round(255 * Math.Clamp(c, 0, 1));
    }

    private static double F(double t) => t > Epsilon ? Math.Cbrt(t) : ((Kappa * t) + 16) / 116;

    private static double Inverse(double f) => f * f * f > Epsilon ? f * f * f : ((116 * f) - 16) / Kappa;
}
