using System.Numerics;

namespace SignalLab.Analysis.Maps;

/// <summary>Sums of Legendre polynomials by Clenshaw's recurrence: b(n) = a(n) + (2n+1)/(n+1) x b(n+1) - (n+1)/(n+2) b(n+2); the sum is b(0).</summary>
internal static class LegendreSeries
{
    /// <summary>Sums a(n) P(n, x) at many x.</summary>
    /// <param name="factors">a(0), a(1), …</param>
    /// <param name="x">Arguments, -1…1.</param>
    /// <param name="into">Receives the sums; may be the same span.</param>
    public static void Sum(double[] factors, ReadOnlySpan<double> x, Span<double> into)
    {
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var cosine = new Vector<double>(x[i..]);
            var (b1, b2) = (Vector<double>.Zero, Vector<double>.Zero);
            for (var n = factors.Length - 1; n >= 0; n--)
            {
                (b1, b2) = (new Vector<double>(factors[n]) + (cosine * b1 * (((2 * n) + 1.0) / (n + 1))) - (b2 * ((n + 1.0) / (n + 2))), b1);
            }

            b1.CopyTo(into[i..]);
        }

        for (; i < x.Length; i++)
        {
            var (b1, b2) = (0.0, 0.0);
            for (var n = factors.Length - 1; n >= 0; n--)
            {
                (b1, b2) = (factors[n] + (x[i] * b1 * (((2 * n) + 1.0) / (n + 1))) - (b2 * ((n + 1.0) / (n + 2))), b1);
            }

            into[i] = b1;
        }
    }
}
