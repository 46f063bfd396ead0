using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>What a filter is to do, in Hz; it becomes numbers at each channel's own sampling rate.</summary>
public abstract record FilterDesign
{
    private protected FilterDesign()
    {
    }

    /// <summary>The highest frequency that the design names; it must lie below half the sampling rate.</summary>
    public abstract double HighestHz { get; }

    /// <summary>The frequencies that the design names, in Hz: cut-offs and notches.</summary>
    public abstract IReadOnlyList<double> CutoffsHz { get; }

    /// <summary>What was done, for the provenance.</summary>
    internal abstract ProcessingStep Step(Phase phase);

    /// <summary>What a channel's prefilter field gets added, in EDF's words.</summary>
    internal abstract string Prefilter { get; }

    /// <summary>The filter's coefficients at a sampling rate.</summary>
    /// <param name="rateHz">Sampling rate.</param>
    /// <exception cref="UnfitInputException">A cut-off is not below half the rate, or the filter cannot be computed in double precision at that rate.</exception>
    public abstract DigitalFilter For(double rateHz);

    /// <summary>The design in one line, with every parameter.</summary>
    /// <param name="phase">How it runs.</param>
    public string Describe(Phase phase) => Step(phase).ToString();

    /// <summary>Maximally flat pass band; the cut-offs are where one pass has lost 3 dB.</summary>
    /// <param name="band">The band; two cut-offs make one filter of twice as many poles.</param>
    /// <param name="order">Order of the prototype per pass, 1…20.</param>
    /// <exception cref="UnfitInputException">The order is out of range.</exception>
    public static RecursiveDesign Butterworth(FilterBand band, int order = 4) => new PrototypeDesign(PrototypeFamily.Butterworth, band, order);

    /// <summary>Equal ripples in the pass band, which ends at the cut-offs with the ripple's depth.</summary>
    /// <param name="band">The band.</param>
    /// <param name="order">Order of the prototype per pass, 1…20.</param>
    /// <param name="rippleDb">Depth of the ripples in one pass.</param>
    /// <exception cref="UnfitInputException">The order or the ripple is out of range.</exception>
    public static RecursiveDesign Chebyshev1(FilterBand band, int order = 4, double rippleDb = 1) =>
        new PrototypeDesign(PrototypeFamily.Chebyshev1, band, order, rippleDb: rippleDb);

    /// <summary>Equal ripples in the stop band, which begins at the cut-offs with the full attenuation.</summary>
    /// <param name="band">The band.</param>
    /// <param name="order">Order of the prototype per pass, 1…20.</param>
    /// <param name="attenuationDb">Attenuation of the stop band in one pass.</param>
    /// <exception cref="UnfitInputException">The order or the attenuation is out of range.</exception>
    public static RecursiveDesign Chebyshev2(FilterBand band, int order = 4, double attenuationDb = 40) =>
        new PrototypeDesign(PrototypeFamily.Chebyshev2, band, order, attenuationDb: attenuationDb);

    /// <summary>Equal ripples in both bands, the narrowest transition of an order; the pass band ends at the cut-offs with the ripple's depth.</summary>
    /// <param name="band">The band.</param>
    /// <param name="order">Order of the prototype per pass, 1…20.</param>
    /// <param name="rippleDb">Depth of the pass band's ripples in one pass.</param>
    /// <param name="attenuationDb">Attenuation of the stop band in one pass.</param>
    /// <exception cref="UnfitInputException">The order, the ripple or the attenuation is out of range.</exception>
    public static RecursiveDesign Elliptic(FilterBand band, int order = 4, double rippleDb = 1, double attenuationDb = 40) =>
        new PrototypeDesign(PrototypeFamily.Elliptic, band, order, rippleDb, attenuationDb);

    /// <summary>Flattest group delay, no overshoot; at the cut-offs the phase is half way between its limits (SciPy's <c>norm='phase'</c>).</summary>
    /// <param name="band">The band.</param>
    /// <param name="order">Order of the prototype per pass, 1…20.</param>
    /// <exception cref="UnfitInputException">The order is out of range.</exception>
    public static RecursiveDesign Bessel(FilterBand band, int order = 4) => new PrototypeDesign(PrototypeFamily.Bessel, band, order);

    /// <summary>Takes one frequency out, for mains hum.</summary>
    /// <param name="frequencyHz">The frequency.</param>
    /// <param name="quality">Frequency divided by the −3 dB width of one pass.</param>
    /// <exception cref="UnfitInputException">The frequency or the quality is not above 0.</exception>
    public static RecursiveDesign Notch(double frequencyHz, double quality = 30) => new NotchDesign(frequencyHz, 1, quality);

    /// <summary>Takes a frequency and its multiples out with one filter, a notch each.</summary>
    /// <param name="frequencyHz">The lowest frequency.</param>
    /// <param name="count">Notches: 3 for the frequency, its double and its triple.</param>
    /// <param name="quality">Each notch's frequency divided by its −3 dB width in one pass.</param>
    /// <exception cref="UnfitInputException">The frequency, the count or the quality is not above 0.</exception>
    public static RecursiveDesign Notches(double frequencyHz, int count, double quality = 30) => new NotchDesign(frequencyHz, count, quality);

