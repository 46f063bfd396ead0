namespace SignalLab.Analysis.Ecg;

/// <summary>Leads of one stretch on the grid of <see cref="BeatWindow"/>, in millivolts where their unit allows it, with the slope by which beats are compared.</summary>
internal sealed class BeatGrid
{
    // A lead sampled faster is smoothed so far that the grid still holds it; the QRS complex has little above 80 Hz.
    private const double AntiAliasSeconds = 0.002;
    private const double AntiAliasReach = 3.5;
    private const int Phases = 64;
    private const double CompareSpread = 0.008;
    private const double LeastSpike = 0.05;

    private static readonly GaussianKernel CompareSlope = GaussianKernel.Slope(CompareSpread, BeatWindow.RateHz);

    private readonly double step;
    private readonly int reach;
    private readonly double[][] phases;
    private readonly int[][] missingBefore;

    /// <summary>Reads the leads.</summary>
    /// <param name="read">Reads samples of a lead, NaN where there are none.</param>
    /// <param name="leadCount">Number of leads.</param>
    /// <param name="count">Samples a lead.</param>
    /// <param name="rateHz">The leads' rate.</param>
    /// <param name="first">Index of the grid's first value, counted from the leads' first sample on; may be negative.</param>
    /// <param name="length">Values of the grid.</param>
    public BeatGrid(QrsDetector.LeadReader read, int leadCount, long count, double rateHz, long first, int length)
    {
        (First, Length, step) = (first, length, rateHz / BeatWindow.RateHz);
        reach = step > 1 ? Math.Max(1, (int)Math.Ceiling(AntiAliasReach * AntiAliasSeconds * rateHz)) : 1;
        phases = [.. Enumerable.Range(0, Phases + 1).Select(p => Weights((double)p / Phases, rateHz))];
        (Leads, Slopes, missingBefore) = (new double[leadCount][], new double[leadCount][], new int[leadCount][]);
        var from = (long)Math.Floor(first * step) - reach;
        var samples = new double[(int)((long)Math.Floor((first + length - 1) * step) + reach + 2 - from)];
        for (var lead = 0; lead < leadCount; lead++)
        {
            (Leads[lead], Slopes[lead], missingBefore[lead]) = (new double[length], new double[length], new int[length + 1]);
            Fill(read, lead, from, count, rateHz, samples);
            Resample(samples, from, Leads[lead]);
            CompareSlope.Apply(Leads[lead], CompareSlope.Reach, length - CompareSlope.Reach, Slopes[lead]);
        }
    }

    /// <summary>Index of the first value.</summary>
    public long First { get; }

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>Values, one array a lead.</summary>
    public double[][] Leads { get; }

    /// <summary>Their slopes.</summary>
    public double[][] Slopes { get; }

    /// <summary>Share of a stretch that had to be bridged in a lead.</summary>
    public double MissingShare(int lead, int from, int to) => (missingBefore[lead][to] - missingBefore[lead][from]) / (double)(to - from);

    private double[] Weights(double phase, double rateHz)
    {
        var weights = new double[(2 * reach) + 1];
        if (step <= 1)
        {
            (weights[reach], weights[reach + 1]) = (1 - phase, phase);
            return weights;
        }

        double sum = 0;
        for (var i = -reach; i <= reach; i++)
        {
            var t = (i - phase) / (AntiAliasSeconds * rateHz);
            sum += weights[i + reach] = Math.Exp(-t * t / 2);
        }

        return [.. weights.Select(w => w / sum)];
    }

    // What lies before the leads' first sample or after their last one repeats it, and does not count as missing.
    private void Fill(QrsDetector.LeadReader read, int lead, long first, long count, double rateHz, Span<double> into)
    {
        var from = Math.Clamp(first, 0, count);
        var to = Math.Clamp(first + into.Length, from, count);
        into.Fill(double.NaN);
        if (to > from)
        {
            read(lead, from, into.Slice((int)(from - first), (int)(to - from)));
        }

        for (var i = 0; i < Length; i++)
        {
            var at = (long)Math.Round((First + i) * step);
            var missing = at >= from && at < to && !double.IsFinite(into[(int)(at - first)]);
            missingBefore[lead][i + 1] = missingBefore[lead][i] + (missing ? 1 : 0);
        }

        QrsDetector.BridgeMissing(into);
        PacingSpikes.Remove(into, rateHz, LeastSpike);
    }

    private void Resample(ReadOnlySpan<double> samples, long from, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var at = ((First + i) * step) - from;
            var whole = (int)at;
            var weights = phases[(int)(((at - whole) * Phases) + 0.5)];
            var part = samples.Slice(whole - reach, weights.Length);
            double sum = 0;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += part[k] * weights[k];
            }

            into[i] = sum;
        }
    }
}
