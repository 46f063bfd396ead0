namespace SignalLab.Analysis.Ecg.Averaging;

/// <summary>Shifts beats onto a reference by cross-correlation over all leads, to a fraction of a sample.</summary>
internal static class BeatAlignment
{
    /// <summary>Samples on either side that reading between samples needs.</summary>
    public const int Taps = 6;

    /// <summary>The shift at which a beat looks most like the reference.</summary>
    /// <param name="reference">Per lead its samples, margins included.</param>
    /// <param name="beat">Per lead the beat's samples, of the same length.</param>
    /// <param name="leadWeights">How much each lead counts.</param>
    /// <param name="from">First index compared.</param>
    /// <param name="to">Index past the last one compared.</param>
    /// <param name="most">Largest shift in samples.</param>
    /// <returns>What to add to an index of the reference to get the beat's, and the correlation there; (0, 0) where one of them is flat.</returns>
    public static (double Shift, double Correlation) Find(double[][] reference, double[][] beat, ReadOnlySpan<double> leadWeights, int from, int to, int most)
    {
        Span<double> correlations = stackalloc double[(2 * most) + 1];
        var best = 0;
        for (var lag = -most; lag <= most; lag++)
        {
            correlations[lag + most] = Correlation(reference, beat, leadWeights, from, to, lag);
            best = correlations[lag + most] > correlations[best] ? lag + most : best;
        }

        if (!(correlations[best] > 0))
        {
            return (0, 0);
        }

        double fraction = 0;
        if (best > 0 && best < correlations.Length - 1)
        {
            var (left, middle, right) = (correlations[best - 1], correlations[best], correlations[best + 1]);
            var bend = left - (2 * middle) + right;
            fraction = bend < 0 ? Math.Clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0;
        }

        return (best - most + fraction, correlations[best]);
    }

    /// <summary>Reads a beat at shifted instants, between samples by a windowed sinc.</summary>
    /// <param name="samples">One lead.</param>
    /// <param name="first">Index of the first value wanted, before the shift.</param>
    /// <param name="shift">What is added to every index.</param>
    /// <param name="into">Receives the values; NaN where the lead has none.</param>
    public static void Shifted(ReadOnlySpan<double> samples, int first, double shift, Span<double> into)
    {
        var whole = (int)Math.Floor(shift);
        Span<double> kernel = stackalloc double[2 * Taps];
        Kernel(shift - whole, kernel);
        for (var i = 0; i < into.Length; i++)
        {
            var at = first + i + whole;
            if (at < Taps - 1 || at + Taps >= samples.Length)
            {
                into[i] = double.NaN;
                continue;
            }

            var part = samples.Slice(at - Taps + 1, 2 * Taps);
            double sum = 0;
            for (var k = 0; k < kernel.Length; k++)
            {
                sum += kernel[k] * part[k];
            }

            into[i] = double.IsFinite(sum) ? sum : samples[at];
        }
    }

    private static void Kernel(double fraction, Span<double> kernel)
    {
        double sum = 0;
        for (var k = 0; k < kernel.Length; k++)
        {
            var x = k - Taps + 1 - fraction;
            var sinc = Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
            var window = Math.Cos(Math.PI * x / (2 * Taps));
            sum += kernel[k] = sinc * window * window;
        }

        foreach (ref var value in kernel)
        {
            value /= sum;
        }
    }

    private static double Correlation(double[][] reference, double[][] beat, ReadOnlySpan<double> leadWeights, int from, int to, int lag)
    {
        double product = 0, own = 0, other = 0;
        for (var lead = 0; lead < reference.Length; lead++)
        {
            double p = 0, a = 0, b = 0;
            for (var i = from; i < to; i++)
            {
                var (x, y) = (reference[lead][i], beat[lead][i + lag]);
                if (double.IsFinite(x) && double.IsFinite(y))
                {
                    p += x * y;
                    a += x * x;
                    b += y * y;
                }
            }

            product += leadWeights[lead] * p;
            own += leadWeights[lead] * a;
            other += leadWeights[lead] * b;
        }

        return own > 0 && other > 0 ? product / Math.Sqrt(own * other) : 0;
    }
}
