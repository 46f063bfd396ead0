namespace SignalLab.Analysis.Resampling;

/// <summary>A sinc under a Kaiser window, as values of a continuous argument.</summary>
/// <param name="cutoff">Cut-off in half cycles per unit of the argument.</param>
/// <param name="reach">Where the window ends, to either side.</param>
/// <param name="beta">Shape of the window.</param>
internal sealed class SincKernel(double cutoff, double reach, double beta)
{
    private readonly double scale = cutoff / BesselI0(beta);

    /// <summary>The value at a distance from the middle; 0 outside the reach.</summary>
    /// <param name="distance">The distance.</param>
    public double At(double distance)
    {
        var part = distance / reach;
        if (Math.Abs(part) > 1)
        {
            return 0;
        }

        var angle = Math.PI * cutoff * distance;
        return scale * (angle == 0 ? 1 : Math.Sin(angle) / angle) * BesselI0(beta * Math.Sqrt((1 - part) * (1 + part)));
    }

    // I0(x) = Σ ((x/2)^k / k!)²; every term is positive, so the sum is exact to rounding.
    private static double BesselI0(double x)
    {
        var (sum, term, quarter) = (1.0, 1.0, x * x / 4);
        for (var k = 1; term > 1e-17 * sum; k++)
        {
            term *= quarter / ((double)k * k);
            sum += term;
        }

        return sum;
    }
}
