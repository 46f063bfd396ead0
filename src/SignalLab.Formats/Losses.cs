using System.Globalization;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>
/// What a copy in another format does not hold of the original: all that a recording says is compared with what its copy says, so that nothing is dropped unsaid.
/// Samples themselves are not compared: how they are rounded is told by who writes them.
/// </summary>
public static class Losses
{
    // Microseconds are the finest clock of most formats.
    private const double TimeTolerance = 2e-6;
    private const double RateTolerance = 1e-9;
    private const double PlaceToleranceMetres = 1e-5;

    private static readonly SensorLayout Standard = StandardLayouts.TenTen05.InHeadFrame();

    /// <summary>Compares a recording with its copy.</summary>
    /// <param name="original">What was to be written.</param>
    /// <param name="copy">What the written file gives back, or would give back.</param>
    /// <param name="format">The format's name, as it stands in the sentences.</param>
    /// <returns>One loss or several for each aspect that differs; empty for a full copy.</returns>
    public static IReadOnlyList<Loss> Between(Recording original, Recording copy, string format)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(copy);
        var losses = new List<Loss>();
        void Lost(Aspect of, bool isLost, FormattableString text)
        {
            if (isLost)
            {
                losses.Add(new(of, text.ToString(CultureInfo.InvariantCulture)));
            }
        }

        var (whole, kept) = (original.Channels, copy.Channels);
        Lost(Aspect.Names, whole.Count != kept.Count, $"{format} keeps {kept.Count} of {whole.Count} channels in this recording.");
        var pairs = Pairs(whole, kept);
        void Differ(Aspect of, Func<Channel, Channel, bool> differs, Func<Channel, Channel, string> first, string what)
        {
            (Channel Whole, Channel Kept)[] lost = [.. pairs.Where(p => differs(p.Whole, p.Kept))];
            if (lost.Length > 0)
            {
                losses.Add(new(of, FormattableString.Invariant($"{format} does not keep {what} of {lost.Length} of {pairs.Length} channels ('{lost[0].Whole.Label}': {first(lost[0].Whole, lost[0].Kept)}).")));
            }
        }

