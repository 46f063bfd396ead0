namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Peak, onset and end of the T wave. The wave is where the curvature of all leads together is largest after the QRS complex: a U wave is flatter and comes later. Its end
/// is the middle of several definitions (shares of the last slope, the tangent, the trapezium of Vázquez-Seisdedos et al. 2011, BioMed Eng OnLine 10:77) in each lead, and the weighted
/// median of the leads.
/// </summary>
internal sealed class TBounds
{
    private const double PeakSpread = 0.035;
    private const double SlopeSpread = 0.014;
    private const double LevelSpread = 0.012;
    private const double Half = 0.05;
    private const double LimitMs = 60;
    private const int Hold = 3;

    // The latest peak: from 100 ms + half a √RR after the beat, and not where the next beat's P wave may be.
    private const double ReachSeconds = 0.1;
    private const double ReachByRootRr = 0.5;
    private const double BeforeNext = 0.14;

    // Definitions of the end and how much later than the experts' each of them lies, in grid values: by threshold (three shares), by tangent, by area. The mean of both databases.
    private const int Definitions = 5;
    private const double BiasMs = -4;
    private const double OnsetBiasMs = -20;
    private static readonly double[] Shares = [0.3, 0.45, 0.6];
    private static readonly double[] Biases = [1, -1.3, -3.5, -10.5, 5];
    private const int ByThreshold = 0;
    private const int ByTangent = 3;
    private const int ByArea = 4;

    private const int LeastLeadsBiphasic = 3;
    private const double LeastShareBiphasic = 0.8;

    private readonly GaussianKernel curvature = GaussianKernel.Curvature(PeakSpread, BeatWindow.RateHz);
    private readonly GaussianKernel slopes = GaussianKernel.Slope(SlopeSpread, BeatWindow.RateHz);
    private readonly GaussianKernel level = GaussianKernel.Mean(LevelSpread, BeatWindow.RateHz);
    private readonly double[] spatial = new double[BeatWindow.Length];
    private readonly double[] falling = new double[BeatWindow.Length];
    private readonly double[] slope = new double[BeatWindow.Length];
    private readonly double[] smooth = new double[BeatWindow.Length];
    private double[][] curved = [];
    private double[] sizes = [];
    private double[] begins = [];
    private EndMarks[] ends = [];
    private EndMarks[] secondEnds = [];

    /// <summary>Finds the wave.</summary>
    /// <param name="leads">Windows of the beat, one a lead.</param>
    /// <param name="usable">Which leads count.</param>
    /// <param name="qrsOff">End of the QRS complex.</param>
    /// <param name="rr">Values to the next beat.</param>
    /// <param name="marks">Receives each lead's marks.</param>
    /// <returns>The marks over all leads.</returns>
    public TMarks Find(double[][] leads, ReadOnlySpan<bool> usable, double qrsOff, double rr, Span<TMarks> marks)
    {
        Grow(leads.Length);
        var first = Math.Min((int)(qrsOff + BeatWindow.Of(0.06)), BeatWindow.End - 40);
        var last = (int)Math.Min(BeatWindow.Beat + BeatWindow.Of((ReachByRootRr * Math.Sqrt(rr / BeatWindow.RateHz)) + ReachSeconds), BeatWindow.Beat + rr - BeatWindow.Of(BeforeNext));
        last = Math.Clamp(last, first + 20, BeatWindow.End - 12);
        var peak = SpatialPeak(leads, usable, first, last, out var height);
        var limit = (int)Math.Min(Math.Min(peak + BeatWindow.Of(0.15), BeatWindow.Beat + rr - BeatWindow.Of(0.1)), BeatWindow.End - 12);
        limit = Math.Max(limit, peak + 12);
        for (var lead = 0; lead < leads.Length; lead++)
        {
            sizes[lead] = 0;
            if (usable[lead])
            {
                FindIn(lead, leads[lead], first, peak, limit, (int)qrsOff, ref marks[lead]);
            }
        }

        return Join(usable, peak, height, marks);
    }

    private void Grow(int leads)
    {
        if (curved.Length < leads)
        {
            curved = [.. Enumerable.Range(0, leads).Select(_ => new double[BeatWindow.Length])];
            (sizes, begins, ends, secondEnds) = (new double[leads], new double[leads], new EndMarks[leads], new EndMarks[leads]);
        }
    }

