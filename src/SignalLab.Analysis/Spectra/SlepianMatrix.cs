using System.Runtime.Intrinsics;

namespace SignalLab.Analysis.Spectra;

/// <summary>
/// The tridiagonal matrix that shares its eigenvectors with the concentration problem, turned round and shifted so that it is a chain of springs e on a bowl p:
/// (n² − 1)/4 − T = L(e) + diag(p). The tapers of best concentration then have the smallest eigenvalues, and pivots are computed without cancellation at any length.
/// </summary>
/// <remarks>
/// Source: Slepian, Bell Syst. Tech. J. 57 (1978) 1371–1430; differential and twisted factorisation: Dhillon and Parlett, SIAM J. Matrix Anal. Appl. 25 (2004) 858–899;
/// eigenvalues in bisection by counts of negative pivots: Barth, Martin and Wilkinson, Numer. Math. 9 (1967) 386–393.
/// </remarks>
internal sealed class SlepianMatrix
{
    private const int Lanes = 8;

    private readonly int n;
    private readonly double curvature;

    /// <summary>The matrix of a length and half bandwidth.</summary>
    /// <param name="length">Number of samples, ≥ 2.</param>
    /// <param name="halfWidth">Half bandwidth in cycles a sample, below 1/2.</param>
    public SlepianMatrix(int length, double halfWidth)
    {
        n = length;
        var sine = Math.Sin(Math.PI * halfWidth);
        curvature = sine * sine / 2;
    }

    // Distance of neighbouring eigenvalues, about.
    private double Spacing => Math.Max(1, 2 * Math.Sqrt(curvature / 2) * n);

    /// <summary>The smallest eigenvalues, each to a small part of its distance from the next.</summary>
    /// <param name="count">How many.</param>
    public double[] SmallestEigenvalues(int count)
    {
        // Without the bowl the eigenvalues are k(k + 1)/2; the bowl adds at most its brim.
        var (low, high) = (new double[count], new double[count]);
        for (var k = 0; k < count; k++)
        {
            low[k] = k * (k + 1.0) / 2 * (1 - 1e-9);
            high[k] = (k * (k + 1.0) / 2 * (1 + 1e-9)) + (Bowl(0) * (1 + 1e-9)) + 1e-9;
        }

        Parallel.For(0, (count + Lanes - 1) / Lanes, group => Bisect(low, high, group * Lanes));
        return [.. low.Zip(high, (l, h) => (l + h) / 2)];
    }

    /// <summary>The eigenvector nearest to a place, of energy 1 and with Percival and Walden's sign.</summary>
    /// <param name="place">Close to the eigenvalue.</param>
    /// <param name="order">Number of the eigenvalue: even vectors have a positive sum, odd ones begin with a positive lobe.</param>
    public double[] Eigenvector(double place, int order)
    {
        var (rest, vector) = (new double[n], new double[n]);
        var (value, change) = (place, double.PositiveInfinity);
        for (var round = 0; round < 8; round++)
        {
            // Each round is one step of Rayleigh's quotient; it converges with the third power.
            var (step, energy) = Twisted(value, rest, vector);
            var scale = 1 / Math.Sqrt(energy);
            for (var t = 0; t < n; t++)
            {
                vector[t] *= scale;
            }

            if (!(Math.Abs(step) < change) || (round > 0 && Math.Abs(step) <= 1e-14 * Math.Abs(value)))
            {
                break;
            }

            change = Math.Abs(step);
            value += step;
        }

        return Signed(vector, order);
    }

    private double Spring(int t) => 0.5 * t * (n - t);

    private double Bowl(int t)
    {
        var x = n - 1.0 - (2.0 * t);
        return curvature * x * x;
    }

    private void Bisect(double[] low, double[] high, int first)
    {
        var used = Math.Min(Lanes, low.Length - first);
        var tolerance = 1e-5 * Spacing;
        var middles = new double[Lanes];
        while (true)
        {
            var widest = 0.0;
            for (var i = 0; i < Lanes; i++)
            {
                var k = first + Math.Min(i, used - 1);
                widest = Math.Max(widest, high[k] - low[k]);
                middles[i] = (low[k] + high[k]) / 2;
            }

            if (widest <= tolerance)
            {
                return;
            }

            var below = CountBelow(Vector512.Create(middles));
            for (var i = 0; i < used; i++)
            {
                (below[i] > first + i ? high : low)[first + i] = middles[i];
            }
        }
    }

    // Eigenvalues below each place are as many as pivots of the matrix minus the place that are negative.
    private Vector512<long> CountBelow(Vector512<double> places)
    {
        var negative = Vector512<long>.Zero;
        var rest = Vector512.Create(Bowl(0)) - places;
        for (var t = 1; t < n; t++)
        {
            var spring = Vector512.Create(Spring(t));
            var pivot = spring + rest;
            pivot = Vector512.ConditionalSelect(Vector512.Equals(pivot, Vector512<double>.Zero), spring * 1e-17, pivot);
            negative -= Vector512.LessThan(pivot, Vector512<double>.Zero).AsInt64();
            rest = (Vector512.Create(Bowl(t)) - places) + (spring * (rest / pivot));
        }

        return negative - Vector512.LessThan(rest, Vector512<double>.Zero).AsInt64();
    }

    // Eliminates from both ends to the sample where what is left is least, and solves outwards from there: (A − value)·vector = left · unit.
    // The matrix is its own mirror image, so that the elimination from the end is that from the beginning read backwards.
    private (double Step, double Energy) Twisted(double value, double[] rest, double[] vector)
    {
        rest[0] = Bowl(0) - value;
        for (var t = 1; t < n; t++)
        {
            rest[t] = (Bowl(t) - value) + (Spring(t) * (rest[t - 1] / Pivot(rest, t)));
        }

        var (least, twist) = (double.PositiveInfinity, 0);
        for (var t = 0; t < n; t++)
        {
            var left = Math.Abs(Left(rest, t, value));
            if (left < least)
            {
                (least, twist) = (left, t);
            }
        }

        vector[twist] = 1;
        var energy = 1.0;
        for (var t = twist; t > 0; t--)
        {
            vector[t - 1] = Spring(t) / Pivot(rest, t) * vector[t];
            energy += vector[t - 1] * vector[t - 1];
        }

        for (var t = twist; t < n - 1; t++)
        {
            vector[t + 1] = Spring(n - 1 - t) / Pivot(rest, n - 1 - t) * vector[t];
            energy += vector[t + 1] * vector[t + 1];
        }

        return (Left(rest, twist, value) / energy, energy);
    }

    private double Left(double[] rest, int t, double value) => rest[t] + rest[n - 1 - t] - (Bowl(t) - value);

    private double Pivot(double[] rest, int t)
    {
        var pivot = Spring(t) + rest[t - 1];
        return pivot == 0 ? 1e-17 * Spring(t) : pivot;
    }

    private double[] Signed(double[] vector, int order)
    {
        var sign = order % 2 == 0 ? vector.Sum() : Array.Find(vector, v => v != 0);
        for (var t = 0; t < n && sign < 0; t++)
        {
            vector[t] = -vector[t];
        }

        return vector;
    }
}
