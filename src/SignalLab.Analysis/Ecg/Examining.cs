using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>The whole examination of an ECG: each part stands for itself, here they follow one another.</summary>
public static class Examining
{
    private const string IntervalMethod = "intervals between successive beats, none across a gap; " + QrsDetector.Method;

    extension(Recording recording)
    {
        /// <summary>Examines an ECG.</summary>
        /// <param name="options">Leads and classifier; null for all leads and the rules.</param>
        /// <returns>Beats, rate and what else was found; what cannot be measured is there with its reason.</returns>
        /// <exception cref="UnfitInputException">There is no ECG channel, the leads' rates or lengths differ, the rate is below <see cref="QrsDetector.LeastRateHz"/>, or units do not convert.</exception>
        public EcgExamination Examine(EcgOptions? options = null)
        {
            options ??= new EcgOptions();
            var leads = options.Leads ?? recording.EcgLeads();
            var beats = recording.LocateBeats(leads);
            return new EcgExamination(recording, leads, beats) { Measurements = recording.MeasureBeatIntervals(beats) };
        }

        /// <summary>Rate and the middle, shortest and longest interval between beats.</summary>
        private List<Measurement> MeasureBeatIntervals(List<Beat> beats)
        {
            var marks = beats.ConvertAll(b => new Annotation(b.Seconds, 0, BeatDetection.BeatText));
            var rate = recording.MeasureHeartRate(marks);
            var intervals = recording.RrSeconds(marks);
            Array.Sort(intervals);
            var reason = intervals.Length == 0 ? FormattableString.Invariant($"{beats.Count} beat(s) found, with no interval between them.") : null;
            Measurement Interval(string name, double? seconds) => new(name, 1000 * seconds, Unit.Parse("ms"), IntervalMethod, rate.Origin) { Reason = reason };
            return
            [
                rate,
                Interval("RR median", intervals.Length == 0 ? null : (intervals[(intervals.Length - 1) / 2] + intervals[intervals.Length / 2]) / 2),
                Interval("RR min", intervals.Length == 0 ? null : intervals[0]),
                Interval("RR max", intervals.Length == 0 ? null : intervals[^1]),
            ];
        }
    }
}
