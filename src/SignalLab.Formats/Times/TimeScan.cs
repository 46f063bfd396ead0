using SignalLab.Model;

namespace SignalLab.Formats.Times;

/// <summary>
/// Takes the times of samples in one by one and finds their rate and gaps. The usual step is the median of the first ones; a step more than half of it too long
/// (beyond the jitter of the first ones) is a gap, one that goes back begins a new stretch.
/// </summary>
internal sealed class TimeScan
{
    private const int FirstTimes = 4096;

    /// <summary>Rounding of double precision in times and their steps.</summary>
    private const double LeastTolerance = 1e-9;

    /// <summary>A rate told from rounded times is believed to this share at best.</summary>
    private const double MostTolerance = 1e-3;

    private readonly List<double> begun = new(FirstTimes);
    private readonly List<(double First, double Last, long Count)> stretches = [];
    private double step;
    private double jitter;
    private double largestJitter;
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

        return new(start, rate, segments, RemarkOf());
    }

    private string? RemarkOf() => backwards > 0 ? FormattableString.Invariant($"Times go back {backwards} times: what follows is put behind what was there.")
        : largestJitter > 0.75 * step ? FormattableString.Invariant($"Times are uneven, by up to {largestJitter:0.######} s: samples are taken as evenly spaced.")
        : null;

    private void Begin()
    {
        double[] steps = [.. begun.Skip(1).Zip(begun, (b, a) => b - a).Where(s => s > 0).Order()];
        step = steps.Length == 0 ? 0 : steps[(steps.Length - 1) / 2];

        var usual = steps.Where(s => s < 2 * step).ToArray();
        jitter = usual.Select(s => Math.Abs(s - step)).DefaultIfEmpty(0).Max();
        jitter = Math.Min(jitter, step / 2);
        foreach (var time in begun)
        {
            Place(time);
        }
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
        if (ahead < 0 || ahead > (1.5 * step) + jitter)
        {
            backwards += ahead < 0 ? 1 : 0;
            stretches.Add((seconds, seconds, 1));
            return;
        }

        largestJitter = Math.Max(largestJitter, Math.Abs(ahead - step));
        stretches[^1] = (first, seconds, count + 1);
    }
}
