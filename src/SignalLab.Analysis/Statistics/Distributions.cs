namespace SignalLab.Analysis.Statistics;

/// <summary>Tails of the normal and Student's t distribution, to about 1e-13 of themselves (Student's with a million degrees of freedom 1e-11), however small they are.</summary>
internal static class Distributions
{
    private const int MostTerms = 5000;
    private const double Tiny = 1e-300;

    /// <summary>P(Z &gt; z) of the standard normal distribution.</summary>
    public static double NormalAbove(double z) => z switch
    {
        double.NaN => double.NaN,
        < 0 => 1 - NormalAbove(-z),
        < 1.5 => 0.5 - (z * NormalSeries(z * z / 2) / Math.Sqrt(2 * Math.PI)),
        _ => Math.Exp(-z * z / 2) / (Math.Sqrt(2 * Math.PI) * MillsDenominator(z)),
    };

    /// <summary>P(T &gt; t) of Student's distribution.</summary>
    /// <param name="t">The value.</param>
    /// <param name="degreesOfFreedom">Above 0, need not be whole.</param>
    public static double StudentAbove(double t, double degreesOfFreedom)
    {
        if (double.IsNaN(t) || !(degreesOfFreedom > 0))
        {
            return double.NaN;
        }

        if (double.IsInfinity(degreesOfFreedom))
        {
            return NormalAbove(t);
        }

        // The two tails together are I(x; df/2, 1/2) at x = df / (df + t²).
        var (x, rest) = (degreesOfFreedom / (degreesOfFreedom + (t * t)), t * t / (degreesOfFreedom + (t * t)));
        var both = double.IsInfinity(t) ? 0 : BetaHalf(x, rest, degreesOfFreedom / 2);
        return t > 0 ? both / 2 : 1 - (both / 2);
    }

    /// <summary>The two-sided threshold of Student's distribution: P(|T| &gt; t) = p.</summary>
    /// <param name="p">Above 0, below 1.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    public static double StudentThreshold(double p, double degreesOfFreedom)
    {
        var (low, high) = (0.0, 1.0);
        while (2 * StudentAbove(high, degreesOfFreedom) > p && high < 1e100)
        {
            high *= 2;
        }

        for (var i = 0; i < 200 && high - low > 1e-15 * high; i++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = 2 * StudentAbove(middle, degreesOfFreedom) > p ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }

    // The series Σ (−u)^k / (k! (2k + 1)) of the error function.
    private static double NormalSeries(double u)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; k < MostTerms && Math.Abs(term) > 1e-18; k++)
        {
            term *= -u / k;
            sum += term / ((2 * k) + 1);
        }

        return sum;
    }

    // Laplace's continued fraction z + 1/(z + 2/(z + 3/…)), from behind.
    private static double MillsDenominator(double z)
    {
        var value = z;
        for (var k = 400; k >= 1; k--)
        {
            value = z + (k / value);
        }

        return value;
    }

    // The regularised incomplete beta function I(x; a, 1/2), by the fraction that converges fast at x.
    private static double BetaHalf(double x, double rest, double a)
    {
        if (x <= 0 || rest <= 0)
        {
            return x <= 0 ? 0 : 1;
        }

        // x^a √rest / B(a, 1/2), where 1/B(a, 1/2) = Γ(a + 1/2) / (Γ(a) √π).
        var front = Math.Exp(a * (x > 0.5 ? LogOnePlus(-rest) : Math.Log(x))) * Math.Sqrt(rest / Math.PI) * GammaRatio(a);
        return x < (a + 1) / (a + 2.5)
            ? front * BetaFraction(x, a, 0.5) / a
            : 1 - (front * BetaFraction(rest, 0.5, a) / 0.5);
    }

    private static double LogOnePlus(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    // Γ(a + 1/2) / Γ(a): lifted by the recurrence to where its asymptotic series is exact.
    private static double GammaRatio(double a)
    {
        var factor = 1.0;
        for (; a < 40; a++)
        {
            factor *= a / (a + 0.5);
        }

        var v = 1 / a;
        return factor * Math.Sqrt(a) * (1 + (v * (-1.0 / 8 + (v * (1.0 / 128 + (v * (5.0 / 1024 + (v * (-21.0 / 32768 + (v * (-399.0 / 262144 + (v * (869.0 / 4194304)))))))))))));
    }

    // Source: Abramowitz and Stegun 26.5.8, evaluated by Lentz's method.
    private static double BetaFraction(double x, double a, double b)
    {
        var (c, d) = (1.0, 1 / NotZero(1 - ((a + b) * x / (a + 1))));
        var value = d;
        for (var m = 1; m < MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            (c, d) = (NotZero(1 + (even / c)), 1 / NotZero(1 + (even * d)));
            value *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            (c, d) = (NotZero(1 + (odd / c)), 1 / NotZero(1 + (odd * d)));
            var change = c * d;
            value *= change;
            if (Math.Abs(change - 1) < 1e-16)
            {
                break;
            }
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
