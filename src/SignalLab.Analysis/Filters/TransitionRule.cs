using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>The transitions of a band.</summary>
/// <param name="Band">The band.</param>
/// <param name="LowHz">Width of the transition at the lower cut-off, or null for the usual one.</param>
/// <param name="HighHz">Width of the transition at the upper cut-off, or null for the usual one.</param>
internal sealed record TransitionRule(FilterBand Band, double? LowHz, double? HighHz)
{
    /// <summary>The usual widths: a quarter of the cut-off, at least 2 Hz, and no wider than there is room. The pass band ends at the cut-off.</summary>
    /// <param name="rateHz">Sampling rate.</param>
    /// <remarks>Source: Widmann et al., J. Neurosci. Methods 250 (2015) 34–46; the rule of MNE-Python's <c>filter_data</c>.</remarks>
    public IReadOnlyList<Transition> At(double rateHz)
    {
        double Below(double cutoff, double? width) => width ?? Math.Min(Math.Max(0.25 * cutoff, 2), cutoff);
        double Above(double cutoff, double? width) => width ?? Math.Min(Math.Max(0.25 * cutoff, 2), (rateHz / 2) - cutoff);
        Transition Rising(double cutoff, double? width) => new(cutoff - Below(cutoff, width), cutoff, true);
        Transition Falling(double cutoff, double? width) => new(cutoff, cutoff + Above(cutoff, width), false);
        return (Band.LowHz, Band.HighHz) switch
        {
            ({ } low, { } high) when Band.IsStop => [Falling(low, LowHz), Rising(high, HighHz)],
            ({ } low, { } high) => [Rising(low, LowHz), Falling(high, HighHz)],
            ({ } low, null) => [Rising(low, LowHz)],
            (_, var high) => [Falling(high!.Value, HighHz)],
        };
    }

    /// <summary>Refuses widths that are none.</summary>
    public TransitionRule Checked()
    {
        foreach (var width in new[] { LowHz, HighHz }.OfType<double>())
        {
            if (!(width > 0 && double.IsFinite(width)))
            {
                throw new UnfitInputException(FormattableString.Invariant($"A transition of {width} Hz is not possible: give a width above 0 Hz."));
            }
        }

        return this;
    }

    /// <summary>The widths as parameters of a processing step, where they were given.</summary>
    public IEnumerable<(string Name, object? Value)> Parameters =>
        new (string, double?)[] { ("low_transition_hz", LowHz), ("high_transition_hz", HighHz) }.Where(p => p.Item2 is not null).Select(p => (p.Item1, (object?)p.Item2));
}
