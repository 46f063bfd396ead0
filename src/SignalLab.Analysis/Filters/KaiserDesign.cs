using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>See <see cref="FilterDesign.KaiserSinc"/>.</summary>
internal sealed record KaiserDesign : FiniteDesign
{
    public KaiserDesign(TransitionRule rule, double attenuationDb)
    {
        if (!(attenuationDb is >= 8 and <= 200))
        {
            throw new UnfitInputException(FormattableString.Invariant($"A Kaiser window with an attenuation of {attenuationDb} dB is not possible: choose 8 to 200 dB."));
        }

        (Rule, AttenuationDb) = (rule, attenuationDb);
    }

    public TransitionRule Rule { get; }

    public double AttenuationDb { get; }

    public override double HighestHz => Rule.Band.HighestHz;

    public override IReadOnlyList<double> CutoffsHz => Rule.Band.CutoffsHz;

    internal override string Prefilter => Rule.Band.Prefilter;

    internal override ProcessingStep Step(Phase phase) => ProcessingStep.Of(
        Rule.Band.Name,
        [.. Rule.Band.Parameters, ("design", "fir"), ("window", "kaiser"), ("attenuation_db", AttenuationDb), .. Rule.Parameters, ("phase", phase.ToString().ToLowerInvariant())]);

    private protected override IReadOnlyList<Transition> Transitions(double rateHz) => Rule.At(rateHz);

    private protected override double[] Taps(IReadOnlyList<Transition> transitions, double rateHz)
    {
        // Source: Kaiser (1974): length = (attenuation − 7.95) / (2.285 · width in rad) + 1.
        int Length(Transition t) => Odd(Math.Ceiling(((AttenuationDb - 7.95) / (2.285 * 2 * Math.PI * t.WidthHz / rateHz)) + 1), rateHz);
        return SincTaps.Of(transitions, transitions.Max(Length), rateHz, t => FirWindows.Kaiser(FirWindows.KaiserBeta(AttenuationDb), Length(t)));
    }
}
