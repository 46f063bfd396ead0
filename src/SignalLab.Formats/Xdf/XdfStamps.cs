namespace SignalLab.Formats.Xdf;

/// <summary>
/// The time stamps of a regular stream, taken in one by one and kept as stretches with a line each: stamps jitter, samples do not.
/// A jump of more than a second and more than 500 samples ends a stretch.
/// </summary>
/// <param name="nominalRateHz">The stated rate.</param>
internal sealed class XdfStamps(double nominalRateHz)
{
    /// <summary>A jump that is shorter than this, or than <see cref="BreakSamples"/>, is jitter.</summary>
    private const double BreakSeconds = 1;

    private const double BreakSamples = 500;

    private readonly double step = nominalRateHz > 0 ? 1 / nominalRateHz : 0;
    private double last = double.NaN;

    /// <summary>The stretches in order.</summary>
    public List<XdfStretch> Stretches { get; } = [];

    /// <summary>Takes the next sample's time in.</summary>
    /// <param name="stamp">The stated time, or null where it follows the last by one sampling interval.</param>
    /// <returns>The time it was given.</returns>
    public double Next(double? stamp)
    {
        var time = stamp ?? (double.IsNaN(last) ? 0 : last + step);
        if (double.IsNaN(last) || Math.Abs(time - last - step) > Math.Max(BreakSeconds, BreakSamples * step))
        {
            Stretches.Add(new XdfStretch(time));
        }

        Stretches[^1].Add(time);
        last = time;
        return time;
    }
}

/// <summary>A stretch of stamps, kept as the sums that a straight line needs.</summary>
/// <param name="start">Its first stamp.</param>
internal sealed class XdfStretch(double start)
{
    private readonly double origin = start;
    private double meanTime;
    private double sumSquares;
    private double sumProducts;

    /// <summary>Samples.</summary>
    public long Count { get; private set; }

    /// <summary>The last stamp.</summary>
    public double End { get; private set; } = start;

    /// <summary>A stamp in its middle.</summary>
    public double Middle => (origin + End) / 2;

    /// <summary>Seconds from sample to sample along the fitted line; 0 where there is one sample.</summary>
    public double StepSeconds => sumSquares > 0 ? sumProducts / sumSquares : 0;

    /// <summary>The first sample's time on the fitted line.</summary>
    public double FirstSeconds => origin + meanTime - (StepSeconds * (Count - 1) / 2.0);

    /// <summary>Takes the next stamp in.</summary>
    public void Add(double time)
    {
        // Welford's update: index n beside the time since the stretch's first stamp.
        var meanIndex = (Count - 1) / 2.0;
        var fromIndex = Count - meanIndex;
        Count++;
        var fromTime = time - origin - meanTime;
        meanTime += fromTime / Count;
        if (Count > 1)
        {
            sumSquares += fromIndex * fromIndex * (Count - 1) / Count;
            sumProducts += fromIndex * fromTime * (Count - 1) / Count;
        }

        End = time;
    }
}
