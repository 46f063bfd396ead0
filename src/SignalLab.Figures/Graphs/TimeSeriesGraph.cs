using System.Globalization;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>Stacked traces of a recording, true to scale: a second and a microvolt have the stated length in every format. Gaps are gaps; negative EEG is drawn upwards.</summary>
public sealed class TimeSeriesGraph : Figure
{
    private const float RightMm = 25;
    private const float AxisMm = 8.5f;
    private const float ColumnMm = 0.1f;
    private const float LongestLabelMm = 28;
    private const float LeastGroupMm = 10;
    private const double PaperSeconds = 10;

    private readonly Recording recording;
    private readonly TimeSeriesOptions options;
    private readonly int[] channels;
    private readonly IReadOnlyList<TraceGroup> groups;
    private readonly float labelMm;
    private readonly double from;
    private readonly double to;

    /// <summary>A graph of a stretch of a recording; samples are read when it is drawn.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="options">What is shown, at which scale; null for all of it.</param>
    /// <exception cref="UnfitInputException">No channel, or a stretch that is empty or outside the recording.</exception>
    public TimeSeriesGraph(Recording recording, TimeSeriesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        this.recording = recording;
        this.options = options ?? new();
        channels = [.. this.options.Channels ?? [.. Enumerable.Range(0, recording.Channels.Count)]];
        if (channels.Length == 0)
        {
            throw new UnfitInputException("A graph needs at least one channel: the recording (or the choice of channels) has none.");
        }

        from = this.options.FromSeconds;
        to = from + (this.options.DurationSeconds ?? (this.options.Paper ? PaperSeconds : recording.DurationSeconds - from));
        if (this.options.DurationSeconds is null && recording.DurationSeconds > from)
        {
            to = Math.Min(to, recording.DurationSeconds);
        }

        if (!(to > from) || from >= recording.DurationSeconds || to <= 0)
        {
            throw new UnfitInputException(FormattableString.Invariant($"The stretch from {from} s to {to} s holds nothing: the recording spans 0 to {recording.DurationSeconds} s."));
        }

        groups = TraceGroup.Of(recording, channels);
        labelMm = Math.Min(LongestLabelMm, channels.Max(c => Sheet.Width(LabelOf(c), Style.Label))) + 2.5f;
        Title = recording.Provenance.Input.Length > 0 ? recording.Provenance.Input : "Recording";
        Subtitle = Describe();
        Notes = Conventions();
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override string Subtitle { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <summary>Pages of a long stretch, each as many seconds as fit at the speed (by default 30 mm/s, 25 mm/s for an ECG alone).</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="options">The stretch as a whole; on paper.</param>
    /// <param name="pageMm">Size of a page.</param>
    /// <exception cref="UnfitInputException">Nothing to show, or no room for a trace on the page.</exception>
    public static IReadOnlyList<TimeSeriesGraph> Pages(Recording recording, TimeSeriesOptions options, SKSize pageMm)
    {
        ArgumentNullException.ThrowIfNull(options);
        var whole = new TimeSeriesGraph(recording, options with { DurationSeconds = options.DurationSeconds ?? recording?.DurationSeconds - options.FromSeconds, Paper = true });
        var room = pageMm.Width - (2 * Style.MarginMm) - whole.labelMm - RightMm;
        var seconds = Math.Floor((room / whole.PaperSpeed) + 1e-6);
        if (seconds < 1)
        {
            throw new UnfitInputException(FormattableString.Invariant($"A page {pageMm.Width:0} mm wide holds less than a second at {whole.PaperSpeed:0.##} mm/s: take a wider page or a lower speed."));
        }

        var pages = new List<TimeSeriesGraph>();
        for (var at = whole.from; at < whole.to - 1e-9; at += seconds)
        {
            pages.Add(new(recording!, options with { FromSeconds = at, DurationSeconds = Math.Min(seconds, whole.to - at), Paper = true, SpeedMmPerSecond = whole.PaperSpeed }) { PageMm = pageMm });
        }

        return pages;
    }

    /// <inheritdoc/>
    protected override SKSize BodyMm
    {
        get
        {
            var width = (float)(options.SpeedMmPerSecond is not null || options.Paper ? (to - from) * PaperSpeed : options.WidthMm);
            var row = options.RowMm is { } asked ? (float)asked : channels.Length switch { <= 3 => 26, <= 8 => 18, <= 14 => 13, <= 32 => 9, <= 64 => 6, _ => 4 };
            var rows = groups.Sum(g => MathF.Max(LeastGroupMm, g.Channels.Count * row));
            return new(labelMm + width + RightMm, Lanes(width).HeightMm + rows + AxisMm);
        }
    }

    private double PaperSpeed => options.SpeedMmPerSecond ?? (groups.All(g => g.Kind == ChannelKind.Ecg) ? 25 : 30);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var room = body.Width - labelMm - RightMm;
        var width = (float)(options.SpeedMmPerSecond is not null || options.Paper ? Math.Min(room, (to - from) * PaperSpeed) : room);
        var speed = options.SpeedMmPerSecond is not null || options.Paper ? PaperSpeed : width / (to - from);
        var lanes = Lanes(width);
        var plot = SKRect.Create(body.Left + labelMm, body.Top + lanes.HeightMm, width, body.Height - lanes.HeightMm - AxisMm);
        var time = new TimeScale(plot, from, speed);
        var places = PlacesOf(plot);
        var rows = new TraceRows(sheet, recording, time, groups[0], places.Sum(p => p.Rows) > 40 ? 0.12f : Style.TraceMm);

        DrawPaper(sheet, time);
        DrawGaps(sheet, time, lanes, body.Top);
        DrawMarks(sheet, time, places, body.Top);
        var traces = Trace.Read(recording, channels, from, time.End, ColumnMm / speed).Zip(channels).ToDictionary(t => t.Second, t => t.First);
        foreach (var (group, area, _) in places)
        {
            DrawLabels(sheet, group, area, body.Left);
            rows.Draw(group, area, traces, ScaleFor(group), options.Paper);
        }

        rows.DrawOverflow();
        lanes.Draw(sheet, plot.Left, body.Top);
        TimeAxis.Draw(sheet, time, recording.Evoked is null ? recording.Start : null, recording.Evoked?.FirstLatencySeconds, speed, lanes.Hidden);
    }

    private Sensitivity? ScaleFor(TraceGroup group)
    {
        var asked = options.Sensitivity;
        var besideEeg = groups.Any(g => g.NegativeUp) && group.Kind is ChannelKind.Ecg or ChannelKind.Emg;
        return asked is not null && !group.IsLevel && group.Unit.IsKnown && group.Unit.ConvertsTo(asked.Unit) && !besideEeg ? asked : null;
    }

    private List<(TraceGroup Group, SKRect Area, int Rows)> PlacesOf(SKRect plot)
    {
        // Each group gets its rows' share; one of few rows not less than the text of its scale needs.
        var total = groups.Sum(g => g.Channels.Count);
        var least = MathF.Min(LeastGroupMm, plot.Height / groups.Count);
        var small = groups.Where(g => g.Channels.Count * plot.Height / total < least).ToHashSet();
        var row = (plot.Height - (small.Count * least)) / Math.Max(1, groups.Where(g => !small.Contains(g)).Sum(g => g.Channels.Count));
        var (top, places) = (plot.Top, new List<(TraceGroup, SKRect, int)>());
        foreach (var group in groups)
        {
            var height = small.Contains(group) ? least : group.Channels.Count * row;
            places.Add((group, SKRect.Create(plot.Left, top, plot.Width, height), group.Channels.Count));
            top += height;
        }

        return places;
    }

    private void DrawLabels(Sheet sheet, TraceGroup group, SKRect area, float left)
    {
        var row = area.Height / group.Channels.Count;
        var style = Style.Label with { SizeMm = MathF.Min(Style.Label.SizeMm, row * 0.95f), Across = Across.Right, Upright = Upright.Middle };
        for (var i = 0; i < group.Channels.Count; i++)
        {
            var bad = recording.Channels[group.Channels[i]].IsBad;
            sheet.Text(Sheet.Elide(LabelOf(group.Channels[i]), area.Left - left - 2, style), area.Left - 1.5f, area.Top + ((i + 0.5f) * row), bad ? style with { Colour = Style.Muted } : style);
        }
    }

    private string LabelOf(int channel) => Typeface.OneLine(recording.Channels[channel].Label) + (recording.Channels[channel].IsBad ? " (bad)" : "");

    private void DrawPaper(Sheet sheet, TimeScale time)
    {
        if (options.Paper && groups.All(g => g.Kind == ChannelKind.Ecg))
        {
            MillimetrePaper.Draw(sheet, time.Plot);
            return;
        }

        if (options.Paper)
        {
            foreach (var t in TimeTicks.Between(from, time.End, 0.2))
            {
                sheet.Line(time.X(t), time.Plot.Top, time.X(t), time.Plot.Bottom, Style.Guide, Math.Abs(t - Math.Round(t)) < 1e-6 ? 0.2f : 0.06f);
            }

            return;
        }

        var shift = recording.Evoked?.FirstLatencySeconds ?? 0;
        foreach (var t in TimeTicks.Between(from + shift, time.End + shift, TimeTicks.Step(time.MmPerSecond, TimeAxis.LabelApartMm)))
        {
            sheet.Line(time.X(t - shift), time.Plot.Top, time.X(t - shift), time.Plot.Bottom, Style.Guide, Style.HairMm);
        }
    }

    private IEnumerable<(double From, double To)> Gaps(double until)
    {
        for (var i = 1; i < recording.Segments.Count; i++)
        {
            var (gapFrom, gapTo) = (recording.Segments[i - 1].EndSeconds, recording.Segments[i].OnsetSeconds);
            if (gapTo - gapFrom > 1e-6 && gapTo > from && gapFrom < until)
            {
                yield return (gapFrom, gapTo);
            }
        }
    }

    private void DrawGaps(Sheet sheet, TimeScale time, EventLanes lanes, float top)
    {
        foreach (var (gapFrom, gapTo) in Gaps(time.End))
        {
            var (x0, x1) = (MathF.Max(time.X(gapFrom), time.Plot.Left), MathF.Min(time.X(gapTo), time.Plot.Right));
            sheet.Fill(new SKRect(x0, time.Plot.Top, MathF.Max(x1, x0 + 0.3f), time.Plot.Bottom), Style.Shade);
            sheet.Dashes(x0, top + (lanes.Count > 0 ? EventLanes.LaneMm / 2 : 0), x0, time.Plot.Bottom, Style.Muted, Style.HairMm);
            sheet.Dashes(x1, time.Plot.Top, x1, time.Plot.Bottom, Style.Muted, Style.HairMm);
        }
    }

    private void DrawMarks(Sheet sheet, TimeScale time, List<(TraceGroup Group, SKRect Area, int Rows)> places, float top)
    {
        if (!options.Annotations)
        {
            return;
        }

        var rowOf = places.SelectMany(p => p.Group.Channels.Select((c, i) => (recording.Channels[c].Label, Area: SKRect.Create(p.Area.Left, p.Area.Top + (i * p.Area.Height / p.Rows), p.Area.Width, p.Area.Height / p.Rows))))
            .GroupBy(r => r.Label, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Area, StringComparer.Ordinal);
        var whole = new List<float>();
        Annotation[] shown = [.. Shown(time.End)];
        var shade = shown.Sum(a => Math.Min(time.End, a.OnsetSeconds + a.DurationSeconds) - Math.Max(from, a.OnsetSeconds)) <= (time.End - from) / 2;
        foreach (var annotation in shown)
        {
            var area = annotation.Channel is { } channel && rowOf.TryGetValue(channel, out var row) ? row : time.Plot;
            var (x0, x1) = (MathF.Max(time.X(annotation.OnsetSeconds), time.Plot.Left), MathF.Min(time.X(annotation.OnsetSeconds + annotation.DurationSeconds), time.Plot.Right));
            if (annotation.DurationSeconds > 0)
            {
                sheet.Fill(new SKRect(x0, area.Top, MathF.Max(x0, x1), shade ? area.Bottom : area.Top + 0.7f), Style.Mark.WithAlpha((byte)(shade ? 0x16 : 0x50)));
            }

            if (area == time.Plot)
            {
                whole.Add(x0);
            }
            else
            {
                sheet.Line(x0, area.Top, x0, area.Bottom, Style.Mark, Style.LineMm);
                sheet.Line(x0, top, x0, time.Plot.Top, Style.Mark, Style.HairMm);
            }
        }

        foreach (var x in EventLanes.Thinned(whole))
        {
            sheet.Line(x, top, x, time.Plot.Bottom, Style.Mark, 0.13f);
        }
    }

    private EventLanes Lanes(float width)
    {
        var speed = options.SpeedMmPerSecond is not null || options.Paper ? PaperSpeed : width / (to - from);
        var until = from + (width / speed);
        var gaps = Gaps(until).Select(g => (X: (float)Math.Max(0, (g.From - from) * speed), Text: $"gap {PlainText.Of(g.To - g.From)} s", Colour: Style.Muted));
        var marks = options.Annotations
            ? Shown(until).GroupBy(a => (a.OnsetSeconds, a.Text)).Select(g => (X: (float)Math.Max(0, (g.Key.OnsetSeconds - from) * speed), Text: WordsOf(g.Key.Text, g), Colour: Style.Mark))
            : [];
        return new(gaps.Concat(marks).OrderBy(e => e.X), width);
    }

    private IEnumerable<Annotation> Shown(double until) =>
        recording.Annotations.Where(a => a.OnsetSeconds < until && (a.OnsetSeconds >= from || a.OnsetSeconds + a.DurationSeconds > from));

    private static string WordsOf(string text, IEnumerable<Annotation> same)
    {
        string[] labels = [.. same.Select(a => a.Channel).OfType<string>().Distinct()];
        return labels.Length switch { 0 => text, <= 2 => $"{text} [{string.Join(", ", labels)}]", _ => string.Create(CultureInfo.InvariantCulture, $"{text} [{labels.Length} channels]") };
    }

    private string Describe()
    {
        double[] rates = [.. channels.Select(c => recording.Channels[c].RateHz).Distinct().Order()];
        var parts = new List<string>();
        if (recording.Start is { } start)
        {
            parts.Add("recording began " + start.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture) + (start.Kind == DateTimeKind.Utc ? " UTC" : ""));
        }

        if (recording.Evoked is { } evoked)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"average '{evoked.Condition}' of {evoked.AverageCount:0.#}"));
        }

        parts.Add(channels.Length == recording.Channels.Count ? (channels.Length == 1 ? "1 channel" : $"{channels.Length} channels") : $"{channels.Length} of {recording.Channels.Count} channels");
        parts.Add(string.Join(" / ", rates.Take(4).Select(r => PlainText.Of(r, 6))) + (rates.Length > 4 ? " …" : "") + " Hz");
        string[] filters = [.. channels.Select(c => Typeface.OneLine(recording.Channels[c].Prefilter)).Distinct()];
        if (filters is [{ Length: > 0 } filter])
        {
            parts.Add("filtered before storing: " + filter);
        }

        parts.AddRange(recording.Provenance.Steps.Select(PlainText.Of));
        return string.Join(" · ", parts);
    }

    private List<string> Conventions()
    {
        var notes = new List<string>();
        if (groups.Any(g => !g.IsLevel))
        {
            notes.Add((recording.Evoked is null ? "Each trace is centred on its median over the time shown." : "The middle of each row is zero.") + " The vertical bars at the right have the stated length. Ticks outside the frame: a trace goes beyond it.");
        }

        return notes;
    }
}
