namespace SignalLab.Analysis.Ecg;

/// <summary>Delineates beats one after the other: the mean of like beats, then QRS complex, T wave and P wave. Holds the working memory of one thread.</summary>
internal sealed class BeatDelineator
{
    // Where a lead is bridged for longer, or nearly nothing is to be seen in it, it has no marks.
    private const double MostMissing = 0.05;
    private const double LeastMillivolts = 0.005;
    private const double UsualRrSeconds = 0.8;
    private const double LeastPProbability = 0.5;

    // Shorter than any P wave: a notch before the QRS complex. Cardiologists mark none below 34 ms in a single lead of the Lobachevsky database.
    private const double LeastPSeconds = 0.034;

    // A wave as high as so many times the noise is believed by half.
    private const double NoiseOfHalfBelief = 3;
    private const double DisagreementMs = 40;

    private readonly int leadCount;
    private readonly SimilarBeats similar;
    private readonly QrsBounds qrs = new();
    private readonly TBounds repolarisation = new();
    private readonly PBounds atria = new();
    private readonly PBounds atriaOfBeat = new();
    private readonly double[][] mean;
    private readonly double[][] single;
    private readonly bool[] usable;
    private readonly double[] noise;
    private readonly double[] onsets;
    private readonly double[] offsets;
    private readonly double[] heights;
    private readonly TMarks[] ts;
    private readonly PMarks[] ps;

    /// <summary>Working memory for so many leads.</summary>
    public BeatDelineator(int leadCount)
    {
        this.leadCount = leadCount;
        similar = new(leadCount);
        double[][] Windows() => [.. Enumerable.Range(0, leadCount).Select(_ => new double[BeatWindow.Length])];
        (mean, single, usable, noise) = (Windows(), Windows(), new bool[leadCount], new double[leadCount]);
        (onsets, offsets, heights, ts, ps) = (new double[leadCount], new double[leadCount], new double[leadCount], new TMarks[leadCount], new PMarks[leadCount]);
    }

    /// <summary>Delineates one beat.</summary>
    /// <param name="grid">The leads.</param>
    /// <param name="beats">Grid indices of the beats, in order.</param>
    /// <param name="index">Which beat.</param>
    /// <param name="tOffBefore">Grid index at which the T wave before it ends, NaN where that is not known; receives this beat's.</param>
    /// <param name="isAbsolute">True where the leads are in millivolts.</param>
    /// <param name="marks">Receives each lead's marks as grid values (see <see cref="GridMarks"/>).</param>
    public void Delineate(BeatGrid grid, ReadOnlySpan<int> beats, int index, ref double tOffBefore, bool isAbsolute, Span<GridMarks> marks)
    {
        var beat = beats[index];
        var rr = index + 1 < beats.Length ? beats[index + 1] - beat : index > 0 ? beat - beats[index - 1] : UsualRrSeconds * BeatWindow.RateHz;
        var rrBefore = index > 0 ? beat - beats[index - 1] : rr;
        marks.Clear();
        var count = similar.Average(grid, beats, index, mean);
        if (!Prepare(grid, beat, isAbsolute))
        {
            tOffBefore = double.NaN;
            return;
        }

        Span<double> residual = stackalloc double[leadCount];
        for (var lead = 0; lead < leadCount; lead++)
        {
            residual[lead] = noise[lead] / Math.Sqrt(count);
        }

        var (on, off) = qrs.Find(mean, usable, residual, onsets, offsets, heights);
        var t = repolarisation.Find(mean, usable, off, rr, ts);
        var tOff = tOffBefore - beat + BeatWindow.Beat;
        var (from, to) = PBounds.Stretch(on, rrBefore, tOff);
        var peak = atria.Seek(mean, usable, from, to, rrBefore);
        var p = peak < 0 ? 0 : Presence(peak, from, to, rrBefore, count);
        if (p > 0)
        {
            var common = atria.Bound(mean, usable, peak, tOff, on, ps);
            p = common.Off - common.On < LeastPSeconds * BeatWindow.RateHz ? 0 : p;
        }

        tOffBefore = double.IsNaN(t.Off) ? double.NaN : t.Off - BeatWindow.Beat + beat;
        for (var lead = 0; lead < leadCount; lead++)
        {
            if (usable[lead])
            {
                marks[lead] = Marks(lead, beat, count, t, p);
            }
        }
    }

    private bool Prepare(BeatGrid grid, int beat, bool isAbsolute)
    {
        var any = false;
        Span<double> bends = stackalloc double[BeatWindow.End - BeatWindow.Margin];
        for (var lead = 0; lead < leadCount; lead++)
        {
            grid.Leads[lead].AsSpan(beat - BeatWindow.Beat, BeatWindow.Length).CopyTo(single[lead]);
            var window = single[lead];
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (var i = BeatWindow.Beat - 25; i <= BeatWindow.Beat + 25; i++)
            {
                (low, high) = (Math.Min(low, window[i]), Math.Max(high, window[i]));
            }

            usable[lead] = high - low > Math.Max(isAbsolute ? LeastMillivolts : 0, 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high)))
                && grid.MissingShare(lead, beat - BeatWindow.Beat + BeatWindow.Margin, beat - BeatWindow.Beat + BeatWindow.End) <= MostMissing;
            any |= usable[lead];

