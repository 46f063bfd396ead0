using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Validation;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>What was found in one record, and what its annotation files say.</summary>
/// <param name="Record">The examined record.</param>
/// <param name="RateHz">Samples a second of the leads.</param>
/// <param name="Header">The record's header file.</param>
internal sealed record RecordMarks(EcgRecord Record, double RateHz, string Header)
{
    private readonly RealSamples real = new(Record);

    /// <summary>Our beats, counted in real time at the leads' rate.</summary>
    public IReadOnlyList<(long Sample, BeatClass Class)> Beats => [.. Record.Examination.Beats.Select(b => (real.Of(b.Sample), b.Class))];

    /// <summary>Our marks over all leads, one set a beat.</summary>
    public IReadOnlyList<WaveMarks> Global => [.. Record.Examination.Beats.Select(b => Real(b.Global))];

    /// <summary>Our marks by lead; the global ones have an empty name and are there wherever a beat is.</summary>
    public IReadOnlyList<(string Lead, WaveSet Waves)> Leads()
    {
        var beats = Record.Examination.Beats;
        var all = new List<(string Lead, WaveSet Waves)>();
        if (beats.Count > 0)
        {
            all.Add(("", WaveSet.Of(Global)));
        }

        foreach (var lead in Enumerable.Range(0, Record.Leads.Count).GroupBy(i => Record.Leads[i]))
        {
            var waves = WaveSet.Of(lead.SelectMany(i => beats.Where(b => i < b.Leads.Count).Select(b => Real(b.Leads[i]))));
            if (waves.Extent is not null)
            {
                all.Add((lead.Key, waves));
            }
        }

        return [.. all.OrderBy(l => l.Lead, StringComparer.Ordinal)];
    }

    /// <summary>The marks of an annotator beside the record; null where there is no such file.</summary>
    /// <param name="annotator">The file's ending.</param>
    public IReadOnlyList<ReferenceMark>? Reference(string annotator) => Annotations(annotator) is { } all
        ? [.. all.Select(a => new ReferenceMark((long)Math.Round(a.OnsetSeconds * RateHz), a.Text.Split(' ', 2)[0]))]
        : null;

    /// <summary>Stretches of atrial fibrillation and flutter as the rhythm marks of an annotator name them.</summary>
    /// <param name="annotator">The file's ending.</param>
    /// <returns>Empty where it names none; null where it names no rhythm at all.</returns>
    public IReadOnlyList<(double From, double To)>? AtrialFibrillation(string annotator)
    {
        var changes = Annotations(annotator)?.Where(a => a.Text.StartsWith("+ (", StringComparison.Ordinal)).ToList();
        if (changes is not { Count: > 0 })
        {
            return null;
        }

        var end = Record.Examination.Recording.DurationSeconds;
        return [.. changes.Select((c, i) => (Name: c.Text[2..].Trim(), From: c.OnsetSeconds, To: i + 1 < changes.Count ? changes[i + 1].OnsetSeconds : end)).Where(r => r.Name is "(AFIB" or "(AFL").Select(r => (r.From, r.To))];
    }

    /// <summary>True where a file of that ending stands beside the header.</summary>
    public static bool Has(string header, string annotator) => File.Exists(Path.ChangeExtension(header, annotator));

    private IReadOnlyList<Annotation>? Annotations(string annotator) => Has(Header, annotator) ? WfdbAnnotations.ReadBeside(Header, annotator) : null;

    private WaveMarks Real(WaveMarks w) => Record.Examination.Recording.Segments.Count <= 1 ? w : w with
    {
        POn = real.Of(w.POn),
        P = real.Of(w.P),
        POff = real.Of(w.POff),
        QrsOn = real.Of(w.QrsOn),
        R = real.Of(w.R),
        QrsOff = real.Of(w.QrsOff),
        TOn = real.Of(w.TOn),
        T = real.Of(w.T),
        TOff = real.Of(w.TOff),
    };
}
