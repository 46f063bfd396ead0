using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Validation;

namespace SignalLab.Cli.Ecg;

/// <summary>
/// Our intervals over all leads beside those of experts who marked each lead by itself. Theirs run from the third earliest onset to the third latest end: the standard's rule of the
/// earliest and the latest lead, two outliers left out.
/// </summary>
internal sealed class LeadwiseScore
{
    private const double NearSeconds = 0.1;
    private const int Outliers = 2;
    private const double LeastShareOfLeads = 0.75;

    private static readonly (string Name, WaveKind From, WaveKind To, Func<WaveMarks, (long? From, long? To)> Marks)[] Intervals =
    [
        ("P duration", WaveKind.POn, WaveKind.POff, m => (m.POn, m.POff)),
        ("PR interval", WaveKind.POn, WaveKind.QrsOn, m => (m.POn, m.QrsOn)),
        ("QRS duration", WaveKind.QrsOn, WaveKind.QrsOff, m => (m.QrsOn, m.QrsOff)),
    ];

    private readonly Dictionary<string, List<double>> errorsMs = [];

    /// <summary>Adds a record.</summary>
    /// <param name="leads">The experts' marks, one set a lead.</param>
    /// <param name="marks">Ours.</param>
    public void Add(IReadOnlyList<WaveSet> leads, RecordMarks marks)
    {
        var beats = marks.Global;
        foreach (var (name, from, to, of) in Intervals)
        {
            var both = beats.Select(of).Where(m => m.From is not null && m.To is not null).ToList();
            var onsets = Extremes(leads, from, [.. both.Select(m => m.From!.Value)], marks.RateHz);
            var ends = Extremes(leads, to, [.. both.Select(m => m.To!.Value)], marks.RateHz);
            double[] theirs = [.. onsets.Zip(ends, (a, b) => 1000 * (b - a) / marks.RateHz).Where(double.IsFinite)];
            if (theirs.Length > 0 && marks.Record.Examination.Measurements.FirstOrDefault(m => m.Name == name)?.Value is { } ours)
            {
                if (!errorsMs.TryGetValue(name, out var errors))
                {
                    errorsMs[name] = errors = [];
                }

                errors.Add(ours - ErrorSummary.Of(theirs).MedianMs);
            }
        }
    }

    /// <summary>A row an interval.</summary>
    /// <param name="database">Folder of the records.</param>
    public IEnumerable<ValidationRow> Rows(string database) => errorsMs.Select(kind =>
    {
        var errors = ErrorSummary.Of(kind.Value);
        return new ValidationRow(database, "over all leads, against the leads' third earliest onset and third latest end", kind.Key, kind.Value.Count) { Found = errors.Count, MeanMs = errors.MeanMs, SdMs = errors.SdMs };
    });

    // For each of our marks the experts' third from the edge; NaN where fewer than three quarters of the leads have one near.
    private static double[] Extremes(IReadOnlyList<WaveSet> leads, WaveKind kind, long[] ours, double rateHz)
    {
        var isOnset = kind is WaveKind.POn or WaveKind.QrsOn;
        var near = leads.Select(l => MarkPairing.Nearest(ours, l[kind], NearSeconds * rateHz)).ToList();
        return [.. ours.Select((_, i) =>
        {
            double[] theirs = [.. near.Select(n => n[i]).Where(double.IsFinite).Order()];
            return theirs.Length > Outliers && theirs.Length >= LeastShareOfLeads * leads.Count ? theirs[isOnset ? Outliers : ^(Outliers + 1)] : double.NaN;
        })];
    }
}
