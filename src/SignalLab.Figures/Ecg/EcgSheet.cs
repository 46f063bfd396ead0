using System.Globalization;
using SignalLab.Figures.Graphs;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>An ECG on millimetre paper, true to scale: a second and a millivolt have the stated length, shown by a calibration pulse of 1 mV and 0.2 s before every row.</summary>
public sealed class EcgSheet : Figure
{
    private const double LongestSeconds = 10;
    private const double PulseSeconds = 0.2;
    private const float PulseMarginMm = 2;
    private const float TraceMm = 0.28f;
    private const float ScaleLineMm = 5;
    private const int MostPages = 400;
    private static readonly TextStyle LeadStyle = Style.Label with { SizeMm = 3.2f, Bold = true, Upright = Upright.Middle };

    private readonly Recording recording;
    private readonly EcgSheetOptions options;
    private readonly EcgLayout layout;
    private readonly IReadOnlyList<(int Channel, string Name)> leads;
    private readonly double seconds;

    /// <summary>A sheet of a recording; samples are read when it is drawn.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="options">Layout, scale and texts; null for 25 mm/s, 10 mm/mV on A4.</param>
    /// <exception cref="UnfitInputException">A layout of twelve leads was asked for and more than half of them are missing, a lead's unit is no voltage, or the time lies outside the recording.</exception>
    public EcgSheet(Recording recording, EcgSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        this.recording = recording;
        this.options = options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.SpeedMmPerSecond, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.GainMmPerMillivolt, nameof(options));
        (layout, leads, var leftOut) = EcgLeadChoice.Of(recording, options);
        foreach (var (channel, name) in leads.Where(l => l.Channel >= 0))
        {
            if (!recording.Channels[channel].Unit.ConvertsTo(Unit.Millivolt))
            {
                throw new UnfitInputException($"Lead '{name}' has the unit '{recording.Channels[channel].Unit}', not a voltage: an ECG sheet in mm/mV cannot be drawn.");
            }
        }

        if (options.FromSeconds < 0 || options.FromSeconds >= recording.DurationSeconds)
        {
            throw new UnfitInputException(FormattableString.Invariant($"Nothing was recorded at {options.FromSeconds} s: the recording spans 0 to {recording.DurationSeconds} s."));
        }

        PageMm = options.PageMm;
        var room = Math.Floor((options.PageMm.Width - (2 * Style.MarginMm)) / 5) * 5;
        seconds = Math.Min(LongestSeconds, Math.Floor((room - PulseMm) / options.SpeedMmPerSecond * 10) / 10);
        if (seconds < 1)
        {
            throw new UnfitInputException(FormattableString.Invariant($"A page {options.PageMm.Width:0} mm wide holds less than a second at {options.SpeedMmPerSecond:0.##} mm/s: take a wider page or a lower speed."));
        }