            // White noise of deviation s has second differences of deviation √6 s.
            for (var i = 0; i < bends.Length; i++)
            {
                var at = BeatWindow.Margin + i;
                bends[i] = Math.Abs(window[at - 1] - (2 * window[at]) + window[at + 1]);
            }

            noise[lead] = OrderStatistic.Median(bends) / (0.6745 * Math.Sqrt(6));
        }

        return any;
    }

    // The probability of a P wave, 0 where it is less likely than none.
    private double Presence(int peak, int from, int to, double rr, int count)
    {
        _ = atriaOfBeat.Seek(single, usable, from, to, rr);
        Span<double> features = stackalloc double[PPresence.Features];
        PPresence.Measure(atria.Curved, atriaOfBeat.Curved, usable, peak, from, to, count, features);
        var probability = PPresence.Probability(features);
        return probability >= LeastPProbability ? probability : 0;
    }

    private GridMarks Marks(int lead, int beat, int count, TMarks t, double p)
    {
        double Belief(double height, double noise) => height / (height + (NoiseOfHalfBelief * noise) + 1e-12);
        double Agreement(double own, double common) => 1 / (1 + Math.Pow((own - common) * BeatWindow.StepMs / DisagreementMs, 2));
        var window = mean[lead];
        var (first, last) = ((int)onsets[lead], (int)Math.Ceiling(offsets[lead]));
        var residual = noise[lead] / Math.Sqrt(count);
        var baseline = single[lead][first];
        var r = first;
        for (var i = first; i <= last; i++)
        {
            r = Math.Abs(single[lead][i] - baseline) > Math.Abs(single[lead][r] - baseline) ? i : r;
        }

        var shift = (double)beat - BeatWindow.Beat;
        var marks = new GridMarks(
            onsets[lead] + shift, r + shift, offsets[lead] + shift, Belief(Math.Abs(single[lead][r] - baseline), noise[lead]),
            double.NaN, double.NaN, double.NaN, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0);
        if (!double.IsNaN(t.Off) && ts[lead].Size > 0)
        {
            var own = ts[lead];
            var height = Math.Abs(window[(int)own.Peak] - window[(int)Math.Min(own.Off, BeatWindow.End)]);
            marks = marks with
            {
                TOn = own.On + shift,
                T = own.Peak + shift,
                TOff = own.Off + shift,
                TOffByTangent = own.OffByTangent + shift,
                TOffByThreshold = own.OffByThreshold + shift,
                TBelief = Belief(height, residual) * Agreement(own.Off, t.Off),
            };
        }

        if (p > 0)
        {
            var own = ps[lead];
            var height = Math.Abs(window[(int)own.Peak] - ((window[(int)own.On] + window[(int)own.Off]) / 2));

            // No lead's P wave ends after the lead's own QRS onset, which may lie before the common one.
            var off = Math.Min(own.Off, onsets[lead]);
            var peak = Math.Min(own.Peak, off - 1);
            marks = marks with { POn = Math.Min(own.On, peak - 1) + shift, P = peak + shift, POff = off + shift, PBelief = p * Belief(height, residual) };
        }

        return marks;
    }
}

/// <summary>One lead's marks as grid values, NaN where there is none, with how far each wave is believed.</summary>
internal readonly record struct GridMarks(
    double QrsOn, double R, double QrsOff, double QrsBelief, double POn, double P, double POff, double PBelief,
    double TOn, double T, double TOff, double TOffByTangent, double TOffByThreshold, double TBelief)
{
    /// <summary>The marks as samples; a wave that reaches beyond the stretch is left out.</summary>
    /// <param name="step">Samples a grid value.</param>
    /// <param name="firstValue">Grid values before the first one of these indices.</param>
    /// <param name="firstSample">Sample at which the stretch begins.</param>
    /// <param name="count">Samples of the stretch.</param>
    public WaveMarks Samples(double step, long firstValue, long firstSample, long count)
    {
        if (QrsBelief <= 0)
        {
            return WaveMarks.None;
        }

        long At(double value) => (long)Math.Round((value + firstValue) * step);
        long? Sample(double value, bool present) => present && !double.IsNaN(value) && At(value) >= 0 && At(value) < count ? firstSample + At(value) : null;
        var hasP = PBelief > 0 && At(POn) >= 0;
        var hasT = TBelief > 0 && At(TOff) < count;
        return new()
        {
            POn = Sample(POn, hasP),
            P = Sample(P, hasP),
            POff = Sample(POff, hasP),
            PConfidence = hasP ? PBelief : 0,
            QrsOn = Sample(QrsOn, true),
            R = Sample(R, true),
            QrsOff = Sample(QrsOff, true),
            QrsConfidence = QrsBelief,
            TOn = Sample(TOn, hasT),
            T = Sample(T, hasT),
            TOff = Sample(TOff, hasT),
            TConfidence = hasT ? TBelief : 0,
            TOffByTangent = Sample(TOffByTangent, hasT),
            TOffByThreshold = Sample(TOffByThreshold, hasT),
        };
    }
}
