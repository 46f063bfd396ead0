using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>Heart rate from the intervals between beats.</summary>
public static class HeartRate
{
    private const string Method = "60 / median RR; " + QrsDetector.Method;
    private const int FewestIntervals = 2;

    /// <summary>Rate of the median interval.</summary>
    /// <param name="rrSeconds">Intervals between successive beats.</param>
    /// <returns>Beats per minute; null where there is no interval.</returns>
    public static double? MedianBeatsPerMinute(ReadOnlySpan<double> rrSeconds)
    {
        if (rrSeconds.IsEmpty)
        {
            return null;
        }

        var sorted = rrSeconds.ToArray();
        Array.Sort(sorted);
        return 120 / (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }

    extension(Recording recording)
    {
        /// <summary>Intervals between successive beats, none of them across a gap.</summary>
        /// <param name="beats">Beats in order of time, as <see cref="BeatDetection"/> gives them.</param>
        /// <returns>RR intervals in seconds.</returns>
        public double[] RrSeconds(IReadOnlyList<Annotation> beats)
        {
            ArgumentNullException.ThrowIfNull(beats);
            var intervals = new List<double>(beats.Count);
            var segment = 0;
            for (var i = 1; i < beats.Count; i++)
            {
                while (segment + 1 < recording.Segments.Count && recording.Segments[segment + 1].OnsetSeconds <= beats[i - 1].OnsetSeconds)
                {
                    segment++;
                }

                if (recording.Segments.Count > 0 && beats[i].OnsetSeconds <= recording.Segments[segment].EndSeconds)
                {
                    intervals.Add(beats[i].OnsetSeconds - beats[i - 1].OnsetSeconds);
                }
            }

            return [.. intervals];
        }

        /// <summary>The heart rate over the whole recording.</summary>
        /// <param name="beats">Beats that were found already, or null to look for them.</param>
        /// <returns>Beats per minute, or no value and the reason.</returns>
        public Measurement MeasureHeartRate(IReadOnlyList<Annotation>? beats = null)
        {
            var measurement = new Measurement("heart rate", null, Unit.Parse("/min"), Method, new Origin(OriginKind.Algorithm, QrsDetector.Method));
            try
            {
                beats ??= recording.DetectBeats();
            }
            catch (UnfitInputException e)
            {
                return measurement with { Reason = e.Message };
            }

            var intervals = recording.RrSeconds(beats);
            return intervals.Length >= FewestIntervals
                ? measurement with { Value = MedianBeatsPerMinute(intervals) }
                : measurement with { Reason = FormattableString.Invariant($"{beats.Count} beat(s) found, with {intervals.Length} interval(s) between them; {FewestIntervals} intervals are needed.") };
        }
    }
}
