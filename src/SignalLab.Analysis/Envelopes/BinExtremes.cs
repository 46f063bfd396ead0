using System.Numerics;

namespace SignalLab.Analysis.Envelopes;

/// <summary>Smallest and largest values of bins, by turns. Missing values are left out; a bin of none but missing values is not a number.</summary>
public static class BinExtremes
{
    /// <summary>The extremes of samples.</summary>
    /// <param name="samples">Consecutive samples.</param>
    /// <param name="bin">Samples of a bin; the last may be short.</param>
    /// <param name="extremes">Receives smallest and largest of each bin: twice as many values as there are bins.</param>
    public static void Of(ReadOnlySpan<double> samples, int bin, Span<float> extremes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bin);
        for (var at = 0; samples.Length > 0; at += 2)
        {
            var part = samples[..Math.Min(bin, samples.Length)];
            (extremes[at], extremes[at + 1]) = Extremes(part);
            samples = samples[part.Length..];
        }
    }

    /// <summary>The extremes of bins that are made of several.</summary>
    /// <param name="fine">Smallest and largest by turns.</param>
    /// <param name="factor">Bins of one coarser bin; the last may have fewer.</param>
    /// <param name="coarse">Receives smallest and largest of each coarser bin.</param>
    public static void Join(ReadOnlySpan<float> fine, int factor, Span<float> coarse)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        for (var at = 0; fine.Length > 0; at += 2)
        {
            var part = fine[..Math.Min(2 * factor, fine.Length)];
            var (low, high) = (part[0], part[1]);
            for (var i = 2; i < part.Length; i += 2)
            {
                low = part[i] < low || float.IsNaN(low) ? part[i] : low;
                high = part[i + 1] > high || float.IsNaN(high) ? part[i + 1] : high;
            }

            (coarse[at], coarse[at + 1]) = (low, high);
            fine = fine[part.Length..];
        }
    }

    // A comparison with what is not a number is false, so it never becomes an extreme.
    private static (float Smallest, float Largest) Extremes(ReadOnlySpan<double> samples)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        var i = 0;
        if (samples.Length >= Vector<double>.Count)
        {
            var (lows, highs) = (new Vector<double>(low), new Vector<double>(high));
            for (; i <= samples.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                var values = new Vector<double>(samples[i..]);
                lows = Vector.ConditionalSelect(Vector.LessThan(values, lows), values, lows);
                highs = Vector.ConditionalSelect(Vector.GreaterThan(values, highs), values, highs);
            }

            for (var k = 0; k < Vector<double>.Count; k++)
            {
                (low, high) = (Math.Min(low, lows[k]), Math.Max(high, highs[k]));
            }
        }

        for (; i < samples.Length; i++)
        {
            low = samples[i] < low ? samples[i] : low;
            high = samples[i] > high ? samples[i] : high;
        }

        return low > high ? (float.NaN, float.NaN) : ((float)low, (float)high);
    }
}
