using System.Globalization;
using SignalLab.Analysis.Ecg;
using SignalLab.Figures.Ecg;
using SignalLab.Figures.Reports;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Cli.Ecg;

/// <summary>The report of a long ECG: summary, trend, hours, intervals, selected strips.</summary>
internal static class HolterPage
{
    /// <summary>An ECG of at least so many seconds is reported as a long one.</summary>
    public const double LeastSeconds = 120;

    private const int MostFindings = 40;
    private const int MostStripLeads = 3;
    private const double StripSeconds = 6.4;
    private const float StripWidthMm = 184;
    private const float LeadMm = 30;

    /// <summary>The report.</summary>
    /// <param name="record">The examined record.</param>
    public static Report Of(EcgRecord record)
    {
        var recording = record.Examination.Recording;
        var blocks = new List<ReportBlock>();
        AddTo(record.Examination, record.Name, blocks);
        var start = recording.Start is { } s ? "began " + s.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";
        var subtitle = string.Join(" · ", new[] { recording.Subject.Id ?? "", recording.Subject.Sex ?? "", recording.Subject.AgeYears is { } age ? Number(age, "0.#") + " years" : "", start, Clock(recording.DurationSeconds) + " h" }.Where(t => t.Length > 0));
        return new($"Long-term ECG: {record.Name}", [new("Summary", blocks)]) { Subtitle = subtitle };
    }

    /// <summary>Adds the blocks of a long ECG.</summary>
    /// <param name="examination">The examined ECG.</param>
    /// <param name="stem">What the names of its pictures begin with.</param>
    /// <param name="blocks">Receives them.</param>
    public static void AddTo(EcgExamination examination, string stem, List<ReportBlock> blocks)
    {
        var how = FigureOutput.Made(examination.Recording.Provenance);
        blocks.Add(Counts(examination));
        blocks.Add(TableBlock.Of("Measured", [.. examination.Measurements.Where(IsShown), .. examination.Variability]));
        if (examination.Rhythm.Count > 0)
        {
            blocks.Add(Findings(examination));
        }

        blocks.Add(new FigureBlock(EcgFigures.Trend(examination), stem + "-trend.png", "Heart rate, ectopic beats and rhythms over the whole recording") { Colophon = how });
        if (examination.Recording.DurationSeconds > 3600)
        {
            blocks.Add(Hours(examination));
        }

        blocks.Add(new FigureBlock(EcgFigures.Tachogram(examination), stem + "-tachogram.png", "Intervals between beats, each beat in the colour and shape of its class") { Colophon = how });
        blocks.Add(new FigureBlock(EcgFigures.Poincare(examination), stem + "-poincare.png", "Each interval against the next") { Colophon = how });
        if (EcgFigures.Median(examination, stem) is { } beat)
        {
            blocks.Add(new FigureBlock(new MedianBeatFigure(beat), stem + "-median-beat.png", "The usual beat with the ends of its waves") { Colophon = how });
        }

        foreach (var (moment, number) in examination.Moments().Select((m, i) => (m, i + 1)))
        {
            blocks.Add(new FigureBlock(Strip(examination, moment), FormattableString.Invariant($"{stem}-strip-{number}.png"), $"{Capital(moment.Name)} at {At(examination.Recording, moment.OnsetSeconds)}; 25 mm/s, 10 mm/mV") { Colophon = how });
        }
    }

    // The amplitudes and levels of single leads belong to the table of the program's JSON.
    private static bool IsShown(Measurement m) => !m.Name.EndsWith(')') || m.Name.StartsWith("QTc", StringComparison.Ordinal);

