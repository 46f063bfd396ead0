using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>A design that becomes second-order sections.</summary>
public abstract record RecursiveDesign : FilterDesign
{
    private const int LongestMargin = 1 << 25;
    private const double AllowedDb = 0.01;

    private protected RecursiveDesign()
    {
    }

    private protected abstract BiquadCascade Build(double rateHz);

    // Frequencies at which the exact gain is known.
    private protected abstract IEnumerable<(double FrequencyHz, double Gain)> Landmarks(double rateHz);

    /// <summary>The filter's sections at a sampling rate, checked: stable, and at its cut-offs within 0.01 dB of the exact design.</summary>
    /// <param name="rateHz">Sampling rate.</param>
    /// <exception cref="UnfitInputException">A cut-off is not below half the rate, or double precision does not hold the filter at that rate.</exception>
    public sealed override BiquadCascade For(double rateHz)
    {
        RefuseBeyondHalfOf(rateHz);
        var cascade = Build(rateHz);
        foreach (var section in cascade.Sections)
        {
            if (!section.IsStable)
            {
                throw new UnfitInputException(FormattableString.Invariant($"The filter {Step(Phase.Forward)} is too steep to be stable at {rateHz} samples/s: choose a lower order or a higher cut-off."));
            }
        }

        foreach (var (frequencyHz, gain) in Landmarks(rateHz))
        {
            var error = 20 * Math.Log10(cascade.At(2 * Math.PI * frequencyHz / rateHz).Magnitude / gain);
            if (!(Math.Abs(error) <= AllowedDb))
            {
                throw new UnfitInputException(FormattableString.Invariant(
                    $"The filter {Step(Phase.Forward)} loses its precision at {rateHz} samples/s: its gain at {frequencyHz} Hz would be wrong by more than {AllowedDb} dB; choose a lower order, a wider band or resample to a lower rate first."));
            }
        }

        return cascade.Margin <= LongestMargin
            ? cascade
            : throw new UnfitInputException(FormattableString.Invariant(
                $"The filter {Step(Phase.Forward)} remembers {cascade.Margin / rateHz:0} s of {rateHz} samples/s, too much to compute: choose a higher cut-off or resample to a lower rate first."));
    }
}
