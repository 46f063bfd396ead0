using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Norms;
using SignalLab.Model;
using SignalLab.Review.Marks;

namespace SignalLab.Review.Ecg;

/// <summary>An examination as the page gets it: times in seconds, classes as letters, samples as single-precision numbers in base 64.</summary>
internal static class EcgCard
{
    private const int MostBeatsWithMarks = 3000;
    private const int MostLeadMarks = 5000;
    private const int MostOfAFinding = 300;
    private const int MostTemplates = 60;
    private const double LeastLongSeconds = 120;

    private static readonly string[] Standard = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    /// <summary>The whole card.</summary>
    /// <param name="bench">The examined ECG.</param>
    /// <param name="examination">The same with a reader's changes.</param>
    /// <param name="edits">The changes.</param>
    /// <param name="marks">All annotations, for the trail of changes.</param>
    /// <param name="norms">The sets that numbers can be held against.</param>
    public static object Of(EcgBench bench, EcgExamination examination, EcgEdits edits, IReadOnlyList<Mark> marks, IReadOnlyList<NormSet> norms)
    {
        var recording = examination.Recording;
        return new
        {
            duration = recording.DurationSeconds,
            start = recording.Start?.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture),
            subject = Subject(bench, examination),
            norms = Sets(examination, norms),
            isLong = recording.DurationSeconds >= LeastLongSeconds,
            leads = Leads(examination),
            beats = Beats(examination),
            median = Median(bench, examination),
            measured = Measured(bench, examination, edits, marks),
            rhythm = Findings(examination),
            trend = examination.Recording.DurationSeconds >= LeastLongSeconds ? Trend(examination) : null,
            templates = Templates(examination),
        };
    }

    /// <summary>What changes with the fiducials of the usual beat: marks, numbers, and the trail.</summary>
    /// <param name="bench">The examined ECG.</param>
    /// <param name="examination">The same with a reader's changes.</param>
    /// <param name="edits">The changes.</param>
    /// <param name="marks">All annotations.</param>
    public static object Measured(EcgBench bench, EcgExamination examination, EcgEdits edits, IReadOnlyList<Mark> marks) => new
    {
        set = edits.Fiducials.Select(f => new { lead = f.Lead, name = f.Name }).Distinct(),
        derived = edits.Derived,
        global = examination.Median is { } median ? Places(median.Global, bench.MedianRateHz) : null,
        leads = examination.Median?.Leads.Select(l => Places(l, bench.MedianRateHz)),
        measurements = examination.Measurements.Select(Number),
        trail = marks.Where(EcgTrail.IsEntry).OrderBy(m => m.Id).TakeLast(200).Select(m => new { id = m.Id, text = m.Text, by = m.By, made = m.Made }),
    };

    /// <summary>What changes with the subject's age and sex and with the norms.</summary>
    /// <param name="bench">The examined ECG.</param>
    /// <param name="examination">The same with a reader's changes.</param>
    /// <param name="edits">The changes.</param>
    /// <param name="marks">All annotations.</param>
    public static object Judged(EcgBench bench, EcgExamination examination, EcgEdits edits, IReadOnlyList<Mark> marks) =>
        new { subject = Subject(bench, examination), measured = Measured(bench, examination, edits, marks), variability = examination.Variability.Select(Number) };

    private static object Subject(EcgBench bench, EcgExamination examination)
    {
        var (stated, known) = (bench.Found.Recording.Subject, examination.Recording.Subject);
        return new { sex = known.Sex, age = known.AgeYears, isSexStated = stated.Sex is not null, isAgeStated = stated.AgeYears is not null };
    }

    // Those that have limits of something that is measured here.
    private static IEnumerable<object> Sets(EcgExamination examination, IReadOnlyList<NormSet> norms)
    {
        var names = examination.Measurements.Concat(examination.Variability).Select(m => m.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return norms.Where(s => s.Norms.Any(n => names.Contains(n.Name))).Select(s => new
        {
            id = s.Id,
            isOwn = s.Norms[0].IsOwn,
            source = s.Norms[0].Source,
            population = s.Norms[0].Population,
            certainty = Judging.Word(s.Norms[0].Certainty),
        });
    }

    private static IEnumerable<object> Leads(EcgExamination examination) => examination.Leads.Select((channel, i) =>
    {
        var lead = examination.Recording.Channels[channel];
        var name = ChannelName.Normalise(lead.Label);
        return new
        {
            channel,
            label = lead.Label,
            standard = Standard.FirstOrDefault(s => s.Equals(name, StringComparison.OrdinalIgnoreCase)),
            milli = lead.Unit.ConvertsTo(Unit.Millivolt) ? lead.Unit.To(Unit.Millivolt).Factor : (double?)null,
            unit = lead.Unit.Symbol,
            rate = lead.RateHz,
            quality = i < examination.Quality.Count ? Finite(examination.Quality[i].Score) : null,
        };
    });

    private static object Beats(EcgExamination examination)
    {
        var (beats, rr) = (examination.Beats, examination.IntervalsBefore());
        var rate = examination.Leads.Count > 0 ? examination.Recording.Channels[examination.Leads[0]].RateHz : 1;
        var few = beats.Count <= MostBeatsWithMarks;
        return new
        {
            time = beats.Select(b => Math.Round(b.Seconds, 4)),
            rr = rr.Select(r => Finite(Math.Round(r, 4))),
            classes = string.Concat(beats.Select(b => EcgTrail.LetterOf(b.Class))),
            template = beats.Select(b => b.Template),
            marks = Fiducial.All.Select(f => f.Name),
            global = few ? beats.Select(b => Places(b.Global, rate, b)) : null,
            leads = few && beats.Sum(b => b.Leads.Count) <= MostLeadMarks ? beats.Select(b => b.Leads.Select(l => Places(l, rate, b))) : null,
        };
    }

    private static object? Median(EcgBench bench, EcgExamination examination) => examination.Median is not { } median ? null : new
    {
        rate = bench.MedianRateHz,
        length = bench.MedianLength,
        peak = median.PeakIndex / bench.MedianRateHz,
        count = median.Count,
        found = Places(bench.Found.Median!.Global, bench.MedianRateHz),
        foundLeads = bench.Found.Median!.Leads.Select(l => Places(l, bench.MedianRateHz)),
        samples = Enumerable.Range(0, median.Waveforms.Channels.Count).Select(c => Base64(median.Waveforms.ReadAll(c))),
    };

    private static object Findings(EcgExamination examination) => new
    {
        count = examination.Rhythm.Count,
        findings = examination.Rhythm.GroupBy(r => r.Name).SelectMany(g => g.Take(MostOfAFinding)).OrderBy(r => r.OnsetSeconds).Select(r => new { name = r.Name, onset = r.OnsetSeconds, end = r.EndSeconds, evidence = r.Evidence, confidence = Finite(r.Confidence) }),
        moments = examination.Moments().Select(m => new { name = m.Name, onset = m.OnsetSeconds, end = m.EndSeconds, evidence = m.Evidence }),
        variability = examination.Variability.Select(Number),
    };

    private static object Trend(EcgExamination examination)
    {
        var bin = examination.Recording.DurationSeconds > 43200 ? 300 : examination.Recording.DurationSeconds > 3600 ? 60 : 10;
        return new { bin, bins = examination.TrendOver(bin).Select(Bin), hours = examination.TrendOver(3600).Select(Bin) };

        static object Bin(RateBin b) => new { onset = b.OnsetSeconds, beats = b.Beats, min = Finite(b.MinBpm ?? double.NaN), mean = Finite(b.MeanBpm ?? double.NaN), max = Finite(b.MaxBpm ?? double.NaN), s = b.Supraventricular, v = b.Ventricular, longest = Finite(b.LongestSeconds) };
    }

    private static IEnumerable<object> Templates(EcgExamination examination) => examination.Templates.Take(MostTemplates).Select((t, i) => new
    {
        index = i,
        count = t.Count,
        kind = EcgTrail.LetterOf(t.Class).ToString(),
        rate = t.RateHz,
        peak = t.PeakIndex,
        first = examination.Beats.FirstOrDefault(b => b.Template == i)?.Seconds,
        samples = t.Waveforms.Take(3).Select(w => Base64(w)),
    });

    private static object Number(Measurement m) => new
    {
        name = m.Name,
        value = m.Value is { } v ? Finite(v) : null,
        unit = m.Unit.Symbol,
        reason = m.Reason,
        method = m.Method,
        low = m.Reference?.Low,
        high = m.Reference?.High,
        source = m.Reference?.Source ?? m.NotJudgedBecause,
        verdict = m.Verdict switch { Verdict.Normal => "normal", Verdict.Low => "low", Verdict.High => "high", _ => "" },
    };

    // Of the usual beat from its first sample; of a single beat in the recording's time.
    private static double?[] Places(WaveMarks marks, double rateHz, Beat? beat = null) =>
        [.. Fiducial.All.Select(f => f.Of(marks) is { } s ? Math.Round(beat is null ? s / rateHz : beat.Seconds + ((s - beat.Sample) / rateHz), 5) : (double?)null)];

    private static string Base64(double[] values)
    {
        var bytes = new byte[4 * values.Length];
        LittleEndian.Write([.. values.Select(v => (float)v)], bytes);
        return Convert.ToBase64String(bytes);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
