using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>The analogue low-pass with equal ripples in both bands and therefore the narrowest transition; its pass band ends at 1 rad/s.</summary>
/// <remarks>Source: Parks and Burrus, Digital Filter Design (1987), § 7.2.8; Orfanidis, Lecture Notes on Elliptic Filter Design (2006).</remarks>
internal static class EllipticPrototype
{
    /// <summary>Poles and zeros from the elliptic functions of the modulus that solves the degree equation.</summary>
    /// <param name="order">Number of poles.</param>
    /// <param name="rippleDb">Depth of the pass band's ripples, &gt; 0.</param>
    /// <param name="attenuationDb">Attenuation of the stop band, above the ripple.</param>
    public static ZerosPolesGain Of(int order, double rippleDb, double attenuationDb)
    {
        var epsilon = AnaloguePrototype.Epsilon(rippleDb);
        if (order == 1)
        {
            return new(Roots.None, new([], [-1 / epsilon]), 1 / epsilon);
        }

        var ripples = EllipticModulus.Of(epsilon / AnaloguePrototype.Epsilon(attenuationDb));
        var band = EllipticModulus.OfLogNome(ripples.LogNome / order);
        var shift = band.QuarterPeriod * ripples.Complement.Integral(1 / epsilon) / (order * ripples.QuarterPeriod);
        var (sv, cv, dv) = band.Complement.Jacobi(shift);
        var (zeros, poles) = (new List<Complex>(), new List<Complex>());
        for (var j = order % 2 == 0 ? 1 : 2; j < order; j += 2)
        {
            var (s, c, d) = band.Jacobi(j * band.QuarterPeriod / order);
            zeros.Add(new(0, 1 / (band.K * s)));

            // 1 − (d·sv)² without cancellation.
            var divisor = (cv * cv) + (sv * sv * band.K * band.K * s * s);
            poles.Add(new(-c * d * sv * cv / divisor, s * dv / divisor));
        }

        var allZeros = new Roots(zeros, []);
        var allPoles = new Roots(poles, order % 2 == 1 ? [-sv / cv] : []);
        var gain = allPoles.Product(0) / allZeros.Product(0);
        return new(allZeros, allPoles, order % 2 == 1 ? gain : gain / Math.Sqrt(1 + (epsilon * epsilon)));
    }
}
