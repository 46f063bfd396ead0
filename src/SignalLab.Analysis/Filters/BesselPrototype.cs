using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>The analogue low-pass with the flattest group delay: a step comes out without overshoot and barely changed in shape.</summary>
/// <remarks>
/// Source: Thomson, Proc. IEE 96 (1949) 487–490. Scaled so that the phase at the edge is that of a Butterworth filter of the order, half way between its limits
/// (SciPy's <c>norm='phase'</c>): far out its attenuation is the Butterworth filter's, at the edge it is not 3 dB.
/// </remarks>
internal static class BesselPrototype
{
    /// <summary>The roots of the reverse Bessel polynomial, scaled.</summary>
    /// <param name="order">Number of poles, 1…20.</param>
    public static ZerosPolesGain Of(int order)
    {
        // θ(s) = Σ a_k·s^k with a_k = (2n − k)! / (2^(n−k)·k!·(n − k)!): the substitution s = a_0^(1/n)·x makes its first and its last coefficient 1.
        var coefficients = new decimal[order + 1];
        coefficients[order] = 1;
        for (var k = order - 1; k >= 0; k--)
        {
            coefficients[k] = coefficients[k + 1] * ((2 * order) - k) * (k + 1) / (2m * (order - k));
        }

        var scale = Math.Pow((double)coefficients[0], 1.0 / order);
        var (first, power) = (coefficients[0], 1m);
        for (var k = 0; k <= order; k++)
        {
            coefficients[k] = coefficients[k] * power / first;
            power = k < order ? power * (decimal)scale : power;
        }

        var roots = Refined(coefficients, Aberth([.. coefficients.Select(c => (double)c)]));
        return new(Roots.None, new([.. roots.Where(r => r.Imaginary > 1e-9)], [.. roots.Where(r => Math.Abs(r.Imaginary) <= 1e-9).Select(r => r.Real)]), 1);
    }

    // All roots at once: Newton's step, corrected for the pull of the other roots. Source: Aberth, Math. Comp. 27 (1973) 339–344.
    private static Complex[] Aberth(double[] coefficients)
    {
        var n = coefficients.Length - 1;
        Complex[] roots = [.. Enumerable.Range(0, n).Select(i => Complex.FromPolarCoordinates(1, (Math.PI / 2) + (Math.PI * (i + 0.47) / n)))];
        for (var (round, moved) = (0, 1.0); round < 200 && moved > 1e-13; round++)
        {
            moved = 0;
            for (var i = 0; i < n; i++)
            {
                var (value, slope) = (Complex.Zero, Complex.Zero);
                for (var k = n; k >= 0; k--)
                {
                    slope = (slope * roots[i]) + value;
                    value = (value * roots[i]) + coefficients[k];
                }

                var newton = value / slope;
                var pull = Complex.Zero;
                for (var j = 0; j < n; j++)
                {
                    pull += j == i ? 0 : 1 / (roots[i] - roots[j]);
                }

                var step = newton / (1 - (newton * pull));
                roots[i] -= step;
                moved = Math.Max(moved, step.Magnitude);
            }
        }

        return roots;
    }

    // Newton steps whose residual is summed in 28 decimal digits: in double precision it cancels to nothing before the roots are exact.
    private static Complex[] Refined(decimal[] coefficients, Complex[] roots)
    {
        for (var i = 0; i < roots.Length; i++)
        {
            var (x, y) = ((decimal)roots[i].Real, (decimal)roots[i].Imaginary);
            for (var round = 0; round < 4; round++)
            {
                var (re, im) = (0m, 0m);
                var slope = Complex.Zero;
                for (var k = coefficients.Length - 1; k >= 0; k--)
                {
                    slope = (slope * new Complex((double)x, (double)y)) + new Complex((double)re, (double)im);
                    (re, im) = ((re * x) - (im * y) + coefficients[k], (re * y) + (im * x));
                }

                var step = new Complex((double)re, (double)im) / slope;
                (x, y) = (x - (decimal)step.Real, y - (decimal)step.Imaginary);
            }

            roots[i] = new((double)x, (double)y);
        }

        return roots;
    }
}
