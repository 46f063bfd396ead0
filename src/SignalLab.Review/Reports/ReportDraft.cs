using System.Globalization;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Sleep;
using SignalLab.Figures.Ecg;
using SignalLab.Figures.Graphs;
using SignalLab.Figures.Maps;
using SignalLab.Figures.Reports;
using SignalLab.Model;
using SignalLab.Review.Marks;
using SignalLab.Review.Recordings;
using SignalLab.Review.Traces;

namespace SignalLab.Review.Reports;

/// <summary>A stretch of traces that was chosen.</summary>
/// <param name="From">Its beginning in seconds.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Caption">What is to be seen, or empty.</param>
internal sealed record ChosenPage(double From, double Seconds, string? Caption);

/// <summary>What a reader wants in the report.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Findings">Paragraphs, parted by empty lines.</param>
/// <param name="Reader">Who read.</param>
/// <param name="Pages">Chosen pages.</param>
/// <param name="Strips">Chosen strips of ECG.</param>
/// <param name="Maps">Times of chosen maps in seconds.</param>
/// <param name="Sensitivity">µV/mm of the pages.</param>
/// <param name="WithSleep">With the numbers of the night.</param>
internal sealed record ReportDraft(string? Title, string? Findings, string? Reader, IReadOnlyList<ChosenPage>? Pages, IReadOnlyList<ChosenStrip>? Strips, IReadOnlyList<double>? Maps, double? Sensitivity, bool WithSleep)
{
    private const int MostFigures = 40;
    private const double LongestPageSeconds = 600;

    /// <summary>Refuses what cannot be drawn.</summary>
    /// <exception cref="UnfitInputException">Too many figures, too long pages, numbers that are none.</exception>
    public ReportDraft Checked() => (Pages?.Count ?? 0) > MostFigures || (Maps?.Count ?? 0) > MostFigures || (Strips?.Count ?? 0) > MostFigures
        ? throw new UnfitInputException(FormattableString.Invariant($"A report has at most {MostFigures} pages of traces, as many strips and as many maps."))
        : Pages?.Any(p => p is null) == true || Strips?.Any(s => s is null) == true
        ? throw new UnfitInputException("A report has no empty pages or strips.")
        : Pages?.Any(p => !(p.Seconds > 0 && p.Seconds <= LongestPageSeconds) || !double.IsFinite(p.From)) == true || Maps?.Any(t => !double.IsFinite(t)) == true
        ? throw new UnfitInputException(FormattableString.Invariant($"A page of a report is a stretch of at most {LongestPageSeconds} s."))
        : Sensitivity is { } s && !(s > 0 && s < 1e6)
        ? throw new UnfitInputException("A sensitivity is above 0.")
        : this with { Strips = Strips is null ? null : [.. Strips.Select(s => s.Checked())] };

    /// <summary>The report as a PDF.</summary>
    /// <param name="open">The recording.</param>
    /// <param name="spec">How its pages are looked at.</param>
    /// <param name="marks">Its annotations.</param>
    /// <param name="beats">Its beats; empty where nobody looked for them.</param>
    /// <param name="night">Its sleep.</param>
    /// <param name="now">When it is written.</param>
    /// <param name="version">The program's version.</param>
    public byte[] ToPdf(OpenRecording open, ViewSpec spec, IReadOnlyList<Mark> marks, IReadOnlyList<BeatMark> beats, SleepSummary night, DateTimeOffset now, string version)
    {
        var view = open.Through(spec) with { Annotations = [.. marks.Select(m => m.Annotation())] };
        var subject = open.Recording.Subject;
        var sections = new List<ReportSection>
        {
            new("Recording", [Facts(open, subject, now)]),
            new("Findings", [.. Paragraphs()]),
        };
        if (WithSleep && night.TimeInBedSeconds > 0)
        {
            sections.Add(new("Sleep", [SleepTable(night)]));
        }

        if (Strips is { Count: > 0 })
        {
            sections.Add(new("ECG strips", [.. Strips.Select((s, i) => s.Figure(open, beats, i + 1))]));
        }

        if (Pages is { Count: > 0 })
        {
            sections.Add(new("Traces", [.. Pages.Select((p, i) => Page(view, p, i))]));
        }

        if (Maps is { Count: > 0 })
        {
            var reference = open.Through(spec with { Montage = "average", Own = null });
            var maps = Maps.Select(t => reference.TopographyAt(t) with { Title = FormattableString.Invariant($"{t:0.###} s") }).ToArray();
            sections.Add(new("Maps", [new FigureBlock(new TopographicMapFigure(maps), "maps", "Potential against the average reference.")]));
        }

        return PdfReport.ToBytes(new(Title is { Length: > 0 } title ? title : "Report", sections) { Subtitle = open.Study.Relative }, new("signallab review", [Pages is { Count: > 0 } || Maps is { Count: > 0 } ? view.Provenance : open.Recording.Provenance]) { Program = $"SignalLab {version}" });
    }

    private IEnumerable<ReportBlock> Paragraphs() =>
        (Findings is { Length: > 0 } findings ? findings : "No findings were entered.").ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => new TextBlock(p));

    private TableBlock Facts(OpenRecording open, Subject subject, DateTimeOffset now)
    {
        var recording = open.Recording;
        var rows = new List<IReadOnlyList<string>>
        {
            Row("Subject", subject.Name is { Length: > 0 } name ? name : subject.Id is { Length: > 0 } id ? id : "not stated"),
            Row("Recorded", recording.Start?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "not stated"),
            Row("Length", TimeSpan.FromSeconds(Math.Round(recording.DurationSeconds)).ToString("g", CultureInfo.InvariantCulture)),
            Row("Channels", recording.Channels.Count.ToString(CultureInfo.InvariantCulture)),
            Row("Reader", Reader is { Length: > 0 } reader ? reader : "not stated"),
            Row("Written", now.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
        };
        return new("", [new("Item"), new("Value")], rows);
    }

    private static TableBlock SleepTable(SleepSummary night)
    {
        return new(
            "The night in numbers",
            [new("Measure"), new("Value")],
            [
                Row("Time in bed", Minutes(night.TimeInBedSeconds)), Row("Total sleep time", Minutes(night.TotalSleepSeconds)), Row("Sleep latency", Minutes(night.SleepLatencySeconds)),
                Row("REM latency", Minutes(night.RemLatencySeconds)), Row("Wake after sleep onset", Minutes(night.WakeAfterOnsetSeconds)),
                Row("Sleep efficiency", night.Efficiency is { } e ? FormattableString.Invariant($"{100 * e:0.0} %") : "–"),
                .. Enum.GetValues<SleepStage>().Where(s => s != SleepStage.Wake).Select(s => Row($"Stage {SleepStages.Symbol(s)}", Minutes(night.StageSeconds.GetValueOrDefault(s)))),
            ]);

        static string Minutes(double? seconds) => seconds is { } s ? FormattableString.Invariant($"{s / 60:0.0} min") : "–";
    }

    private FigureBlock Page(Recording view, ChosenPage page, int index)
    {
        var figure = new TimeSeriesGraph(view, new()
        {
            FromSeconds = page.From,
            DurationSeconds = page.Seconds,
            Sensitivity = Sensitivity is { } s ? new Sensitivity(s, Unit.Microvolt) : null,
        });
        return new(figure, FormattableString.Invariant($"traces-{index + 1}"), page.Caption is { Length: > 0 } caption ? caption : FormattableString.Invariant($"From {page.From:0.##} s, {page.Seconds:0.##} s."));
    }

    private static string[] Row(string name, string value) => [name, value];
}
