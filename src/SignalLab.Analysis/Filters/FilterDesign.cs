using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>What a filter is to do, in Hz; it becomes numbers at each channel's own sampling rate.</summary>
public abstract record FilterDesign
{
    private const int LongestMargin = 1 << 25;

    private protected FilterDesign()
    {
    }

    /// <summary>The highest frequency that the design names; it must lie below half the sampling rate.</summary>
    public abstract double HighestHz { get; }

    /// <summary>What was done, for the provenance.</summary>
    internal abstract ProcessingStep Step(Phase phase);

    /// <summary>What a channel's prefilter field gets added, in EDF's words.</summary>
    internal abstract string Prefilter { get; }

    private protected abstract BiquadCascade Build(double rateHz);

    /// <summary>Maximally flat pass band.</summary>
    /// <param name="band">The band; two cut-offs make one filter of twice as many poles.</param>
    /// <param name="order">Order of the prototype per pass, 1…20.</param>
    /// <exception cref="UnfitInputException">The order is out of range.</exception>
    public static FilterDesign Butterworth(FilterBand band, int order = 4) => new ButterworthDesign(band, order);

    /// <summary>Takes one frequency out, for mains hum.</summary>
    /// <param name="frequencyHz">The frequency.</param>
    /// <param name="quality">Frequency divided by the −3 dB width of one pass.</param>
    /// <exception cref="UnfitInputException">The frequency or the quality is not above 0.</exception>
    public static FilterDesign Notch(double frequencyHz, double quality = 30) => new NotchDesign(frequencyHz, quality);

    /// <summary>The high-pass of a resistor and a capacitor, as EEG and ECG machines name it: by its time constant.</summary>
    /// <param name="seconds">Time constant; the cut-off is 1 / (2π · time constant).</param>
    /// <exception cref="UnfitInputException">The time constant is not above 0.</exception>
    public static FilterDesign TimeConstant(double seconds) => new ButterworthDesign(FilterBand.Highpass(1 / (2 * Math.PI * seconds)), 1);

    /// <summary>The filter's coefficients at a sampling rate.</summary>
    /// <param name="rateHz">Sampling rate.</param>
    /// <exception cref="UnfitInputException">A cut-off is not below half the rate, or the filter is too steep to be computed in double precision.</exception>
    public BiquadCascade For(double rateHz)
    {
        if (!(HighestHz < rateHz / 2))
        {
            throw new UnfitInputException(FormattableString.Invariant($"A filter at {HighestHz} Hz needs more than {2 * HighestHz} samples/s, there are {rateHz}: choose a lower cut-off."));
        }

        var cascade = Build(rateHz);
        foreach (var section in cascade.Sections)
        {
            if (!section.IsStable)
            {
                throw new UnfitInputException(FormattableString.Invariant($"The filter {Step(Phase.Forward)} is too steep to be stable at {rateHz} samples/s: choose a lower order or a higher cut-off."));
            }
        }

        return cascade.Margin <= LongestMargin
            ? cascade
            : throw new UnfitInputException(FormattableString.Invariant(
                $"The filter {Step(Phase.Forward)} remembers {cascade.Margin / rateHz:0} s of {rateHz} samples/s, too much to compute: choose a higher cut-off or resample to a lower rate first."));
    }

    /// <summary>How the filter changes each frequency.</summary>
    /// <param name="frequenciesHz">Where it is wanted, 0 to half the rate.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="phase">One pass, or the two of a zero-phase filter.</param>
    /// <returns>Magnitude, phase and delay at each frequency.</returns>
    /// <exception cref="UnfitInputException">The filter cannot be made at that rate.</exception>
    public FilterResponse Response(ReadOnlySpan<double> frequenciesHz, double rateHz, Phase phase = Phase.Forward) =>
        FilterResponse.Of(For(rateHz), frequenciesHz, rateHz, phase);
}

/// <summary>See <see cref="FilterDesign.Butterworth"/>.</summary>
internal sealed record ButterworthDesign : FilterDesign
{
    public ButterworthDesign(FilterBand band, int order)
    {
        if (order is < 1 or > 20)
        {
            throw new UnfitInputException(FormattableString.Invariant($"A Butterworth filter of order {order} is not possible: choose 1 to 20."));
        }

        (Band, Order) = (band, order);
    }

    public FilterBand Band { get; }

    public int Order { get; }

    public override double HighestHz => Band.HighestHz;

    internal override string Prefilter => (Band.LowHz, Band.HighHz) switch
    {
        ({ } low, { } high) when Band.IsStop => FormattableString.Invariant($"BS:{low}-{high}Hz"),
        ({ } low, { } high) => FormattableString.Invariant($"HP:{low}Hz LP:{high}Hz"),
        ({ } low, null) => FormattableString.Invariant($"HP:{low}Hz"),
        (_, var high) => FormattableString.Invariant($"LP:{high}Hz"),
    };

    internal override ProcessingStep Step(Phase phase)
    {
        var order = ("order", (object?)Order);
        var passes = ("phase", (object?)phase.ToString().ToLowerInvariant());
        var design = ("design", (object?)"butterworth");
        return (Band.LowHz, Band.HighHz) switch
        {
            ({ } low, { } high) => ProcessingStep.Of(Band.IsStop ? "bandstop" : "bandpass", ("low_hz", low), ("high_hz", high), order, design, passes),
            ({ } low, null) => ProcessingStep.Of("highpass", ("cutoff_hz", low), order, design, passes),
            (_, var high) => ProcessingStep.Of("lowpass", ("cutoff_hz", high), order, design, passes),
        };
    }

    private protected override BiquadCascade Build(double rateHz) =>
        new(SectionPairing.Pair(AnaloguePrototype.Butterworth(Order).ToDigital(Band, rateHz)));
}

/// <summary>See <see cref="FilterDesign.Notch"/>.</summary>
/// <remarks>Source: Orfanidis, Introduction to Signal Processing, eq. 11.3.19.</remarks>
internal sealed record NotchDesign : FilterDesign
{
    public NotchDesign(double frequencyHz, double quality)
    {
        if (!(frequencyHz > 0 && quality > 0 && double.IsFinite(quality)))
        {
            throw new UnfitInputException(FormattableString.Invariant($"A notch at {frequencyHz} Hz with quality {quality} is not possible: both must be above 0."));
        }

        (FrequencyHz, Quality) = (frequencyHz, quality);
    }

    public double FrequencyHz { get; }

    public double Quality { get; }

    public override double HighestHz => FrequencyHz;

    internal override string Prefilter => FormattableString.Invariant($"N:{FrequencyHz}Hz");

    internal override ProcessingStep Step(Phase phase) =>
        ProcessingStep.Of("notch", ("frequency_hz", FrequencyHz), ("q", Quality), ("phase", phase.ToString().ToLowerInvariant()));

    private protected override BiquadCascade Build(double rateHz)
    {
        var angle = 2 * Math.PI * FrequencyHz / rateHz;
        var gain = 1 / (1 + Math.Tan(angle / Quality / 2));
        var cosine = -2 * Math.Cos(angle) * gain;
        return new([new Biquad(gain, cosine, gain, cosine, (2 * gain) - 1)]);
    }
}
