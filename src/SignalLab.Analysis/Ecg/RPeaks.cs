namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Moves detected complexes to the R peak: in the lead where the complexes are tallest the largest deflection from the level before them, or the one the other way
/// where that comes earlier and is at least half as high. So the R wave is marked before a deep and wide S wave, and a paced complex where it begins to stand out, as readers mark them.
/// </summary>
internal sealed class RPeaks
{
    // The envelope of a wide complex can have its middle so long after the R peak.
    private const double BeforeSeconds = 0.13;
    private const double AfterSeconds = 0.08;
    private const double FlankSeconds = 0.04;
    private const double EarlierShare = 0.5;

    // Fine noise shall not choose among the samples of a peak.
    private const double SmoothingSeconds = 0.005;
    private const int LeadSample = 60;

    private readonly QrsDetector.LeadReader read;
    private readonly long count;
    private readonly GaussianKernel smoothing;
    private readonly int flank;
    private readonly int before;
    private readonly double[] samples;
    private readonly double[] smooth;
    private readonly double[] sorted;

    private RPeaks(QrsDetector.LeadReader read, long count, double rateHz)
    {
        (this.read, this.count) = (read, count);
        smoothing = GaussianKernel.Mean(SmoothingSeconds, rateHz);
        (flank, before) = (Reach(rateHz, FlankSeconds), Reach(rateHz, BeforeSeconds));
        samples = new double[(2 * smoothing.Reach) + flank + before + 1 + Reach(rateHz, AfterSeconds)];
        (smooth, sorted) = (new double[samples.Length], new double[flank]);
    }

    /// <summary>Finds the peaks.</summary>
    /// <param name="read">Reads samples of a lead.</param>
    /// <param name="leadCount">Number of leads.</param>
    /// <param name="count">Samples a lead.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="leastHeight">A lower deflection in that lead, in its unit, is no beat.</param>
    /// <param name="complexes">Indices within the complexes, in order.</param>
    /// <returns>Indices of the peaks, in order and each once.</returns>
    public static long[] Refine(QrsDetector.LeadReader read, int leadCount, long count, double rateHz, double leastHeight, IReadOnlyList<long> complexes)
    {
        if (complexes.Count == 0)
        {
            return [];
        }

        var finder = new RPeaks(read, count, rateHz);
        var lead = finder.Tallest(leadCount, complexes);
        var peaks = new List<long>(complexes.Count);
        foreach (var complex in complexes)
        {
            var (first, second) = finder.Deflections(lead, complex);
            var peak = first.Height >= EarlierShare * second.Height ? first : second;
            if (Math.Max(first.Height, second.Height) >= leastHeight && (peaks.Count == 0 || peak.At > peaks[^1]))
            {
                peaks.Add(peak.At);
            }
        }

        return [.. peaks];
    }

    private readonly record struct Deflection(long At, double Height);

    private static int Reach(double rateHz, double seconds) => Math.Max(1, (int)Math.Round(seconds * rateHz));

    private int Tallest(int leadCount, IReadOnlyList<long> complexes)
    {
        var (best, tallest) = (0, double.NegativeInfinity);
        var step = Math.Max(1, complexes.Count / LeadSample);
        for (var lead = 0; lead < leadCount && leadCount > 1; lead++)
        {
            var heights = new List<double>();
            for (var i = 0; i < complexes.Count; i += step)
            {
                var (first, second) = Deflections(lead, complexes[i]);
                heights.Add(Math.Max(first.Height, second.Height));
            }

            heights.Sort();
            if (heights[heights.Count / 2] > tallest)
            {
                (best, tallest) = (lead, heights[heights.Count / 2]);
            }
        }

        return best;
    }

    // The largest deflection up and the largest down, the earlier one first.
    private (Deflection First, Deflection Second) Deflections(int lead, long complex)
    {
        var origin = complex - before - flank - smoothing.Reach;
        QrsDetector.ReadPadded(read, lead, origin, count, samples);
        smoothing.Apply(samples, smoothing.Reach, samples.Length - smoothing.Reach, smooth);
        smooth.AsSpan(smoothing.Reach, flank).CopyTo(sorted);
        Array.Sort(sorted);
        var level = sorted[flank / 2];
        Deflection up = new(complex, 0), down = new(complex, 0);
        var first = (int)Math.Max(smoothing.Reach + flank, -origin);
        var last = (int)Math.Min(samples.Length - smoothing.Reach, count - origin);
        for (var i = first; i < last; i++)
        {
            var height = smooth[i] - level;
            up = height > up.Height ? new(origin + i, height) : up;
            down = -height > down.Height ? new(origin + i, -height) : down;
        }

        return up.At <= down.At ? (up, down) : (down, up);
    }
}
