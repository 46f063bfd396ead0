using SignalLab.Model;

namespace SignalLab.Formats.BrainVision;

/// <summary>
/// Segments, start and annotations. A <c>New Segment</c> marker begins a segment; its date tells how much time passed in between.
/// Without dates, or where the dates leave no time between, segments follow each other; nothing crosses from one to the next.
/// </summary>
/// <param name="Segments">Uninterrupted stretches.</param>
/// <param name="Start">Wall clock at the first sample, or null.</param>
/// <param name="Annotations">All markers in order of time.</param>
internal sealed record BrainVisionTimeline(IReadOnlyList<Segment> Segments, DateTime? Start, IReadOnlyList<Annotation> Annotations)
{
    /// <summary>The date of a clock that was never set; what is written where a recording's start is not known but its gaps are.</summary>
    public static readonly DateTime UnsetClock = new(1970, 1, 1);

    private const long MostSegments = 1_000_000;

    /// <summary>Builds the timeline.</summary>
    /// <param name="header">The header.</param>
    /// <param name="markers">The markers.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="count">Samples a channel.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static BrainVisionTimeline Of(
        BrainVisionHeader header, IReadOnlyList<BrainVisionMarker> markers, IReadOnlyList<BrainVisionChannel> channels, long count, List<string> remarks)
    {
        var rate = header.RateHz;
        var starts = Starts(header, markers, count);
        var origin = starts.Where(s => s.Value is not null).Select(s => ((long Sample, DateTime Date)?)(s.Key, s.Value!.Value)).FirstOrDefault();
        var (segments, firsts) = (new List<Segment>(), new List<long>());
        var (undated, overlapping) = (0, 0);
        double originOnset = 0;
        foreach (var (sample, date) in starts)
        {
            var onset = 0.0;
            if (segments.Count > 0)
            {
                segments[^1] = segments[^1] with { DurationSeconds = (sample - firsts[^1]) / rate };
                onset = segments[^1].EndSeconds;
                var passed = date is { } d && origin is { } o && sample > o.Sample ? originOnset + (d - o.Date).TotalSeconds - onset : (double?)null;
                undated += passed is null ? 1 : 0;
                overlapping += passed * rate < -0.5 ? 1 : 0;
                onset += passed is { } gap && gap * rate > 0.5 ? gap : 0;
            }

            originOnset = sample == origin?.Sample ? onset : originOnset;
            segments.Add(new(onset, (count - sample) / rate));
            firsts.Add(sample);
        }

        Remark(undated, overlapping, remarks);
        double TimeOf(long sample)
        {
            var at = firsts.BinarySearch(sample);
            var s = Math.Max(0, at < 0 ? ~at - 1 : at);
            return s < segments.Count ? segments[s].OnsetSeconds + ((sample - firsts[s]) / rate) : sample / rate;
        }

        var annotations = markers.Select(m => new Annotation(
            TimeOf(m.Position - 1), m.Points / rate, $"{m.Type}/{m.Description}", m.Channel > 0 && m.Channel <= channels.Count ? channels[m.Channel - 1].Name : null));
        return new(segments, StartOf(origin, rate, remarks), [.. annotations.OrderBy(a => a.OnsetSeconds)]);
    }

    // The first sample of each segment with its date.
    private static SortedDictionary<long, DateTime?> Starts(BrainVisionHeader header, IReadOnlyList<BrainVisionMarker> markers, long count)
    {
        var starts = new SortedDictionary<long, DateTime?>();
        if (count == 0)
        {
            return starts;
        }

        starts[0] = null;
        foreach (var marker in markers.Where(m => m.IsNewSegment && m.Position <= count))
        {
            var sample = Math.Max(0, marker.Position - 1);
            starts[sample] = marker.Date ?? starts.GetValueOrDefault(sample);
        }

        if (header.SegmentPoints is { } points)
        {
            if (count / points > MostSegments)
            {
                throw header.Text.Fault("Common Infos", "SegmentDataPoints", FormattableString.Invariant($"segments of which there are at most {MostSegments}"));
            }

            for (var sample = points; sample < count; sample += points)
            {
                starts.TryAdd(sample, null);
            }
        }

        return starts;
    }

    private static DateTime? StartOf((long Sample, DateTime Date)? origin, double rateHz, List<string> remarks)
    {
        if (origin is not var (sample, date))
        {
            return null;
        }

        if (date.Date == UnsetClock)
        {
            remarks.Add("The recorder's clock was not set (1 January 1970): when the recording began is not known.");
            return null;
        }

        var before = sample / rateHz;
        return before < (date - DateTime.MinValue).TotalSeconds ? date.AddTicks(-(long)Math.Round(before * TimeSpan.TicksPerSecond)) : null;
    }

    private static void Remark(int undated, int overlapping, List<string> remarks)
    {
        if (undated > 0)
        {
            remarks.Add(FormattableString.Invariant($"{undated} segments do not tell when they began: they follow the one before without a gap in time, and nothing crosses from one to the next."));
        }

        if (overlapping > 0)
        {
            remarks.Add(FormattableString.Invariant($"{overlapping} segments began, by their dates, before the one before had ended (overlapping segments, or a clock that was set): they follow it without a gap in time."));
        }
    }
}
