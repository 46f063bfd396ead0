namespace SignalLab.Analysis.Ecg;

/// <summary>Whether a beat has a P wave: a logistic function of how far the wave stands out of the line before the QRS complex, and of how far the beat itself shows what the mean of its like shows.</summary>
internal static class PPresence
{
    /// <summary>Number of features.</summary>
    public const int Features = 6;

    private const int HalfWave = 12;

    // At high rates the wave fills the stretch before the QRS complex; a shorter one is taken for one of this length in which nothing else is.
    private const int ShortestStretch = 46;

    // Fitted by logistic regression (L2, C = 1) on 1,531 beats of 79 LUDB and 26 QT Database records, 116 of them without a P wave (atrial fibrillation and flutter, pacing, AV
    // block, ventricular beats; twelve records). Each record told by a fit without it: LUDB 99.3 % found, 93.5 % of those found are there; QT Database 99.8 % and 98.7 %;
    // 58 % of the beats without a P wave are told. With so few such records the last number is rough.
    private static readonly double[] Weights = [-1.16, 1.93, 3.93, 3.76, 0.24, 1.77];
    private const double Bias = -8.8;

    /// <summary>Probability that there is a P wave.</summary>
    /// <param name="features">As <see cref="Measure"/> gives them.</param>
    public static double Probability(ReadOnlySpan<double> features)
    {
        var sum = Bias;
        for (var i = 0; i < Features; i++)
        {
            sum += Weights[i] * features[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>Measures what the decision rests on.</summary>
    /// <param name="mean">Curvature of each lead in the mean of like beats.</param>
    /// <param name="single">The same in the beat itself.</param>
    /// <param name="usable">Which leads count.</param>
    /// <param name="peak">Peak of the wave.</param>
    /// <param name="from">First index of the stretch before the QRS complex.</param>
    /// <param name="to">Index past it.</param>
    /// <param name="count">Beats in the mean: the fewer, the more the beat agrees with itself.</param>
    /// <param name="into">Receives the features: height over the QRS complex's, over the stretch's median, over the beat's own; agreement; height over the beat's own mean; number of beats.</param>
    public static void Measure(double[][] mean, double[][] single, ReadOnlySpan<bool> usable, int peak, int from, int to, int count, Span<double> into)
    {
        double both = 0, inMean = 0, inSingle = 0;
        Span<double> ofMean = stackalloc double[BeatWindow.Beat + 26];
        Span<double> ofSingle = stackalloc double[BeatWindow.Beat + 26];
        for (var lead = 0; lead < usable.Length; lead++)
        {
            if (!usable[lead])
            {
                continue;
            }

            for (var i = BeatWindow.Margin; i < ofMean.Length; i++)
            {
                var (a, b) = (mean[lead][i], single[lead][i]);
                ofMean[i] += a * a;
                ofSingle[i] += b * b;
                if (Math.Abs(i - peak) <= HalfWave)
                {
                    both += a * b;
                    inMean += a * a;
                    inSingle += b * b;
                }
            }
        }

        double complex = 0, own = 0, average = 0;
        for (var i = BeatWindow.Margin; i < ofMean.Length; i++)
        {
            (ofMean[i], ofSingle[i]) = (Math.Sqrt(ofMean[i]), Math.Sqrt(ofSingle[i]));
            complex = i >= BeatWindow.Beat - 25 ? Math.Max(complex, ofMean[i]) : 0;
            own = Math.Abs(i - peak) <= HalfWave ? Math.Max(own, ofSingle[i]) : own;
            average += i >= from && i < to ? ofSingle[i] / Math.Max(to - from, ShortestStretch) : 0;
        }

        var height = Math.Max(ofMean[peak], 1e-12);
        var stretch = ofMean[from..to];
        stretch.Sort();
        var median = stretch[Math.Max(0, (to - from - (Math.Max(ShortestStretch, to - from) / 2)) - 1)];
        into[0] = Math.Log(height / Math.Max(complex, height));
        into[1] = Math.Log(height / Math.Max(median, 1e-12));
        into[2] = Math.Log(height / Math.Max(own, 1e-12));
        into[3] = both / Math.Sqrt(Math.Max(inMean * inSingle, 1e-24));
        into[4] = Math.Log(height / Math.Max(average, 1e-12));
        into[5] = Math.Log(count);
    }
}
