using SignalLab.Figures.Graphs;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>All leads of an averaged beat superimposed, with the ends of its waves over all leads: P, QRS, and T by tangent and by threshold side by side.</summary>
public sealed class MedianBeatFigure : Figure
{
    private const float WidthMm = 174;
    private const float PlotMm = 85;
    private const float KeyMm = 30;
    private const int Lanes = 3;
    private static readonly SKColor Limb = Style.Series[0];
    private static readonly SKColor Chest = new(0x8c, 0x3c, 0x8c);

    private readonly DrawnBeat beat;

    /// <summary>A beat.</summary>
    /// <param name="beat">The beat, at least one lead.</param>
    /// <exception cref="UnfitInputException">There is no lead.</exception>
    public MedianBeatFigure(DrawnBeat beat)
    {
        ArgumentNullException.ThrowIfNull(beat);
        if (beat.Waveforms.Channels.Count == 0)
        {
            throw new UnfitInputException("There is no lead of the beat to draw.");
        }

        this.beat = beat;
        Title = beat.Name.Length > 0 ? $"{beat.Name}: median beat" : "Median beat";
        Subtitle = beat.Count is { } n ? FormattableString.Invariant($"{n} beats averaged, {beat.Waveforms.Channels.Count} leads superimposed") : FormattableString.Invariant($"{beat.Waveforms.Channels.Count} leads superimposed");
        Notes = [beat.Waves.QrsOnset is null ? "Each lead is centred on its median." : "0 mV is each lead's level just before the QRS complex."];
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override string Subtitle { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(WidthMm, (Lanes * EventLanes.LaneMm) + PlotMm + PlotFrame.BottomMm);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var leads = beat.LeadsInOrder();
        var rows = leads.Select(l => beat.Millivolts(l.Channel)).ToArray();
        var (from, to) = beat.Shown;
        var frame = new SKRect(body.Left + PlotFrame.LeftMm, body.Top + (Lanes * EventLanes.LaneMm) + 0.8f, body.Right - KeyMm, body.Bottom - PlotFrame.BottomMm);
        var plot = new PlotFrame(frame, (1000 * (from - beat.PeakSeconds), 1000 * (to - beat.PeakSeconds)), BeatScale.Millivolts(rows));
        plot.DrawUpright(sheet, "Voltage (mV)", 9);
        plot.DrawAcross(sheet, "Time from the R peak (ms)", 10);
        var marks = Marks();
        plot.Draw(sheet, () =>
        {
            foreach (var (seconds, _, colour, isDashed) in marks)
            {
                BeatScale.Upright(sheet, plot, 1000 * (seconds - beat.PeakSeconds), colour, isDashed);
            }

            for (var i = 0; i < leads.Count; i++)
            {
                plot.Line(sheet, beat.MillisecondsAfter(leads[i].Channel, beat.PeakSeconds), rows[i], ColourOf(leads[i].Name), 0.25f);
            }
        });
        var lanes = new EventLanes(marks.Select(m => (plot.X(1000 * (m.Seconds - beat.PeakSeconds)) - frame.Left, m.Text, m.Colour)), frame.Width + KeyMm, Lanes);
        lanes.Draw(sheet, frame.Left, body.Top);
        DrawKey(sheet, frame.Right + 3, frame.Top + 3, [.. leads.Select(l => l.Name)]);
    }

    private List<(double Seconds, string Text, SKColor Colour, bool IsDashed)> Marks()
    {
        var w = beat.Waves;
        var any = w.TEndByTangent is null && w.TEndByThreshold is null;
        (double? At, string Text, string Wave, bool IsDashed)[] all =
        [
            (w.POnset, "P onset", "P", false), (w.PEnd, "P end", "P", false), (w.QrsOnset, "QRS onset", "QRS", false), (w.QrsEnd, "QRS end", "QRS", false),
            (any ? w.TEnd : null, "T end", "T", false), (w.TEndByTangent, "T end, tangent", "T", false), (w.TEndByThreshold, "T end, threshold", "T", true),
        ];
        return [.. all.Where(m => m.At is not null).OrderBy(m => m.At).Select(m => (m.At!.Value, $"{m.Text} {PlainText.Of(Math.Round(1000 * (m.At.Value - beat.PeakSeconds)))}", EcgMarks.ColourOf(m.Wave), m.IsDashed))];
    }

    private static void DrawKey(Sheet sheet, float left, float top, IReadOnlyList<string> names)
    {
        foreach (var (title, colour) in new[] { ("limb leads", Limb), ("chest leads", Chest), ("other leads", Style.Muted) })
        {
            string[] members = [.. names.Where(n => ColourOf(n) == colour)];
            if (members.Length == 0)
            {
                continue;
            }

            sheet.Line(left, top, left + 5, top, colour, 0.5f);
            sheet.Text(title, left + 6.5f, top, Style.Small with { Upright = Upright.Middle });
            top += 3.4f;
            foreach (var line in Sheet.Wrap(string.Join(' ', members.Take(12)), KeyMm - 10, Style.Note))
            {
                sheet.Text(line, left + 6.5f, top, Style.Note with { Upright = Upright.Middle });
                top += Style.Note.LineMm;
            }

            top += 2;
        }
    }

    private static SKColor ColourOf(string lead) => Array.IndexOf(EcgLeads.Standard, lead) switch { >= 6 => Chest, >= 0 => Limb, _ => Style.Muted };
}