    /// <summary>The high-pass of a resistor and a capacitor, as EEG and ECG machines name it: by its time constant.</summary>
    /// <param name="seconds">Time constant; the cut-off is 1 / (2π · time constant).</param>
    /// <exception cref="UnfitInputException">The time constant is not above 0.</exception>
    public static RecursiveDesign TimeConstant(double seconds) => Butterworth(FilterBand.Highpass(1 / (2 * Math.PI * seconds)), 1);

    /// <summary>The low-pass of a resistor and a capacitor by its time constant: a step has come to 63 % after it.</summary>
    /// <param name="seconds">Time constant; the cut-off is 1 / (2π · time constant).</param>
    /// <exception cref="UnfitInputException">The time constant is not above 0.</exception>
    public static RecursiveDesign SmoothingTimeConstant(double seconds) => Butterworth(FilterBand.Lowpass(1 / (2 * Math.PI * seconds)), 1);

    /// <summary>A finite filter: the ideal one, faded by a window; the length follows from the narrowest transition.</summary>
    /// <param name="band">The band; its cut-offs are where the pass band ends.</param>
    /// <param name="window">How the sinc is faded.</param>
    /// <param name="lowTransitionHz">Width of the transition at the lower cut-off; null for a quarter of the cut-off, at least 2 Hz, at most the cut-off.</param>
    /// <param name="highTransitionHz">Width of the transition at the upper cut-off; null for a quarter of the cut-off, at least 2 Hz, at most what is left to half the rate.</param>
    /// <exception cref="UnfitInputException">A width is not above 0.</exception>
    public static FiniteDesign WindowedSinc(FilterBand band, FirWindow window = FirWindow.Hamming, double? lowTransitionHz = null, double? highTransitionHz = null) =>
        new WindowedSincDesign(new TransitionRule(band, lowTransitionHz, highTransitionHz).Checked(), window);

    /// <summary>A finite filter by Kaiser's window, whose shape follows from the attenuation wanted.</summary>
    /// <param name="band">The band; its cut-offs are where the pass band ends.</param>
    /// <param name="attenuationDb">Attenuation of the stop band, 8…200; the pass band's ripple is as small.</param>
    /// <param name="lowTransitionHz">Width of the transition at the lower cut-off, null as for <see cref="WindowedSinc"/>.</param>
    /// <param name="highTransitionHz">Width of the transition at the upper cut-off.</param>
    /// <exception cref="UnfitInputException">A width or the attenuation is out of range.</exception>
    public static FiniteDesign KaiserSinc(FilterBand band, double attenuationDb = 60, double? lowTransitionHz = null, double? highTransitionHz = null) =>
        new KaiserDesign(new TransitionRule(band, lowTransitionHz, highTransitionHz).Checked(), attenuationDb);

    /// <summary>The shortest finite filter that keeps a ripple and an attenuation (Parks and McClellan).</summary>
    /// <param name="band">The band; its cut-offs are where the pass band ends.</param>
    /// <param name="rippleDb">Depth of the pass band's ripples, peak to peak.</param>
    /// <param name="attenuationDb">Attenuation of the stop band.</param>
    /// <param name="lowTransitionHz">Width of the transition at the lower cut-off, null as for <see cref="WindowedSinc"/>.</param>
    /// <param name="highTransitionHz">Width of the transition at the upper cut-off.</param>
    /// <exception cref="UnfitInputException">A width, the ripple or the attenuation is out of range.</exception>
    public static FiniteDesign Equiripple(FilterBand band, double rippleDb = 0.1, double attenuationDb = 60, double? lowTransitionHz = null, double? highTransitionHz = null) =>
        new EquirippleDesign(new TransitionRule(band, lowTransitionHz, highTransitionHz).Checked(), rippleDb, attenuationDb);

    /// <summary>Takes frequencies out with a finite filter: a two-hundredth of each is stopped, with transitions of half a hertz.</summary>
    /// <param name="frequenciesHz">The frequencies.</param>
    /// <exception cref="UnfitInputException">There is none, or one is not above 0.</exception>
    public static FiniteDesign FirNotch(params IReadOnlyList<double> frequenciesHz) => new FirNotchDesign(frequenciesHz);

    /// <summary>How the filter changes each frequency, and a step.</summary>
    /// <param name="frequenciesHz">Where it is wanted, 0 to half the rate.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="phase">Causal, or zero phase (two passes of a recursive filter).</param>
    /// <returns>Magnitude, phase and delay at each frequency.</returns>
    /// <exception cref="UnfitInputException">The filter cannot be made at that rate.</exception>
    public FilterResponse Response(ReadOnlySpan<double> frequenciesHz, double rateHz, Phase phase = Phase.Forward) =>
        FilterResponse.Of([this], frequenciesHz, rateHz, phase);

    private protected void RefuseBeyondHalfOf(double rateHz)
    {
        if (!(HighestHz < rateHz / 2))
        {
            throw new UnfitInputException(FormattableString.Invariant($"A filter at {HighestHz} Hz needs more than {2 * HighestHz} samples/s, there are {rateHz}: choose a lower cut-off."));
        }
    }
}
