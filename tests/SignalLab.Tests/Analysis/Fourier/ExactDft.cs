namespace SignalLab.Tests.Analysis.Fourier;

/// <summary>The transform by its definition, in pairs of doubles (about 32 digits): what the fast one is measured by.</summary>
internal static class ExactDft
{
    /// <summary>Bins 0…n/2 of real values.</summary>
    public static (double[] Re, double[] Im) Of(double[] samples) => Of(samples, [.. Enumerable.Range(0, (samples.Length / 2) + 1)]);

    /// <summary>Chosen bins of real values.</summary>
    public static (double[] Re, double[] Im) Of(double[] samples, int[] bins)
    {
        var n = samples.Length;
        var (cosHigh, cosLow, sinHigh, sinLow) = (new double[n], new double[n], new double[n], new double[n]);
        for (var k = 0; k < n; k++)
        {
            (cosHigh[k], cosLow[k], sinHigh[k], sinLow[k]) = Turn(k, n);
        }

        var (re, im) = (new double[bins.Length], new double[bins.Length]);
        for (var i = 0; i < bins.Length; i++)
        {
            re[i] = Sum(samples, cosHigh, cosLow, bins[i]);
            im[i] = -Sum(samples, sinHigh, sinLow, bins[i]);
        }

        return (re, im);
    }

    // Ogita, Rump and Oishi, SIAM J. Sci. Comput. 26 (2005) 1955: a sum of products as if in twice the precision.
    private static double Sum(double[] samples, double[] high, double[] low, int k)
    {
        var (sum, error, at) = (0.0, 0.0, 0);
        foreach (var x in samples)
        {
            var product = x * high[at];
            var rounded = Math.FusedMultiplyAdd(x, high[at], -product);
            var next = sum + product;
            var back = next - sum;
            error += (sum - (next - back)) + (product - back) + rounded + (x * low[at]);
            sum = next;
            at += k;
            at -= at >= samples.Length ? samples.Length : 0;
        }

        return sum + error;
    }

    // Cosine and sine of 2πk/n as pairs of doubles, by Taylor series within an eighth of the circle.
    private static (double CosHigh, double CosLow, double SinHigh, double SinLow) Turn(int k, int n)
    {
        var quarter = ((8 * k / n) + 1) / 2;
        var rest = (4 * k) - (quarter * n);
        // π/2 in two doubles.
        var angle = Pair.Of(1.5707963267948966, 6.123233995736766e-17) * Pair.Of(rest) / n;
        var square = angle * angle;
        var (sin, cos) = (angle, Pair.Of(1));
        var (sinTerm, cosTerm) = (angle, Pair.Of(1));
        for (var i = 1; i < 16; i++)
        {
            cosTerm = cosTerm * square / (-(2 * i) * ((2 * i) - 1));
            sinTerm = sinTerm * square / (-(2 * i) * ((2 * i) + 1));
            cos += cosTerm;
            sin += sinTerm;
        }

        return (quarter % 4) switch
        {
            0 => (cos.High, cos.Low, sin.High, sin.Low),
            1 => (-sin.High, -sin.Low, cos.High, cos.Low),
            2 => (-cos.High, -cos.Low, -sin.High, -sin.Low),
            _ => (sin.High, sin.Low, -cos.High, -cos.Low),
        };
    }

    private readonly record struct Pair(double High, double Low)
    {
        public static Pair Of(double high, double low = 0) => new(high, low);

        public static Pair operator +(Pair a, Pair b)
        {
            var sum = a.High + b.High;
            var back = sum - a.High;
            return Normal(sum, (a.High - (sum - back)) + (b.High - back) + a.Low + b.Low);
        }

        public static Pair operator *(Pair a, Pair b)
        {
            var product = a.High * b.High;
            return Normal(product, Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low) + (a.Low * b.High));
        }

        public static Pair operator /(Pair a, double by)
        {
            var quotient = a.High / by;
            var rest = Math.FusedMultiplyAdd(-quotient, by, a.High) + a.Low;
            return Normal(quotient, rest / by);
        }

        private static Pair Normal(double high, double low)
        {
            var sum = high + low;
            return new(sum, low - (sum - high));
        }
    }
}