    private static EcgSheet Strip(EcgExamination examination, EcgMoment moment)
    {
        var recording = examination.Recording;
        int[] leads = [.. examination.Leads.Take(MostStripLeads)];
        var middle = (moment.OnsetSeconds + moment.EndSeconds) / 2;
        var from = Math.Max(0, Math.Min(middle - (StripSeconds / 2), recording.DurationSeconds - StripSeconds));
        return new(recording, new EcgSheetOptions
        {
            Channels = leads,
            Lines = 1,
            FromSeconds = Math.Round(from, 2),
            Beats = [.. EcgFigures.Beats(examination).Where(b => b.Seconds >= from - 1 && b.Seconds <= from + StripSeconds + 1)],
            PageMm = new SKSize(StripWidthMm, 28 + (leads.Length * LeadMm)),
        })
        {
            Title = $"{Capital(moment.Name)}, {moment.Evidence}",
            Subtitle = "",
            Notes = [],
        };
    }

    private static TableBlock Counts(EcgExamination examination)
    {
        var total = examination.Beats.Count;
        IReadOnlyList<string> Row(string name, string value, string share = "") => [name, value, share];
        var rows = new List<IReadOnlyList<string>> { Row("beats", Number(total, "0")) };
        if (EcgFigures.IsClassified(examination))
        {
            foreach (var (kind, letter) in EcgJson.Classes)
            {
                var count = examination.Beats.Count(b => b.Class == kind);
                rows.Add(Row($"{letter}: {Words(kind)}", Number(count, "0"), total > 0 ? Number(100.0 * count / total, "0.00") : ""));
            }
        }

        foreach (var moment in examination.Moments())
        {
            rows.Add(Row($"{moment.Name}, at {At(examination.Recording, moment.OnsetSeconds)}", moment.Evidence));
        }

        return new("Beats", [new("what"), new("value") { IsNumber = true }, new("share", Unit.Parse("%"))], rows);
    }

    private static TableBlock Findings(EcgExamination examination)
    {
        var rows = examination.Rhythm.Take(MostFindings).Select(r => (IReadOnlyList<string>)[r.Name, At(examination.Recording, r.OnsetSeconds), Number(r.EndSeconds - r.OnsetSeconds, "0.0"), r.Evidence]).ToList();
        var left = examination.Rhythm.Count - rows.Count;
        return new(left > 0 ? FormattableString.Invariant($"Rhythm (the first {MostFindings} of {examination.Rhythm.Count} findings)") : "Rhythm", [new("finding"), new("from"), new("length", Unit.Second), new("evidence")], rows);
    }

    private static TableBlock Hours(EcgExamination examination)
    {
        var rows = examination.TrendOver(3600).Select(b => (IReadOnlyList<string>)
        [
            At(examination.Recording, b.OnsetSeconds), Number(b.Beats, "0"), Rate(b.MinBpm), Rate(b.MeanBpm), Rate(b.MaxBpm), Number(b.Supraventricular, "0"), Number(b.Ventricular, "0"), b.LongestSeconds > 0 ? Number(b.LongestSeconds, "0.00") : "–",
        ]).ToList();
        var rate = Unit.Parse("/min");
        return new("Hour by hour", [new("from"), new("beats") { IsNumber = true }, new("lowest", rate), new("mean", rate), new("highest", rate), new("S beats") { IsNumber = true }, new("V beats") { IsNumber = true }, new("longest RR", Unit.Second)], rows);
    }

    private static string Rate(double? bpm) => bpm is { } v ? Number(v, "0") : "–";

    private static string At(Recording recording, double seconds) =>
        recording.Start is { } start ? start.AddSeconds(seconds).ToString("HH:mm:ss", CultureInfo.InvariantCulture) : Clock(seconds);

    private static string Clock(double seconds) => FormattableString.Invariant($"{(long)seconds / 3600}:{(long)seconds / 60 % 60:00}:{(long)seconds % 60:00}");

    private static string Words(BeatClass kind) => kind switch
    {
        BeatClass.Normal => "normal",
        BeatClass.Supraventricular => "supraventricular ectopic",
        BeatClass.Ventricular => "ventricular ectopic",
        BeatClass.Fusion => "fusion",
        _ => "paced or unclassified",
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
