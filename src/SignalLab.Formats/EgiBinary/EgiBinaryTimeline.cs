using SignalLab.Model;

namespace SignalLab.Formats.EgiBinary;

/// <summary>When the segments were recorded, and what they are.</summary>
/// <param name="FirstSeconds">When the first sample was recorded, since the recording began.</param>
/// <param name="Segments">Uninterrupted stretches.</param>
/// <param name="Annotations">One a segment: its category.</param>
internal sealed record EgiBinaryTimeline(double FirstSeconds, IReadOnlyList<Segment> Segments, IReadOnlyList<Annotation> Annotations)
{
    /// <summary>Builds the timeline of a file.</summary>
    /// <param name="header">Its head.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static EgiBinaryTimeline Of(EgiBinaryHeader header, List<string> remarks)
    {
        double Length(int block) => (double)header.Blocks[block].Count / header.RateHz;
        if (header.Segments.Count == 0 || header.Blocks.Count == 0)
        {
            return new(0, [.. Enumerable.Range(0, header.Blocks.Count).Select(b => new Segment(0, Length(b)))], []);
        }

        // Times have whole milliseconds: as much may segments that follow each other seem to overlap.
        var times = header.Segments.Select(s => (s.Milliseconds - header.Segments[0].Milliseconds) / 1000.0).ToArray();
        var isInOrder = Enumerable.Range(1, times.Length - 1).All(i => times[i] - times[i - 1] > Length(i - 1) - 0.0015);
        if (!isInOrder)
        {
            remarks.Add("The times of the segments overlap: times run as if the segments followed each other.");
        }

        var segments = new Segment[times.Length];
        for (var i = 0; i < segments.Length; i++)
        {
            var earliest = i == 0 ? 0 : segments[i - 1].EndSeconds;
            segments[i] = new(isInOrder && times[i] > earliest + 0.0015 ? times[i] : earliest, Length(i));
        }

        return new(
            isInOrder ? Math.Max(0, header.Segments[0].Milliseconds / 1000.0) : 0, segments,
            [.. segments.Select((s, i) => new Annotation(s.OnsetSeconds, s.DurationSeconds, header.Segments[i].Category))]);
    }
}