        Differ(Aspect.Names, (a, b) => a.Label != b.Label, (_, b) => $"will read '{b.Label}'", "the name");
        Differ(Aspect.Kinds, (a, b) => a.Kind != b.Kind, (a, b) => $"{Lower(a.Kind)}, will be taken for {Lower(b.Kind)}", "the kind");
        Differ(Aspect.Units, (a, b) => !a.Unit.Equals(b.Unit), (a, b) => $"{Name(a.Unit)}, will be {Name(b.Unit)}", "the unit");
        Differ(Aspect.Rates, (a, b) => Math.Abs(a.RateHz - b.RateHz) > RateTolerance * a.RateHz, (a, b) => FormattableString.Invariant($"{a.RateHz:R} Hz, will be {b.RateHz:R} Hz"), "the exact rate");
        Differ(Aspect.Samples, (a, b) => a.SampleCount != b.SampleCount, (a, b) => FormattableString.Invariant($"{a.SampleCount}, will be {b.SampleCount}"), "the number of samples");
        Differ(Aspect.BadMarks, (a, b) => a.IsBad != b.IsBad, (a, _) => a.IsBad ? "bad, will not be" : "will be marked bad, as another of its name", "the bad mark");
        Differ(Aspect.Positions, (a, b) => a.Sensor is not null && !IsOfItsName(a) && IsElsewhere(a, b), (_, b) => b.Sensor is null ? "left out" : "moved, or in another frame", "the position");
        Differ(Aspect.Positions, (a, b) => a.Sensor?.Coil is not null && b.Sensor?.Coil is null, (_, _) => "left out", "the coil");
        Differ(Aspect.Positions, (a, b) => a.Light is not null && b.Light is null, (_, _) => "left out", "the light path");
        Differ(Aspect.Acquisition, (a, b) => a.Prefilter.Trim().Length > 0 && a.Prefilter.Trim() != b.Prefilter.Trim(), (_, b) => b.Prefilter.Length == 0 ? "left out" : $"'{b.Prefilter}'", "the filters' words");
        Differ(Aspect.Acquisition, (a, b) => a.Transducer.Trim().Length > 0 && a.Transducer.Trim() != b.Transducer.Trim(), (_, b) => b.Transducer.Length == 0 ? "left out" : $"'{b.Transducer}'", "the transducer");
        Lost(Aspect.Acquisition, original.LineFrequencyHz is not null && copy.LineFrequencyHz != original.LineFrequencyHz, $"{format} does not keep the mains frequency of {original.LineFrequencyHz} Hz.");
        losses.AddRange(OfTime(original, copy, format));
        losses.AddRange(OfAnnotations(original, copy, format));
        losses.AddRange(OfSubject(original.Subject, copy.Subject, format));
        Lost(Aspect.Head, original.Fiducials.Count > copy.Fiducials.Count && !original.Fiducials.SequenceEqual(Standard.Fiducials), $"{format} does not keep {original.Fiducials.Count - copy.Fiducials.Count} landmarks of the head.");
        Lost(Aspect.Head, original.HeadShape.Count > copy.HeadShape.Count, $"{format} does not keep {original.HeadShape.Count - copy.HeadShape.Count} digitised points of the head.");
        Lost(Aspect.Head, original.Transforms.Count > copy.Transforms.Count, $"{format} does not keep {original.Transforms.Count - copy.Transforms.Count} transforms between frames.");
        Lost(Aspect.Projectors, original.Projectors.Count > copy.Projectors.Count, $"{format} does not keep {original.Projectors.Count - copy.Projectors.Count} projectors.");
        Lost(Aspect.Acquisition, original.Compensations.Count > copy.Compensations.Count, $"{format} does not keep {original.Compensations.Count - copy.Compensations.Count} compensations by reference sensors.");
        Differ(Aspect.Acquisition, (a, b) => a.CompensationGrade is > 0 && b.CompensationGrade != a.CompensationGrade, (a, _) => FormattableString.Invariant($"grade {a.CompensationGrade}"), "by which compensation the samples were made");
        losses.AddRange(OfWords(original, copy, format));
        losses.AddRange(OfAverage(original.Evoked, copy.Evoked, format));
        return losses;
    }

    // By place; where some are missing, by name.
    private static (Channel Whole, Channel Kept)[] Pairs(IReadOnlyList<Channel> whole, IReadOnlyList<Channel> kept)
    {
        if (whole.Count == kept.Count)
        {
            return [.. whole.Zip(kept)];
        }

        var left = kept.ToList();
        var pairs = new List<(Channel, Channel)>();
        foreach (var channel in whole)
        {
            if (left.FindIndex(c => c.Label == channel.Label) is >= 0 and var at)
            {
                pairs.Add((channel, left[at]));
                left.RemoveAt(at);
            }
        }

        return [.. pairs];
    }

    private static string Lower(ChannelKind kind) => kind.ToString().ToLowerInvariant();

    private static string Name(Unit unit) => unit.Symbol.Length == 0 ? "no unit" : unit.Symbol;

    // A place that follows from the name goes with it.
    private static bool IsOfItsName(Channel channel) =>
        channel.Sensor is { Coil: null } sensor && Standard.Find(channel.Label) is { } standard && standard.PositionMetres == sensor.PositionMetres;

    private static bool IsElsewhere(Channel original, Channel copy) =>
        copy.Sensor is null || original.Frame != copy.Frame || !((original.Sensor!.PositionMetres - copy.Sensor.PositionMetres).Norm <= PlaceToleranceMetres);

    private static IEnumerable<Loss> OfTime(Recording original, Recording copy, string format)
    {
        if (original.Start is { } start && !(copy.Start is { } kept && Math.Abs((kept - start).TotalSeconds) <= TimeTolerance))
        {
            yield return new(Aspect.Start, FormattableString.Invariant($"{format} does not keep when it began ({start:yyyy-MM-dd HH:mm:ss.FFFFFF}){(copy.Start is { } other ? FormattableString.Invariant($": it will read {other:yyyy-MM-dd HH:mm:ss.FFFFFF}") : "")}."));
        }
        else if (original.Start is { Kind: DateTimeKind.Utc } && copy.Start is { Kind: not DateTimeKind.Utc })
        {
            yield return new(Aspect.Start, $"{format} does not keep that the start is told in UTC.");
        }

        var (whole, parts) = (original.Channels.Count > 0 ? original.SegmentsOf(0) : original.Segments, copy.Channels.Count > 0 ? copy.SegmentsOf(0) : copy.Segments);
        if (whole.Count != parts.Count)
        {
            yield return new(Aspect.Gaps, FormattableString.Invariant($"{format} does not keep the gaps: {whole.Count} segments will be {parts.Count}."));
        }
        else if (whole.Zip(parts, (a, b) => Math.Abs(a.OnsetSeconds - b.OnsetSeconds)).DefaultIfEmpty(0).Max() is > TimeTolerance and var moved)
        {
            yield return new(Aspect.Gaps, FormattableString.Invariant($"{format} moves segments by up to {moved:G3} s."));
        }
    }

    private static IEnumerable<Loss> OfAnnotations(Recording original, Recording copy, string format)
    {
        var left = copy.Annotations.GroupBy(a => a.Text, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var (reworded, moved, unchannelled, shift) = (new List<Annotation>(), 0, 0, 0.0);
        foreach (var annotation in original.Annotations)
        {
            if (!left.TryGetValue(annotation.Text, out var same) || same.Count == 0)
            {
                reworded.Add(annotation);
                continue;
            }

            double Distance(Annotation a) => Math.Abs(a.OnsetSeconds - annotation.OnsetSeconds) + Math.Abs(a.DurationSeconds - annotation.DurationSeconds);
            // Copies keep the order as a rule: the first one fits.
            var at = Distance(same[0]) <= TimeTolerance && same[0].Channel == annotation.Channel ? 0
                : Enumerable.Range(0, same.Count).MinBy(i => (Distance(same[i]) > TimeTolerance ? Distance(same[i]) : 0, same[i].Channel == annotation.Channel ? 0 : 1));
            var kept = same[at];
            same.RemoveAt(at);
            moved += Distance(kept) > 2 * TimeTolerance ? 1 : 0;
            shift = Math.Max(shift, Distance(kept));
            unchannelled += annotation.Channel is not null && kept.Channel != annotation.Channel ? 1 : 0;
        }

        if (reworded.Count > 0)
        {
            yield return new(Aspect.Annotations, FormattableString.Invariant($"{format} leaves out or rewords {reworded.Count} of {original.Annotations.Count} annotations (the first: '{reworded[0].Text}' at {reworded[0].OnsetSeconds:G6} s)."));
        }

        if (moved > 0)
        {
            yield return new(Aspect.AnnotationTimes, FormattableString.Invariant($"{format} changes onset or duration of {moved} of {original.Annotations.Count} annotations, by up to {shift:G3} s."));
        }

        if (unchannelled > 0)
        {
            yield return new(Aspect.AnnotationChannels, FormattableString.Invariant($"{format} does not keep which channel {unchannelled} annotations are about."));
        }

        if (original.Annotations.Count(a => a.Details.Length > 0) is > 0 and var told && copy.Annotations.All(a => a.Details.Length == 0))
        {
            yield return new(Aspect.AnnotationDetails, FormattableString.Invariant($"{format} does not keep what else was told of {told} annotations (the first: '{original.Annotations.First(a => a.Details.Length > 0).Details}')."));
        }

        if (original.Annotations.Count(a => a.Origin.Kind != OriginKind.File || a.Confidence is not null) is > 0 and var made && copy.Annotations.All(a => a.Origin.Kind == OriginKind.File && a.Confidence is null))
        {
            yield return new(Aspect.AnnotationOrigins, FormattableString.Invariant($"{format} does not keep who or what made {made} annotations, nor how sure they are."));
        }
    }

    private static IEnumerable<Loss> OfSubject(Subject original, Subject copy, string format)
    {
        var fields = new List<string>();
        void Field(string name, bool isLost)
        {
            if (isLost)
            {
                fields.Add(name);
            }
        }

        Field("code", original.Id is not null && copy.Id != original.Id);
        Field("name", original.Name is not null && copy.Name != original.Name);
        Field("sex", original.Sex is not null && copy.Sex != original.Sex);
        Field("age", original.AgeYears is { } age && !(Math.Abs((copy.AgeYears ?? double.NaN) - age) < 0.01));
        Field("date of birth", original.Birthdate is not null && copy.Birthdate != original.Birthdate);
        if (fields.Count > 0)
        {
            yield return new(Aspect.Subject, $"{format} does not keep of the subject: {string.Join(", ", fields)}.");
        }
    }

    private static IEnumerable<Loss> OfWords(Recording original, Recording copy, string format)
    {
        static IEnumerable<string> Lines(IEnumerable<string> comments) => comments.SelectMany(c => c.Split('\n')).Select(l => l.Trim()).Where(l => l.Length > 0);
        var kept = Lines(copy.Comments).ToHashSet(StringComparer.Ordinal);
        string[] lost = [.. Lines(original.Comments).Where(l => !kept.Contains(l))];
        if (lost.Length > 0)
        {
            yield return new(Aspect.Comments, FormattableString.Invariant($"{format} does not keep {lost.Length} lines of comment as they were (the first: '{(lost[0].Length > 60 ? lost[0][..60] + "…" : lost[0])}')."));
        }

        if (original.Title.Length > 0 && copy.Title != original.Title)
        {
            yield return new(Aspect.Comments, $"{format} does not keep the title '{original.Title}'.");
        }

        if (original.Measurements.Count > copy.Measurements.Count)
        {
            yield return new(Aspect.Measurements, FormattableString.Invariant($"{format} does not keep {original.Measurements.Count - copy.Measurements.Count} measurements that stood in the file."));
        }
    }

    private static IEnumerable<Loss> OfAverage(Evoked? original, Evoked? copy, string format)
    {
        if (original is null)
        {
            yield break;
        }

        var fields = new List<string>();
        void Field(string name, bool isLost)
        {
            if (isLost)
            {
                fields.Add(name);
            }
        }

        Field("condition", original.Condition.Length > 0 && copy?.Condition != original.Condition);
        Field("number of averages", copy is null || copy.AverageCount != original.AverageCount);
        Field("first latency", copy is null || Math.Abs(copy.FirstLatencySeconds - original.FirstLatencySeconds) > TimeTolerance);
        Field("baseline", original.Baseline is var (from, to) && !(copy?.Baseline is var (f, t) && Math.Abs(f - from) < 1e-6 && Math.Abs(t - to) < 1e-6));
        Field("standard error", original.StandardError is not null && copy?.StandardError is null);
        if (fields.Count > 0)
        {
            yield return new(Aspect.Average, $"{format} does not keep of the average: {string.Join(", ", fields)}.");
        }
    }
}
