using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Writers;

/// <summary>Looks for what a written copy does not say of its original, by other means than the product does, and for losses that were not told.</summary>
internal static class WrittenCopy
{
    /// <summary>Writes, reads again and checks; a refusal is one clear line.</summary>
    /// <returns>What is wrong, one sentence each; empty for a copy whose every loss is told.</returns>
    public static IReadOnlyList<string> Faults(Recording original, string path)
    {
        IReadOnlyList<Loss> losses;
        try
        {
            losses = KnownWriters.Write([original], path);
        }
        catch (UnfitInputException e)
        {
            return e.Message.Length > 20 && !e.Message.Contains('\n', StringComparison.Ordinal) ? [] : [$"unclear refusal: {e.Message}"];
        }

        if (losses.FirstOrDefault(l => l.Text.Length < 20 || !l.Text.EndsWith('.') || l.Text.Contains('\n', StringComparison.Ordinal)) is { } unclear)
        {
            return [$"unclear loss: {unclear.Text}"];
        }

        // Parquet has no reader here: its tests look into the file.
        if (path.EndsWith(".parquet", StringComparison.Ordinal))
        {
            return [];
        }

        // Times of a row or two tell no rate: such a table is no recording to a reader.
        if (path.EndsWith("sv", StringComparison.Ordinal) && original.Runs(0).All(r => r.Count < 3))
        {
            return [];
        }

        var told = losses.Select(l => l.Of).ToHashSet();
        var copy = Recordings.Open(path);
        return [.. Differences(original, copy).Where(d => !told.Contains(d.Of)).Select(d => $"not told of {d.Of}: {d.What}"), .. Samples(original, copy, told)];
    }

    private static IEnumerable<(Aspect Of, string What)> Differences(Recording a, Recording b)
    {
        static string Join(IEnumerable<object?> items) => string.Join(" | ", items);
        (Aspect Of, Func<Recording, string> Seen)[] same =
        [
            (Aspect.Names, r => Join(r.Channels.Select(c => c.Label))),
            (Aspect.Kinds, r => Join(r.Channels.Select(c => (object)c.Kind))),
            (Aspect.Units, r => Join(r.Channels.Select(c => c.Unit.Symbol))),
            (Aspect.Samples, r => Join(r.Channels.Select(c => (object)c.SampleCount))),
            (Aspect.Gaps, r => Join([r.Segments.Count])),
            (Aspect.BadMarks, r => Join(r.Channels.Select(c => (object)c.IsBad))),
            (Aspect.Subject, r => Join([r.Subject.Id, r.Subject.Name, r.Subject.Sex, r.Subject.Birthdate])),
            (Aspect.Head, r => Join([r.Fiducials.Count, r.HeadShape.Count, r.Transforms.Count])),
            (Aspect.Projectors, r => Join([r.Projectors.Count])),
            (Aspect.Measurements, r => Join([r.Measurements.Count])),
            (Aspect.Average, r => Join([r.Evoked?.Condition, r.Evoked?.AverageCount])),
        ];
        foreach (var (of, seen) in same)
        {
            // What the copy says beyond the original (a start where there was none, landmarks of a standard head) is no loss.
            if (seen(a) != seen(b) && !IsEmpty(of, a))
            {
                yield return (of, $"'{seen(a)}' became '{seen(b)}'");
            }
        }

        // Numbers are the same to what every clock resolves.
        (Aspect Of, IEnumerable<double> A, IEnumerable<double> B, double Allowed)[] near =
        [
            (Aspect.Rates, a.Channels.Select(c => c.RateHz), b.Channels.Select(c => c.RateHz), 1e-8),
            (Aspect.Gaps, a.Segments.Select(s => s.OnsetSeconds), b.Segments.Select(s => s.OnsetSeconds), 1e-5),
            (Aspect.Start, a.Start is null ? [] : [0], a.Start is null ? [] : b.Start is { } kept ? [(kept - a.Start.Value).TotalSeconds] : [double.NaN], 1e-5),
        ];
        foreach (var (of, whole, parts, allowed) in near)
        {
            if (whole.Zip(parts).Where(p => !(Math.Abs(p.First - p.Second) <= allowed * Math.Max(1, of == Aspect.Rates ? p.First : 1))).ToArray() is [var (first, second), ..])
            {
                yield return (of, FormattableString.Invariant($"{first:R} became {second:R}"));
            }
        }

        var texts = b.Annotations.Select(n => n.Text).ToList();
        if (a.Annotations.FirstOrDefault(n => !texts.Remove(n.Text)) is { } lost)
        {
            yield return (Aspect.Annotations, $"'{lost.Text}' is gone");
        }
        else if (a.Annotations.Where(n => n.Text != "boundary").Sum(n => n.DurationSeconds) is var stated && b.Annotations.Where(n => n.Text != "boundary" && a.Annotations.Any(o => o.Text == n.Text)).Sum(n => n.DurationSeconds) is var left && Math.Abs(stated - left) > 1e-4 * (1 + stated))
        {
            yield return (Aspect.AnnotationTimes, $"durations of {stated} s became {left} s");
        }

        if (a.Annotations.Count(n => n.Channel is not null) > b.Annotations.Count(n => n.Channel is not null) && a.Annotations.All(n => b.Annotations.Any(m => m.Text == n.Text)))
        {
            yield return (Aspect.AnnotationChannels, "channels of annotations are gone");
        }

        // Places that follow from a name are not missed.
        if (a.Channels.Zip(b.Channels).Any(p => p.First.Sensor?.Coil is not null && p.Second.Sensor?.Coil is null))
        {
            yield return (Aspect.Positions, "a coil is gone");
        }
    }

