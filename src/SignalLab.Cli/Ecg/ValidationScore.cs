using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Validation;

namespace SignalLab.Cli.Ecg;

/// <summary>Limits of the scoring.</summary>
/// <param name="WindowMs">Largest distance of a beat.</param>
/// <param name="ToleranceMs">Largest distance of a wave's mark.</param>
/// <param name="LearnSeconds">Beginning that is left out of beats.</param>
internal sealed record ValidationRules(double WindowMs = 150, double ToleranceMs = 150, double LearnSeconds = 0);

/// <summary>A row of the result.</summary>
/// <param name="Database">Folder of the records.</param>
/// <param name="Task">What was scored, and by which annotations.</param>
/// <param name="Measure">Kind of beat, mark or interval.</param>
/// <param name="Records">Records (or leads) with a reference.</param>
internal sealed record ValidationRow(string Database, string Task, string Measure, int Records)
{
    public double? Reference { get; init; }

    public double? Found { get; init; }

    public double? Extra { get; init; }

    public double? SensitivityPercent { get; init; }

    public double? PredictivityPercent { get; init; }

    public double? MeanMs { get; init; }

    public double? SdMs { get; init; }

    public double? RecordMeanMs { get; init; }

    public double? RecordSdMs { get; init; }

    public double? PredictivityBetweenPercent { get; init; }
}

/// <summary>Scores the records of one folder.</summary>
/// <param name="database">The folder's name.</param>
/// <param name="rules">Limits.</param>
internal sealed class ValidationScore(string database, ValidationRules rules)
{
    private static readonly string[] Kinds = ["Pon", "P", "Poff", "QRSon", "R", "QRSoff", "Ton", "T", "Toff"];

    private readonly DelineationScorer best = new(LeadChoice.Best, rules.ToleranceMs);
    private readonly DelineationScorer median = new(LeadChoice.Median, rules.ToleranceMs);
    private readonly DelineationScorer byLead = new(LeadChoice.Best, rules.ToleranceMs);
    private readonly List<(string Record, DetectionScore Score)> detections = [];
    private readonly List<double> qtErrorsMs = [];
    private readonly LeadwiseScore leadwise = new();
    private readonly StatedFindings findings = new();
    private ClassScore classes = ClassScore.Zero;
    private EpisodeScore fibrillation;
    private int rhythms;

    /// <summary>Each record's beats.</summary>
    public IReadOnlyList<(string Record, DetectionScore Score)> Detections => detections;

    /// <summary>The database.</summary>
    public string Database => database;

    /// <summary>Adds a record, scored by whatever annotations are beside it.</summary>
    public void Add(RecordMarks marks)
    {
        if (marks.Reference("atr") is { } beats && beats.Any(m => BeatLabels.IsBeat(m.Symbol)))
        {
            detections.Add((marks.Record.Name, DetectionScore.Of(beats, [.. marks.Beats.Select(b => b.Sample).Distinct()], marks.RateHz, rules.WindowMs, rules.LearnSeconds)));
            classes = classes.Add(ClassScore.Of(beats, marks.Beats, marks.RateHz, rules.WindowMs, rules.LearnSeconds));
            AddRhythm(marks);
        }

        var leads = marks.Leads();
        if (marks.Reference("q1c") is { } waves)
        {
            WaveSet[] ours = [.. leads.Select(l => l.Waves)];
            best.Add(WaveSet.FromBrackets(waves), ours, marks.RateHz);
            median.Add(WaveSet.FromBrackets(waves), ours, marks.RateHz);
        }

        AddLeads(marks, leads);
        findings.Add(marks.Record.Examination);
    }

    /// <summary>The result.</summary>
    public IEnumerable<ValidationRow> Rows()
    {
        if (detections.Count > 0)
        {
            var sum = detections.Aggregate(default(DetectionScore), (a, b) => a.Add(b.Score));
            yield return new(database, "beats found (.atr)", "QRS", detections.Count)
            {
                Reference = sum.Beats,
                Found = sum.TruePositives,
                Extra = sum.FalsePositives,
                SensitivityPercent = sum.SensitivityPercent,
                PredictivityPercent = sum.PositivePredictivityPercent,
                MeanMs = sum.MeanMs,
                SdMs = sum.SdMs,
            };
            foreach (var (kind, letter) in EcgJson.Classes.Where(c => classes.Beats(c.Class) > 0))
            {
                yield return new(database, "beat classes (.atr)", letter, detections.Count)
                {
                    Reference = classes.Beats(kind),
                    Found = classes.Confusion[(int)kind][(int)kind],
                    SensitivityPercent = classes.SensitivityPercent(kind),
                    PredictivityPercent = classes.PositivePredictivityPercent(kind),
                };
            }
        }

        if (fibrillation.ReferenceSeconds > 0)
        {
            yield return new(database, "atrial fibrillation and flutter (.atr)", "seconds", rhythms)
            {
                Reference = fibrillation.ReferenceSeconds,
                Found = fibrillation.SharedSeconds,
                Extra = fibrillation.DetectedSeconds - fibrillation.SharedSeconds,
                SensitivityPercent = fibrillation.SensitivityPercent,
                PredictivityPercent = fibrillation.PositivePredictivityPercent,
            };
        }

        foreach (var row in Waves("waves, best lead (.q1c)", best, false).Concat(Waves("waves, median of leads (.q1c)", median, false)).Concat(Waves("waves by lead", byLead, true)))
        {
            yield return row;
        }

        if (qtErrorsMs.Count > 0)
        {
            var errors = ErrorSummary.Of(qtErrorsMs);
            yield return new(database, "QT of all leads against the median of the leads' annotations", "QT", qtErrorsMs.Count) { MeanMs = errors.MeanMs, SdMs = errors.SdMs };
        }

        foreach (var row in leadwise.Rows(database).Concat(findings.Rows(database)))
        {
            yield return row;
        }
    }

