namespace SignalLab.Analysis.Filters;

/// <summary>A band that an equiripple filter approaches.</summary>
/// <param name="Low">From, in parts of the sampling rate.</param>
/// <param name="High">To, in parts of the sampling rate.</param>
/// <param name="Gain">The gain wanted.</param>
/// <param name="Weight">How heavily its error counts.</param>
internal readonly record struct RemezBand(double Low, double High, double Gain, double Weight);

/// <summary>The symmetric filter of an odd length whose largest weighted error over the bands is least: the error ripples evenly.</summary>
/// <remarks>Source: McClellan, Parks and Rabiner, IEEE Trans. Audio Electroacoust. 21 (1973) 506–526, with their grid of 16 points a cosine; Remez exchange over barycentric interpolation.</remarks>
internal sealed class Remez
{
    private const int Density = 16;
    private const int MostRounds = 250;

    private readonly double[] cosines;
    private readonly double[] wanted;
    private readonly double[] weights;
    private readonly int[] bandOf;
    private readonly double[] error;
    private readonly int[] extremal;
    private readonly double[] barycentric;
    private readonly double[] values;
    private double deviation;

    private Remez(IReadOnlyList<RemezBand> bands, int functions)
    {
        var grid = new List<(double Frequency, int Band)>();
        var spacing = 0.5 / (Density * functions);
        for (var b = 0; b < bands.Count; b++)
        {
            // The last point of a band is moved onto its edge, as the authors' program does.
            var begin = grid.Count;
            for (var f = bands[b].Low; ; f += spacing)
            {
                grid.Add((f, b));
                if (f + spacing > bands[b].High)
                {
                    break;
                }
            }

            if (grid.Count - begin > 1 || bands[b].High > bands[b].Low)
            {
                grid[^1] = (bands[b].High, b);
            }
        }

        cosines = [.. grid.Select(g => Math.Cos(2 * Math.PI * g.Frequency))];
        wanted = [.. grid.Select(g => bands[g.Band].Gain)];
        weights = [.. grid.Select(g => bands[g.Band].Weight)];
        bandOf = [.. grid.Select(g => g.Band)];
        error = new double[grid.Count];
        extremal = [.. Enumerable.Range(0, functions + 1).Select(i => (int)((double)i * (grid.Count - 1) / functions))];
        (barycentric, values) = (new double[functions + 1], new double[functions + 1]);
    }

    /// <summary>Designs.</summary>
    /// <param name="bands">Bands upwards in frequency.</param>
    /// <param name="count">Number of taps, odd.</param>
    /// <returns>The taps and the ripple in units of a weight of 1, or null where the exchange finds no end.</returns>
    public static (double[] Taps, double Ripple)? Design(IReadOnlyList<RemezBand> bands, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 3);
        var remez = new Remez(bands, (count / 2) + 1);
        if (remez.cosines.Length <= remez.extremal.Length)
        {
            return null;
        }

        for (var round = 0; round < MostRounds; round++)
        {
            remez.Interpolate();
            if (!remez.Exchange())
            {
                return (remez.Taps(count), Math.Abs(remez.deviation));
            }
        }

        return null;
    }

    // The deviation that lets a polynomial alternate over the extremal points, and the polynomial's values there.
    private void Interpolate()
    {
        var n = extremal.Length;
        for (var i = 0; i < n; i++)
        {
            var product = 1.0;
            for (var j = 0; j < n; j++)
            {
                // Twice the difference: an interval of length 2 has the capacity 1/2, so the product stays in range.
                product *= j == i ? 1 : 2 * (cosines[extremal[i]] - cosines[extremal[j]]);
            }

            barycentric[i] = 1 / product;
        }

        var (up, down) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            up += barycentric[i] * wanted[extremal[i]];
            down += (i % 2 == 0 ? 1 : -1) * barycentric[i] / weights[extremal[i]];
        }

        deviation = up / down;
        for (var i = 0; i < n; i++)
        {
            values[i] = wanted[extremal[i]] - ((i % 2 == 0 ? 1 : -1) * deviation / weights[extremal[i]]);
        }

        for (var g = 0; g < error.Length; g++)
        {
            error[g] = weights[g] * (wanted[g] - At(cosines[g]));
        }
    }

    // Through all extremal points: the alternating deviation makes the highest power vanish.
    private double At(double x)
    {
        var (up, down) = (0.0, 0.0);
        for (var i = 0; i < extremal.Length; i++)
        {
            var distance = x - cosines[extremal[i]];
            if (distance == 0)
            {
                return values[i];
            }

            var weight = barycentric[i] / distance;
            up += weight * values[i];
            down += weight;
        }

        return up / down;
    }

    // The extremes of the error, alternating in sign, as many as there are points; false where they are the points already.
    private bool Exchange()
    {
        var found = new List<int>();
        for (var g = 0; g < error.Length; g++)
        {
            var isFirst = g == 0 || bandOf[g - 1] != bandOf[g];
            var isLast = g == error.Length - 1 || bandOf[g + 1] != bandOf[g];
            var sign = error[g] >= 0 ? 1 : -1;
            if (!(isFirst || sign * error[g] > sign * error[g - 1]) || !(isLast || sign * error[g] >= sign * error[g + 1]))
            {
                continue;
            }

            if (found.Count > 0 && (error[found[^1]] >= 0) == (error[g] >= 0))
            {
                found[^1] = Math.Abs(error[g]) > Math.Abs(error[found[^1]]) ? g : found[^1];
            }
            else
            {
                found.Add(g);
            }
        }

        Thin(found, extremal.Length);
        if (found.Count < extremal.Length)
        {
            return false;
        }

        var largest = found.Max(g => Math.Abs(error[g]));
        var settled = found.SequenceEqual(extremal) || largest <= Math.Abs(deviation) * (1 + 1e-13);
        found.CopyTo(extremal);
        return !settled;
    }

    // Drops the least: at an end one point, inside two neighbours, so that the signs go on alternating.
    private void Thin(List<int> found, int count)
    {
        while (found.Count > count)
        {
            if (found.Count == count + 1)
            {
                found.RemoveAt(Math.Abs(error[found[0]]) < Math.Abs(error[found[^1]]) ? 0 : found.Count - 1);
                return;
            }

            var least = Enumerable.Range(0, found.Count).MinBy(i => Math.Abs(error[found[i]]));
            if (least == 0 || least == found.Count - 1)
            {
                found.RemoveAt(least);
                continue;
            }

            var other = Math.Abs(error[found[least - 1]]) < Math.Abs(error[found[least + 1]]) ? least - 1 : least;
            found.RemoveRange(other, 2);
        }
    }

    // The gain at evenly spaced frequencies, transformed back.
    private double[] Taps(int count)
    {
        var (taps, middle) = (new double[count], count / 2);
        var gains = new double[middle + 1];
        for (var k = 0; k <= middle; k++)
        {
            gains[k] = At(Math.Cos(2 * Math.PI * k / count));
        }

        for (var i = 0; i <= middle; i++)
        {
            var sum = gains[0];
            for (var k = 1; k <= middle; k++)
            {
                sum += 2 * gains[k] * Math.Cos(2 * Math.PI * ((long)k * i % count) / count);
            }

            taps[middle + i] = taps[middle - i] = sum / count;
        }

        return taps;
    }
}
