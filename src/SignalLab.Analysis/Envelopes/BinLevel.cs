using System.Numerics;

namespace SignalLab.Analysis.Envelopes;

/// <summary>One level of a pyramid: extremes of every bin, bins of all stretches one after the other.</summary>
internal sealed class BinLevel
{
    private readonly long[] firsts;
    private readonly float[][] smallest;
    private readonly float[][] largest;

    /// <summary>Makes room.</summary>
    /// <param name="channels">Channels.</param>
    /// <param name="bins">Bins of each stretch.</param>
    public BinLevel(int channels, IReadOnlyList<long> bins)
    {
        firsts = new long[bins.Count + 1];
        for (var r = 0; r < bins.Count; r++)
        {
            firsts[r + 1] = firsts[r] + bins[r];
            LongestRun = Math.Max(LongestRun, bins[r]);
        }

        smallest = [.. Enumerable.Range(0, channels).Select(_ => new float[firsts[^1]])];
        largest = [.. Enumerable.Range(0, channels).Select(_ => new float[firsts[^1]])];
    }

    /// <summary>Bins of the longest stretch.</summary>
    public long LongestRun { get; }

    public long SizeBytes => 2L * sizeof(float) * smallest.Length * firsts[^1];

    /// <summary>The first bin of a stretch.</summary>
    public long First(int run) => firsts[run];

    /// <summary>Bins of a stretch.</summary>
    public long Count(int run) => firsts[run + 1] - firsts[run];

    /// <summary>Fills consecutive bins of a channel from samples; the last may be short.</summary>
    public void Fill(int channel, long bin, ReadOnlySpan<double> samples)
    {
        for (; samples.Length > 0; bin++)
        {
            var part = samples[..Math.Min(EnvelopePyramid.BinSamples, samples.Length)];
            (smallest[channel][bin], largest[channel][bin]) = Extremes(part);
            samples = samples[part.Length..];
        }
    }

    /// <summary>The next level.</summary>
    public BinLevel Coarser()
    {
        var level = new BinLevel(smallest.Length, [.. Enumerable.Range(0, firsts.Length - 1).Select(r => (Count(r) + EnvelopePyramid.Factor - 1) / EnvelopePyramid.Factor)]);
        Parallel.For(0, smallest.Length, c =>
        {
            for (var r = 0; r < firsts.Length - 1; r++)
            {
                for (var b = 0L; b < level.Count(r); b++)
                {
                    var (low, high) = (float.NaN, float.NaN);
                    for (var i = b * EnvelopePyramid.Factor; i < Math.Min(Count(r), (b + 1) * EnvelopePyramid.Factor); i++)
                    {
                        Merge(c, First(r) + i, ref low, ref high);
                    }

                    (level.smallest[c][level.First(r) + b], level.largest[c][level.First(r) + b]) = (low, high);
                }
            }
        });
        return level;
    }

    /// <summary>Widens two extremes by those of a bin; what is not a number counts as nothing.</summary>
    public void Merge(int channel, long bin, ref float low, ref float high)
    {
        var (a, b) = (smallest[channel][bin], largest[channel][bin]);
        low = a < low || float.IsNaN(low) ? a : low;
        high = b > high || float.IsNaN(high) ? b : high;
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
