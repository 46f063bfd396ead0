using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>Where the gain changes between 0 and 1.</summary>
/// <param name="LowHz">Begin of the change.</param>
/// <param name="HighHz">End of the change.</param>
/// <param name="Rises">True from 0 to 1.</param>
internal readonly record struct Transition(double LowHz, double HighHz, bool Rises)
{
    public double WidthHz => HighHz - LowHz;

    public double MiddleHz => (LowHz + HighHz) / 2;
}

/// <summary>A design that becomes a finite, symmetric filter: no phase distortion, a memory of known length.</summary>
public abstract record FiniteDesign : FilterDesign
{
    private const int MostTaps = 1 << 20;

    private protected FiniteDesign()
    {
    }

    private protected abstract IReadOnlyList<Transition> Transitions(double rateHz);

    private protected abstract double[] Taps(IReadOnlyList<Transition> transitions, double rateHz);

    /// <summary>The filter's taps at a sampling rate.</summary>
    /// <param name="rateHz">Sampling rate.</param>
    /// <exception cref="UnfitInputException">A cut-off is not below half the rate, transitions overlap, or the filter would have more than a million taps.</exception>
    public sealed override FirFilter For(double rateHz)
    {
        RefuseBeyondHalfOf(rateHz);
        var transitions = Transitions(rateHz);
        for (var i = 0; i < transitions.Count; i++)
        {
            var (low, high, _) = transitions[i];
            if (!(low >= 0 && high > low && high <= rateHz / 2) || (i > 0 && low < transitions[i - 1].HighHz))
            {
                throw new UnfitInputException(FormattableString.Invariant(
                    $"The filter {Step(Phase.Zero)} is not possible at {rateHz} samples/s: its transition from {low} to {high} Hz leaves the band or meets another one; choose narrower transitions or other cut-offs."));
            }
        }

        return new(Taps(transitions, rateHz));
    }

    /// <summary>A number of taps, made odd; refused where it is too large.</summary>
    private protected int Odd(double taps, double rateHz)
    {
        if (!(taps <= MostTaps))
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"The filter {Step(Phase.Zero)} would have {taps:0} taps at {rateHz} samples/s, too many to compute: choose wider transitions or a recursive design, or resample to a lower rate first."));
        }

        var count = Math.Max(3, (int)taps);
        return count + 1 - (count % 2);
    }
}
