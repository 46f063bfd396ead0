using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>See <see cref="FilterDesign.Equiripple"/>.</summary>
internal sealed record EquirippleDesign : FiniteDesign
{
    private const int MostTaps = 1001;

    public EquirippleDesign(TransitionRule rule, double rippleDb, double attenuationDb)
    {
        if (!(rippleDb is >= 1e-5 and <= 20 && attenuationDb is >= 5 and <= 180))
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"An equiripple filter with a ripple of {rippleDb} dB and an attenuation of {attenuationDb} dB is not possible: choose 0.00001 to 20 dB and 5 to 180 dB."));
        }

        (Rule, RippleDb, AttenuationDb) = (rule, rippleDb, attenuationDb);
    }

    public TransitionRule Rule { get; }

    public double RippleDb { get; }

    public double AttenuationDb { get; }

    public override double HighestHz => Rule.Band.HighestHz;

    public override IReadOnlyList<double> CutoffsHz => Rule.Band.CutoffsHz;

    internal override string Prefilter => Rule.Band.Prefilter;

    internal override ProcessingStep Step(Phase phase) => ProcessingStep.Of(
        Rule.Band.Name,
        [.. Rule.Band.Parameters, ("design", "fir"), ("method", "equiripple"), ("ripple_db", RippleDb), ("attenuation_db", AttenuationDb), .. Rule.Parameters, ("phase", phase.ToString().ToLowerInvariant())]);

    private protected override IReadOnlyList<Transition> Transitions(double rateHz) => Rule.At(rateHz);

    private protected override double[] Taps(IReadOnlyList<Transition> transitions, double rateHz)
    {
        var gain = Math.Pow(10, RippleDb / 20);
        var (pass, stop) = ((gain - 1) / (gain + 1), Math.Pow(10, -AttenuationDb / 20));
        var bands = new List<RemezBand>();
        var edge = 0.0;
        foreach (var transition in transitions)
        {
            bands.Add(Band(edge, transition.LowHz / rateHz, !transition.Rises));
            edge = transition.HighHz / rateHz;
        }

        bands.Add(Band(edge, 0.5, transitions[^1].Rises));
        bands.RemoveAll(b => b.High <= b.Low);

        // Source: Kaiser's estimate (1974); a few taps more where it falls short.
        var narrowest = transitions.Min(t => t.WidthHz) / rateHz;
        var count = EstimatedLength(narrowest, pass, stop);
        for (var attempt = 0; attempt < 40 && count <= MostTaps; attempt++)
        {
            if (Remez.Design(bands, count) is not { } best)
            {
                break;
            }

            if (best.Ripple <= pass)
            {
                return best.Taps;
            }

            // The ripple falls with the length by a known factor: most of the missing taps at once.
            var missing = 20 * Math.Log10(best.Ripple / pass) / (14.6 * narrowest);
            count += 2 * Math.Max(1, (int)(missing / 2.5));
        }

        throw new UnfitInputException(FormattableString.Invariant(
            $"The filter {Step(Phase.Zero)} would need about {count} taps at {rateHz} samples/s, more than an equiripple design finds safely ({MostTaps}): choose wider transitions, or a window."));

        RemezBand Band(double low, double high, bool passes) => new(low, high, passes ? 1 : 0, passes ? 1 : pass / stop);
    }

    private static int EstimatedLength(double width, double pass, double stop)
    {
        var estimate = (((-10 * Math.Log10(pass * stop)) - 13) / (14.6 * width)) + 1;
        var count = (int)Math.Clamp(Math.Ceiling(estimate), 3, 1e6);
        return count + 1 - (count % 2);
    }
}
