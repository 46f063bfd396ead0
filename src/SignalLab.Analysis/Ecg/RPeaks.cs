namespace SignalLab.Analysis.Ecg;

/// <summary>Moves detected complexes to the R peak: the largest deflection from the level around, in the lead where the complexes are tallest and in the direction most of them have there.</summary>
internal static class RPeaks
{
    private const double HalfWindowSeconds = 0.08;
    private const double FlankSeconds = 0.04;
    private const int LeadSample = 60;

    // An ectopic beat may point the other way, but then it is much taller that way.
    private const double OppositeShare = 2;

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

        var window = new double[(2 * (Reach(rateHz, HalfWindowSeconds) + Reach(rateHz, FlankSeconds))) + 1];
        var lead = Tallest(read, leadCount, count, rateHz, complexes, window);
        var found = new (Deflection Up, Deflection Down)[complexes.Count];
        double balance = 0;
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = Deflections(read, lead, count, rateHz, complexes[i], window);
            balance += Math.Sign(found[i].Up.Height - found[i].Down.Height);
        }

        var peaks = new List<long>(found.Length);
        foreach (var (up, down) in found)
        {
            var (usual, other) = balance >= 0 ? (up, down) : (down, up);
            var peak = other.Height > OppositeShare * usual.Height ? other : usual;
            if (Math.Max(up.Height, down.Height) >= leastHeight && (peaks.Count == 0 || peak.At > peaks[^1]))
            {
                peaks.Add(peak.At);
            }
        }

        return [.. peaks];
    }

    private readonly record struct Deflection(long At, double Height);

    private static int Reach(double rateHz, double seconds) => Math.Max(1, (int)Math.Round(seconds * rateHz));

    private static int Tallest(QrsDetector.LeadReader read, int leadCount, long count, double rateHz, IReadOnlyList<long> complexes, double[] window)
    {
        var (best, tallest) = (0, double.NegativeInfinity);
        var step = Math.Max(1, complexes.Count / LeadSample);
        for (var lead = 0; lead < leadCount && leadCount > 1; lead++)
        {
            var heights = new List<double>();
            for (var i = 0; i < complexes.Count; i += step)
            {
                var (up, down) = Deflections(read, lead, count, rateHz, complexes[i], window);
                heights.Add(Math.Max(up.Height, down.Height));
            }

            heights.Sort();
            if (heights[heights.Count / 2] > tallest)
            {
                (best, tallest) = (lead, heights[heights.Count / 2]);
            }
        }

        return best;
    }

    private static (Deflection Up, Deflection Down) Deflections(QrsDetector.LeadReader read, int lead, long count, double rateHz, long complex, double[] window)
    {
        var half = window.Length / 2;
        var from = Math.Max(0, complex - half);
        var part = window.AsSpan(0, (int)(Math.Min(count, complex + half + 1) - from));
        read(lead, from, part);
        var flank = Reach(rateHz, FlankSeconds);
        var level = (Level(part[..Math.Min(flank, part.Length)]) + Level(part[^Math.Min(flank, part.Length)..])) / 2;
        Deflection up = new(complex, 0), down = new(complex, 0);
        var inner = Reach(rateHz, HalfWindowSeconds);
        for (var i = 0; i < part.Length; i++)
        {
            if (Math.Abs(from + i - complex) > inner)
            {
                continue;
            }

            var height = part[i] - level;
            up = height > up.Height ? new(from + i, height) : up;
            down = -height > down.Height ? new(from + i, -height) : down;
        }

        return (up, down);
    }

    // The middle value, NaN left out.
    private static double Level(Span<double> values)
    {
        Span<double> sorted = stackalloc double[Math.Min(values.Length, 256)];
        var n = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value) && n < sorted.Length)
            {
                sorted[n++] = value;
            }
        }

        sorted[..n].Sort();
        return n == 0 ? 0 : sorted[n / 2];
    }
}
