using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Norms;
using SignalLab.Learning.Beats;
using SignalLab.Model;

namespace SignalLab.Review.Ecg;

/// <summary>One examined ECG and what becomes of it with a reader's changes; the work that a change does not touch is not done again.</summary>
internal sealed class EcgBench
{
    // Of recordings longer than this the marks in single leads are let go: they would take more memory than all else.
    private const double LongestWithLeadMarksSeconds = 1800;

    private readonly Lock gate = new();
    private (string Key, EcgExamination Examination) classified;

    private EcgBench(EcgExamination found) => (Found, classified) = (found, ("", found));

    /// <summary>As it was found, without anybody's changes and without verdicts.</summary>
    public EcgExamination Found { get; }

    /// <summary>Samples a second of the usual beat; 0 where there is none.</summary>
    public double MedianRateHz => Found.Median is { } median ? median.Waveforms.Channels[0].RateHz : 0;

    /// <summary>Samples of the usual beat.</summary>
    public long MedianLength => Found.Median is { } median ? median.Waveforms.Channels[0].SampleCount : 0;

    /// <summary>Examines a recording.</summary>
    /// <param name="recording">The recording.</param>
    /// <exception cref="UnfitInputException">It has no ECG leads that can be examined.</exception>
    public static EcgBench Of(Recording recording)
    {
        var found = recording.Examine(new() { Classifier = TrainedBeatClassifier.Bundled, Norms = [] });
        return new(recording.DurationSeconds <= LongestWithLeadMarksSeconds ? found : found with { Beats = [.. found.Beats.Select(b => b with { Leads = [] })] });
    }

    /// <summary>The examination with changes, its numbers held against norms.</summary>
    /// <param name="edits">The changes.</param>
    /// <param name="norms">The norms.</param>
    public EcgExamination With(EcgEdits edits, IReadOnlyList<ReferenceNorm> norms)
    {
        var examination = Classified(edits);
        var subject = edits.Applied(Found.Recording.Subject);
        if (edits.Fiducials.Count > 0 || subject != Found.Recording.Subject)
        {
            examination = examination with { Recording = Found.Recording with { Subject = subject }, Median = Found.Median is { } median ? edits.Applied(median) : null };
            examination = examination with { Measurements = UsualBeatMeasuring.Measure(examination) };
        }

        return examination with { Measurements = Judged(examination.Measurements), Variability = Judged(examination.Variability) };

        Measurement[] Judged(IEnumerable<Measurement> measurements) => [.. measurements.Select(m => m.JudgedBy(norms, subject))];
    }

    private EcgExamination Classified(EcgEdits edits)
    {
        var changes = edits.Templates.Where(t => t.Template >= 0 && t.Template < Found.Templates.Count && Found.Templates[t.Template].Count == t.Count).ToDictionary(t => t.Template, t => t.Class);
        var key = string.Join(',', changes.OrderBy(c => c.Key).Select(c => FormattableString.Invariant($"{c.Key}{c.Value}")));
        lock (gate)
        {
            if (classified.Key == key)
            {
                return classified.Examination;
            }

            var examination = Found with
            {
                Beats = [.. Found.Beats.Select(b => changes.TryGetValue(b.Template, out var kind) ? b with { Class = kind } : b)],
                Templates = [.. Found.Templates.Select((t, i) => changes.TryGetValue(i, out var kind) ? t with { Class = kind } : t)],
            };
            if (changes.Count > 0)
            {
                examination = examination with { Rhythm = examination.FindRhythm(), Variability = examination.MeasureVariability() };
            }

            classified = (key, examination);
            return examination;
        }
    }
}