    private static bool IsEmpty(Aspect of, Recording a) => of switch
    {
        Aspect.Subject => a.Subject is { Id: null, Name: null, Sex: null, Birthdate: null },
        Aspect.Head => a.Fiducials.Count + a.HeadShape.Count + a.Transforms.Count == 0,
        Aspect.Average => a.Evoked is null or { Condition: "" },
        Aspect.BadMarks => a.Channels.All(c => !c.IsBad),
        _ => false,
    };

    private static IEnumerable<string> Samples(Recording a, Recording b, HashSet<Aspect> told)
    {
        for (var c = 0; c < a.Channels.Count && a.Channels.Count == b.Channels.Count && !told.Contains(Aspect.Samples) && !told.Contains(Aspect.Names); c++)
        {
            var (whole, kept) = (a.ReadAll(c), b.ReadAll(c));
            if (whole.Length != kept.Length)
            {
                yield return $"'{a.Channels[c].Label}': {whole.Length} samples became {kept.Length}";
                continue;
            }

            var (factor, offset) = b.Channels[c].Unit.ConvertsTo(a.Channels[c].Unit) ? b.Channels[c].Unit.To(a.Channels[c].Unit) : (1, 0);
            var allowed = Tolerance(a.Channels[c], b.Channels[c], whole, factor, told.Contains(Aspect.Resolution));
            for (var i = 0; i < whole.Length; i++)
            {
                var value = (kept[i] * factor) + offset;
                var isSame = double.IsFinite(whole[i]) ? Math.Abs(value - whole[i]) <= allowed + (1e-12 * Math.Abs(offset)) : !double.IsFinite(value);
                if (!isSame)
                {
                    yield return FormattableString.Invariant($"'{a.Channels[c].Label}' sample {i}: {whole[i]:R} became {value:R}, allowed {allowed:G3}");
                    break;
                }
            }
        }
    }

    // Where rounding was told half a step of the copy, or the last bit of a 32-bit float; else a hundredth of the channel's own step.
    private static double Tolerance(Channel original, Channel copy, double[] values, double factor, bool isRounded)
    {
        var largest = values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var exact = Math.Max(1e-13 * largest, original.Calibration is { } steps ? 0.01 * Math.Abs(steps.Gain) : 0);
        return !isRounded ? exact : Math.Max(exact, copy.Calibration is { } coarser ? 0.5001 * Math.Abs(coarser.Gain * factor) : 6.1e-8 * largest);
    }
}
