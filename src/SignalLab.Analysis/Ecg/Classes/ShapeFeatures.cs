namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>How one beat's waves compare with the patient's usual beat: correlations, sizes and widths, over all leads so that neither their number nor their order matters.</summary>
internal sealed class ShapeFeatures
{
    /// <summary>Name of how far what precedes a beat repeats what preceded the one before.</summary>
    public const string WithPreviousP = "P correlation with previous beat";

    private const double SlopeShare = 0.2;

    private readonly BeatWindows windows;
    private readonly ShapeMatch match;
    private readonly float[] usual;
    private readonly float[] usualShape;
    private readonly double usualNorm;
    private readonly (int From, int To) qrs, t, p, span;
    private readonly double[] slopeScale;
    private readonly (double Span, double Spread, double Steepest) usualWidth;
    private readonly float[] aligned;
    private readonly double[] slope;
    private readonly float[] previousP;
    private float[] previousShape;
    private bool hasPrevious;

    /// <summary>Features against one usual beat.</summary>
    /// <param name="windows">Gives the windows' shape.</param>
    /// <param name="usual">The patient's usual beat, leads × window length.</param>
    public ShapeFeatures(BeatWindows windows, float[] usual)
    {
        (this.windows, this.usual) = (windows, usual);
        match = new ShapeMatch(windows);
        usualShape = match.Normalised(usual);
        previousShape = usualShape;
        qrs = (windows.At(-0.1), windows.At(0.14));
        t = (windows.At(0.16), windows.At(0.42));
        p = (windows.At(-0.24), windows.At(-0.06));
        span = (windows.At(-0.14), windows.At(0.2));
        aligned = new float[usual.Length];
        previousP = new float[windows.LeadCount * (p.To - p.From)];
        slope = new double[windows.Length];
        slopeScale = new double[windows.LeadCount];
        for (var lead = 0; lead < windows.LeadCount; lead++)
        {
            double sum = 0;
            for (var i = qrs.From; i < qrs.To; i++)
            {
                var d = usual[(lead * windows.Length) + i + 1] - usual[(lead * windows.Length) + i - 1];
                sum += d * d;
            }

            slopeScale[lead] = Math.Sqrt(sum / (qrs.To - qrs.From)) + 1e-3;
        }

        match.Take(usual);
        usualNorm = match.Best(usual, usualShape).Norm;
        usualWidth = Width(usual);
    }