    private int SpatialPeak(double[][] leads, ReadOnlySpan<bool> usable, int first, int last, out double height)
    {
        Array.Clear(spatial);
        for (var lead = 0; lead < leads.Length; lead++)
        {
            if (!usable[lead])
            {
                continue;
            }

            curvature.Apply(leads[lead], first - 8, BeatWindow.End, curved[lead]);
            for (var i = first - 1; i <= last; i++)
            {
                spatial[i] += curved[lead][i] * curved[lead][i];
            }
        }

        var (peak, any) = (first, first);
        for (var i = first; i < last; i++)
        {
            any = spatial[i] > spatial[any] ? i : any;
            if (spatial[i] >= spatial[i - 1] && spatial[i] > spatial[i + 1] && (peak == first || spatial[i] > spatial[peak]))
            {
                peak = i;
            }
        }

        peak = peak == first ? any : peak;
        height = Math.Sqrt(spatial[peak]);
        return peak;
    }

    private void FindIn(int lead, double[] samples, int first, int peak, int limit, int qrsOff, ref TMarks marks)
    {
        level.Apply(samples, qrsOff - 2, BeatWindow.End, smooth);
        slopes.Apply(samples, qrsOff - 2, BeatWindow.End, slope);
        var (bend, sign) = Bend(curved[lead], peak, first, Math.Min(peak + 21, BeatWindow.End - 12));
        var top = Climb(smooth, sign, bend, first, limit);
        var steepest = top;
        for (var i = top; i < Math.Max(top + 3, Math.Min(limit, top + 35)); i++)
        {
            steepest = -sign * slope[i] > -sign * slope[steepest] ? i : steepest;
        }

        var steep = Math.Max(-sign * slope[steepest], 0);
        for (var i = qrsOff - 2; i < BeatWindow.End; i++)
        {
            falling[i] = Math.Abs(slope[i]);
        }

        (begins[lead], sizes[lead]) = (Begin(sign, top, qrsOff), steep);
        marks = new(0, top, 0, 0, 0, steep);
        ends[lead] = End(sign, steepest, steep, limit);
        var second = SecondHump.Find(smooth, slope, sign, top, steepest, limit);
        secondEnds[lead] = second < 0 ? EndMarks.None : End(-sign, second, sign * slope[second], limit);
    }

    private EndMarks End(double sign, int steepest, double steep, int limit)
    {
        Span<double> definitions = stackalloc double[Definitions];
        for (var k = 0; k < Shares.Length; k++)
        {
            definitions[k] = SlopeWalk.Right(falling.AsSpan(0, BeatWindow.End), steepest, Shares[k] * steep, Hold, steepest + 45);
        }

        definitions[ByTangent] = Tangent(sign, steepest, steep, limit);
        definitions[ByArea] = Area(sign, steepest, limit);
        var (threshold, tangent) = (definitions[ByThreshold], definitions[ByTangent]);
        for (var k = 0; k < Definitions; k++)
        {
            definitions[k] -= Biases[k];
        }

        return new(OrderStatistic.Median(definitions), tangent, threshold);
    }

    private static (int At, double Sign) Bend(double[] curvature, int peak, int first, int end)
    {
        var (bend, largest) = (peak, -1.0);
        for (var i = Math.Max(first, peak - 20); i < end; i++)
        {
            var value = Math.Abs(curvature[i]) * (1 - (0.3 * Math.Abs(i - peak) / 25));
            (bend, largest) = value > largest ? (i, value) : (bend, largest);
        }

        return (bend, curvature[bend] > 0 ? -1 : 1);
    }

    // From the bend to the extremum beside it, at most 48 ms away.
    private static int Climb(double[] level, double sign, int bend, int first, int limit)
    {
        var top = bend;
        while (top + 1 < Math.Min(limit, bend + 12) && sign * level[top + 1] > sign * level[top])
        {
            top++;
        }

        while (top <= bend && top - 1 > Math.Max(first, bend - 12) && sign * level[top - 1] > sign * level[top])
        {
            top--;
        }

        return top;
    }

    private double Tangent(double sign, int steepest, double steep, int limit)
    {
        var quiet = (int)Math.Min(SlopeWalk.Right(falling.AsSpan(0, BeatWindow.End), steepest, 0.1 * steep, Hold, steepest + 45), BeatWindow.End - 10);
        double baseline = 0;
        for (var i = quiet; i < quiet + 10; i++)
        {
            baseline += smooth[i] / 10;
        }

        return steep == 0 ? steepest : Math.Clamp(steepest + (sign * (smooth[steepest] - baseline) / steep * BeatWindow.RateHz), steepest, Math.Max(steepest, limit));
    }

