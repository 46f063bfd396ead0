using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>An averaged beat lead by lead, one small panel each on a common scale; of two recordings overlaid for a serial comparison, with the differences of their measurements below.</summary>
public sealed class BeatPanelsFigure : Figure
{
    private const float WidthMm = 174;
    private const float PanelMm = 34;
    private const float GapMm = 2;
    private const float KeyMm = 5;
    private const int Columns = 4;
    private static readonly SKColor[] Colours = [Style.Ink, Style.Series[1]];
    private static readonly string[] Compared =
    [
        "heart rate", "P duration", "PR interval", "QRS duration", "QT interval", "QTc interval (Bazett)", "QTc interval (Fridericia)", "QTc interval (Framingham)", "QTc interval (Hodges)", "P axis", "QRS axis", "T axis",
    ];

    private readonly IReadOnlyList<DrawnBeat> beats;
    private readonly IReadOnlyList<(int Channel, string Name)> leads;
    private readonly (string Name, string First, string Second, string Difference)[] differences;

    /// <summary>Panels of one beat, or of two overlaid.</summary>
    /// <param name="beat">The beat; its leads are shown.</param>
    /// <param name="other">The beat to lay over it, drawn in colour, or null. They are aligned at the QRS onset where both have one, else at the R peak.</param>
    /// <exception cref="UnfitInputException">There is no lead.</exception>
    public BeatPanelsFigure(DrawnBeat beat, DrawnBeat? other = null)
    {
        ArgumentNullException.ThrowIfNull(beat);
        beats = other is null ? [beat] : [beat, other];
        leads = beat.LeadsInOrder();
        if (leads.Count == 0)
        {
            throw new UnfitInputException("There is no lead of the beat to draw.");
        }

        differences = other is null ? [] : [.. Differences(beat, other)];
        Title = other is null ? $"{beat.Name}: median beat".TrimStart(':', ' ') : "Serial comparison of median beats";
        Notes = [IsFromOnset ? "Aligned at the QRS onset; 0 mV is each lead's level just before it." : "Aligned at the R peak.", .. Missing(beat, other)];
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(WidthMm, KeyMm + (Rows * (PanelMm + GapMm)) + PlotFrame.BottomMm + TableMm);

    private int Rows => (leads.Count + Columns - 1) / Columns;

    private float TableMm => differences.Length == 0 ? 0 : ((differences.Length + 1) * Style.Label.LineMm) + 3;

    private bool IsFromOnset => beats.All(b => b.Waves.QrsOnset is not null);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        DrawKey(sheet, body);
        var rows = beats.Select(b => b.LeadsInOrder().ToDictionary(l => l.Name, l => (l.Channel, Values: b.Millivolts(l.Channel)))).ToArray();
        var voltage = BeatScale.Millivolts(rows.SelectMany(r => leads.Where(l => r.ContainsKey(l.Name)).Select(l => r[l.Name].Values)));
        var limits = (Low: 1000 * beats.Min(b => b.Shown.From - Zero(b)), High: 1000 * beats.Max(b => b.Shown.To - Zero(b)));
        var height = ((body.Height - KeyMm - PlotFrame.BottomMm - TableMm) / Rows) - GapMm;
        var width = ((body.Width - PlotFrame.LeftMm) / Columns) - GapMm;
        for (var i = 0; i < leads.Count; i++)
        {
            var (column, row) = (i / Rows, i % Rows);
            var frame = SKRect.Create(body.Left + PlotFrame.LeftMm + (column * (width + GapMm)), body.Top + KeyMm + (row * (height + GapMm)), width, height);
            var plot = new PlotFrame(frame, limits, voltage);
            if (column == 0)
            {
                plot.DrawUpright(sheet, "Voltage (mV)", 6);
            }

            if (row == Rows - 1 || i == leads.Count - 1)
            {
                plot.DrawAcross(sheet, IsFromOnset ? "Time from QRS onset (ms)" : "Time from R peak (ms)", 4);
            }

            DrawPanel(sheet, plot, leads[i].Name, rows);
        }

        DrawTable(sheet, body.Left + PlotFrame.LeftMm, body.Bottom - TableMm + 3);
    }