    private void AddRhythm(RecordMarks marks)
    {
        if (marks.AtrialFibrillation("atr") is { } reference)
        {
            rhythms++;
            fibrillation = fibrillation.Add(EpisodeScore.Of(
                reference,
                marks.Record.Examination.Rhythm.Where(r => r.Name is RhythmAnalysis.AtrialFibrillation or RhythmAnalysis.AtrialFlutter).Select(r => (r.OnsetSeconds, r.EndSeconds))));
        }
    }

    // A lead without marks of its own is scored by the global ones.
    private void AddLeads(RecordMarks marks, IReadOnlyList<(string Lead, WaveSet Waves)> leads)
    {
        var expertQtMs = new List<double>();
        var experts = new List<WaveSet>();
        foreach (var channel in marks.Record.Examination.Recording.Channels)
        {
            if (channel.Label.Length == 0 || channel.Label.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || channel.Label is "atr" or "q1c" or "hea" or "dat" || marks.Reference(channel.Label) is not { } annotations)
            {
                continue;
            }

            var reference = WaveSet.FromBrackets(annotations);
            var own = leads.FirstOrDefault(l => l.Lead.Equals(channel.Label, StringComparison.OrdinalIgnoreCase)).Waves ?? leads.FirstOrDefault(l => l.Lead.Length == 0).Waves;
            byLead.Add(reference, own is null ? [] : [own], marks.RateHz);
            expertQtMs.AddRange(QtMs(reference, marks.RateHz));
            experts.Add(reference);
        }

        leadwise.Add(experts, marks);

        if (expertQtMs.Count > 0 && marks.Record.Examination.Measurements.FirstOrDefault(m => m.Name == "QT interval")?.Value is { } qt)
        {
            qtErrorsMs.Add(qt - ErrorSummary.Of(expertQtMs).MedianMs);
        }
    }

    private static List<double> QtMs(WaveSet reference, double rateHz)
    {
        var all = new List<double>();
        foreach (var onset in reference[WaveKind.QrsOn])
        {
            foreach (var end in reference[WaveKind.TOff])
            {
                if (end > onset)
                {
                    all.Add((end - onset) / rateHz * 1000);
                    break;
                }
            }
        }

        return [.. all.Where(q => q < 800)];
    }

    private IEnumerable<ValidationRow> Waves(string task, DelineationScorer scorer, bool showsPredictivity)
    {
        if (scorer.Records == 0)
        {
            yield break;
        }

        var score = scorer.Sum();
        for (var k = 0; k < Kinds.Length; k++)
        {
            var wave = score.Waves[k];
            if (wave.Reference > 0)
            {
                yield return new(database, task, Kinds[k], scorer.Records)
                {
                    Reference = wave.Reference,
                    Found = wave.Found,
                    Extra = showsPredictivity ? wave.Detected - wave.Found : null,
                    SensitivityPercent = wave.SensitivityPercent,
                    PredictivityPercent = showsPredictivity ? wave.PositivePredictivityPercent : null,
                    MeanMs = wave.Errors?.MeanMs,
                    SdMs = wave.Errors?.SdMs,
                    RecordMeanMs = wave.RecordMeanMs,
                    RecordSdMs = wave.RecordSdMs,
                    PredictivityBetweenPercent = showsPredictivity ? wave.PredictivityBetweenPercent : null,
                };
            }
        }

        foreach (var (name, interval) in score.Intervals)
        {
            yield return new(database, task, name + " interval", scorer.Records)
            {
                Found = interval.Errors.Count,
                MeanMs = interval.Errors.MeanMs,
                SdMs = interval.Errors.SdMs,
                RecordMeanMs = interval.RecordMedianMeanMs,
                RecordSdMs = interval.RecordMedianSdMs,
            };
        }
    }
}