    private double Area(double sign, int steepest, int limit)
    {
        var right = Math.Min(Math.Max(limit, steepest + 3), BeatWindow.End - 1);
        var (at, largest) = (steepest, double.NegativeInfinity);
        for (var i = steepest; i <= right; i++)
        {
            var area = sign * (smooth[steepest] - smooth[i]) * ((2 * right) - steepest - i);
            (at, largest) = area > largest ? (i, area) : (at, largest);
        }

        return at;
    }

    private double Begin(double sign, int top, int qrsOff)
    {
        var steepest = top;
        for (var i = top; i > Math.Max(qrsOff, top - 45); i--)
        {
            steepest = sign * slope[i] > sign * slope[steepest] ? i : steepest;
        }

        return SlopeWalk.Left(falling, steepest, 0.3 * Math.Max(sign * slope[steepest], 0), Hold, Math.Max(qrsOff, steepest - 45)) - (OnsetBiasMs / BeatWindow.StepMs);
    }

    private TMarks Join(ReadOnlySpan<bool> usable, int peak, double height, Span<TMarks> marks)
    {
        var n = usable.Length;
        const double limit = LimitMs / BeatWindow.StepMs;
        TakeSecondHumps(n);
        Span<double> own = stackalloc double[n];
        var end = Common(n, static e => e.Off, own);
        var begin = LeadConsensus.WeightedMedian(begins.AsSpan(0, n), sizes.AsSpan(0, n));
        var tangent = Common(n, static e => e.ByTangent, own);
        var threshold = Common(n, static e => e.ByThreshold, own);
        if (double.IsNaN(end))
        {
            return TMarks.None;
        }

        double mean = 0;
        var count = 0;
        for (var lead = 0; lead < n; lead++)
        {
            mean += sizes[lead];
            count += usable[lead] ? 1 : 0;
        }

        mean /= count;
        for (var lead = 0; lead < n; lead++)
        {
            if (usable[lead])
            {
                static double Drawn(double own, double common, double size) => LeadConsensus.DrawSoftly(own, common, size, Half, limit);
                var size = sizes[lead] / mean;
                var off = Math.Max(Drawn(ends[lead].Off, end, size), marks[lead].Peak + 1) - (BiasMs / BeatWindow.StepMs);
                marks[lead] = new(Math.Min(Drawn(begins[lead], begin, size), marks[lead].Peak - 1), marks[lead].Peak, off, Drawn(ends[lead].ByTangent, tangent, size), Drawn(ends[lead].ByThreshold, threshold, size), sizes[lead]);
            }
        }

        return new(begin, peak, end - (BiasMs / BeatWindow.StepMs), tangent, threshold, height);
    }

    private double Common(int leads, Func<EndMarks, double> of, Span<double> values)
    {
        for (var lead = 0; lead < leads; lead++)
        {
            values[lead] = of(ends[lead]);
        }

        return LeadConsensus.WeightedMedian(values, sizes.AsSpan(0, leads));
    }

    // A biphasic wave is believed where nearly all leads show it: in one or two of them it may as well be a flutter wave, a U wave or noise.
    private void TakeSecondHumps(int leads)
    {
        double all = 0, biphasic = 0;
        var count = 0;
        for (var lead = 0; lead < leads; lead++)
        {
            all += sizes[lead];
            biphasic += sizes[lead] > 0 && !double.IsNaN(secondEnds[lead].Off) ? sizes[lead] : 0;
            count += sizes[lead] > 0 ? 1 : 0;
        }

        for (var lead = 0; lead < leads && count >= LeastLeadsBiphasic && biphasic > LeastShareBiphasic * all; lead++)
        {
            ends[lead] = sizes[lead] > 0 && !double.IsNaN(secondEnds[lead].Off) ? secondEnds[lead] : ends[lead];
        }
    }

    private readonly record struct EndMarks(double Off, double ByTangent, double ByThreshold)
    {
        public static EndMarks None { get; } = new(double.NaN, double.NaN, double.NaN);
    }
}

/// <summary>Marks of a T wave as indices of a window, and its size.</summary>
internal readonly record struct TMarks(double On, double Peak, double Off, double OffByTangent, double OffByThreshold, double Size)
{
    /// <summary>No wave.</summary>
    public static TMarks None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0);
}
