using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>A second-order section: y[n] = b0·x[n] + b1·x[n−1] + b2·x[n−2] − a1·y[n−1] − a2·y[n−2].</summary>
/// <param name="B0">Weight of the input.</param>
/// <param name="B1">Weight of the input one sample ago.</param>
/// <param name="B2">Weight of the input two samples ago.</param>
/// <param name="A1">Negative weight of the output one sample ago (a0 = 1).</param>
/// <param name="A2">Negative weight of the output two samples ago.</param>
public readonly record struct Biquad(double B0, double B1, double B2, double A1, double A2)
{
    /// <summary>True where both poles lie inside the unit circle.</summary>
    public bool IsStable => Math.Abs(A2) < 1 && Math.Abs(A1) < 1 + A2;

    /// <summary>Gain for a constant.</summary>
    public double GainAtZero => (B0 + B1 + B2) / (1 + A1 + A2);

    /// <summary>The section with its output multiplied.</summary>
    /// <param name="gain">The factor.</param>
    public Biquad Scaled(double gain) => this with { B0 = gain * B0, B1 = gain * B1, B2 = gain * B2 };

    /// <summary>The complex gain at an angle of the unit circle.</summary>
    /// <param name="radiansPerSample">2π · frequency / rate.</param>
    public Complex At(double radiansPerSample)
    {
        var (d1, d2) = (Complex.FromPolarCoordinates(1, -radiansPerSample), Complex.FromPolarCoordinates(1, -2 * radiansPerSample));
        return (B0 + (B1 * d1) + (B2 * d2)) / (1 + (A1 * d1) + (A2 * d2));
    }

    /// <summary>Delay of a narrow band's envelope, in samples.</summary>
    /// <param name="radiansPerSample">2π · frequency / rate.</param>
    public double GroupDelayAt(double radiansPerSample) => DelayOf(B0, B1, B2, radiansPerSample) - DelayOf(1, A1, A2, radiansPerSample);

    private static double DelayOf(double c0, double c1, double c2, double angle)
    {
        // Polynomials symmetric about their middle have its delay everywhere, also at their zeros on the unit circle.
        if (c2 != 0 ? Math.Abs(c0) == Math.Abs(c2) && (c0 == c2 || c1 == 0) : Math.Abs(c0) == Math.Abs(c1))
        {
            return c2 != 0 ? 1 : 0.5;
        }

        var (d1, d2) = (Complex.FromPolarCoordinates(1, -angle), Complex.FromPolarCoordinates(1, -2 * angle));
        return (((c1 * d1) + (2 * c2 * d2)) / (c0 + (c1 * d1) + (c2 * d2))).Real;
    }
}
