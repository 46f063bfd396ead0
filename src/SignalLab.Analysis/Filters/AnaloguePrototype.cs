using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>Analogue low-passes with their edge at 1 rad/s, from which every band is made.</summary>
internal static class AnaloguePrototype
{
    /// <summary>Maximally flat: all poles evenly on the left half of the unit circle.</summary>
    /// <param name="order">Number of poles.</param>
    /// <remarks>Source: Butterworth, On the theory of filter amplifiers, Experimental Wireless 7 (1930) 536–541.</remarks>
    public static ZerosPolesGain Butterworth(int order)
    {
        var pairs = Angles(order).Select(a => new Complex(-Math.Cos(a), Math.Sin(a)));
        return new(Roots.None, new([.. pairs], order % 2 == 1 ? [-1.0] : []), 1);
    }

    /// <summary>Equal ripples in the pass band, which ends where the gain falls below them for good.</summary>
    /// <param name="order">Number of poles.</param>
    /// <param name="rippleDb">Depth of the ripples, &gt; 0.</param>
    /// <remarks>Source: Parks and Burrus, Digital Filter Design (1987), § 7.2.3: the poles on an ellipse.</remarks>
    public static ZerosPolesGain Chebyshev1(int order, double rippleDb)
    {
        var epsilon = Epsilon(rippleDb);
        var mu = Math.Asinh(1 / epsilon) / order;
        var (minor, major) = (Math.Sinh(mu), Math.Cosh(mu));
        var pairs = Angles(order).Select(a => new Complex(-minor * Math.Cos(a), major * Math.Sin(a)));
        var poles = new Roots([.. pairs], order % 2 == 1 ? [-minor] : []);
        return new(Roots.None, poles, poles.Product(0) / (order % 2 == 1 ? 1 : Math.Sqrt(1 + (epsilon * epsilon))));
    }

    /// <summary>Equal ripples in the stop band, which begins at the edge.</summary>
    /// <param name="order">Number of poles.</param>
    /// <param name="attenuationDb">Attenuation of the stop band, &gt; 0.</param>
    /// <remarks>Source: Parks and Burrus, Digital Filter Design (1987), § 7.2.4: the first kind turned about the edge.</remarks>
    public static ZerosPolesGain Chebyshev2(int order, double attenuationDb)
    {
        var mu = Math.Asinh(Epsilon(attenuationDb)) / order;
        var (minor, major) = (Math.Sinh(mu), Math.Cosh(mu));
        var zeros = new Roots([.. Angles(order).Select(a => new Complex(0, 1 / Math.Sin(a)))], []);
        var pairs = Angles(order).Select(a => Complex.Conjugate(1 / new Complex(-minor * Math.Cos(a), major * Math.Sin(a))));
        var poles = new Roots([.. pairs], order % 2 == 1 ? [-1 / minor] : []);
        return new(zeros, poles, poles.Product(0) / zeros.Product(0));
    }

    /// <summary>√(10^(dB/10) − 1): how far a ripple of so many decibels reaches in the squared gain.</summary>
    /// <param name="decibel">Depth of the ripple.</param>
    public static double Epsilon(double decibel)
    {
        // exp(x) − 1 without the cancellation of a small x.
        var half = decibel * Math.Log(10) / 20;
        return Math.Sqrt(2 * Math.Exp(half) * Math.Sinh(half));
    }

    // The angles of the upper poles against the negative real axis, largest first.
    private static IEnumerable<double> Angles(int order)
    {
        for (var m = order - 1; m > 0; m -= 2)
        {
            yield return Math.PI * m / (2 * order);
        }
    }
}
