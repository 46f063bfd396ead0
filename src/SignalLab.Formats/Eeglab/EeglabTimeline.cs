using System.Globalization;
using SignalLab.Formats.Mat;
using SignalLab.Model;

namespace SignalLab.Formats.Eeglab;

/// <summary>
/// Events and uninterrupted stretches. Latencies count samples from 1 and may fall between samples. A <c>boundary</c> event tells that
/// its <c>duration</c> in samples was cut out there: a gap of that length; without a duration the stretches end and begin at one time.
/// </summary>
/// <param name="Segments">Stretches between boundaries, or one a trial.</param>
/// <param name="Annotations">Events, and one annotation a trial.</param>
internal sealed record EeglabTimeline(IReadOnlyList<Segment> Segments, IReadOnlyList<Annotation> Annotations)
{
    /// <summary>Type of the event where samples were cut out.</summary>
    public const string Boundary = "boundary";

    /// <summary>Builds the timeline of a dataset.</summary>
    /// <param name="fields">The dataset.</param>
    /// <param name="table">Its samples.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static EeglabTimeline Of(EeglabFields fields, EeglabSampleTable table, List<string> remarks)
    {
        var events = Events(fields, remarks);
        var (cuts, unknown) = table.Trials > 1 ? Trials(table) : Boundaries(events, table.SampleCount);
        if (unknown > 0)
        {
            remarks.Add(FormattableString.Invariant($"{unknown} boundaries do not tell how much was cut out: the stretches follow each other without a gap in time, and nothing crosses from one to the next."));
        }

        var segments = new List<Segment>();
        var firsts = new List<long>();
        var (onset, previous) = (0.0, 0L);
        foreach (var (sample, gapSamples) in cuts.Append(new(table.SampleCount, 0)))
        {
            if (sample > previous)
            {
                segments.Add(new(onset, (sample - previous) / table.RateHz));
                firsts.Add(previous);
                onset += (sample - previous + gapSamples) / table.RateHz;
                previous = sample;
            }
        }

        double TimeOf(double sample)
        {
            var s = firsts.FindLastIndex(f => f <= sample);
            return s < 0 ? sample / table.RateHz : segments[s].OnsetSeconds + ((sample - firsts[s]) / table.RateHz);
        }

        var annotations = events.Select(e => new Annotation(TimeOf(e.Latency - 1), e.Duration / table.RateHz, e.Type));
        if (table.Trials > 1)
        {
            remarks.Add(FormattableString.Invariant($"The dataset holds {table.Trials} epochs, a segment each; when they were recorded is not told: times run as if they followed each other."));
            annotations = annotations.Concat(segments.Select((s, i) => new Annotation(s.OnsetSeconds, s.DurationSeconds, FormattableString.Invariant($"epoch {i + 1}"))));
        }

        return new(segments, [.. annotations.OrderBy(a => a.OnsetSeconds)]);
    }

    private static List<(double Latency, double Duration, string Type)> Events(EeglabFields fields, List<string> remarks)
    {
        var list = new List<(double, double, string)>();
        if (fields["event"] is not MatStruct events)
        {
            return list;
        }

        var lost = 0;
        for (var i = 0; i < events.Count; i++)
        {
            if (events.Field(i, "latency").AsNumber() is not { } latency || !double.IsFinite(latency))
            {
                lost++;
                continue;
            }

            var type = events.Field(i, "type");
            var duration = events.Field(i, "duration").AsNumber() is { } d && d > 0 && double.IsFinite(d) ? d : 0;
            list.Add((latency, duration, type.AsText() ?? type.AsNumber()?.ToString(CultureInfo.InvariantCulture) ?? ""));
        }

        if (lost > 0)
        {
            remarks.Add(FormattableString.Invariant($"{lost} events have no latency; they are left out."));
        }

        return list;
    }

    // The first sample after each boundary, with the samples that were cut out in front of it.
    private static (List<(long Sample, double Gap)> Cuts, int Unknown) Boundaries(List<(double Latency, double Duration, string Type)> events, long count)
    {
        var cuts = new SortedDictionary<long, double>();
        var unknown = 0;
        foreach (var (latency, duration, type) in events)
        {
            var sample = Math.Ceiling(latency) - 1;
            if (!type.Equals(Boundary, StringComparison.OrdinalIgnoreCase) || sample <= 0 || sample >= count)
            {
                continue;
            }

            unknown += duration == 0 ? 1 : 0;
            cuts[(long)sample] = cuts.GetValueOrDefault((long)sample) + duration;
        }

        return ([.. cuts.Select(c => (c.Key, c.Value))], unknown);
    }

    private static (List<(long Sample, double Gap)> Cuts, int Unknown) Trials(EeglabSampleTable table) =>
        ([.. Enumerable.Range(1, table.Trials - 1).Select(t => ((long)t * table.Points, 0.0))], 0);
}
