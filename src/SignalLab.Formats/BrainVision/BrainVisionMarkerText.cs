using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.BrainVision;

/// <summary>Prints a marker file.</summary>
internal static class BrainVisionMarkerText
{
    private const string TimeZero = "Time 0/";
    private const string FreeText = "Comment";

    private static readonly string NewSegment = BrainVisionMarkers.NewSegment + "/";

    /// <summary>The text of a marker file: the segments with their dates, and the annotations at the sample nearest to their onset.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="dataFile">Name of the data file.</param>
    /// <param name="losses">Receives what the markers cannot hold.</param>
    public static string Print(Recording recording, string dataFile, List<Loss> losses)
    {
        var rate = recording.Channels[0].RateHz;
        SampleRun[] runs = [.. recording.Runs(0).Where(r => r.Count > 0)];
        var places = recording.Annotations.Select(a => (Annotation: a, Place: PlaceOf(a, runs, rate)))
            .Where(p => !(p.Annotation.Text == NewSegment && runs.Any(r => r.FirstSample == p.Place.Sample)) && p.Annotation.Text != TimeZero).ToArray();
        var lines = runs.Select((r, i) => (Sample: r.FirstSample, Text: Segment(recording, r, runs.Length > 1)))
            .Concat(TimeZeroOf(recording, rate))
            .Concat(places.Select(p => (p.Place.Sample, Text: Line(p.Annotation, p.Place, recording.Channels))))
            .OrderBy(l => l.Sample);

        var text = new StringBuilder("Brain Vision Data Exchange Marker File, Version 1.0\r\n\r\n");
        text.Append(CultureInfo.InvariantCulture, $"[Common Infos]\r\nCodepage=UTF-8\r\nDataFile={dataFile}\r\n\r\n[Marker Infos]\r\n");
        text.Append("; Each entry: Mk<Marker number>=<Type>,<Description>,<Position in data points>,\r\n; <Size in data points>, <Channel number (0 = marker is related to all channels)>,\r\n");
        text.Append("; <Date (YYYYMMDDhhmmssuuuuuu)>\r\n; Commas in type or description text are coded as \"\\1\".\r\n");
        var number = 1;
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"Mk{number++}={line.Text}\r\n");
        }

        Tell(recording, runs, places, losses);
        return text.ToString();
    }

    private static IEnumerable<(long Sample, string Text)> TimeZeroOf(Recording recording, double rate)
    {
        if (recording.Evoked is { } evoked && (long)Math.Round(-evoked.FirstLatencySeconds * rate) is >= 0 and var zero)
        {
            yield return (zero, FormattableString.Invariant($"Time 0,,{zero + 1},1,0"));
        }
    }

    // Gaps are told by dates alone: a recording that does not know its start gets the date of a clock that was never set.
    private static string Segment(Recording recording, SampleRun run, bool hasGaps)
    {
        var start = recording.Start ?? (hasGaps ? BrainVisionTimeline.UnsetClock : null as DateTime?);
        var date = start is { } s ? "," + s.AddTicks(10 * (long)Math.Round(run.OnsetSeconds * 1e6)).ToString("yyyyMMddHHmmssffffff", CultureInfo.InvariantCulture) : "";
        return FormattableString.Invariant($"{BrainVisionMarkers.NewSegment},,{run.FirstSample + 1},1,0{date}");
    }

    private static string Line(Annotation annotation, Place place, IReadOnlyList<Channel> channels)
    {
        var slash = annotation.Text.IndexOf('/', StringComparison.Ordinal);
        var (type, description) = slash < 0 ? (FreeText, annotation.Text) : (annotation.Text[..slash], annotation.Text[(slash + 1)..]);
        var channel = annotation.Channel is { } label ? channels.TakeWhile(c => c.Label != label).Count() + 1 : 0;
        return FormattableString.Invariant(
            $"{BrainVisionHeaderText.Escape(type)},{BrainVisionHeaderText.Escape(description)},{place.Sample + 1},{place.Points},{(channel > channels.Count ? 0 : channel)}");
    }

    private static Place PlaceOf(Annotation annotation, SampleRun[] runs, double rate)
    {
        var points = (long)Math.Round(annotation.DurationSeconds * rate);
        if (runs.Length == 0)
        {
            return new(Math.Max(0, (long)Math.Round(annotation.OnsetSeconds * rate)), points, 0, false);
        }

        var at = Math.Max(0, Array.FindLastIndex(runs, r => r.OnsetSeconds <= annotation.OnsetSeconds + (0.5 / rate)));
        var offset = (long)Math.Round((annotation.OnsetSeconds - runs[at].OnsetSeconds) * rate);
        var isOutside = offset < 0 || (offset >= runs[at].Count && at + 1 < runs.Length);
        var sample = offset < 0 ? 0 : isOutside ? runs[at + 1].FirstSample : runs[at].FirstSample + offset;
        var shift = isOutside ? 0 : Math.Max(Math.Abs(runs[at].OnsetSeconds + (offset / rate) - annotation.OnsetSeconds), Math.Abs((points / rate) - annotation.DurationSeconds));
        return new(sample, points, shift, isOutside);
    }

    private static void Tell(Recording recording, SampleRun[] runs, (Annotation Annotation, Place Place)[] places, List<Loss> losses)
    {
        var free = places.Count(p => !p.Annotation.Text.Contains('/', StringComparison.Ordinal));
        if (free > 0)
        {
            losses.Add(new(Aspect.Annotations, $"{free} annotations have no type: they are written as '{FreeText}' and will read '{FreeText}/…'."));
        }

        var shifted = places.Select(p => p.Place.ShiftSeconds).Where(s => s > 1e-6).ToArray();
        if (shifted.Length > 0)
        {
            losses.Add(new(Aspect.AnnotationTimes, FormattableString.Invariant($"{shifted.Length} annotations do not begin and end at samples: they are moved by up to {shifted.Max():G3} s.")));
        }

        if (places.Count(p => p.Place.IsOutside) is > 0 and var outside)
        {
            losses.Add(new(Aspect.AnnotationTimes, $"{outside} annotations lie in a gap or before the first sample: they are moved to the sample that follows."));
        }

        if (recording.Start is null && runs.Length > 1)
        {
            losses.Add(new(Aspect.Start, "The recording does not say when it began: its segments are dated from 1 January 1970, so that the gaps between them are kept."));
        }
    }

    /// <summary>Where an annotation stands.</summary>
    private readonly record struct Place(long Sample, long Points, double ShiftSeconds, bool IsOutside);
}
