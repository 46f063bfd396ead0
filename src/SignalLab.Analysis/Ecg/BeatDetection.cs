using SignalLab.Analysis.Ecg.Quality;
using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>Beats of a recording.</summary>
public static class BeatDetection
{
    /// <summary>Text of a detected beat's annotation.</summary>
    public const string BeatText = "QRS";

    // Monitors shall not take a smaller deflection for a beat; half the peak-to-valley limit, as the height is counted from the level around.
    // Source: ANSI/AAMI EC13:2002, 4.2.6.1 (0.15 mV peak to valley).
    private const double LeastHeightMillivolts = 0.05;

    extension(Recording recording)
    {
        /// <summary>Finds the beats in the ECG leads, each uninterrupted stretch for itself.</summary>
        /// <param name="channels">Indices of the leads, of one rate; null for all good ECG channels (of the rate that most have).</param>
        /// <returns>One annotation a beat, <see cref="BeatText"/> at the R peak of the tallest lead, in order of time.</returns>
        /// <exception cref="UnfitInputException">There is no ECG channel, the rates differ, the rate is below <see cref="QrsDetector.LeastRateHz"/>, or units do not convert.</exception>
        public IReadOnlyList<Annotation> DetectBeats(IReadOnlyList<int>? channels = null)
        {
            var origin = new Origin(OriginKind.Algorithm, QrsDetector.Method);
            return [.. recording.LocateBeats(channels ?? recording.EcgLeads()).Select(b => new Annotation(b.Seconds, 0, BeatText) { Origin = origin })];
        }

        /// <summary>The same beats with their sample indices, still without class and waves.</summary>
        internal List<Beat> LocateBeats(IReadOnlyList<int> leads)
        {
            recording.RequireFit(leads);
            var first = leads[0];
            var unit = recording.Channels[first].Unit;
            var rate = recording.Channels[first].RateHz;
            var factors = leads.Select(l => recording.Channels[l].Unit.To(unit).Factor).ToArray();
            var leastHeight = Unit.Millivolt.ConvertsTo(unit) ? Unit.Millivolt.Convert(LeastHeightMillivolts, unit) : 0;
            var beats = new List<Beat>();
            foreach (var run in recording.Runs(first))
            {
                var peaks = QrsDetector.Detect(
                    (lead, from, into) =>
                    {
                        recording.Samples.Read(leads[lead], run.FirstSample + from, into);
                        Scale(into, factors[lead]);
                    },
                    leads.Count, run.Count, rate, leastHeight);
                beats.AddRange(peaks.Select(p => new Beat(run.FirstSample + p, run.OnsetSeconds + (p / rate))));
            }

            return beats;
        }

        /// <summary>Finds the beats in leads whose quality is known: where none of them shows anything but a rest, a rail or hopeless noise, nothing is taken for a beat.</summary>
        /// <param name="leads">Indices of the leads, of one rate.</param>
        /// <param name="quality">Their qualities, in the leads' order.</param>
        /// <returns>As <c>DetectBeats</c> gives them.</returns>
        /// <exception cref="UnfitInputException">As <c>DetectBeats</c>.</exception>
        public IReadOnlyList<Annotation> DetectBeats(IReadOnlyList<int> leads, IReadOnlyList<LeadQuality> quality)
        {
            ArgumentNullException.ThrowIfNull(leads);
            ArgumentNullException.ThrowIfNull(quality);
            var unfit = recording.UnfitStretches(leads, quality);
            var next = 0;
            var beats = new List<Annotation>();
            foreach (var beat in recording.DetectBeats(leads))
            {
                while (next < unfit.Count && unfit[next].End <= beat.OnsetSeconds)
                {
                    next++;
                }

                if (next == unfit.Count || beat.OnsetSeconds < unfit[next].Onset)
                {
                    beats.Add(beat);
                }
            }

            return beats;
        }

        // Seconds in which no lead is fit for anything, in real time.
        private List<(double Onset, double End)> UnfitStretches(IReadOnlyList<int> leads, IReadOnlyList<LeadQuality> quality)
        {
            var stretches = new List<(double Onset, double End)>();
            if (leads.Count == 0)
            {
                return stretches;
            }

            var rate = recording.Channels[leads[0]].RateHz;
            var length = Math.Max(1, (int)Math.Round(rate));
            var second = 0;
            foreach (var run in recording.Runs(leads[0]))
            {
                for (long at = 0; at < run.Count; at += length, second++)
                {
                    if (!LeadAssessment.IsFit(quality, second))
                    {
                        stretches.Add((run.OnsetSeconds + (at / rate), run.OnsetSeconds + (Math.Min(run.Count, at + length) / rate)));
                    }
                }
            }

            return stretches;
        }

        /// <summary>Good ECG channels that share a rate: the rate of most of them, the higher one where two are as frequent.</summary>
        /// <returns>Channel indices; empty where there is none.</returns>
        public IReadOnlyList<int> EcgLeads() =>
            Enumerable.Range(0, recording.Channels.Count)
                .Where(c => recording.Channels[c] is { Kind: ChannelKind.Ecg, IsBad: false })
                .GroupBy(c => recording.Channels[c].RateHz)
                .OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key)
                .FirstOrDefault()?.ToArray() ?? [];

        internal void RequireFit(IReadOnlyList<int> leads)
        {
            if (leads.Count == 0)
            {
                throw new UnfitInputException("Beats were asked for, but the recording has no good ECG channel: name the leads.");
            }

            var first = recording.Channels[leads[0]];
            if (leads.FirstOrDefault(l => recording.Channels[l].RateHz != first.RateHz || recording.Channels[l].SampleCount != first.SampleCount, -1) is >= 0 and var other)
            {
                throw new UnfitInputException($"Beats are sought in leads of one rate and length: '{first.Label}' and '{recording.Channels[other].Label}' differ; pick leads of one rate or resample.");
            }

            if (first.RateHz < QrsDetector.LeastRateHz)
            {
                throw new UnfitInputException(FormattableString.Invariant($"Lead '{first.Label}' has {first.RateHz} samples a second; beats need at least {QrsDetector.LeastRateHz}."));
            }
        }
    }

    private static void Scale(Span<double> values, double factor)
    {
        for (var i = 0; i < values.Length && factor != 1; i++)
        {
            values[i] *= factor;
        }
    }
}
