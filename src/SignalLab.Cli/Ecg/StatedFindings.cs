using SignalLab.Analysis.Ecg;

namespace SignalLab.Cli.Ecg;

/// <summary>Our findings beside those that cardiologists wrote as comments into a record's header, as the Lobachevsky University database has them, beginning with the rhythm.</summary>
internal sealed class StatedFindings
{
    private static readonly (string Name, Func<string, bool> Theirs, Func<string, bool> Ours)[] Kinds =
    [
        ("atrial fibrillation, flutter", s => s.Contains("fibrillation", StringComparison.OrdinalIgnoreCase) || s.Contains("flutter", StringComparison.OrdinalIgnoreCase), n => n is RhythmAnalysis.AtrialFibrillation or RhythmAnalysis.AtrialFlutter),
        ("sinus bradycardia", s => s.Contains("Sinus bradycardia", StringComparison.Ordinal), n => n.EndsWith("sinus bradycardia", StringComparison.Ordinal)),
        ("right bundle-branch block", s => s.StartsWith("Complete right bundle", StringComparison.Ordinal), n => n == "right bundle-branch block"),
        ("left bundle-branch block", s => s.StartsWith("Complete left bundle", StringComparison.Ordinal), n => n == "left bundle-branch block"),
        ("first-degree AV block", s => s.StartsWith("I degree AV", StringComparison.Ordinal), n => n == "first-degree AV block"),
        ("supraventricular ectopy", s => s.StartsWith("Atrial extrasystole", StringComparison.Ordinal), n => n.StartsWith("supraventricular ectopic", StringComparison.Ordinal)),
        ("ventricular ectopy", s => s.StartsWith("Ventricular extrasystole", StringComparison.Ordinal), n => n.StartsWith("ventricular ectopic", StringComparison.Ordinal)),
        ("pacing", s => s.EndsWith("pacing.", StringComparison.Ordinal), n => n == "paced rhythm"),
    ];

    private readonly (int Both, int Theirs, int Ours)[] counts = new (int, int, int)[Kinds.Length];
    private int records;

    /// <summary>Adds a record whose header states its rhythm.</summary>
    public void Add(EcgExamination examination)
    {
        var stated = examination.Recording.Comments;
        if (!stated.Any(s => s.StartsWith("Rhythm:", StringComparison.Ordinal)))
        {
            return;
        }

        records++;
        for (var k = 0; k < Kinds.Length; k++)
        {
            var (theirs, ours) = (stated.Any(Kinds[k].Theirs), examination.Rhythm.Any(f => Kinds[k].Ours(f.Name)));
            counts[k] = (counts[k].Both + (theirs && ours ? 1 : 0), counts[k].Theirs + (theirs ? 1 : 0), counts[k].Ours + (ours ? 1 : 0));
        }
    }

    /// <summary>A row a finding, counted in records.</summary>
    /// <param name="database">Folder of the records.</param>
    public IEnumerable<ValidationRow> Rows(string database) => Kinds.Zip(counts).Where(k => k.Second.Theirs + k.Second.Ours > 0).Select(k => new ValidationRow(database, "findings stated in the header", k.First.Name, records)
    {
        Reference = k.Second.Theirs,
        Found = k.Second.Both,
        Extra = k.Second.Ours - k.Second.Both,
        SensitivityPercent = k.Second.Theirs > 0 ? 100.0 * k.Second.Both / k.Second.Theirs : null,
        PredictivityPercent = k.Second.Ours > 0 ? 100.0 * k.Second.Both / k.Second.Ours : null,
    });
}
