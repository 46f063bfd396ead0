namespace SignalLab.Analysis.Ecg;

/// <summary>
/// The P wave before a beat: the largest curvature of all leads together between the T wave before and the QRS complex, a usual PR interval preferred; then onset and end in
/// each lead by shares of the slopes, drawn to what all leads say.
/// </summary>
internal sealed class PBounds
{
    private const double PeakSpread = 0.022;
    private const double SlopeSpread = 0.012;
    private const double LevelSpread = 0.010;
    private const int Hold = 3;
    private const double Half = 0.1;
    private const double LimitMs = 24;
    private const double OnsetBiasMs = 0;
    private const double OffsetBiasMs = 2;

    // A wave at the usual distance before the beat is preferred to one that is far from it.
    private const double UsualMs = 140;
    private const double UsualSpreadMs = 150;

    // Below this RR interval the usual distance shortens as its root.
    private const double UsualRrSeconds = 0.6;
    private const double AfterT = 0.03;

    // At high rates the P wave stands right behind the T wave.
    private const double AfterTAtLeast = 0.02;
    private const double ShortRrSeconds = 0.4;
    private const double AfterTByRr = 0.4;
    private const double BeforeQrs = 0.018;
    private const double Earliest = 0.4;

    private static readonly double[] Shares = [0.25, 0.4, 0.6];
    private static readonly double[] OnsetBiases = [-1.5, 0.25, 2];
    private static readonly double[] OffsetBiases = [4.25, 2, 0.25];

    private readonly GaussianKernel curvature = GaussianKernel.Curvature(PeakSpread, BeatWindow.RateHz);
    private readonly GaussianKernel slopes = GaussianKernel.Slope(SlopeSpread, BeatWindow.RateHz);
    private readonly GaussianKernel level = GaussianKernel.Mean(LevelSpread, BeatWindow.RateHz);
    private readonly double[] quiet = new double[BeatWindow.Length];
    private readonly double[] slope = new double[BeatWindow.Length];
    private readonly double[] steepness = new double[BeatWindow.Length];
    private readonly double[] smooth = new double[BeatWindow.Length];
    private readonly double[] spatial = new double[BeatWindow.Length];
    private double[][] curved = [];
    private double[] rise = [];
    private double[] fall = [];
    private double[] onsets = [];
    private double[] offsets = [];
    private int earliest;

    /// <summary>Curvature of all leads together, as <see cref="Seek"/> left it.</summary>
    public ReadOnlySpan<double> Spatial => spatial;

    /// <summary>Curvature of each lead, as <see cref="Seek"/> left it.</summary>
    public double[][] Curved => curved;

    /// <summary>The stretch in which a P wave may peak.</summary>
    /// <param name="qrsOn">Onset of the QRS complex.</param>
    /// <param name="rr">Values since the beat before.</param>
    /// <param name="tOff">End of that beat's T wave, as an index of this window; NaN where it is not known.</param>
    public static (int From, int To) Stretch(double qrsOn, double rr, double tOff)
    {
        var afterT = Math.Clamp(AfterTByRr * ((rr / BeatWindow.RateHz) - ShortRrSeconds), AfterTAtLeast, AfterT);
        var from = double.IsNaN(tOff) ? BeatWindow.Beat - rr + BeatWindow.Of(0.42 * Math.Sqrt(Math.Min(rr / BeatWindow.RateHz, 1.2))) : tOff + BeatWindow.Of(afterT);
        return ((int)Math.Max(Math.Max(from, BeatWindow.Beat - BeatWindow.Of(Earliest)), BeatWindow.Margin + 8), (int)(qrsOn - (BeforeQrs * BeatWindow.RateHz)));
    }

