using SignalLab.Analysis.Ecg.Averaging;
using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Analysis.Norms;
using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>The whole examination of an ECG: each part stands for itself, here they follow one another.</summary>
public static class Examining
{
    extension(Recording recording)
    {
        /// <summary>Examines an ECG: beats, the usual beat, intervals and what else is measured on it, rhythm and heart-rate variability; numbers are held against norms of the subject's age and sex.</summary>
        /// <param name="options">Leads, classifier and norms; null for all leads, the rules and the norms that come with the program.</param>
        /// <returns>What was found; what cannot be measured is there with its reason.</returns>
        /// <exception cref="UnfitInputException">There is no ECG channel, the leads' rates or lengths differ, the rate is below <see cref="QrsDetector.LeastRateHz"/>, or units do not convert.</exception>
        public EcgExamination Examine(EcgOptions? options = null)
        {
            options ??= new EcgOptions();
            var leads = options.Leads ?? recording.EcgLeads();
            var norms = options.Norms ?? ReferenceSets.Shipped;
            var beats = recording.LocateBeats(leads);
            var examination = new EcgExamination(recording, leads, beats) { Median = recording.AverageBeats(leads, beats) };
            return examination with
            {
                Measurements = [.. examination.MeasureIntervals().Select(m => m.JudgedBy(norms, recording.Subject))],
                Rhythm = examination.FindRhythm(),
                Variability = [.. examination.MeasureVariability().Select(m => m.JudgedBy(norms, recording.Subject))],
            };
        }
    }
}
