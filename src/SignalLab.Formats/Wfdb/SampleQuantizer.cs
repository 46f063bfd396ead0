using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>How a channel becomes integers: stored = round(physical × Gain + Baseline), NaN as the format's invalid code.</summary>
/// <param name="Gain">ADC units per physical unit.</param>
/// <param name="Baseline">Stored value of 0 physical units.</param>
internal readonly record struct SampleQuantizer(double Gain, long Baseline)
{
    /// <summary>Finer steps where a channel's own zero lies between two steps: an integer baseline then states it to 1/256 of a step.</summary>
    private const int Subdivision = 256;

    /// <summary>The stored value.</summary>
    public int Quantize(double value, int invalid) => double.IsFinite(value) ? (int)Math.Round((value * Gain) + Baseline) : invalid;

    /// <summary>Smallest and largest stored value of a range of physical values.</summary>
    public (double Low, double High) Stored(double minimum, double maximum)
    {
        var (a, b) = ((minimum * Gain) + Baseline, (maximum * Gain) + Baseline);
        return (Math.Round(Math.Min(a, b)), Math.Round(Math.Max(a, b)));
    }

    /// <summary>True where all values of a range can be stored apart from the invalid code.</summary>
    public bool Fits(double minimum, double maximum, SampleFormat format)
    {
        var (low, high) = Stored(minimum, maximum);
        var (least, most) = format.Range();
        return low > least && high <= most && Math.Abs(Baseline) <= int.MaxValue;
    }

    /// <summary>The steps a channel was stored with, or null where it was computed.</summary>
    public static SampleQuantizer? OfCalibration(Calibration? calibration)
    {
        if (calibration is null || !double.IsFinite(1 / calibration.Gain) || !double.IsFinite(calibration.Offset))
        {
            return null;
        }

        var baseline = -calibration.Offset / calibration.Gain;
        var isWhole = Math.Abs(baseline - Math.Round(baseline)) <= 1e-6;
        if (Math.Abs(baseline) > int.MaxValue / Subdivision)
        {
            return null;
        }

        var gain = Inverse(calibration.Gain);
        return isWhole ? new(gain, (long)Math.Round(baseline)) : new(gain * Subdivision, (long)Math.Round(baseline * Subdivision));
    }

    /// <summary>Steps of 1, 2 or 5 in a decade that spread a range of values over a format.</summary>
    public static SampleQuantizer OfRange(double minimum, double maximum, SampleFormat format)
    {
        var middle = (minimum + maximum) / 2;
        var half = (maximum - minimum) / 2;
        if (Math.Abs(middle) <= 3 * half || half == 0)
        {
            (middle, half) = (0, Math.Max(Math.Abs(minimum), Math.Abs(maximum)));
        }

        var limit = 0.95 * format.Range().Maximum;
        var gain = half == 0 ? WfdbSignal.DefaultGain : Nice(limit / half);
        return new(gain, -(long)Math.Round(middle * gain));
    }

    // The shortest decimal whose inverse is the step, so that a copy prints the gain its source printed.
    private static double Inverse(double step)
    {
        foreach (var digits in (ReadOnlySpan<int>)[6, 9, 12, 15, 16, 17])
        {
            var text = (1 / step).ToString("G" + digits.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
            var gain = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
            if (1 / gain == step)
            {
                return gain;
            }
        }

        return 1 / step;
    }

    private static double Nice(double largest)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        return largest >= 5 * decade ? 5 * decade : largest >= 2 * decade ? 2 * decade : decade;
    }
}
