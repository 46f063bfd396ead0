using SignalLab.Model;

namespace SignalLab.Formats.Ctf;

/// <summary>When the trials were recorded. A system clock among the channels tells; without one they follow each other, each a segment.</summary>
/// <param name="Segments">Uninterrupted stretches.</param>
/// <param name="TrialOnsets">Real time of each trial's first sample, in seconds.</param>
internal sealed record CtfTimeline(IReadOnlyList<Segment> Segments, IReadOnlyList<double> TrialOnsets)
{
    /// <summary>Builds the timeline.</summary>
    /// <param name="header">The header.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static CtfTimeline Of(Res4Header header, CtfSamples samples, List<string> remarks)
    {
        var trials = (int)((samples.Count + header.TrialSamples - 1) / header.TrialSamples);
        long Length(int trial) => Math.Min(header.TrialSamples, samples.Count - ((long)trial * header.TrialSamples));
        var clocked = trials > 1 ? ByClock(header, samples, trials) : null;
        if (trials > 1 && clocked is null)
        {
            remarks.Add(FormattableString.Invariant($"The dataset holds {trials} trials, a segment each; when they were recorded is not told: times run as if they followed each other."));
        }

        var starts = clocked ?? [.. Enumerable.Range(0, trials).Select(t => (long)t * header.TrialSamples)];
        var segments = new List<Segment>();
        var (first, end) = (0L, 0L);
        for (var t = 0; t < trials; t++)
        {
            if (t > 0 && (clocked is null || starts[t] > end))
            {
                segments.Add(new(first / header.RateHz, (end - first) / header.RateHz));
                first = starts[t];
            }

            end = starts[t] + Length(t);
        }

        if (end > first)
        {
            segments.Add(new(first / header.RateHz, (end - first) / header.RateHz));
        }

        return new(segments, [.. starts.Select(s => s / header.RateHz)]);
    }

    // The clock's steps a sample come from within the trials; what it advances between two tells how many samples lie between.
    private static long[]? ByClock(Res4Header header, CtfSamples samples, int trials)
    {
        if (samples.Clock < 0 || header.TrialSamples < 2)
        {
            return null;
        }

        Span<double> one = [0];
        var starts = new long[trials];
        var (lastValue, step) = (0.0, 0.0);
        for (var t = 0; t < trials; t++)
        {
            var at = (long)t * header.TrialSamples;
            var length = Math.Min(header.TrialSamples, samples.Count - at);
            samples.Source.Read(samples.Clock, at, one);
            var firstValue = one[0];
            if (t > 0)
            {
                var advance = (firstValue - lastValue) / step;
                if (!double.IsFinite(advance) || advance < 0.5 || advance > 1e12)
                {
                    return null;
                }

                starts[t] = starts[t - 1] + header.TrialSamples - 1 + Math.Max(1, (long)Math.Round(advance));
            }

            samples.Source.Read(samples.Clock, at + length - 1, one);
            lastValue = one[0];
            step = length > 1 ? (lastValue - firstValue) / (length - 1) : step;
            if (!(step > 0))
            {
                return null;
            }
        }

        return starts;
    }
}
