using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Statistics;

/// <summary>
/// The t values of one set of observations under every relabelling. With s = Σ f·x over observations, one sample (f = ±1) and two samples
/// (f = 1 in the first group, else 0, x less the common mean) have the same form: t = s·√(k·df / (q − k·s²)), q = Σ x².
/// </summary>
internal sealed class Relabelling
{
    private const int Tile = 512;
    private const double Rounding = 1e-15;

    private readonly double[] values;
    private readonly double[] squares;
    private readonly int points;
    private readonly double scale;
    private readonly double degrees;

    private Relabelling(double[] values, int observations, double scale, double degrees)
    {
        (this.values, points, this.scale, this.degrees) = (values, values.Length / observations, scale, degrees);
        squares = new double[points];
        for (var i = 0; i < values.Length; i++)
        {
            squares[i % points] += values[i] * values[i];
        }
    }

    /// <summary>Observations × points, each to be weighed by +1 or −1.</summary>
    public static Relabelling OneSample(double[] values, int observations) => new(values, observations, 1.0 / observations, observations - 1);

    /// <summary>Two groups, each observations × points; members of the first are weighed by 1, others by 0.</summary>
    public static Relabelling TwoSamples(ReadOnlySpan<double> first, int firstCount, ReadOnlySpan<double> second, int secondCount)
    {
        double[] all = [.. first, .. second];
        var (count, points) = (firstCount + secondCount, all.Length / (firstCount + secondCount));
        var means = new double[points];
        for (var i = 0; i < all.Length; i++)
        {
            means[i % points] += all[i] / count;
        }

        for (var i = 0; i < all.Length; i++)
        {
            all[i] -= means[i % points];
        }

        return new(all, count, (1.0 / firstCount) + (1.0 / secondCount), count - 2);
    }

    public int Points => points;

    /// <summary>Some relabellings at a time, tile by tile, so that the observations of a tile are read from the nearest cache.</summary>
    /// <param name="weights">For each relabelling, a weight an observation: −1, 0 or 1.</param>
    /// <param name="into">For each relabelling, its t values; NaN where a point has no spread.</param>
    public void Compute(ReadOnlySpan<sbyte[]> weights, ReadOnlySpan<double[]> into)
    {
        for (var first = 0; first < points; first += Tile)
        {
            var length = Math.Min(Tile, points - first);
            for (var k = 0; k < weights.Length; k++)
            {
                var sums = into[k].AsSpan(first, length);
                sums.Clear();
                for (var o = 0; o < weights[k].Length; o++)
                {
                    Add(values.AsSpan((o * points) + first, length), weights[k][o], sums);
                }

                Finish(sums, squares.AsSpan(first, length));
            }
        }
    }

    private static void Add(ReadOnlySpan<double> row, int weight, Span<double> sums)
    {
        if (weight == 0)
        {
            return;
        }

        var blocks = MemoryMarshal.Cast<double, Vector<double>>(row);
        var totals = MemoryMarshal.Cast<double, Vector<double>>(sums);
        for (var i = 0; i < blocks.Length; i++)
        {
            totals[i] = weight > 0 ? totals[i] + blocks[i] : totals[i] - blocks[i];
        }

        for (var i = blocks.Length * Vector<double>.Count; i < row.Length; i++)
        {
            sums[i] += weight * row[i];
        }
    }

    // What is left of the squares is kept from rounding below zero; a point without any spread has no t.
    private void Finish(Span<double> sums, ReadOnlySpan<double> squaresHere)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            var left = Math.Max(squaresHere[i] - (scale * sums[i] * sums[i]), Rounding * squaresHere[i]);
            sums[i] = left > 0 ? sums[i] * Math.Sqrt(scale * degrees / left) : double.NaN;
        }
    }
}
