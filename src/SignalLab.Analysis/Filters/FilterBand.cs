using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>Which frequencies a filter lets through.</summary>
public sealed record FilterBand
{
    private FilterBand(double? lowHz, double? highHz, bool isStop)
    {
        foreach (var cutoff in new[] { lowHz, highHz })
        {
            if (cutoff is { } hz && !(hz > 0 && double.IsFinite(hz)))
            {
                throw new UnfitInputException(FormattableString.Invariant($"A cut-off of {hz} Hz is not possible: give one above 0 Hz."));
            }
        }

        if (lowHz >= highHz)
        {
            throw new UnfitInputException(FormattableString.Invariant($"The band from {lowHz} to {highHz} Hz is empty: its lower cut-off must be below its upper one."));
        }

        LowHz = lowHz;
        HighHz = highHz;
        IsStop = isStop;
    }

    /// <summary>Lower cut-off, or null for a low-pass.</summary>
    public double? LowHz { get; }

    /// <summary>Upper cut-off, or null for a high-pass.</summary>
    public double? HighHz { get; }

    /// <summary>True where the band between the cut-offs is removed.</summary>
    public bool IsStop { get; }

    /// <summary>The highest cut-off, which must lie below half the sampling rate.</summary>
    public double HighestHz => HighHz ?? LowHz!.Value;

    /// <summary>The cut-offs, in order.</summary>
    internal IReadOnlyList<double> CutoffsHz => [.. new[] { LowHz, HighHz }.OfType<double>()];

    /// <summary>The band's name: lowpass, highpass, bandpass or bandstop.</summary>
    internal string Name => LowHz is null ? "lowpass" : HighHz is null ? "highpass" : IsStop ? "bandstop" : "bandpass";

    /// <summary>The band in the words of EDF's prefilter field.</summary>
    internal string Prefilter => (LowHz, HighHz) switch
    {
        ({ } low, { } high) when IsStop => FormattableString.Invariant($"BS:{low}-{high}Hz"),
        ({ } low, { } high) => FormattableString.Invariant($"HP:{low}Hz LP:{high}Hz"),
        ({ } low, null) => FormattableString.Invariant($"HP:{low}Hz"),
        (_, var high) => FormattableString.Invariant($"LP:{high}Hz"),
    };

    /// <summary>The cut-offs as parameters of a processing step.</summary>
    internal IReadOnlyList<(string Name, object? Value)> Parameters => (LowHz, HighHz) switch
    {
        ({ } low, { } high) => [("low_hz", low), ("high_hz", high)],
        _ => [("cutoff_hz", HighestHz)],
    };

    /// <summary>The frequency to which the bilinear transform takes the prototype's frequency 0, in the middle of what passes.</summary>
    internal double ReferenceHz(double rateHz) => (LowHz, HighHz) switch
    {
        ({ } low, { } high) when !IsStop => Math.Atan(Math.Sqrt(Math.Tan(Math.PI * low / rateHz) * Math.Tan(Math.PI * high / rateHz))) * rateHz / Math.PI,
        ({ }, null) => rateHz / 2,
        _ => 0,
    };

    /// <summary>Everything below a frequency.</summary>
    /// <param name="cutoffHz">Where the response has fallen to its edge value (−3 dB for Butterworth).</param>
    /// <exception cref="UnfitInputException">The cut-off is not above 0.</exception>
    public static FilterBand Lowpass(double cutoffHz) => new(null, cutoffHz, false);

    /// <summary>Everything above a frequency.</summary>
    /// <param name="cutoffHz">Cut-off.</param>
    /// <exception cref="UnfitInputException">The cut-off is not above 0.</exception>
    public static FilterBand Highpass(double cutoffHz) => new(cutoffHz, null, false);

    /// <summary>Everything between two frequencies.</summary>
    /// <param name="lowHz">Lower cut-off.</param>
    /// <param name="highHz">Upper cut-off.</param>
    /// <exception cref="UnfitInputException">A cut-off is not above 0, or the lower one is not below the upper one.</exception>
    public static FilterBand Bandpass(double lowHz, double highHz) => new(lowHz, highHz, false);

    /// <summary>Everything except what lies between two frequencies.</summary>
    /// <param name="lowHz">Lower cut-off.</param>
    /// <param name="highHz">Upper cut-off.</param>
    /// <exception cref="UnfitInputException">A cut-off is not above 0, or the lower one is not below the upper one.</exception>
    public static FilterBand Bandstop(double lowHz, double highHz) => new(lowHz, highHz, true);
}