    /// <summary>Names in the order of the values.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "QRS correlation", "QRS size", "QRS correlation, least lead", "QRS correlation, best lead", "QRS width, s", "QRS spread, s", "QRS width / usual", "QRS spread / usual",
        "QRS slope / usual", "usual QRS width, s", "usual QRS spread, s", "QRS height, least lead", "QRS height, largest lead", "QRS area, least lead", "QRS area, largest lead",
        "T correlation, least lead", "T correlation, best lead", "T size", "P correlation, least lead", "P correlation, best lead", "P size", "P size / usual, largest lead",
        "P size / usual, least lead", "P difference", WithPreviousP, "correlation with previous beat",
    ];

    /// <summary>The values of one beat; beats come in order.</summary>
    /// <param name="window">leads × window length.</param>
    public float[] Compute(float[] window)
    {
        match.Take(window);
        var (correlation, shift, norm) = match.Best(window, usualShape);
        var withPrevious = match.Best(window, previousShape).Correlation;
        previousShape = match.Normalised(window);
        var withPreviousP = CompareP(window);
        Align(window, shift);
        var width = Width(window);
        Range c = new(), height = new(), area = new(), ct = new(), cp = new(), et = new(), ep = new(), epr = new(), dp = new();
        double largest = 1e-3;
        for (var lead = 0; lead < windows.LeadCount; lead++)
        {
            var beat = aligned.AsSpan(lead * windows.Length, windows.Length);
            var mean = usual.AsSpan(lead * windows.Length, windows.Length);
            var bq = beat[qrs.From..qrs.To];
            var mq = mean[qrs.From..qrs.To];
            c.Add(Correlation(bq, mq));
            height.Add(PeakToPeak(bq) / (PeakToPeak(mq) + 1e-3));
            area.Add(Area(bq, Median(beat)) / (Area(mq, Median(mean)) + 1e-3));
            ct.Add(Correlation(beat[t.From..t.To], mean[t.From..t.To]));
            et.Add(Deviation(beat[t.From..t.To]) / (Deviation(mean[t.From..t.To]) + 1e-3));
            var bp = beat[p.From..p.To];
            var mp = mean[p.From..p.To];
            cp.Add(Correlation(bp, mp));
            var size = Deviation(mq) + 1e-3;
            largest = Math.Max(largest, size);
            ep.Add(Deviation(bp) / size);
            epr.Add(Deviation(bp) / (Deviation(mp) + 1e-3));
            dp.Add(Difference(bp, mp));
        }

        return
        [
            (float)correlation, Log(norm / usualNorm), c.Least, c.Most, (float)width.Span, (float)width.Spread, (float)(width.Span / usualWidth.Span), (float)(width.Spread / usualWidth.Spread),
            Log(width.Steepest / usualWidth.Steepest), (float)usualWidth.Span, (float)usualWidth.Spread, Log(height.Least), Log(height.Most), Log(area.Least), Log(area.Most),
            ct.Least, ct.Most, Log(et.Most), cp.Least, cp.Most, Log(ep.Most), Log(epr.Most), Log(epr.Least), Log(dp.Least / largest), withPreviousP, (float)withPrevious,
        ];
    }

    /// <summary>Logarithm of a ratio that may be 0.</summary>
    /// <param name="ratio">0 or more.</param>
    internal static float Log(double ratio) => (float)Math.Log(ratio + 1e-3);

    // Correlation over all leads together of what precedes this beat and the one before: P waves repeat, fibrillation does not.
    private float CompareP(float[] window)
    {
        double aa = 0, bb = 0, ab = 0;
        var count = p.To - p.From;
        for (var lead = 0; lead < windows.LeadCount; lead++)
        {
            var here = window.AsSpan((lead * windows.Length) + p.From, count);
            var before = previousP.AsSpan(lead * count, count);
            var mean = Mean(here);
            for (var i = 0; i < count; i++)
            {
                var value = here[i] - mean;
                (aa, bb, ab) = (aa + (value * value), bb + (before[i] * before[i]), ab + (value * before[i]));
                before[i] = value;
            }
        }

        var known = hasPrevious;
        hasPrevious = true;
        return known ? (float)(ab / Math.Sqrt((aa * bb) + 1e-6)) : 0;
    }

    private static float Mean(ReadOnlySpan<float> values)
    {
        var sum = 0f;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private void Align(float[] window, int shift)
    {
        for (var lead = 0; lead < windows.LeadCount; lead++)
        {
            for (var i = 0; i < windows.Length; i++)
            {
                aligned[(lead * windows.Length) + i] = window[(lead * windows.Length) + Math.Clamp(i + shift, 0, windows.Length - 1)];
            }
        }
    }

    // How long the slope of all leads together stays above a share of its steepest, and its second moment.
    private (double Span, double Spread, double Steepest) Width(float[] window)
    {
        double steepest = 0, sum = 0, first = 0, second = 0;
        for (var i = span.From; i < span.To; i++)
        {
            double square = 0;
            for (var lead = 0; lead < windows.LeadCount; lead++)
            {
                var d = (window[(lead * windows.Length) + i + 1] - window[(lead * windows.Length) + i - 1]) / slopeScale[lead];
                square += d * d;
            }

            slope[i] = Math.Sqrt(square);
            steepest = Math.Max(steepest, slope[i]);
            var at = (i - windows.Before) / windows.RateHz;
            (sum, first, second) = (sum + square, first + (square * at), second + (square * at * at));
        }

        var (from, to) = (span.From, span.To - 1);
        while (from < to && slope[from] <= SlopeShare * steepest)
        {
            from++;
        }

        while (to > from && slope[to] <= SlopeShare * steepest)
        {
            to--;
        }

        var mean = first / (sum + 1e-12);
        return (Math.Max(1, to - from) / windows.RateHz, Math.Sqrt(Math.Max(1e-6, (second / (sum + 1e-12)) - (mean * mean))), steepest + 1e-3);
    }

    /// <summary>Correlation of two stretches of one length; near 0 where one is flat.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">The other.</param>
    internal static float Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sa = 0, sb = 0, aa = 0, bb = 0, ab = 0;
        for (var i = 0; i < a.Length; i++)
        {
            (sa, sb) = (sa + a[i], sb + b[i]);
            (aa, bb, ab) = (aa + (a[i] * a[i]), bb + (b[i] * b[i]), ab + (a[i] * b[i]));
        }

        var n = a.Length;
        return (float)((ab - (sa * sb / n)) / Math.Sqrt((Math.Max(0, aa - (sa * sa / n)) * Math.Max(0, bb - (sb * sb / n))) + 1e-9));
    }

    private static double Deviation(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            (sum, squares) = (sum + value, squares + (value * value));
        }

        return Math.Sqrt(Math.Max(0, (squares / values.Length) - (sum * sum / values.Length / values.Length)));
    }

    private static double Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var d = a[i] - b[i];
            (sum, squares) = (sum + d, squares + (d * d));
        }

        return Math.Sqrt(Math.Max(0, (squares / a.Length) - (sum * sum / a.Length / a.Length)));
    }

    private static double PeakToPeak(ReadOnlySpan<float> values)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return high - low;
    }

    private static double Area(ReadOnlySpan<float> values, float level)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += Math.Abs(value - level);
        }

        return sum;
    }

    private static float Median(ReadOnlySpan<float> values)
    {
        Span<float> sorted = stackalloc float[values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        return sorted[sorted.Length / 2];
    }

    private struct Range()
    {
        public float Least { get; private set; } = float.PositiveInfinity;

        public float Most { get; private set; } = float.NegativeInfinity;

        public void Add(double value) => (Least, Most) = ((float)Math.Min(Least, value), (float)Math.Max(Most, value));
    }
}
