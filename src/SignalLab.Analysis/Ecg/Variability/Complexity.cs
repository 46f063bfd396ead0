namespace SignalLab.Analysis.Ecg;

/// <summary>How far patterns of intervals return, and how their fluctuation grows with the scale.</summary>
internal static class Complexity
{
    private const int SmallestBox = 4;
    private const int LargestBox = 16;

    /// <summary>Sample entropy. Source: Richman and Moorman, Am. J. Physiol. 278 (2000) H2039–H2049.</summary>
    /// <param name="values">The series.</param>
    /// <param name="length">Length m of the patterns.</param>
    /// <param name="tolerance">Largest distance r at which values match.</param>
    /// <returns>−ln(A / B); NaN where no pattern returns.</returns>
    public static double SampleEntropy(ReadOnlySpan<double> values, int length, double tolerance)
    {
        var (longer, shorter) = (0L, 0L);
        for (var i = 0; i + length < values.Length; i++)
        {
            for (var j = i + 1; j + length < values.Length; j++)
            {
                var matches = true;
                for (var k = 0; k < length && matches; k++)
                {
                    matches = Math.Abs(values[i + k] - values[j + k]) <= tolerance;
                }

                if (matches)
                {
                    shorter++;
                    longer += Math.Abs(values[i + length] - values[j + length]) <= tolerance ? 1 : 0;
                }
            }
        }

        return longer == 0 ? double.NaN : -Math.Log((double)longer / shorter);
    }

    /// <summary>Short-term scaling exponent of detrended fluctuation analysis, boxes of 4 to 16 intervals. Source: Peng et al., Chaos 5 (1995) 82–87.</summary>
    /// <param name="values">The series, longer than the largest box.</param>
    /// <returns>Slope of log fluctuation over log box; NaN where nothing fluctuates.</returns>
    public static double ShortTermExponent(ReadOnlySpan<double> values)
    {
        var (mean, sum) = (TimeDomain.Mean(values), 0.0);
        var profile = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            profile[i] = sum += values[i] - mean;
        }

        var boxes = LargestBox - SmallestBox + 1;
        var (x, y) = (new double[boxes], new double[boxes]);
        for (var box = SmallestBox; box <= LargestBox; box++)
        {
            var squares = 0.0;
            var whole = profile.Length / box;
            for (var b = 0; b < whole; b++)
            {
                squares += Residual(profile.AsSpan(b * box, box));
            }

            (x[box - SmallestBox], y[box - SmallestBox]) = (Math.Log(box), 0.5 * Math.Log(squares / (whole * box)));
        }

        var (meanX, meanY) = (x.Average(), y.Average());
        var slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
        return double.IsFinite(slope) ? slope : double.NaN;
    }

    // Sum of squares about the straight line that fits best.
    private static double Residual(ReadOnlySpan<double> values)
    {
        var middle = (values.Length - 1) / 2.0;
        var mean = TimeDomain.Mean(values);
        var (along, spread, total) = (0.0, 0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            along += (i - middle) * (values[i] - mean);
            spread += (i - middle) * (i - middle);
            total += (values[i] - mean) * (values[i] - mean);
        }

        return Math.Max(0, total - (along * along / spread));
    }
}