        Title = recording.Provenance.Input.Length > 0 ? recording.Provenance.Input : "ECG";
        Subtitle = string.Join(" · ", Patient(recording.Subject).Append(recording.Start is { } start ? "recording began " + start.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture) + (start.Kind == DateTimeKind.Utc ? " UTC" : "") : "").Where(s => s.Length > 0));
        Notes = [string.Join(' ', NotesOn(leftOut))];
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override string Subtitle { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <summary>End of the time that the page shows, in seconds of real time; where the recording goes on, the next page begins here.</summary>
    public double ToSeconds => Math.Min(recording.DurationSeconds, options.FromSeconds + (LinesPerLead * seconds));

    /// <inheritdoc/>
    protected override SKSize BodyMm => options.PageMm;

    /// <summary>All pages of a recording, from the options' first time to its end.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="options">Layout, scale and texts; measurements and statements stand on the first page only.</param>
    /// <exception cref="UnfitInputException">As of one page; or there would be more than 400 pages.</exception>
    public static IReadOnlyList<EcgSheet> Pages(Recording recording, EcgSheetOptions? options = null)
    {
        var pages = new List<EcgSheet> { new(recording, options) };
        while (pages[^1].ToSeconds < recording.DurationSeconds - 1e-6)
        {
            if (pages.Count == MostPages)
            {
                throw new UnfitInputException(FormattableString.Invariant($"{recording.DurationSeconds:0} s of ECG fill more than {MostPages} pages: draw a shorter stretch."));
            }

            pages.Add(new(recording, pages[^1].options with { FromSeconds = pages[^1].ToSeconds, Statements = [], Measurements = [] }));
        }

        return pages;
    }

    private int Columns => layout switch { EcgLayout.ThreeByFourAndRhythm => 4, EcgLayout.SixByTwo => 2, _ => 1 };

    private float PulseMm => (float)Math.Ceiling(((PulseSeconds * options.SpeedMmPerSecond) + (2 * PulseMarginMm)) / 5) * 5;

    // One or two leads fill the page with consecutive lines.
    private int LinesPerLead => layout != EcgLayout.OneARow ? 1 : options.Lines ?? (leads.Count <= 2 ? 4 / leads.Count : 1);

    // Where less is left than the page shows, columns that follow each other would leave leads without signal.
    private bool IsShort => Columns > 1 && recording.DurationSeconds - options.FromSeconds < seconds - (0.1 * seconds / Columns);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var header = new EcgHeader(options.Measurements, options.Statements, body.Width);
        header.Draw(sheet, body.Left, body.Top);
        var top = body.Top + header.HeightMm;
        var paper = SKRect.Create(body.Left, top, MathF.Floor(body.Width / 5) * 5, MathF.Floor((body.Bottom - ScaleLineMm - top) / 5) * 5);
        if (paper.Height < 20)
        {
            throw new UnfitInputException("The page leaves no room for the ECG: take a larger page or fewer statements.");
        }

        MillimetrePaper.Draw(sheet, paper);
        var marks = new EcgMarks(options);
        var cells = Placed(Cells(paper), paper, marks.HeightMm);
        DrawPulses(sheet, cells);
        var names = new LeadNames(paper, cells.SelectMany(c => c.Trace.Select(s => s.Select(p => new SKPoint(p.X, p.Y + c.BaselineMm)).ToArray())));
        cells.ForEach(cell => DrawName(sheet, cell, names));
        sheet.Canvas.Save();
        sheet.Canvas.ClipRect(paper);
        foreach (var cell in cells)
        {
            DrawTrace(sheet, cell);
            marks.DrawOnTrace(sheet, cell);
        }

        sheet.Canvas.Restore();
        var lineMm = paper.Height / LinesPerLead;
        foreach (var cell in cells.Where(c => cells.Any(r => r.IsRhythm) ? c.IsRhythm : c.Row == 0))
        {
            marks.DrawStrip(sheet, cell, paper.Top + ((cell.Line + 1) * lineMm) - marks.HeightMm);
        }

        string[] leaving = [.. cells.Where(c => c.BaselineMm - c.Extent.Up < paper.Top || c.BaselineMm + c.Extent.Down > paper.Bottom).Select(c => c.Name).Distinct()];
        var scale = leaving.Length == 0 ? ScaleLine() : $"{ScaleLine()} · {string.Join(", ", leaving)}: higher than the paper, cut off";
        sheet.Text(Sheet.Elide(scale, paper.Width, Style.Label), paper.Left, paper.Bottom + 1.2f, Style.Label with { Upright = Upright.Top });
    }

    private List<EcgCell> Cells(SKRect paper)
    {
        var left = paper.Left + PulseMm;
        var perColumn = seconds / Columns;
        var width = (float)(perColumn * options.SpeedMmPerSecond);
        var rows = leads.Count / Columns;
        var latest = Math.Max(options.FromSeconds, recording.DurationSeconds - perColumn);
        var cells = new List<EcgCell>();
        for (var line = 0; line < LinesPerLead; line++)
        {
            for (var i = 0; i < leads.Count; i++)
            {
                var (column, row) = (i / rows, i % rows);
                var start = options.FromSeconds + (line * seconds) + (column * perColumn);
                start = IsShort ? Math.Min(start, latest) : start;
                if (start < recording.DurationSeconds)
                {
                    cells.Add(new(leads[i].Channel, leads[i].Name, start, start + perColumn, left + (column * width), width, line, row, column == 0, false));
                }
            }
        }

        if (layout == EcgLayout.ThreeByFourAndRhythm)
        {
            var there = leads.Where(l => l.Channel >= 0).ToList();
            var rhythm = there.FirstOrDefault(l => l.Name.Equals(options.RhythmLead, StringComparison.OrdinalIgnoreCase), there.FirstOrDefault(l => l.Name == "II", there[0]));
            cells.Add(new(rhythm.Channel, rhythm.Name, options.FromSeconds, options.FromSeconds + seconds, left, (float)(seconds * options.SpeedMmPerSecond), 0, rows, true, true));
        }

        return cells;
    }

    // Traces are read first: where they reach decides where the base lines stand.
    private List<EcgCell> Placed(List<EcgCell> cells, SKRect paper, float marksMm)
    {
        cells = cells.ConvertAll(c => c with { Area = SKRect.Create(c.Left, paper.Top, c.Width, paper.Height) });
        cells = cells.ConvertAll(c => c with { Trace = TraceOf(c) });
        var lineMm = paper.Height / LinesPerLead;
        var rows = cells.Max(c => c.Row) + 1;
        var gain = (float)options.GainMmPerMillivolt;
        var placed = new List<EcgCell>();
        foreach (var line in cells.GroupBy(c => c.Line))
        {
            var (top, height) = (paper.Top + (line.Key * lineMm), lineMm - marksMm);
            (float Up, float Down)[] extents = [.. Enumerable.Range(0, rows).Select(r => (Math.Max(r == 0 ? gain : 0, line.Where(c => c.Row == r).Max(c => c.Extent.Up)), line.Where(c => c.Row == r).Max(c => c.Extent.Down)))];
            var baselines = EcgRows.BaselinesOf(top, height, extents, gain + 1);
            float Edge(int row) => row == 0 ? top : row == rows ? top + height : (baselines[row - 1] + extents[row - 1].Down + baselines[row] - extents[row].Up) / 2;
            placed.AddRange(line.Select(c => c with { BaselineMm = baselines[c.Row], Area = new SKRect(c.Left, Math.Min(Edge(c.Row), baselines[c.Row] - 3), c.Left + c.Width, Math.Max(Edge(c.Row + 1), baselines[c.Row] + 3)) }));
        }

        return placed;
    }

    private IReadOnlyList<SKPoint[]> TraceOf(EcgCell cell)
    {
        if (cell.Channel == EcgLeadChoice.Absent)
        {
            return [];
        }

        var trace = Trace.Read(recording, [cell.Channel], cell.FromSeconds, cell.ToSeconds, 0.05 / options.SpeedMmPerSecond)[0];
        if (trace.Sorted() is not { Length: > 0 } sorted)
        {
            return [];
        }

        var centre = sorted[sorted.Length / 2];
        var mmPerUnit = (cell.IsTurned ? 1 : -1) * options.GainMmPerMillivolt * recording.Channels[cell.Channel].Unit.To(Unit.Millivolt).Factor;
        var time = new TimeScale(cell.Area, cell.FromSeconds, options.SpeedMmPerSecond);
        return [.. trace.Stretches.Where(s => s.Count > 0).Select(s => s.Select(p => new SKPoint(time.X(p.Seconds), (float)Math.Clamp((p.Value - centre) * mmPerUnit, -1e4, 1e4))).ToArray())];
    }

    private void DrawPulses(Sheet sheet, List<EcgCell> cells)
    {
        using var path = new SKPath();
        foreach (var cell in cells.Where(c => c.IsFirst))
        {
            var (x, y, height, width) = (cell.Left - PulseMm + 1, cell.BaselineMm, (float)options.GainMmPerMillivolt, (float)(PulseSeconds * options.SpeedMmPerSecond));
            path.MoveTo(x, y);
            path.LineTo(x + PulseMarginMm, y);
            path.LineTo(x + PulseMarginMm, y - height);
            path.LineTo(x + PulseMarginMm + width, y - height);
            path.LineTo(x + PulseMarginMm + width, y);
            path.LineTo(cell.Left - 1, y);
        }

        sheet.Stroke(path, Style.Ink, TraceMm);
    }

    private static void DrawTrace(Sheet sheet, EcgCell cell)
    {
        using var path = new SKPath();
        foreach (var stretch in cell.Trace)
        {
            path.MoveTo(stretch[0].X, stretch[0].Y + cell.BaselineMm);
            foreach (var point in stretch)
            {
                path.LineTo(point.X, point.Y + cell.BaselineMm);
            }
        }

        sheet.Canvas.Save();
        sheet.Canvas.ClipRect(new SKRect(cell.Left, 0, cell.Left + cell.Width, 1e4f));
        sheet.Stroke(path, Style.Ink, TraceMm);
        sheet.Canvas.Restore();
    }

    private void DrawName(Sheet sheet, EcgCell cell, LeadNames names)
    {
        var full = cell.Channel == EcgLeadChoice.Absent ? cell.Name + " not recorded" : LinesPerLead > 1 ? FormattableString.Invariant($"{cell.Name}  {cell.FromSeconds:0.##} s") : cell.Name;
        var name = Sheet.Elide(full, cell.Width - 2, LeadStyle);
        var box = names.Place(cell.Area, cell.BaselineMm, Sheet.Width(name, LeadStyle));
        sheet.Fill(box, Style.Paper.WithAlpha(0xc0));
        sheet.Text(name, box.Left + LeadNames.RimMm, box.MidY, LeadStyle);
        if (!cell.IsFirst)
        {
            sheet.Line(cell.Left, cell.BaselineMm - 5, cell.Left, cell.BaselineMm - 2.5f, Style.Ink, Style.TraceMm);
            sheet.Line(cell.Left, cell.BaselineMm + 2.5f, cell.Left, cell.BaselineMm + 5, Style.Ink, Style.TraceMm);
        }
    }

    private string ScaleLine()
    {
        var channels = leads.Where(l => l.Channel >= 0).Select(l => recording.Channels[l.Channel]).ToList();
        string[] stated = [.. channels.Select(c => Typeface.OneLine(c.Prefilter)).Distinct()];
        var filter = options.Filter ?? (stated is [{ Length: > 0 } one] ? one : "filter not stated");
        double[] rates = [.. channels.Select(c => c.RateHz).Distinct().Order()];
        return $"{PlainText.Of(options.SpeedMmPerSecond)} mm/s · {PlainText.Of(options.GainMmPerMillivolt)} mm/mV · {filter} · {string.Join(" and ", rates.Select(r => PlainText.Of(r, 6)))} Hz · from {PlainText.Of(options.FromSeconds, 6)} s";
    }

    private IEnumerable<string> NotesOn(IReadOnlyList<string> leftOut)
    {
        if (Columns > 1)
        {
            yield return IsShort ? "Less is recorded than the page shows: columns show the same or overlapping stretches." : "Columns follow each other in time.";
        }

        yield return "Each lead is centred on its median over the time shown.";
        if (options.Waves.Any(w => w.Channel is null))
        {
            yield return "Brackets below the traces: onset to end of P, QRS and T over all leads.";
        }

        if (leftOut.Count > 0)
        {
            yield return $"Not shown: {string.Join(", ", leftOut.Take(12))}{(leftOut.Count > 12 ? ", …" : "")}.";
        }
    }

    private static IEnumerable<string> Patient(Subject subject) =>
    [
        subject.Id is { Length: > 0 } id ? "patient " + id : "",
        subject.Name is { Length: > 0 } name ? name : "",
        subject.Sex switch { "F" => "female", "M" => "male", { Length: > 0 } other => other, _ => "" },
        subject.AgeYears is { } age ? PlainText.Of(age, 3) + " years" : "",
    ];
}
