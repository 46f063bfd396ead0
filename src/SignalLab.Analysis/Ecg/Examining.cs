using SignalLab.Analysis.Ecg.Averaging;
using SignalLab.Analysis.Ecg.Classes;
using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Analysis.Ecg.Quality;
using SignalLab.Analysis.Norms;
using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>The whole examination of an ECG: each part stands for itself, here they follow one another.</summary>
public static class Examining
{
    extension(Recording recording)
    {
        /// <summary>
        /// Examines an ECG: quality of the leads, beats, pacing, waves, shapes and classes, the usual beat, intervals and what else is measured on it, rhythm and heart-rate
        /// variability; numbers are held against norms of the subject's age and sex.
        /// </summary>
        /// <param name="options">Leads, classifier and norms; null for all leads, the rules and the norms that come with the program.</param>
        /// <returns>What was found; what cannot be measured is there with its reason.</returns>
        /// <exception cref="UnfitInputException">There is no ECG channel, the leads' rates or lengths differ, the rate is below <see cref="QrsDetector.LeastRateHz"/>, or units do not convert.</exception>
        public EcgExamination Examine(EcgOptions? options = null)
        {
            options ??= new EcgOptions();
            var leads = options.Leads ?? recording.EcgLeads();
            recording.RequireFit(leads);
            var norms = options.Norms ?? ReferenceSets.Shipped;

            // What does not need one another runs at the same time.
            var pacing = Task.Run(() => recording.FindPacingSpikes(leads));
            var located = recording.FindBeats(leads);
            var spikes = pacing.GetAwaiter().GetResult();
            Beat[] found = [.. located.Beats.Select(b => b with { IsPaced = spikes.Pace(b) })];
            var clustering = Task.Run(() => recording.ClusterBeats(leads, found));
            var delineated = recording.DelineateBeats(found, leads);
            var clusters = clustering.GetAwaiter().GetResult();
            Beat[] shaped = [.. delineated.Select((b, i) => b with { Template = clusters.Indices[i] })];
            var blunt = recording.FindPacedComplexes(leads, shaped);
            Beat[] grouped = [.. shaped.Select((b, i) => b with { IsPaced = b.IsPaced || blunt[i] })];
            var classes = (options.Classifier ?? new RuleBeatClassifier()).Classify(recording, leads, grouped);
            var told = CutBeats.Unclassed(recording, leads[0], grouped, classes);
            Beat[] beats = [.. grouped.Select((b, i) => b with { Class = told[i] })];
            var examination = new EcgExamination(recording, leads, beats)
            {
                Quality = located.Quality,
                VentricularFlutter = located.VentricularFlutter,
                Templates = [.. clusters.Templates.Select((t, i) => t with { Class = Most(beats, i) })],
                Median = recording.AverageBeats(leads, beats),
            };
            var variability = Task.Run(examination.MeasureVariability);
            var flutter = Task.Run(() => recording.FindFlutterWaves(leads, beats));
            var rhythm = examination.FindRhythm(flutter.GetAwaiter().GetResult());
            examination = AtrialWaves.Without(examination, rhythm);
            return examination with
            {
                Measurements = [.. examination.MeasureIntervals().Select(m => m.JudgedBy(norms, recording.Subject))],
                Rhythm = rhythm,
                Variability = [.. variability.GetAwaiter().GetResult().Select(m => m.JudgedBy(norms, recording.Subject))],
            };
        }
    }

    private static BeatClass Most(Beat[] beats, int template) =>
        beats.Where(b => b.Template == template).GroupBy(b => b.Class).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).FirstOrDefault(BeatClass.Unclassifiable);
}
