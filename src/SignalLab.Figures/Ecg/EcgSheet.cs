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
    private const int MostRows = 24;
    private static readonly TextStyle LeadStyle = Style.Label with { SizeMm = 3.2f, Bold = true, Upright = Upright.Middle };

    private readonly Recording recording;
    private readonly EcgSheetOptions options;
    private readonly EcgLayout layout;
    private readonly IReadOnlyList<(int Channel, string Name)> leads;
    private readonly double seconds;

    /// <summary>A sheet of a recording; samples are read when it is drawn.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="options">Layout, scale and texts; null for 25 mm/s, 10 mm/mV on A4.</param>
    /// <exception cref="UnfitInputException">A layout of twelve leads was asked for and one is missing, a lead's unit is no voltage, or the time lies outside the recording.</exception>
    public EcgSheet(Recording recording, EcgSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        this.recording = recording;
        this.options = options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.SpeedMmPerSecond, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.GainMmPerMillivolt, nameof(options));
        (layout, leads) = Choose(recording, options);
        foreach (var (channel, name) in leads)
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
        Subtitle = recording.Start is { } start ? "recording began " + start.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture) + (start.Kind == DateTimeKind.Utc ? " UTC" : "") : "";
        Notes = [Columns > 1 ? "Columns follow each other in time. Each lead is centred on its median over the time shown." : "Each lead is centred on its median over the time shown."];
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override string Subtitle { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => options.PageMm;

    private int Columns => layout switch { EcgLayout.ThreeByFourAndRhythm => 4, EcgLayout.SixByTwo => 2, _ => 1 };

    private float PulseMm => (float)Math.Ceiling(((PulseSeconds * options.SpeedMmPerSecond) + (2 * PulseMarginMm)) / 5) * 5;

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var statements = Sheet.Wrap(string.Join(" · ", options.Statements), body.Width, Style.Label);
        var top = body.Top;
        foreach (var line in statements)
        {
            sheet.Text(line, body.Left, top, Style.Label with { Upright = Upright.Top });
            top += Style.Label.LineMm;
        }

        top += statements.Count > 0 ? 1 : 0;
        var paper = SKRect.Create(body.Left, top, MathF.Floor(body.Width / 5) * 5, MathF.Floor((body.Bottom - ScaleLineMm - top) / 5) * 5);
        if (paper.Height < 20)
        {
            throw new UnfitInputException("The page leaves no room for the ECG: take a larger page or fewer statements.");
        }

        MillimetrePaper.Draw(sheet, paper);
        var cells = Cells(paper);
        DrawPulses(sheet, cells);
        var traces = cells.ConvertAll(PointsOf);
        var names = new LeadNames(paper, traces.SelectMany(t => t));
        cells.ForEach(cell => DrawName(sheet, cell, names));
        sheet.Canvas.Save();
        sheet.Canvas.ClipRect(paper);
        foreach (var (cell, trace) in cells.Zip(traces))
        {
            DrawTrace(sheet, cell, trace);
        }

        sheet.Canvas.Restore();
        DrawBeats(sheet, cells);
        sheet.Text(Sheet.Elide(ScaleLine(), paper.Width, Style.Label), paper.Left, paper.Bottom + 1.2f, Style.Label with { Upright = Upright.Top });
    }

    private readonly record struct Cell(int Channel, string Name, bool Turned, double FromSeconds, double ToSeconds, SKRect Area, bool First, bool Rhythm);

    private List<Cell> Cells(SKRect paper)
    {
        var left = paper.Left + PulseMm;
        var strips = layout == EcgLayout.ThreeByFourAndRhythm ? 1 : 0;
        var lines = layout == EcgLayout.OneARow ? leads.Count * LinesPerLead : (leads.Count / Columns) + strips;
        var height = paper.Height / lines;
        var perColumn = seconds / Columns;
        var width = (float)(perColumn * options.SpeedMmPerSecond);
        var rows = layout == EcgLayout.OneARow ? leads.Count : leads.Count / Columns;
        var cells = new List<Cell>();
        for (var line = 0; line < LinesPerLead; line++)
        {
            for (var i = 0; i < leads.Count; i++)
            {
                var (column, row) = (i / rows, (i % rows) + (line * rows));
                var start = options.FromSeconds + (line * seconds) + (column * perColumn);
                if (start < recording.DurationSeconds)
                {
                    cells.Add(new(leads[i].Channel, leads[i].Name, leads[i].Name.StartsWith('−'), start, start + perColumn, SKRect.Create(left + (column * width), paper.Top + (row * height), width, height), column == 0, false));
                }
            }
        }

        if (strips > 0)
        {
            var rhythm = leads.FirstOrDefault(l => l.Name.Equals(options.RhythmLead, StringComparison.OrdinalIgnoreCase), leads[1]);
            cells.Add(new(rhythm.Channel, rhythm.Name, rhythm.Name.StartsWith('−'), options.FromSeconds, options.FromSeconds + seconds, SKRect.Create(left, paper.Bottom - height, (float)(seconds * options.SpeedMmPerSecond), height), true, true));
        }

        return cells;
    }

    // One or two leads fill the page with consecutive lines.
    private int LinesPerLead => layout == EcgLayout.OneARow && leads.Count <= 2 ? 4 / leads.Count : 1;

    private void DrawPulses(Sheet sheet, List<Cell> cells)
    {
        using var path = new SKPath();
        foreach (var cell in cells.Where(c => c.First))
        {
            var (x, y, height, width) = (cell.Area.Left - PulseMm + 1, cell.Area.MidY, (float)options.GainMmPerMillivolt, (float)(PulseSeconds * options.SpeedMmPerSecond));
            path.MoveTo(x, y);
            path.LineTo(x + PulseMarginMm, y);
            path.LineTo(x + PulseMarginMm, y - height);
            path.LineTo(x + PulseMarginMm + width, y - height);
            path.LineTo(x + PulseMarginMm + width, y);
            path.LineTo(cell.Area.Left - 1, y);
        }

        sheet.Stroke(path, Style.Ink, TraceMm);
    }

    // The stretches of a cell's trace, in mm on the sheet.
    private List<SKPoint[]> PointsOf(Cell cell)
    {
        var trace = Trace.Read(recording, [cell.Channel], cell.FromSeconds, cell.ToSeconds, 0.05 / options.SpeedMmPerSecond)[0];
        if (trace.Sorted() is not { Length: > 0 } sorted)
        {
            return [];
        }

        var centre = sorted[sorted.Length / 2];
        var mmPerUnit = (cell.Turned ? 1 : -1) * options.GainMmPerMillivolt * recording.Channels[cell.Channel].Unit.To(Unit.Millivolt).Factor;
        var time = new TimeScale(cell.Area, cell.FromSeconds, options.SpeedMmPerSecond);
        return [.. trace.Stretches.Select(s => s.Select(p => new SKPoint(time.X(p.Seconds), cell.Area.MidY + (float)Math.Clamp((p.Value - centre) * mmPerUnit, -1e4, 1e4))).ToArray())];
    }

    private static void DrawTrace(Sheet sheet, Cell cell, List<SKPoint[]> trace)
    {
        using var path = new SKPath();
        foreach (var stretch in trace.Where(s => s.Length > 0))
        {
            path.MoveTo(stretch[0]);
            foreach (var point in stretch)
            {
                path.LineTo(point);
            }
        }

        sheet.Canvas.Save();
        sheet.Canvas.ClipRect(new SKRect(cell.Area.Left, 0, cell.Area.Right, 1e4f));
        sheet.Stroke(path, Style.Ink, TraceMm);
        sheet.Canvas.Restore();
    }

    private void DrawName(Sheet sheet, Cell cell, LeadNames names)
    {
        var name = Sheet.Elide(LinesPerLead > 1 ? FormattableString.Invariant($"{cell.Name}  {cell.FromSeconds:0.##} s") : cell.Name, cell.Area.Width - 2, LeadStyle);
        var box = names.Place(cell.Area, Sheet.Width(name, LeadStyle), cell.First && (cell.Rhythm || options.Beats.Count > 0));
        sheet.Fill(box, Style.Paper.WithAlpha(0xc0));
        sheet.Text(name, box.Left + LeadNames.RimMm, box.MidY, LeadStyle);
        if (!cell.First)
        {
            sheet.Line(cell.Area.Left, cell.Area.MidY - 5, cell.Area.Left, cell.Area.MidY - 2.5f, Style.Ink, Style.TraceMm);
            sheet.Line(cell.Area.Left, cell.Area.MidY + 2.5f, cell.Area.Left, cell.Area.MidY + 5, Style.Ink, Style.TraceMm);
        }
    }

    // On the rhythm strip where there is one, else on the first row of each line of time.
    private void DrawBeats(Sheet sheet, List<Cell> cells)
    {
        var marked = cells.Where(c => c.Rhythm).DefaultIfEmpty(cells[0]).Concat(LinesPerLead > 1 ? cells.Where(c => c.Channel == cells[0].Channel).Skip(1) : []);
        foreach (var cell in marked)
        {
            var time = new TimeScale(cell.Area, cell.FromSeconds, options.SpeedMmPerSecond);
            var free = float.NegativeInfinity;
            foreach (var beat in options.Beats.Where(b => b.Seconds >= cell.FromSeconds && b.Seconds < cell.ToSeconds).OrderBy(b => b.Seconds))
            {
                var (x, y) = (time.X(beat.Seconds), cell.Area.Bottom - 4);
                sheet.Line(x, y, x, y + 1.8f, Style.Mark, Style.LineMm);
                var half = Sheet.Width(beat.Class, Style.Small) / 2;
                if (beat.Class is not ("" or "N") && x - half > free)
                {
                    sheet.Text(beat.Class, x, y - 0.6f, Style.Small with { Across = Across.Centre, Colour = Style.Mark, Bold = true });
                    free = x + half + 0.5f;
                }
            }
        }
    }

    private string ScaleLine()
    {
        string[] stated = [.. leads.Select(l => Typeface.OneLine(recording.Channels[l.Channel].Prefilter)).Distinct()];
        var filter = options.Filter ?? (stated is [{ Length: > 0 } one] ? one : "filter not stated");
        double[] rates = [.. leads.Select(l => recording.Channels[l.Channel].RateHz).Distinct()];
        var rate = rates is [var common] ? $"{PlainText.Of(common, 6)} Hz" : "several rates";
        return $"{PlainText.Of(options.SpeedMmPerSecond)} mm/s · {PlainText.Of(options.GainMmPerMillivolt)} mm/mV · {filter} · {rate} · from {PlainText.Of(options.FromSeconds, 6)} s";
    }

    private static (EcgLayout Layout, IReadOnlyList<(int Channel, string Name)> Leads) Choose(Recording recording, EcgSheetOptions options)
    {
        var found = EcgLeads.Find(recording);
        string[] missing = [.. EcgLeads.Standard.Where(s => !found.ContainsKey(s))];
        if (options.Layout is EcgLayout.ThreeByFourAndRhythm or EcgLayout.SixByTwo && missing.Length > 0)
        {
            throw new UnfitInputException($"This layout needs the twelve leads; missing: {string.Join(", ", missing)}. Use one lead a row.");
        }

        if (options.Channels is null && missing.Length == 0)
        {
            var order = options.Cabrera ? EcgLeads.Cabrera : EcgLeads.Standard;
            return (options.Layout == EcgLayout.Automatic ? EcgLayout.ThreeByFourAndRhythm : options.Layout, [.. order.Select(name => (found[name.TrimStart('−')], name))]);
        }

        var channels = options.Channels ?? EcgLeads.Any(recording);
        if (channels.Count is 0 or > MostRows)
        {
            throw new UnfitInputException(FormattableString.Invariant($"An ECG sheet has 1 to {MostRows} leads, not {channels.Count}: choose channels."));
        }

        return (EcgLayout.OneARow, [.. channels.Select(c => (c, recording.Channels[c].Label))]);
    }
}
