using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Figures.Ecg;
using SignalLab.Figures.Maps;
using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>An examination as the figures take it: marks, beats, pairs and trends.</summary>
internal static class EcgFigures
{
    /// <summary>The beats' ends of waves over all leads.</summary>
    public static IReadOnlyList<WaveSpan> Waves(EcgExamination examination) =>
        [.. examination.Beats.SelectMany(b => Spans(b.Global, s => b.Seconds + ((s - b.Sample) / RateOf(examination))))];

    /// <summary>The beats with their classes; where none was classified, without.</summary>
    public static IReadOnlyList<BeatMark> Beats(EcgExamination examination)
    {
        var classified = IsClassified(examination);
        return [.. examination.Beats.Select(b => new BeatMark(b.Seconds, classified ? EcgJson.LetterOf(b.Class) : ""))];
    }

    /// <summary>The usual beat, or null where no beat could be averaged.</summary>
    public static DrawnBeat? Median(EcgExamination examination, string name)
    {
        if (examination.Median is not { } median)
        {
            return null;
        }

        var rate = median.Waveforms.Channels[0].RateHz;
        return new(median.Waveforms, median.PeakIndex / rate, WavesOf(median.Global, rate))
        {
            Name = name,
            Count = median.Count,
            Leads = [.. median.Leads.Select(l => WavesOf(l, rate))],
            Measurements = examination.Measurements,
        };
    }

    /// <summary>Two usual beats overlaid, with what their measurements differ by.</summary>
    /// <exception cref="UnfitInputException">In one of them no beat could be averaged.</exception>
    public static BeatPanelsFigure Comparison(EcgExamination first, string firstName, EcgExamination second, string secondName) =>
        new(RequiredMedian(first, firstName), RequiredMedian(second, secondName));

    /// <summary>The usual beat lead by lead.</summary>
    /// <exception cref="UnfitInputException">No beat could be averaged.</exception>
    public static BeatPanelsFigure MedianPanels(EcgExamination examination, string name) => new(RequiredMedian(examination, name));

    /// <summary>Body-surface potentials of the usual beat at the peaks of its waves and at its J point, of those that it has.</summary>
    /// <exception cref="UnfitInputException">No beat could be averaged, it has no wave, or leads are missing.</exception>
    public static TopographicMapFigure BodySurface(EcgExamination examination, string name)
    {
        var median = examination.Median ?? throw new UnfitInputException($"{name}: no beat could be averaged, so there is none to map.");
        var rate = median.Waveforms.Channels[0].RateHz;
        var marks = median.Global;
        var maps = new[] { ("P", marks.P), ("R", marks.R), ("J", marks.QrsOff), ("T", marks.T) }.Where(m => m.Item2 is not null)
            .Select(m => median.Waveforms.BodySurfaceMapAt(m.Item2!.Value / rate) with { Title = FormattableString.Invariant($"{m.Item1} ({1000 * (m.Item2.Value - median.PeakIndex) / rate:0} ms)") }).ToList();
        return maps.Count == 0
            ? throw new UnfitInputException($"{name}: the median beat has no wave to map.")
            : new(maps)
            {
                Title = $"{name}: body-surface potentials of the median beat",
                Subtitle = "Times from the beat's peak",
                Notes = [.. new TopographicMapFigure(maps).Notes, "Measured at nine places (V1 to V6 and three limb electrodes); all between is a spline, the rim is extrapolated."],
            };
    }

    /// <summary>The Poincaré plot.</summary>
    public static PoincareFigure Poincare(EcgExamination examination)
    {
        var intervals = examination.IntervalsBefore();
        var normal = !IsClassified(examination);
        bool IsNormal(int i) => normal || examination.Beats[i].Class == BeatClass.Normal;
        RrPair[] pairs = [.. Enumerable.Range(2, Math.Max(0, intervals.Length - 2)).Where(i => double.IsFinite(intervals[i]) && double.IsFinite(intervals[i - 1])).Select(i => new RrPair(1000 * intervals[i - 1], 1000 * intervals[i], IsNormal(i) && IsNormal(i - 1) && IsNormal(i - 2)))];
        var numbers = new EcgNumbers(examination.Variability);
        return new(pairs, numbers.Get("SD1", Unit.Parse("ms")).Value, numbers.Get("SD2", Unit.Parse("ms")).Value);
    }

    /// <summary>The tachogram.</summary>
    public static TachogramFigure Tachogram(EcgExamination examination)
    {
        var intervals = examination.IntervalsBefore();
        var classified = IsClassified(examination);
        return new([.. examination.Beats.Select((b, i) => new TachogramBeat(b.Seconds, 1000 * intervals[i], classified ? EcgJson.LetterOf(b.Class) : ""))], examination.Recording.Start);
    }

    /// <summary>The trend over minutes, of more than half a day over five minutes.</summary>
    public static HolterTrendFigure Trend(EcgExamination examination)
    {
        var bin = examination.Recording.DurationSeconds > 43200 ? 300 : 60;
        return new(new(bin, [.. examination.TrendOver(bin).Select(b => new HolterBin(b.OnsetSeconds, b.MinBpm, b.MeanBpm, b.MaxBpm, b.Supraventricular, b.Ventricular))])
        {
            // Single ectopic beats stand in their own bars: a band over all of them would look like one long episode.
            Episodes = [.. examination.Rhythm.Where(r => !r.Name.StartsWith("sinus rhythm", StringComparison.Ordinal) && !r.Name.EndsWith("ectopic beats", StringComparison.Ordinal)).Select(r => new HolterEpisode(r.Name, r.OnsetSeconds, r.EndSeconds))],
            Start = examination.Recording.Start,
            IsClassified = IsClassified(examination),
        });
    }

    /// <summary>True where any beat has a class; a beat that nobody classified counts as Q.</summary>
    public static bool IsClassified(EcgExamination examination) => examination.Beats.Any(b => b.Class != BeatClass.Unclassifiable);

    private static DrawnBeat RequiredMedian(EcgExamination examination, string name) =>
        Median(examination, name) ?? throw new UnfitInputException($"{name}: no beat could be averaged, so there is none to compare.");

    private static double RateOf(EcgExamination examination) => examination.Recording.Channels[examination.Leads[0]].RateHz;

    private static IEnumerable<WaveSpan> Spans(WaveMarks marks, Func<long, double> seconds)
    {
        foreach (var (name, from, to) in new[] { ("P", marks.POn, marks.POff), ("QRS", marks.QrsOn, marks.QrsOff), ("T", marks.TOn ?? marks.T, marks.TOff) })
        {
            if (from is not null || to is not null)
            {
                yield return new(name, from is { } a ? seconds(a) : null, to is { } b ? seconds(b) : null);
            }
        }
    }

    private static BeatWaves WavesOf(WaveMarks marks, double rateHz)
    {
        double? At(long? sample) => sample / rateHz;
        return new()
        {
            POnset = At(marks.POn),
            PEnd = At(marks.POff),
            QrsOnset = At(marks.QrsOn),
            QrsEnd = At(marks.QrsOff),
            TEnd = At(marks.TOff),
            TEndByTangent = At(marks.TOffByTangent),
            TEndByThreshold = At(marks.TOffByThreshold),
        };
    }
}
