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

        var told = losses.Select(l => l.Of).ToHashSet();
        var copy = Recordings.Open(path);
        return [.. Differences(original, copy).Where(d => !told.Contains(d.Of)).Select(d => $"not told of {d.Of}: {d.What}"), .. Samples(original, copy, told, path)];
    }

    private static IEnumerable<(Aspect Of, string What)> Differences(Recording a, Recording b)
    {
        static string Join(IEnumerable<object?> items) => string.Join(" | ", items);
        (Aspect Of, Func<Recording, string> Seen)[] same =
        [
            (Aspect.Names, r => Join(r.Channels.Select(c => c.Label))),
            (Aspect.Kinds, r => Join(r.Channels.Select(c => (object)c.Kind))),
            (Aspect.Units, r => Join(r.Channels.Select(c => c.Unit.Symbol))),
            (Aspect.Rates, r => Join(r.Channels.Select(c => c.RateHz.ToString("G8", System.Globalization.CultureInfo.InvariantCulture)))),
            (Aspect.Samples, r => Join(r.Channels.Select(c => (object)c.SampleCount))),
            (Aspect.Gaps, r => Join(r.Segments.Select(s => (object)Math.Round(s.OnsetSeconds, 4)))),
            (Aspect.BadMarks, r => Join(r.Channels.Select(c => (object)c.IsBad))),
            (Aspect.Start, r => r.Start?.ToString("yyyyMMddHHmmss.ffff", System.Globalization.CultureInfo.InvariantCulture) ?? "none"),
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

        var texts = b.Annotations.Select(n => n.Text).ToList();
        if (a.Annotations.FirstOrDefault(n => !texts.Remove(n.Text)) is { } lost)
        {
            yield return (Aspect.Annotations, $"'{lost.Text}' is gone");
        }
        else if (a.Annotations.Sum(n => n.DurationSeconds) is var whole && b.Annotations.Where(n => a.Annotations.Any(o => o.Text == n.Text)).Sum(n => n.DurationSeconds) is var kept && Math.Abs(whole - kept) > 1e-4 * (1 + whole))
        {
            yield return (Aspect.AnnotationTimes, $"durations of {whole} s became {kept} s");
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
        Aspect.Start => a.Start is null,
        Aspect.Subject => a.Subject is { Id: null, Name: null, Sex: null, Birthdate: null },
        Aspect.Head => a.Fiducials.Count + a.HeadShape.Count + a.Transforms.Count == 0,
        Aspect.Average => a.Evoked is null,
        Aspect.BadMarks => a.Channels.All(c => !c.IsBad),
        _ => false,
    };

    private static IEnumerable<string> Samples(Recording a, Recording b, HashSet<Aspect> told, string path)
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
            var allowed = Tolerance(a.Channels[c], whole, Path.GetExtension(path), told.Contains(Aspect.Resolution));
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

    // Half a step of the format where rounding was told, else a hundredth of the channel's own step.
    private static double Tolerance(Channel channel, double[] values, string ending, bool isRounded)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high, largest) = (finite.Min(), finite.Max(), finite.Max(Math.Abs));
        var exact = Math.Max(1e-13 * largest, channel.Calibration is { } steps ? 0.01 * Math.Abs(steps.Gain) : 0);
        return !isRounded ? exact : Math.Max(exact, ending switch
        {
            ".edf" => 0.6 * Math.Max(high - low, low == high ? 2e-3 * largest : 0) / 65535,
            ".bdf" => 0.6 * Math.Max(high - low, low == high ? 2e-3 * largest : 0) / 16777215,
            ".hea" => 5e-5 * largest,
            _ => 6.1e-8 * largest,
        });
    }
}
