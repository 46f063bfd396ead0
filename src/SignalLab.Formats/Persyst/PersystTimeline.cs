using System.Globalization;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Persyst;

/// <summary>When the samples were recorded: lines <c>SAMPLE=SECONDS</c>, each the time of day of one sample. Where a time is later than the samples before it explain, nothing was recorded in between.</summary>
/// <param name="Start">Clock at the first sample, or null.</param>
/// <param name="Segments">Uninterrupted stretches.</param>
internal sealed record PersystTimeline(DateTime? Start, IReadOnlyList<Segment> Segments)
{
    private const double DaySeconds = 86400;

    /// <summary>Reads the times of the samples.</summary>
    /// <param name="text">The layout.</param>
    /// <param name="waveforms">The samples.</param>
    /// <param name="testTime">When the recording began, to the second.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static PersystTimeline Of(SectionedText text, PersystWaveforms waveforms, DateTime? testTime, List<string> remarks)
    {
        var marks = Marks(text, waveforms.SampleCount);
        return new(StartOf(testTime, marks, remarks), waveforms.SampleCount == 0 ? [] : SegmentsOf(waveforms, marks, remarks));
    }

    // The time of the test has whole seconds; that of the first sample has its fraction, in the clip of a longer file another origin.
    private static DateTime? StartOf(DateTime? testTime, List<(long Sample, double Seconds)> marks, List<string> remarks)
    {
        if (testTime is not { } start || marks.Count == 0 || marks[0].Sample != 0)
        {
            return testTime;
        }

        var later = (marks[0].Seconds % DaySeconds) - start.TimeOfDay.TotalSeconds;
        if (later is >= 0 and < 1)
        {
            return start.AddTicks((long)Math.Round(later * TimeSpan.TicksPerSecond));
        }

        remarks.Add(FormattableString.Invariant($"The first sample's time of day ({marks[0].Seconds} s) is not that of the test ({start:HH:mm:ss}): the test's was taken."));
        return start;
    }

    private static List<Segment> SegmentsOf(PersystWaveforms waveforms, List<(long Sample, double Seconds)> marks, List<string> remarks)
    {
        var segments = new List<Segment>();
        var (first, onset, backward) = (0L, 0.0, 0);
        foreach (var ((sample, seconds), (next, nextSeconds)) in marks.Zip(marks.Skip(1)))
        {
            var passed = nextSeconds - seconds;
            passed += passed < -DaySeconds / 2 ? DaySeconds : 0;
            var gap = passed - ((next - sample) / waveforms.RateHz);
            backward += gap * waveforms.RateHz < -1.5 ? 1 : 0;
            if (gap * waveforms.RateHz >= 1.5)
            {
                segments.Add(new(onset, (next - first) / waveforms.RateHz));
                (onset, first) = (segments[^1].EndSeconds + gap, next);
            }
        }

        if (backward > 0)
        {
            remarks.Add(FormattableString.Invariant($"{backward} times of samples lie before those that the samples in front of them give: they were passed over."));
        }

        segments.Add(new(onset, (waveforms.SampleCount - first) / waveforms.RateHz));
        return segments;
    }

    private static List<(long Sample, double Seconds)> Marks(SectionedText text, long count)
    {
        var marks = new List<(long Sample, double Seconds)>();
        foreach (var line in text["SampleTimes"])
        {
            if (long.TryParse(line.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var sample) && sample < Math.Max(1, count)
                && PersystComments.Seconds(line.Value) is { } seconds && (marks.Count == 0 || sample > marks[^1].Sample))
            {
                marks.Add((sample, seconds));
            }
        }

        return marks;
    }
}
