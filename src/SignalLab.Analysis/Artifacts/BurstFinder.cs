using System.Buffers;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Finds stretches of frames that stand above the background: muscle in one channel, movement in most of them.</summary>
internal static class BurstFinder
{
    private const double BackgroundSeconds = 60;
    private const double LeastSpread = 0.15;
    private const double LeastRatio = 2;

    /// <summary>Muscle activity of one channel: above 25 Hz, against the lower of the minute around and the whole recording.</summary>
    /// <param name="survey">What one pass gave.</param>
    /// <param name="track">The channel.</param>
    /// <param name="options">Limits.</param>
    public static IEnumerable<Artifact> Muscle(Survey survey, int track, ArtifactOptions options)
    {
        var high = survey.High[track];
        var background = Background(high, (int)(BackgroundSeconds / survey.Grid.HopSeconds));
        double RatioAt(int f) => high[f] > 0 && background[f] > 0 ? Math.Log(high[f] / background[f]) : double.NaN;
        var (middle, spread) = SpreadOf(RatioAt, high.Length);
        var least = Math.Max(Math.Log(LeastRatio), options.MuscleZ * Math.Max(LeastSpread, spread)) + Math.Max(0, middle);
        var (channel, floor) = (survey.Tracks[track], survey.Tracks[track].IsMicrovolt ? options.MuscleMicrovolts : 0);
        foreach (var (first, last, onset, duration) in survey.Grid.Stretches(f => RatioAt(f) > least && high[f] > floor, 1))
        {
            var at = Enumerable.Range(first, last - first + 1).MaxBy(f => high[f]);
            var threshold = Math.Max(floor, background[at] * Math.Exp(least));
            yield return new(ArtifactKind.Muscle, channel.Label, onset, duration, Evidence.Confidence(high[at] / threshold), channel.Measure("rms"), high[at], threshold);
        }
    }

    /// <summary>Movement: most channels of a kind have slow deflections far above their own usual ones at once.</summary>
    /// <param name="survey">What one pass gave.</param>
    /// <param name="members">Channels of one kind.</param>
    /// <param name="options">Limits.</param>
    public static IEnumerable<Artifact> Movement(Survey survey, int[] members, ArtifactOptions options)
    {
        var limits = Array.ConvertAll(members, t => Math.Max(survey.Tracks[t].IsMicrovolt ? options.MovementMicrovolts : 0, options.MovementRatio * Robust.Median(survey.Low[t])));
        var shares = new double[survey.Grid.Count];
        var ratios = new double[members.Length];
        for (var f = 0; f < shares.Length; f++)
        {
            for (var m = 0; m < members.Length; m++)
            {
                ratios[m] = limits[m] > 0 ? survey.Low[members[m]][f] / limits[m] : 0;
            }

            Array.Sort(ratios);
            // What the wanted share of channels reaches at least.
            shares[f] = ratios[(int)Math.Floor((1 - options.MovementShare) * (ratios.Length - 1))];
        }

        foreach (var (first, last, onset, duration) in survey.Grid.Stretches(f => shares[f] >= 1, 1))
        {
            var value = shares.AsSpan(first, last - first + 1).ToArray().Max();
            yield return new(ArtifactKind.Movement, null, onset, duration, Evidence.Confidence(value), "slow_ratio", value, 1);
        }
    }

    private static (double Middle, double Spread) SpreadOf(Func<int, double> ratioAt, int count)
    {
        var ratios = ArrayPool<double>.Shared.Rent(Math.Max(1, count));
        for (var f = 0; f < count; f++)
        {
            ratios[f] = ratioAt(f);
        }

        var centre = Robust.Centre(ratios.AsSpan(0, count));
        ArrayPool<double>.Shared.Return(ratios);
        return centre;
    }

    // Medians every sixth of the window, held in between.
    private static float[] Background(float[] high, int window)
    {
        var whole = Robust.Median(high);
        var background = new float[high.Length];
        var step = Math.Max(1, window / 6);
        for (var f = 0; f < high.Length; f += step)
        {
            var (from, end) = (Math.Max(0, f + (step / 2) - (window / 2)), Math.Min(high.Length, f + (step / 2) + (window / 2)));
            background.AsSpan(f, Math.Min(step, high.Length - f)).Fill((float)Math.Min(whole, Robust.Median(high.AsSpan(from, end - from))));
        }

        return background;
    }
}
