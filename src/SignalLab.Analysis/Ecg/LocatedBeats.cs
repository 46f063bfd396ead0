using SignalLab.Analysis.Ecg.Quality;
using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>Where the beats of an ECG are, with what it rests on.</summary>
/// <param name="Beats">In order of time; none where the leads cannot be read, none in ventricular flutter or fibrillation.</param>
/// <param name="Quality">How far each lead can be trusted, in the leads' order.</param>
/// <param name="VentricularFlutter">Where the ventricles flutter or fibrillate.</param>
public sealed record LocatedBeats(IReadOnlyList<Beat> Beats, IReadOnlyList<LeadQuality> Quality, IReadOnlyList<VentricularStretch> VentricularFlutter);

/// <summary>Finds beats and what hides them.</summary>
public static class BeatFinding
{
    extension(Recording recording)
    {
        /// <summary>Finds the beats of leads that are assessed first; waves that are no complexes are left out.</summary>
        /// <param name="leads">Channel indices, of one rate.</param>
        /// <exception cref="UnfitInputException">As <c>DetectBeats</c>.</exception>
        public LocatedBeats FindBeats(IReadOnlyList<int> leads)
        {
            ArgumentNullException.ThrowIfNull(leads);
            var ventricular = Task.Run(() => recording.FindVentricularFlutter(leads));
            var quality = recording.AssessLeads(leads);
            var detected = recording.DetectBeats(leads, quality);
            var flutter = ventricular.GetAwaiter().GetResult();
            return new(recording.Sampled(leads[0], detected.Where(b => !flutter.Any(f => b.OnsetSeconds >= f.OnsetSeconds && b.OnsetSeconds <= f.EndSeconds))), quality, flutter);
        }

        // The stored sample of each beat; beats and runs are in order of time.
        private List<Beat> Sampled(int lead, IEnumerable<Annotation> beats)
        {
            var (runs, rate) = (recording.Runs(lead), recording.Channels[lead].RateHz);
            var sampled = new List<Beat>();
            var run = 0;
            foreach (var beat in beats)
            {
                while (run + 1 < runs.Count && runs[run + 1].OnsetSeconds <= beat.OnsetSeconds + (0.5 / rate))
                {
                    run++;
                }

                sampled.Add(new Beat(runs[run].FirstSample + (long)Math.Round((beat.OnsetSeconds - runs[run].OnsetSeconds) * rate), beat.OnsetSeconds));
            }

            return sampled;
        }
    }
}