    private void DrawPanel(Sheet sheet, PlotFrame plot, string name, Dictionary<string, (int Channel, double[] Values)>[] rows)
    {
        plot.Draw(sheet, () =>
        {
            sheet.Line(plot.Frame.Left, plot.Y(0), plot.Frame.Right, plot.Y(0), Style.Guide, Style.TraceMm);
            for (var b = beats.Count - 1; b >= 0; b--)
            {
                if (!rows[b].TryGetValue(name, out var lead))
                {
                    continue;
                }

                var waves = lead.Channel < beats[b].Leads.Count ? beats[b].Leads[lead.Channel] : beats[b].Waves;
                foreach (var (at, wave) in new[] { (waves.POnset, "P"), (waves.PEnd, "P"), (waves.QrsOnset, "QRS"), (waves.QrsEnd, "QRS"), (waves.TEnd ?? waves.LastTEnd, "T") })
                {
                    if (at is { } seconds)
                    {
                        BeatScale.Upright(sheet, plot, 1000 * (seconds - Zero(beats[b])), beats.Count == 1 ? EcgMarks.ColourOf(wave) : Colours[b].WithAlpha(0x80), b > 0);
                    }
                }

                plot.Line(sheet, beats[b].MillisecondsAfter(lead.Channel, Zero(beats[b])), lead.Values, Colours[b], 0.25f);
            }
        });
        var style = Style.Label with { Bold = true, Upright = Upright.Top };
        var text = Sheet.Elide(name, plot.Frame.Width - 3, style);
        sheet.Fill(SKRect.Create(plot.Frame.Left + 0.6f, plot.Frame.Top + 0.5f, Sheet.Width(text, style) + 1.2f, 3.4f), Style.Paper.WithAlpha(0xd0));
        sheet.Text(text, plot.Frame.Left + 1.2f, plot.Frame.Top + 1, style);
    }

    private void DrawKey(Sheet sheet, SKRect body)
    {
        var x = body.Left + PlotFrame.LeftMm;
        for (var b = 0; b < beats.Count; b++)
        {
            var averaged = beats[b].Count is { } n ? FormattableString.Invariant($"{n} beats averaged") : "";
            var text = Sheet.Elide(string.Join(", ", new[] { beats.Count > 1 ? beats[b].Name : "", averaged }.Where(t => t.Length > 0)), 70, Style.Small);
            if (text.Length == 0)
            {
                continue;
            }

            sheet.Line(x, body.Top + 1.5f, x + 5, body.Top + 1.5f, Colours[b], 0.5f);
            sheet.Text(text, x + 6.5f, body.Top + 1.5f, Style.Small with { Upright = Upright.Middle });
            x += Sheet.Width(text, Style.Small) + 12;
        }
    }

    private void DrawTable(Sheet sheet, float left, float top)
    {
        if (differences.Length == 0)
        {
            return;
        }

        var head = Style.Label with { Bold = true, Upright = Upright.Top };
        var y = top;
        foreach (var (name, first, second, difference) in differences.Prepend(("", Sheet.Elide(beats[0].Name, 33, head), Sheet.Elide(beats[1].Name, 33, head), "Difference")))
        {
            var style = y == top ? head : Style.Label with { Upright = Upright.Top };
            sheet.Text(name, left, y, style);
            sheet.Text(first, left + 85, y, style with { Across = Across.Right });
            sheet.Text(second, left + 122, y, style with { Across = Across.Right, Colour = Colours[1] });
            sheet.Text(difference, left + 152, y, style with { Across = Across.Right });
            y += Style.Label.LineMm;
        }
    }

    private static IEnumerable<(string Name, string First, string Second, string Difference)> Differences(DrawnBeat first, DrawnBeat second)
    {
        foreach (var name in Compared)
        {
            var (a, b) = (Find(first, name), Find(second, name));
            if ((a ?? b) is not { } any)
            {
                continue;
            }

            var unit = any.Unit;
            var (x, y) = (In(a, unit), In(b, unit));
            var apart = y - x;
            if (apart is { } d && unit.Symbol == "deg")
            {
                // The shorter way round the circle.
                apart = ((((d + 180) % 360) + 360) % 360) - 180;
            }

            yield return (char.ToUpperInvariant(name[0]) + name[1..], Text(x, unit), Text(y, unit), apart is { } value ? (value > 0 ? "+" : "") + Text(value, unit) : "–");
        }

        static Measurement? Find(DrawnBeat beat, string name) => beat.Measurements.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        static double? In(Measurement? m, Unit unit) => m?.Value is { } v && m.Unit.ConvertsTo(unit) ? m.Unit.Convert(v, unit) : null;
        static string Text(double? value, Unit unit) => value is { } v ? PlainText.Of(Math.Round(v), unit) : "not measurable";
    }

    private static IEnumerable<string> Missing(DrawnBeat beat, DrawnBeat? other)
    {
        if (other is null)
        {
            return [];
        }

        var (first, second) = (beat.LeadsInOrder().Select(l => l.Name).ToList(), other.LeadsInOrder().Select(l => l.Name).ToList());
        return [.. first.Except(second).Any() ? [$"Only in the first: {string.Join(", ", first.Except(second))}."] : Array.Empty<string>(), .. second.Except(first).Any() ? [$"Only in the second, not shown: {string.Join(", ", second.Except(first))}."] : Array.Empty<string>()];
    }

    private double Zero(DrawnBeat beat) => IsFromOnset ? beat.Waves.QrsOnset!.Value : beat.PeakSeconds;
}
