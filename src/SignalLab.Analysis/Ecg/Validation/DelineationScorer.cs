namespace SignalLab.Analysis.Ecg.Validation;

/// <summary>Gathers the errors of delineated records, and sums them up.</summary>
/// <param name="choice">How several leads become one mark.</param>
/// <param name="toleranceMs">Largest distance of a mark from the reference's.</param>
public sealed class DelineationScorer(LeadChoice choice = LeadChoice.Best, double toleranceMs = 150)
{
    private const double LongestIntervalSeconds = 0.8;

    private static readonly (string Name, WaveKind From, WaveKind To)[] Intervals =
        [("PR", WaveKind.POn, WaveKind.QrsOn), ("QRS", WaveKind.QrsOn, WaveKind.QrsOff), ("QT", WaveKind.QrsOn, WaveKind.TOff)];

    private readonly Tally[] waves = [.. Enumerable.Range(0, WaveSet.Kinds).Select(_ => new Tally())];
    private readonly Tally[] intervals = [.. Intervals.Select(_ => new Tally())];

    /// <summary>Records added that have a reference.</summary>
    public int Records { get; private set; }

    /// <summary>Adds a record, or one lead of it.</summary>
    /// <param name="reference">Marks of the reference.</param>
    /// <param name="leads">Our marks: one set a lead, or one for all.</param>
    /// <param name="rateHz">Samples a second.</param>
    public void Add(WaveSet reference, IReadOnlyList<WaveSet> leads, double rateHz)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateHz);
        if (reference.Extent is not { } extent)
        {
            return;
        }

        Records++;
        var window = toleranceMs / 1000 * rateHz;
        var paired = new double[WaveSet.Kinds][];
        for (var k = 0; k < WaveSet.Kinds; k++)
        {
            var kind = (WaveKind)k;
            var marks = reference[kind].ToArray();
            paired[k] = Paired(marks, leads, kind, window);
            if (marks.Length == 0)
            {
                continue;
            }

            var errors = marks.Select((m, i) => (paired[k][i] - m) / rateHz * 1000).Where(e => !double.IsNaN(e)).ToList();
            waves[k].Add(errors, marks.Length, Detected(extent.First, extent.Last), Detected(marks[0], marks[^1]));

            long Detected(long first, long last) =>
                Math.Max(errors.Count, (long)ErrorSummary.Median([.. leads.Select(l => (double)Count(l[kind], first - window, last + window)).DefaultIfEmpty(0)]));
        }

        for (var n = 0; n < Intervals.Length; n++)
        {
            var (_, from, to) = Intervals[n];
            intervals[n].Add(IntervalErrors(reference[from], reference[to], paired[(int)from], paired[(int)to], rateHz), 0, 0, 0);
        }
    }

    /// <summary>The score over all records added.</summary>
    public DelineationScore Sum() => new(
        [.. waves.Select(w => w.Wave())],
        Intervals.Select((i, n) => (i.Name, Score: intervals[n].Interval())).Where(i => i.Score is not null).ToDictionary(i => i.Name, i => i.Score!));

    private double[] Paired(long[] marks, IReadOnlyList<WaveSet> leads, WaveKind kind, double window)
    {
        if (leads.Count == 0)
        {
            return [.. marks.Select(_ => double.NaN)];
        }

        var all = leads.Select(l => MarkPairing.Nearest(marks, l[kind], window)).ToList();
        return [.. marks.Select((mark, i) => One(mark, [.. all.Select(a => a[i]).Where(v => !double.IsNaN(v))]))];
    }

    private double One(long mark, List<double> found) => found.Count == 0 ? double.NaN : choice == LeadChoice.Median ? ErrorSummary.Median(found) : found.MinBy(v => Math.Abs(v - mark));

    private static int Count(ReadOnlySpan<long> samples, double from, double to)
    {
        var count = 0;
        foreach (var sample in samples)
        {
            count += sample >= from && sample <= to ? 1 : 0;
        }

        return count;
    }

    // The two ends of one beat: the second is the first of its kind after the first, before the next beat's.
    private static List<double> IntervalErrors(ReadOnlySpan<long> from, ReadOnlySpan<long> to, double[] pairedFrom, double[] pairedTo, double rateHz)
    {
        var errors = new List<double>();
        var j = 0;
        for (var i = 0; i < from.Length; i++)
        {
            while (j < to.Length && to[j] <= from[i])
            {
                j++;
            }

            var isSameBeat = j < to.Length && to[j] - from[i] < LongestIntervalSeconds * rateHz && !(i + 1 < from.Length && from[i + 1] < to[j]);
            if (isSameBeat && !double.IsNaN(pairedFrom[i]) && !double.IsNaN(pairedTo[j]))
            {
                errors.Add((pairedTo[j] - pairedFrom[i] - (to[j] - from[i])) / rateHz * 1000);
            }
        }

        return errors;
    }

    private sealed class Tally
    {
        private readonly List<double> all = [];
        private readonly List<List<double>> byRecord = [];
        private long reference;
        private long detected;
        private long between;

        public void Add(List<double> errors, long marks, long ours, long oursBetween)
        {
            all.AddRange(errors);
            byRecord.Add(errors);
            reference += marks;
            detected += ours;
            between += oursBetween;
        }

        public WaveScore Wave()
        {
            var several = byRecord.Where(r => r.Count > 1).ToList();
            return new(
                reference, all.Count, detected, all.Count == 0 ? null : ErrorSummary.Of(all),
                several.Count == 0 ? null : several.Average(r => r.Average()), several.Count == 0 ? null : several.Average(r => ErrorSummary.Deviation(r)))
            {
                DetectedBetween = between,
            };
        }

        public IntervalScore? Interval()
        {
            var medians = byRecord.Where(r => r.Count > 0).Select(r => ErrorSummary.Median(r)).ToList();
            return all.Count == 0 ? null : new(ErrorSummary.Of(all), medians.Average(), medians.Count > 1 ? ErrorSummary.Deviation(medians) : null);
        }
    }
}