    /// <summary>Looks for the wave.</summary>
    /// <param name="leads">Windows of the beat, one a lead.</param>
    /// <param name="usable">Which leads count.</param>
    /// <param name="from">First index at which it may peak.</param>
    /// <param name="to">Index past the last one.</param>
    /// <param name="rr">Values since the beat before.</param>
    /// <returns>Index of the most likely peak, or −1 where there is no room for one.</returns>
    public int Seek(double[][] leads, ReadOnlySpan<bool> usable, int from, int to, double rr)
    {
        Grow(leads.Length);
        Array.Clear(spatial);
        for (var lead = 0; lead < leads.Length; lead++)
        {
            if (!usable[lead])
            {
                continue;
            }

            curvature.Apply(leads[lead], BeatWindow.Margin, BeatWindow.Beat + 26, curved[lead]);
            for (var i = BeatWindow.Margin; i < BeatWindow.Beat + 26; i++)
            {
                spatial[i] += curved[lead][i] * curved[lead][i];
            }
        }

        for (var i = BeatWindow.Margin; i < BeatWindow.Beat + 26; i++)
        {
            spatial[i] = Math.Sqrt(spatial[i]);
        }

        var (peak, best) = (-1, 0.0);
        var usual = UsualMs * Math.Sqrt(Math.Min(1, rr / BeatWindow.RateHz / UsualRrSeconds));
        for (var i = from; i < to && to - from >= 6; i++)
        {
            if (spatial[i] >= spatial[i - 1] && spatial[i] > spatial[i + 1])
            {
                var unusual = (((BeatWindow.Beat - i) * BeatWindow.StepMs) - usual) / UsualSpreadMs;
                var score = spatial[i] * Math.Exp(-unusual * unusual / 2);
                (peak, best) = score > best ? (i, score) : (peak, best);
            }
        }

        return peak;
    }

    /// <summary>Finds the boundaries of the wave that <see cref="Seek"/> found.</summary>
    /// <param name="leads">Windows of the beat, one a lead.</param>
    /// <param name="usable">Which leads count.</param>
    /// <param name="peak">Its peak.</param>
    /// <param name="tOff">End of the T wave before, as an index of this window: no P wave begins before it; NaN where it is not known.</param>
    /// <param name="qrsOn">Onset of the QRS complex: no P wave ends after it.</param>
    /// <param name="marks">Receives each lead's marks.</param>
    /// <returns>The marks over all leads.</returns>
    public PMarks Bound(double[][] leads, ReadOnlySpan<bool> usable, int peak, double tOff, double qrsOn, Span<PMarks> marks)
    {
        earliest = double.IsNaN(tOff) ? BeatWindow.Margin : (int)Math.Clamp(tOff, BeatWindow.Margin, peak - 2);
        var n = leads.Length;
        var end = Math.Min((int)qrsOn + 4, BeatWindow.Beat);
        Span<double> shareOn = stackalloc double[Shares.Length * n];
        Span<double> shareOff = stackalloc double[Shares.Length * n];
        double meanRise = 0, meanFall = 0;
        var count = 0;
        for (var lead = 0; lead < n; lead++)
        {
            (rise[lead], fall[lead]) = (0, 0);
            if (!usable[lead])
            {
                continue;
            }

            var top = FindIn(lead, leads[lead], peak, qrsOn, end, shareOn, shareOff, n);
            marks[lead] = new(0, top, 0, 0);
            meanRise += rise[lead];
            meanFall += fall[lead];
            count++;
        }

        // The common boundaries: means over the shares of the leads' weighted medians.
        double on = 0, off = 0;
        for (var k = 0; k < Shares.Length; k++)
        {
            on += (LeadConsensus.WeightedMedian(shareOn.Slice(k * n, n), rise.AsSpan(0, n)) - OnsetBiases[k]) / Shares.Length;
            off += (LeadConsensus.WeightedMedian(shareOff.Slice(k * n, n), fall.AsSpan(0, n)) - OffsetBiases[k]) / Shares.Length;
        }

        const double limit = LimitMs / BeatWindow.StepMs;
        var (onBias, offBias) = (OnsetBiasMs / BeatWindow.StepMs, OffsetBiasMs / BeatWindow.StepMs);
        for (var lead = 0; lead < n; lead++)
        {
            if (usable[lead])
            {
                var ownOn = LeadConsensus.Draw(onsets[lead], on, rise[lead] * count / meanRise, Half, limit) - onBias;
                var ownOff = LeadConsensus.Draw(offsets[lead], off, fall[lead] * count / meanFall, Half, limit) - offBias;
                ownOff = Math.Min(ownOff, qrsOn);
                ownOn = Math.Min(ownOn, ownOff - 2);
                marks[lead] = new(ownOn, Math.Clamp(marks[lead].Peak, ownOn + 1, ownOff - 1), ownOff, Math.Max(rise[lead], fall[lead]));
            }
        }

        return new(on - onBias, peak, Math.Min(off - offBias, qrsOn), spatial[peak]);
    }

