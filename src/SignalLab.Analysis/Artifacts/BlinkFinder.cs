namespace SignalLab.Analysis.Artifacts;

/// <summary>Finds blinks: bumps of 0.1 to 0.5 s above both sides in the vertical electro-oculogram, then compared with the mean shape of all.</summary>
internal static class BlinkFinder
{
    private const double SigmaSeconds = 0.025;
    private const double FlankFrom = 0.28;
    private const double FlankTo = 0.5;
    private const double ReachSeconds = 0.2;
    private const double LagSeconds = 0.2;
    private const double LeastShapeCorrelation = 0.6;
    private const int LeastForShape = 5;

    private readonly record struct Peak(int Run, int At, double Height);

    /// <summary>Finds blinks.</summary>
    /// <param name="trace">The vertical electro-oculogram in µV.</param>
    /// <param name="signIsKnown">True where a blink is positive; otherwise it is what most of the evidence points to.</param>
    /// <param name="leastZ">Least height in robust standard deviations.</param>
    /// <param name="leastMicrovolts">Least height in µV.</param>
    public static IReadOnlyList<Artifact> Find(EyeTrace trace, bool signIsKnown, double leastZ, double leastMicrovolts)
    {
        float[][] smooth = [.. trace.Runs.Select(r => EyeTrace.Smooth(r.Samples, SigmaSeconds * trace.RateHz))];
        var up = FindSigned(trace, smooth, leastZ, leastMicrovolts);
        if (signIsKnown)
        {
            return up;
        }

        var down = FindSigned(trace, [.. smooth.Select(s => Array.ConvertAll(s, x => -x))], leastZ, leastMicrovolts);
        return down.Sum(a => a.Value) > up.Sum(a => a.Value) ? down : up;
    }

    private static List<Artifact> FindSigned(EyeTrace trace, float[][] smooth, double leastZ, double leastMicrovolts)
    {
        var heights = Array.ConvertAll(smooth, s => Heights(s, trace.RateHz));
        // Differences over a fifth of a second: the sides of frequent blinks would fill a spread of the heights themselves.
        var lag = Math.Max(1, (int)Math.Round(LagSeconds * trace.RateHz));
        var spread = Robust.LowerSpread(smooth.SelectMany(s => Enumerable.Range(0, Math.Max(0, s.Length - lag)).Select(t => (double)s[t + lag] - s[t]))) / Math.Sqrt(2);
        if (!double.IsFinite(spread))
        {
            return [];
        }

        var threshold = Math.Max(leastMicrovolts, leastZ * spread);
        var peaks = new List<Peak>();
        for (var r = 0; r < heights.Length; r++)
        {
            Peaks(heights[r], r, (int)(ReachSeconds * trace.RateHz), threshold, peaks);
        }

        var shape = Shape(smooth, peaks, trace.RateHz);
        var found = new List<Artifact>();
        foreach (var peak in peaks)
        {
            var likeness = shape is null ? 1 : Likeness(smooth[peak.Run], peak.At, shape);
            var value = peak.Height * likeness;
            if (likeness < LeastShapeCorrelation || value < threshold)
            {
                continue;
            }

            var (from, end) = Extent(smooth[peak.Run], peak, trace.RateHz);
            found.Add(new(
                ArtifactKind.Blink, null, trace.Runs[peak.Run].OnsetSeconds + (from / trace.RateHz), (end - from + 1) / trace.RateHz,
                Evidence.Confidence(value / threshold), "height_uV", value, threshold));
        }

        return found;
    }

    // Height above the higher of the two sides: a step has none.
    private static float[] Heights(float[] smooth, double rateHz)
    {
        var (near, far) = ((int)Math.Round(FlankFrom * rateHz), (int)Math.Round(FlankTo * rateHz));
        var heights = new float[smooth.Length];
        for (var t = 0; t < heights.Length; t++)
        {
            var (left, right) = (EyeTrace.Mean(smooth, t - far, t - near), EyeTrace.Mean(smooth, t + near + 1, t + far + 1));
            var side = double.IsNaN(left) ? right : double.IsNaN(right) ? left : Math.Max(left, right);
            heights[t] = double.IsNaN(side) ? 0 : (float)(smooth[t] - side);
        }

        return heights;
    }

    private static void Peaks(float[] heights, int run, int reach, double threshold, List<Peak> into)
    {
        for (var t = 0; t < heights.Length; t++)
        {
            if (heights[t] < threshold)
            {
                continue;
            }

            var isTop = true;
            for (var o = Math.Max(0, t - reach); o <= Math.Min(heights.Length - 1, t + reach) && isTop; o++)
            {
                isTop = heights[o] < heights[t] || (heights[o] == heights[t] && o >= t);
            }

            if (isTop)
            {
                into.Add(new(run, t, heights[t]));
            }
        }
    }

    // The median of the tallest half, each scaled to its own height.
    private static double[]? Shape(float[][] smooth, List<Peak> peaks, double rateHz)
    {
        var reach = (int)Math.Round(0.3 * rateHz);
        Peak[] used = [.. peaks.Where(p => p.At >= reach && p.At + reach < smooth[p.Run].Length).OrderByDescending(p => p.Height)];
        used = used[..Math.Min(400, (used.Length + 1) / 2)];
        if (used.Length < LeastForShape)
        {
            return null;
        }

        var shape = new double[(2 * reach) + 1];
        var column = new double[used.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            for (var p = 0; p < used.Length; p++)
            {
                var s = smooth[used[p].Run];
                column[p] = (s[used[p].At + i - reach] - s[used[p].At]) / used[p].Height;
            }

            shape[i] = Robust.Median(column);
        }

        return shape;
    }

    private static double Likeness(float[] smooth, int at, double[] shape)
    {
        var reach = shape.Length / 2;
        return at < reach || at + reach >= smooth.Length ? 1 : SplinePrediction.Correlation(Array.ConvertAll(smooth[(at - reach)..(at + reach + 1)], x => (double)x), shape);
    }

    // From and to where a fifth of the height is left.
    private static (int From, int End) Extent(float[] smooth, Peak peak, double rateHz)
    {
        var floor = smooth[peak.At] - (0.8 * peak.Height);
        var most = (int)(0.4 * rateHz);
        var (from, end) = (peak.At, peak.At);
        while (from > 0 && peak.At - from < most && smooth[from - 1] > floor)
        {
            from--;
        }

        while (end < smooth.Length - 1 && end - peak.At < most && smooth[end + 1] > floor)
        {
            end++;
        }

        return (from, end);
    }
}
