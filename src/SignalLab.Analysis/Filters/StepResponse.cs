namespace SignalLab.Analysis.Filters;

/// <summary>What a filter makes of a step from 0 to 1.</summary>
/// <param name="TimesSeconds">Times, the step at 0; a zero-phase filter answers before it.</param>
/// <param name="Values">What comes out.</param>
public sealed record StepResponse(IReadOnlyList<double> TimesSeconds, IReadOnlyList<double> Values)
{
    private const int LongestSide = 1 << 20;
    private const double Settled = 0.002;

    internal static StepResponse Of(IReadOnlyList<DigitalFilter> filters, double rateHz, Phase phase)
    {
        var (before, after) = (filters.Sum(f => f.Reach(phase).Before), filters.Sum(f => f.Reach(phase).After));
        var side = Math.Clamp(Math.Max(before, after), 16, LongestSide);

        // The step with all that decides it; each filter in turn consumes its own part of the margins.
        var samples = new double[before + side + side + after];
        Array.Fill(samples, 1, before + side, samples.Length - before - side);
        foreach (var filter in filters)
        {
            var reach = filter.Reach(phase);
            var wanted = samples.Length - reach.Before - reach.After;
            filter.Over(phase)(samples, 1, samples.Length, reach.Before, wanted, new(false, false));
            samples = samples[reach.Before..(reach.Before + wanted)];
        }

        var shown = Shown(samples, side);
        var first = phase == Phase.Zero ? side - shown : side - (shown / 10);
        double[] values = samples[first..Math.Min(samples.Length, side + shown)];
        return new([.. values.Select((_, i) => (first + i - side) / rateHz)], values);
    }

    // Samples until what comes out stays within a hair of where it ends, and some more.
    private static int Shown(double[] samples, int side)
    {
        var (last, largest) = (samples[^1], samples.Max(Math.Abs));
        var end = samples.Length - 1;
        while (end > side && Math.Abs(samples[end] - last) < Settled * largest)
        {
            end--;
        }

        return Math.Clamp((end - side) * 5 / 4, Math.Min(16, side), side);
    }
}
