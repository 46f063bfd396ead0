namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Onset and end of the QRS complex: where the slope falls below shares of its maximum, in the spatial slope of all leads, in the leads' median and in each lead.
/// Shares, weights and the two constants were chosen on LUDB and the QT Database together; no record decides.
/// </summary>
internal sealed class QrsBounds
{
    private const double SpreadSeconds = 0.006;
    private const int Hold = 4;

    // A slope is told from noise where it is so many times the noise's.
    private const double AboveNoise = 2;

    // Milliseconds by which the crossings lie inside what experts mark.
    private const double OnsetBiasMs = 5.5;
    private const double OffsetBiasMs = -2;

    // How far a lead goes its own way.
    private const double OnsetOwn = 0.8;
    private const double OffsetOwn = 0.7;
    private const double LimitMs = 20;

    private static readonly double[] OnsetShares = [0.04, 0.07, 0.11];
    private static readonly double[] OffsetShares = [0.07, 0.11];
    private static readonly int HalfPeak = BeatWindow.Of(0.12);
    private static readonly int Before = BeatWindow.Of(0.18);
    private static readonly int After = BeatWindow.Of(0.26);

    private readonly GaussianKernel slope = GaussianKernel.Slope(SpreadSeconds, BeatWindow.RateHz);
    private readonly double[] own = new double[BeatWindow.Length];
    private readonly double[] spatial = new double[BeatWindow.Length];

    /// <summary>Finds the boundaries.</summary>
    /// <param name="leads">Windows of the beat, one a lead.</param>
    /// <param name="usable">Which leads count.</param>
    /// <param name="noise">Standard deviation of the noise in each lead's window.</param>
    /// <param name="onsets">Receives each lead's onset, as an index of the window.</param>
    /// <param name="offsets">Receives each lead's end.</param>
    /// <param name="heights">Receives each lead's largest slope.</param>
    /// <returns>Onset and end over all leads.</returns>
    public (double On, double Off) Find(double[][] leads, ReadOnlySpan<bool> usable, ReadOnlySpan<double> noise, Span<double> onsets, Span<double> offsets, Span<double> heights)
    {
        var (from, to) = (BeatWindow.Beat - Before - Hold, BeatWindow.Beat + After + Hold + 1);
        Array.Clear(spatial);
        Span<double> middleOn = stackalloc double[leads.Length];
        Span<double> middleOff = stackalloc double[leads.Length];
        var count = 0;
        double roughness = 0;
        for (var lead = 0; lead < leads.Length; lead++)
        {
            heights[lead] = 0;
            if (!usable[lead])
            {
                continue;
            }

            slope.Apply(leads[lead], from, to, own);
            for (var i = from; i < to; i++)
            {
                spatial[i] += own[i] * own[i];
                own[i] = Math.Abs(own[i]);
            }

            var rough = noise[lead] * slope.NoiseGain;
            roughness += rough * rough;
            (onsets[lead], offsets[lead], heights[lead]) = Cross(own, AboveNoise * rough);
            (middleOn[count], middleOff[count]) = (onsets[lead], offsets[lead]);
            count++;
        }

        for (var i = from; i < to; i++)
        {
            spatial[i] = Math.Sqrt(spatial[i]);
        }

        var (on, off, _) = Cross(spatial, AboveNoise * Math.Sqrt(roughness));
        on = (on + OrderStatistic.Median(middleOn[..count])) / 2;
        off = (off + OrderStatistic.Median(middleOff[..count])) / 2;
        const double limit = LimitMs / BeatWindow.StepMs;
        for (var lead = 0; lead < leads.Length; lead++)
        {
            onsets[lead] = (usable[lead] ? on + (OnsetOwn * Math.Clamp(onsets[lead] - on, -limit, limit)) : on) - (OnsetBiasMs / BeatWindow.StepMs);
            offsets[lead] = (usable[lead] ? off + (OffsetOwn * Math.Clamp(offsets[lead] - off, -limit, limit)) : off) - (OffsetBiasMs / BeatWindow.StepMs);
        }

        return (on - (OnsetBiasMs / BeatWindow.StepMs), off - (OffsetBiasMs / BeatWindow.StepMs));
    }

    // Means of the crossings of all shares.
    private static (double On, double Off, double Height) Cross(ReadOnlySpan<double> function, double least)
    {
        double height = 0;
        for (var i = BeatWindow.Beat - HalfPeak; i < BeatWindow.Beat + HalfPeak; i++)
        {
            height = Math.Max(height, function[i]);
        }

        double on = 0, off = 0;
        foreach (var share in OnsetShares)
        {
            on += SlopeWalk.Left(function, BeatWindow.Beat + 1, Math.Max(share * height, least), Hold, BeatWindow.Beat - Before) / OnsetShares.Length;
        }

        foreach (var share in OffsetShares)
        {
            off += SlopeWalk.Right(function, BeatWindow.Beat - 1, Math.Max(share * height, least), Hold, BeatWindow.Beat + After) / OffsetShares.Length;
        }

        return (on, off, height);
    }
}
