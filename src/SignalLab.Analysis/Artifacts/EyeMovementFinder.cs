namespace SignalLab.Analysis.Artifacts;

/// <summary>Finds eye movements: quick steps of an electro-oculogram from one level to another.</summary>
internal static class EyeMovementFinder
{
    private const double SigmaSeconds = 0.015;
    private const double NearSeconds = 0.05;
    private const double FarSeconds = 0.25;
    private const double QuickShare = 0.5;

    /// <summary>Finds steps.</summary>
    /// <param name="trace">The electro-oculogram in µV.</param>
    /// <param name="kind">Horizontal or vertical.</param>
    /// <param name="leastZ">Least step in robust standard deviations.</param>
    /// <param name="leastMicrovolts">Least step in µV.</param>
    /// <param name="blinks">Blinks in order of time: their flanks are no eye movements.</param>
    public static IReadOnlyList<Artifact> Find(EyeTrace trace, ArtifactKind kind, double leastZ, double leastMicrovolts, IReadOnlyList<Artifact> blinks)
    {
        float[][] smooth = [.. trace.Runs.Select(r => EyeTrace.Smooth(r.Samples, SigmaSeconds * trace.RateHz))];
        var steps = Array.ConvertAll(smooth, s => Steps(s, trace.RateHz));
        var spread = Robust.LowerSpread(steps.SelectMany(s => s).Select(x => (double)x));
        if (!double.IsFinite(spread))
        {
            return [];
        }

        var threshold = Math.Max(leastMicrovolts, leastZ * spread);
        var found = new List<Artifact>();
        for (var r = 0; r < steps.Length; r++)
        {
            FindIn(steps[r], smooth[r], trace, r, kind, threshold, found);
        }

        return [.. found.Where(f => !Touches(blinks, f))];
    }

    private static void FindIn(float[] steps, float[] smooth, EyeTrace trace, int run, ArtifactKind kind, double threshold, List<Artifact> found)
    {
        var reach = (int)Math.Round(FarSeconds * trace.RateHz);
        var near = Math.Max(1, (int)Math.Round(NearSeconds * trace.RateHz));
        for (var t = near; t < steps.Length - near; t++)
        {
            var height = Math.Abs(steps[t]);
            if (height < threshold)
            {
                continue;
            }

            var isTop = true;
            for (var o = Math.Max(0, t - reach); o <= Math.Min(steps.Length - 1, t + reach) && isTop; o++)
            {
                var other = Math.Abs(steps[o]);
                isTop = other < height || (other == height && o >= t);
            }

            var quick = (smooth[t + near] - smooth[t - near]) * Math.Sign(steps[t]);
            if (isTop && quick >= QuickShare * height)
            {
                found.Add(new(kind, null, trace.Runs[run].OnsetSeconds + ((t - near) / trace.RateHz), 2 * near / trace.RateHz, Evidence.Confidence(height / threshold), "step_uV", height, threshold));
            }
        }
    }

    private static float[] Steps(float[] smooth, double rateHz)
    {
        var (near, far) = (Math.Max(1, (int)Math.Round(NearSeconds * rateHz)), (int)Math.Round(FarSeconds * rateHz));
        var steps = new float[smooth.Length];
        for (var t = far; t < steps.Length - far; t++)
        {
            steps[t] = (float)(EyeTrace.Mean(smooth, t + near, t + far + 1) - EyeTrace.Mean(smooth, t - far, t - near + 1));
        }

        return steps;
    }

    private static bool Touches(IReadOnlyList<Artifact> blinks, Artifact step)
    {
        const double Beside = 0.2;
        var (low, high) = (0, blinks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = blinks[middle].EndSeconds + Beside < step.OnsetSeconds ? (middle + 1, high) : (low, middle);
        }

        return low < blinks.Count && blinks[low].OnsetSeconds - Beside < step.EndSeconds;
    }
}
