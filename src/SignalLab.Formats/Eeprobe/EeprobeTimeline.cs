using System.Globalization;
using System.Text;
using SignalLab.Formats.Riff;
using SignalLab.Model;

namespace SignalLab.Formats.Eeprobe;

/// <summary>Uninterrupted stretches and what happened when. The recorder's events carry a time of day and belong to the sample that was taken then.</summary>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="Segments">The stretches.</param>
internal sealed record EeprobeTimeline(double RateHz, IReadOnlyList<Segment> Segments)
{
    private const long LargestPauses = 16_000_000;

    /// <summary>The stretches: one, or those that a <c>.seg</c> file beside the recording tells.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="header">Its header.</param>
    /// <param name="start">When its first sample was taken, or null.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static EeprobeTimeline Of(string path, EeprobeHeader header, EeprobeClock? start, List<string> remarks)
    {
        var whole = new EeprobeTimeline(header.RateHz, header.SampleCount == 0 ? [] : [new Segment(0, header.SampleCount / header.RateHz)]);
        if (Companion(path, ".seg") is not { } pauses || start is not { } zero)
        {
            return whole;
        }

        var segments = new List<Segment>();
        var later = LaterStretches(pauses);
        var first = header.SampleCount - later.Sum(s => s.Samples);
        var end = first / header.RateHz;
        segments.Add(new(0, end));
        foreach (var (time, samples) in later)
        {
            // Clocks are read to a fraction of a sample: a stretch never begins before the last one's end.
            var onset = Math.Max(time.SecondsSince(zero), end);
            end = onset + (samples / header.RateHz);
            segments.Add(new(onset, samples / header.RateHz));
        }

        if (first <= 0 || segments.Any(s => !double.IsFinite(s.EndSeconds)))
        {
            remarks.Add($"{Path.GetFileName(pauses)} tells of more samples than there are; pauses are not known.");
            return whole;
        }

        return whole with { Segments = segments };
    }

    /// <summary>Events and triggers in order of time.</summary>
    public IReadOnlyList<Annotation> Annotations(string path, ByteSource bytes, RiffChunk root, EeprobeClock? start, List<string> remarks)
    {
        var list = new List<Annotation>();
        if (Companion(path, ".trg") is { } triggers)
        {
            list.AddRange(EeprobeTriggers.Beside(triggers).Select(t => new Annotation(TimeOf(t.Seconds * RateHz), 0, t.Code)));
        }
        else
        {
            list.AddRange(EeprobeTriggers.Inside(bytes, root).Select(t => new Annotation(TimeOf(t.Sample), 0, t.Code)));
        }

        if (Companion(path, ".evt") is { } events)
        {
            var read = EeprobeEvents.Read(events, remarks);
            if (start is not { } zero)
            {
                remarks.Add(FormattableString.Invariant($"The {read.Count} events of {Path.GetFileName(events)} have times of day, the recording does not: they are left out."));
            }
            else
            {
                list.AddRange(read.Select(e => new Annotation(OnSample(e.Time.SecondsSince(zero)), e.DurationSeconds, e.Text, e.Channel)).Where(a => double.IsFinite(a.OnsetSeconds)));
            }
        }

        return [.. list.OrderBy(a => a.OnsetSeconds)];
    }

    // The recorder counts an event to the sample it fell in, and to the first one where it came before.
    private double OnSample(double seconds) => Math.Max(0, Math.Floor((seconds * RateHz) + 1e-3) / RateHz);

    // Time of a stored sample.
    private double TimeOf(double sample)
    {
        var stored = 0.0;
        foreach (var segment in Segments)
        {
            if (sample < stored + (segment.DurationSeconds * RateHz) - 1e-6 || segment == Segments[^1])
            {
                return segment.OnsetSeconds + ((sample - stored) / RateHz);
            }

            stored += segment.DurationSeconds * RateHz;
        }

        return sample / RateHz;
    }

    // NumberSegments=N, then for each but the first its time and its samples.
    private static List<(EeprobeClock Time, long Samples)> LaterStretches(string path)
    {
        var bytes = ByteSource.OpenAsIs(path);
        if (bytes.Length > LargestPauses)
        {
            throw new MalformedFileException(path, null, "length", FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"at most {LargestPauses}"));
        }

        var list = new List<(EeprobeClock, long)>();
        foreach (var line in Encoding.Latin1.GetString(bytes.Read(0, bytes.Length, "segments")).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith("NumberSegments", StringComparison.Ordinal)))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            list.Add(words.Length >= 3
                && double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var days)
                && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction)
                && long.TryParse(words[2], NumberStyles.Integer, CultureInfo.InvariantCulture, out var samples) && samples is > 0 and < 1L << 48
                ? (new EeprobeClock(days, fraction), samples)
                : throw new MalformedFileException(path, null, "segment", $"\"{line}\"", "days, fraction of a second and number of samples"));
        }

        return list;
    }

    private static string? Companion(string path, string ending) =>
        Path.ChangeExtension(path, ending) is var beside && beside != path && File.Exists(beside) ? beside : null;
}
