using SignalLab.Model;

namespace SignalLab.Formats.Times;

/// <summary>
/// Takes the times of samples in one by one and finds their rate and gaps. The usual step is the median of the first ones; a step more than half of it too long
/// (beyond the jitter of the first ones) is a gap, one that goes back begins a new stretch. Where nearly all steps are equal the times were computed, not measured:
/// there a step that is longer by a hundredth, and by more than the times are rounded, is a gap.
/// </summary>
internal sealed class TimeScan
{
    private const int FirstTimes = 4096;

    /// <summary>Rounding of double precision in times and their steps.</summary>
    private const double LeastTolerance = 1e-9;

    /// <summary>A rate told from rounded times is believed to this share at best.</summary>
    private const double MostTolerance = 1e-3;

    // Times count as computed where, but for the gaps, no step is off by a larger share.
    private const double ComputedShare = 1e-4;
    private const double ComputedSlack = 0.01;
    private const double NearlyAll = 0.98;
    private const int FewestSteps = 8;

    private readonly List<double> begun = new(FirstTimes);
    private readonly List<(double First, double Last, long Count)> stretches = [];
    private double step;
    private double jitter;
    private double slack;
    private double largestJitter;
    private double evenShare = 1;
    private int backwards;
    private bool isBroken;

    /// <summary>Takes the next sample's time in.</summary>
    /// <param name="seconds">The time.</param>
    public void Add(double seconds)
    {
        if (!double.IsFinite(seconds))
        {
            isBroken = true;
        }
        else if (begun.Count < FirstTimes)
        {
            begun.Add(seconds);
            if (begun.Count == FirstTimes)
            {
                Begin();
            }
        }
        else
        {
            Place(seconds);
        }
    }

    /// <summary>What was found.</summary>
    /// <returns>Null where the times tell no rate.</returns>
    public SampledTimes? Finish()
    {
        if (isBroken || begun.Count < 2)
        {
            return null;
        }

        if (begun.Count < FirstTimes)
        {
            Begin();
        }

        var (steps, span) = (stretches.Sum(s => s.Count - 1), stretches.Sum(s => s.Last - s.First));
        var measured = steps / span;
        if (!(step > 0 && span > 0 && double.IsFinite(measured)))
        {
            return null;
        }

        var tolerance = Math.Clamp(2 * jitter * stretches.Count / span, LeastTolerance, MostTolerance);
        var rate = SampledTimes.Plain(measured, tolerance);
        var start = stretches[0].First;
        var segments = new List<Segment>();
        foreach (var (first, _, count) in stretches)
        {
            var onset = first - start;
            onset = segments.Count > 0 ? Math.Max(onset, segments[^1].EndSeconds) : onset;
            segments.Add(new(onset, count / rate));
        }

        return new(start, rate, segments, RemarkOf()) { EvenShare = evenShare };
    }

    private string? RemarkOf() => backwards > 0 ? FormattableString.Invariant($"Times go back {backwards} times: what follows is put behind what was there.")
        : largestJitter > 0.75 * step ? FormattableString.Invariant($"Times are uneven, by up to {largestJitter:0.######} s: samples are taken as evenly spaced.")
        : null;

    private void Begin()
    {
        double[] steps = [.. begun.Skip(1).Zip(begun, (b, a) => b - a).Where(s => s > 0).Order()];
        step = steps.Length == 0 ? 0 : steps[(steps.Length - 1) / 2];

        evenShare = steps.Length == 0 ? 1 : steps.Count(s => Math.Abs(s - step) <= step / 2) / (double)steps.Length;
        double[] off = [.. steps.Where(s => s < 2 * step).Select(s => Math.Abs(s - step)).Order()];
        var most = off.Length < FewestSteps ? double.PositiveInfinity : off[(int)(NearlyAll * (off.Length - 1))];
        jitter = Math.Min(off.LastOrDefault(), step / 2);
        slack = (step / 2) + jitter;
        if (most <= ComputedShare * step)
        {
            var rounding = Rounding();
            jitter = Math.Min(jitter, Math.Max(most, rounding));
            slack = Math.Min(slack, Math.Max(ComputedSlack * step, 1.5 * rounding));
        }

        foreach (var time in begun)
        {
            Place(time);
        }
    }

    // The coarsest decimal unit that all times are multiples of, as far as it matters: a step may be off by one of it. Seconds.
    private double Rounding()
    {
        for (var unit = Math.Pow(10, Math.Floor(Math.Log10(step))); unit > ComputedSlack * step / 10; unit /= 10)
        {
            if (begun.TrueForAll(t => Math.Abs((t / unit) - Math.Round(t / unit)) <= 1e-3 + (1e-15 * Math.Abs(t) / unit)))
            {
                return unit;
            }
        }

        return 0;
    }

    private void Place(double seconds)
    {
        if (stretches.Count == 0)
        {
            stretches.Add((seconds, seconds, 1));
            return;
        }

        var (first, last, count) = stretches[^1];
        var ahead = seconds - last;
        if (ahead < 0 || ahead > step + slack)
        {
            backwards += ahead < 0 ? 1 : 0;
            stretches.Add((seconds, seconds, 1));
            return;
        }

        largestJitter = Math.Max(largestJitter, Math.Abs(ahead - step));
        stretches[^1] = (first, seconds, count + 1);
    }
}
