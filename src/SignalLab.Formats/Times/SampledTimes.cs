using SignalLab.Model;

namespace SignalLab.Formats.Times;

/// <summary>When the samples of a table were taken: a steady rate and uninterrupted stretches.</summary>
/// <param name="StartSeconds">Time of the first sample by the file's clock.</param>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="Segments">The stretches, time counted from the first sample.</param>
/// <param name="Remark">What is suspicious, or null.</param>
internal sealed record SampledTimes(double StartSeconds, double RateHz, IReadOnlyList<Segment> Segments, string? Remark = null)
{
    /// <summary>Share of the steps in time that are near the usual one (within half of it): low where the times tell no rate. 1 where it was not looked at.</summary>
    public double EvenShare { get; init; } = 1;

    /// <summary>Samples at a stated rate without a gap.</summary>
    /// <param name="startSeconds">Time of the first.</param>
    /// <param name="rateHz">The rate.</param>
    /// <param name="count">How many.</param>
    public static SampledTimes Steady(double startSeconds, double rateHz, long count) => new(startSeconds, rateHz, count == 0 ? [] : [new(0, count / rateHz)]);

    /// <summary>What the times of all samples tell.</summary>
    /// <param name="times">One a sample, in seconds.</param>
    /// <returns>Null where they tell no rate: fewer than two, none that rises, or not finite.</returns>
    public static SampledTimes? Of(ReadOnlySpan<double> times)
    {
        var scan = new TimeScan();
        foreach (var time in times)
        {
            scan.Add(time);
        }

        return scan.Finish();
    }

    /// <summary>The plainest number near a measured rate: 512 for 511.9999999.</summary>
    /// <param name="rateHz">The measured rate.</param>
    /// <param name="tolerance">How far off it may be, as a share of the rate.</param>
    public static double Plain(double rateHz, double tolerance = 1e-9)
    {
        for (var decimals = 0; decimals <= 9; decimals++)
        {
            var rounded = Math.Round(rateHz, decimals);
            if (rounded > 0 && Math.Abs(rounded - rateHz) <= tolerance * rateHz)
            {
                return rounded;
            }
        }

        return rateHz;
    }
}
