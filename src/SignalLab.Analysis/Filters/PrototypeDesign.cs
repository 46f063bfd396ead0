using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>Which analogue low-pass a band is made of.</summary>
internal enum PrototypeFamily
{
    Butterworth,
    Chebyshev1,
    Chebyshev2,
    Elliptic,
    Bessel,
}

/// <summary>An analogue prototype turned into a band by the bilinear transform.</summary>
internal sealed record PrototypeDesign : RecursiveDesign
{
    private const double LargestRippleDb = 40;
    private const double LargestAttenuationDb = 300;

    public PrototypeDesign(PrototypeFamily family, FilterBand band, int order, double? rippleDb = null, double? attenuationDb = null)
    {
        ArgumentNullException.ThrowIfNull(band);
        (Family, Band, Order, RippleDb, AttenuationDb) = (family, band, order, rippleDb, attenuationDb);
        var name = family switch
        {
            PrototypeFamily.Chebyshev1 => "Chebyshev I",
            PrototypeFamily.Chebyshev2 => "Chebyshev II",
            _ => family.ToString(),
        };
        if (order is < 1 or > 20)
        {
            throw new UnfitInputException(FormattableString.Invariant($"A {name} filter of order {order} is not possible: choose 1 to 20."));
        }

        if (rippleDb is { } ripple && !(ripple is >= 1e-6 and <= LargestRippleDb))
        {
            throw new UnfitInputException(FormattableString.Invariant($"A {name} filter with a ripple of {ripple} dB is not possible: choose 0.000001 to {LargestRippleDb} dB."));
        }

        if (attenuationDb is { } attenuation && !(attenuation > (rippleDb ?? 0) && attenuation <= LargestAttenuationDb))
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"A {name} filter with an attenuation of {attenuation} dB is not possible: choose one above {(rippleDb is { } r ? FormattableString.Invariant($"its ripple of {r} dB") : "0 dB")}, up to {LargestAttenuationDb} dB."));
        }
    }

    public PrototypeFamily Family { get; }

    public FilterBand Band { get; }

    public int Order { get; }

    public double? RippleDb { get; }

    public double? AttenuationDb { get; }

    public override double HighestHz => Band.HighestHz;

    public override IReadOnlyList<double> CutoffsHz => Band.CutoffsHz;

    internal override string Prefilter => Band.Prefilter;

    internal override ProcessingStep Step(Phase phase)
    {
        List<(string, object?)> parameters = [.. Band.Parameters, ("order", Order), ("design", Family.ToString().ToLowerInvariant())];
        if (RippleDb is { } ripple)
        {
            parameters.Add(("ripple_db", ripple));
        }

        if (AttenuationDb is { } attenuation)
        {
            parameters.Add(("attenuation_db", attenuation));
        }

        return ProcessingStep.Of(Band.Name, [.. parameters, ("phase", phase.ToString().ToLowerInvariant())]);
    }

    /// <summary>The digital filter's roots, before they are grouped into sections.</summary>
    internal ZerosPolesGain Digital(double rateHz) => Prototype().ToDigital(Band, rateHz);

    private protected override BiquadCascade Build(double rateHz) => new(SectionPairing.Pair(Digital(rateHz)));

    private protected override IEnumerable<(double FrequencyHz, double Gain)> Landmarks(double rateHz)
    {
        var prototype = Prototype();
        var edge = prototype.MagnitudeAt(1);
        foreach (var cutoff in Band.CutoffsHz)
        {
            yield return (cutoff, edge);
        }

        yield return (Band.ReferenceHz(rateHz), prototype.MagnitudeAt(0));
    }

    private ZerosPolesGain Prototype() => Family switch
    {
        PrototypeFamily.Chebyshev1 => AnaloguePrototype.Chebyshev1(Order, RippleDb!.Value),
        PrototypeFamily.Chebyshev2 => AnaloguePrototype.Chebyshev2(Order, AttenuationDb!.Value),
        PrototypeFamily.Elliptic => EllipticPrototype.Of(Order, RippleDb!.Value, AttenuationDb!.Value),
        PrototypeFamily.Bessel => BesselPrototype.Of(Order),
        _ => AnaloguePrototype.Butterworth(Order),
    };
}
