using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>See <see cref="FilterDesign.WindowedSinc"/>.</summary>
internal sealed record WindowedSincDesign(TransitionRule Rule, FirWindow Window) : FiniteDesign
{
    public override double HighestHz => Rule.Band.HighestHz;

    public override IReadOnlyList<double> CutoffsHz => Rule.Band.CutoffsHz;

    internal override string Prefilter => Rule.Band.Prefilter;

    internal override ProcessingStep Step(Phase phase) => ProcessingStep.Of(
        Rule.Band.Name,
        [.. Rule.Band.Parameters, ("design", "fir"), ("window", Window.ToString().ToLowerInvariant()), .. Rule.Parameters, ("phase", phase.ToString().ToLowerInvariant())]);

    private protected override IReadOnlyList<Transition> Transitions(double rateHz) => Rule.At(rateHz);

    private protected override double[] Taps(IReadOnlyList<Transition> transitions, double rateHz)
    {
        var factor = FirWindows.LengthFactor(Window);
        var count = Odd(Math.Ceiling(factor / transitions.Min(t => t.WidthHz) * rateHz), rateHz);
        return SincTaps.Of(transitions, count, rateHz, t => FirWindows.Weights(Window, Math.Min(count, Odd(Math.Round(factor / (t.WidthHz / rateHz)), rateHz))));
    }
}
