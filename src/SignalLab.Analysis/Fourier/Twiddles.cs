namespace SignalLab.Analysis.Fourier;

/// <summary>Roots of unity to the last bit: the angle is brought into an eighth of the circle as a whole number first.</summary>
internal static class Twiddles
{
    /// <summary>exp(−2πi · numerator / denominator).</summary>
    public static (double Re, double Im) Root(long numerator, long denominator)
    {
        // Eighths of the circle: 8·k/n = octant + remainder, angles beyond the middle of a quarter are mirrored.
        var k = numerator % denominator;
        k = k < 0 ? k + denominator : k;
        var octant = 8 * k / denominator;
        var quarter = (octant + 1) / 2;
        var rest = (4 * k) - (quarter * denominator);
        var (sin, cos) = Math.SinCos(Math.PI / 2 * rest / denominator);
        return (quarter % 4) switch
        {
            0 => (cos, -sin),
            1 => (-sin, -cos),
            2 => (-cos, sin),
            _ => (sin, cos),
        };
    }
}