    private void Grow(int leads)
    {
        if (curved.Length < leads)
        {
            curved = [.. Enumerable.Range(0, leads).Select(_ => new double[BeatWindow.Length])];
            (rise, fall, onsets, offsets) = (new double[leads], new double[leads], new double[leads], new double[leads]);
        }
    }

    private int FindIn(int lead, double[] samples, int peak, double qrsOn, int end, Span<double> shareOn, Span<double> shareOff, int n)
    {
        // The wide kernels would see the QRS complex before it begins: its steep side is not the P wave's.
        var last = (int)qrsOn;
        samples.CopyTo(quiet, 0);
        quiet.AsSpan(last).Fill(samples[last]);
        level.Apply(quiet, BeatWindow.Margin, BeatWindow.Beat, smooth);
        slopes.Apply(quiet, BeatWindow.Margin, BeatWindow.Beat, slope);
        var (bend, sign) = Bend(curved[lead], peak, (int)qrsOn - 1);
        var top = Climb(sign, bend);
        for (var i = BeatWindow.Margin; i < BeatWindow.Beat; i++)
        {
            steepness[i] = Math.Abs(slope[i]);
        }

        var (up, down) = (top, top);
        for (var i = top; i >= Math.Max(top - 22, Math.Max(BeatWindow.Margin + 5, Math.Min(earliest, top))); i--)
        {
            up = sign * slope[i] >= sign * slope[up] ? i : up;
        }

        for (var i = top; i < Math.Max(Math.Min(top + 22, end), Math.Min(top + 2, BeatWindow.Beat)); i++)
        {
            down = -sign * slope[i] > -sign * slope[down] ? i : down;
        }

        (rise[lead], fall[lead]) = (Math.Max(sign * slope[up], 1e-9), Math.Max(-sign * slope[down], 1e-9));
        (onsets[lead], offsets[lead]) = (0, 0);
        for (var k = 0; k < Shares.Length; k++)
        {
            var on = SlopeWalk.Left(steepness, up, Shares[k] * rise[lead], Hold, Math.Max(up - 25, Math.Min(earliest, up - 1)));
            var off = Math.Min(SlopeWalk.Right(steepness.AsSpan(0, BeatWindow.Beat), down, Shares[k] * fall[lead], Hold, down + 25), qrsOn);
            (shareOn[(k * n) + lead], shareOff[(k * n) + lead]) = (on, off);
            onsets[lead] += (on - OnsetBiases[k]) / Shares.Length;
            offsets[lead] += (off - OffsetBiases[k]) / Shares.Length;
        }

        return top;
    }

    private static (int At, double Sign) Bend(double[] curvature, int peak, int end)
    {
        var (bend, largest) = (peak, -1.0);
        for (var i = peak - 8; i < Math.Min(peak + 9, end); i++)
        {
            var value = Math.Abs(curvature[i]) * (1 - (0.05 * Math.Abs(i - peak)));
            (bend, largest) = value > largest ? (i, value) : (bend, largest);
        }

        return (bend, curvature[bend] > 0 ? -1 : 1);
    }

    private int Climb(double sign, int bend)
    {
        var top = bend;
        for (var step = 0; step < 6; step++)
        {
            var here = sign * smooth[top];
            if (sign * smooth[top + 1] > here)
            {
                top++;
            }
            else if (sign * smooth[top - 1] > here)
            {
                top--;
            }
            else
            {
                return top;
            }
        }

        return bend;
    }
}

/// <summary>Marks of a P wave as indices of a window, and its size.</summary>
internal readonly record struct PMarks(double On, double Peak, double Off, double Size)
{
    /// <summary>No wave.</summary>
    public static PMarks None { get; } = new(double.NaN, double.NaN, double.NaN, 0);
}
