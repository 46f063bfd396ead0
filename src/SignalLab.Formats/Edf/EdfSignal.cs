using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>One signal as the header describes it.</summary>
internal sealed record EdfSignal
{
    public required string Label { get; init; }

    public string Transducer { get; init; } = "";

    public string Dimension { get; init; } = "";

    public double PhysicalMinimum { get; init; }

    public double PhysicalMaximum { get; init; }

    public long DigitalMinimum { get; init; }

    public long DigitalMaximum { get; init; }

    public string Prefilter { get; init; } = "";

    public int SamplesPerRecord { get; init; }

    /// <summary>Where its samples begin in every data record.</summary>
    public long ByteOffset { get; init; }

    /// <summary>True for a signal of time-stamped annotation lists instead of samples.</summary>
    public bool HoldsAnnotations =>
        Label.Equals("EDF Annotations", StringComparison.OrdinalIgnoreCase) || Label.Equals("BDF Annotations", StringComparison.OrdinalIgnoreCase);

    /// <summary>False where minimum equals maximum, so that digital values have no physical meaning.</summary>
    public bool HasScale => PhysicalMinimum != PhysicalMaximum && DigitalMinimum != DigitalMaximum;

    /// <summary>The straight line through both pairs of limits; the digital values themselves where there is none.</summary>
    /// <param name="is24Bit">The sample width, for the limits of an unscaled signal.</param>
    public Calibration Calibration(bool is24Bit)
    {
        if (!HasScale)
        {
            var (low, high) = EdfWidth.Limits(is24Bit);
            return new(1, 0, low, high, low, high);
        }

        var gain = (PhysicalMaximum - PhysicalMinimum) / (DigitalMaximum - DigitalMinimum);
        return new(gain, PhysicalMinimum - (gain * DigitalMinimum), DigitalMinimum, DigitalMaximum, PhysicalMinimum, PhysicalMaximum);
    }
}

/// <summary>Sample widths of the family.</summary>
internal static class EdfWidth
{
    public static (int Low, int High) Limits(bool is24Bit) => is24Bit ? (-8388608, 8388607) : (short.MinValue, short.MaxValue);

    public static int Bytes(bool is24Bit) => is24Bit ? 3 : 2;
}
