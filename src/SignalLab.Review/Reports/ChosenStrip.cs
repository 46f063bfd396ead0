using System.Globalization;
using SignalLab.Analysis.Selection;
using SignalLab.Figures.Ecg;
using SignalLab.Figures.Reports;
using SignalLab.Model;
using SignalLab.Review.Recordings;
using SignalLab.Review.Traces;
using SkiaSharp;

namespace SignalLab.Review.Reports;

/// <summary>A stretch of ECG that was chosen, drawn on millimetre paper true to scale with its calibration pulse.</summary>
/// <param name="From">Its beginning in seconds.</param>
/// <param name="Seconds">Its length; a 12-lead sheet has ten.</param>
/// <param name="Channels">Indices of its leads; null for the leads of the layout.</param>
/// <param name="Layout"><c>3x4</c>, <c>6x2</c> or <c>12x1</c> (a lead a row) for a whole sheet on a page of its own, else null.</param>
/// <param name="IsCabrera">Limb leads of a sheet in Cabrera's order.</param>
/// <param name="Speed">mm/s.</param>
/// <param name="Gain">mm/mV.</param>
/// <param name="High">Upper cut-off in Hz of a band-pass from 0.05 Hz, or null for as recorded.</param>
/// <param name="Caption">What it shows: a beat, a pause, a finding.</param>
internal sealed record ChosenStrip(double From, double Seconds, IReadOnlyList<int>? Channels, string? Layout, bool IsCabrera, double Speed, double Gain, double? High, string? Caption)
{
    private const double LowHz = 0.05;
    private const int MostLines = 12;
    private const int MostSheetRows = 6;
    private const double SheetSeconds = 10;

    // What is shorter has no room for its scale.
    private const double LeastShownSeconds = 3;
    private const float BodyMm = 174;
    private const float MarginMm = 5;
    private const float StepMm = 5;
    private const float HighestMm = 225;
    private const double PulseSeconds = 0.2;

    // Of a lead at least, between leads, and for the beats of a line.
    private const double LeastLeadMm = 20;
    private const double GapMm = 6;
    private const double BeatsMm = 5;

    // Room that the sheet's scale line and margins take beside the rows.
    private const float FrameMm = 15.5f;

    private bool IsSheet => Layout is not null;

    private int Leads => Channels?.Count ?? 0;

    private int Lines => (int)Math.Ceiling(Math.Round(Seconds / LineSeconds, 6));

    // Few leads fill the sheet with lines that follow each other, as on the screen.
    private int SheetLines => Math.Clamp((int)Math.Ceiling((Seconds / SheetSeconds) - 1e-6), 1, MostSheetRows / Math.Clamp(Leads, 1, MostSheetRows));

    private double PulseMm => Math.Ceiling(((PulseSeconds * Speed) + 4) / StepMm) * StepMm;

    private double LineSeconds => Math.Floor((Math.Floor(BodyMm / StepMm) * StepMm - PulseMm) / Speed * 10) / 10;

    /// <summary>Refuses what cannot be drawn.</summary>
    /// <exception cref="UnfitInputException">Numbers that are none, no leads, or more than a page holds.</exception>
    public ChosenStrip Checked() => !double.IsFinite(From) || From < 0 || !(Seconds > 0) || Speed is not (>= 5 and <= 100) || Gain is not (>= 1 and <= 100) || High is not (null or (> LowHz and < 1e5))
        ? throw new UnfitInputException("A strip of ECG has a beginning, a length in seconds, 5 to 100 mm/s and 1 to 100 mm/mV.")
        : Layout is not (null or "3x4" or "6x2" or "12x1")
        ? throw new UnfitInputException($"'{Layout}' is no layout of a sheet: expected 3x4, 6x2 or 12x1.")
        : !IsSheet && Leads == 0
        ? throw new UnfitInputException("A strip of ECG needs at least one lead.")
        : !IsSheet && Math.Ceiling(Seconds / LineSeconds) * Leads > MostLines
        ? throw new UnfitInputException(FormattableString.Invariant($"A strip of {Seconds:0.#} s of {Leads} leads fills more than {MostLines} lines of {LineSeconds:0.#} s: choose a shorter stretch or fewer leads."))
        : this;

    /// <summary>The strip with its caption.</summary>
    /// <param name="open">The recording.</param>
    /// <param name="beats">Its beats with their classes.</param>
    /// <param name="number">Its number in the report, from 1.</param>
    /// <exception cref="UnfitInputException">A lead is not there or no voltage, or the time lies outside the recording.</exception>
    public FigureBlock Figure(OpenRecording open, IReadOnlyList<BeatMark> beats, int number)
    {
        if (!IsSheet && Seconds < LeastShownSeconds)
        {
            return (this with { From = Math.Max(0, Math.Round(From - ((LeastShownSeconds - Seconds) / 2), 2)), Seconds = LeastShownSeconds }).Figure(open, beats, number);
        }

        var recording = open.Recording;
        if (Channels?.FirstOrDefault(c => c < 0 || c >= recording.Channels.Count, -1) is >= 0 and var missing)
        {
            throw new UnfitInputException(FormattableString.Invariant($"A strip asks for channel {missing} of {recording.Channels.Count}."));
        }

        var seen = High is { } high ? open.Through(new ViewSpec(null, null, new(LowHz, high, null), null)) : recording;
        var filter = High is { } cutoff ? FormattableString.Invariant($"{LowHz}–{cutoff:0.##} Hz") : "as recorded";
        var options = new EcgSheetOptions { FromSeconds = From, SpeedMmPerSecond = Speed, GainMmPerMillivolt = Gain, Cabrera = IsCabrera, Filter = filter, Beats = [.. beats.Where(b => b.Seconds >= From - 1 && b.Seconds <= From + Seconds + 1)] };
        var sheet = IsSheet
            ? new EcgSheet(seen, options with { Layout = Layout switch { "3x4" => EcgLayout.ThreeByFourAndRhythm, "6x2" => EcgLayout.SixByTwo, _ => EcgLayout.OneARow }, Channels = Channels, Lines = Layout == "12x1" ? SheetLines : null })
            : new EcgSheet(seen, options with { Layout = EcgLayout.OneARow, Channels = Channels, Lines = Lines, PageMm = PageMm(seen) }) { Title = "", Subtitle = "", Notes = [] };
        return new(sheet, FormattableString.Invariant($"ecg-strip-{number}"), Words(recording, sheet, filter)) { Colophon = new("signallab review", [seen.Provenance]) };
    }

    // A line is as long as the strip, several lines are as long as the page is wide; they are as high as their traces reach, as far as the page permits.
    private SKSize PageMm(Recording seen)
    {
        var stretch = seen.Crop(From, Math.Min(seen.DurationSeconds, From + Math.Max(Seconds, Lines > 1 ? Lines * LineSeconds : 0)));
        var line = BeatsMm + Channels!.Sum(c => Math.Max(LeastLeadMm, ReachMm(stretch, c) + GapMm));
        return new(
            (2 * MarginMm) + (Lines > 1 ? BodyMm : (float)(Math.Ceiling((PulseMm + (Seconds * Speed) - 1e-6) / StepMm) * StepMm)),
            FrameMm + (float)(Math.Ceiling(Math.Min(HighestMm, Lines * line) / StepMm) * StepMm));
    }

    private double ReachMm(Recording stretch, int channel)
    {
        double[] values = [.. stretch.ReadAll(channel).Where(double.IsFinite)];
        return values.Length == 0 || !stretch.Channels[channel].Unit.ConvertsTo(Unit.Millivolt) ? 0 : (values.Max() - values.Min()) * Math.Abs(stretch.Channels[channel].Unit.To(Unit.Millivolt).Factor) * Gain;
    }

    private string Words(Recording recording, EcgSheet sheet, string filter)
    {
        var leads = Channels is { } channels ? string.Join(", ", channels.Select(c => recording.Channels[c].Label)) : "all leads";
        var what = Caption is { Length: > 0 } caption ? caption + " · " : "";
        return FormattableString.Invariant($"{what}{At(recording, From)} to {At(recording, sheet.ToSeconds)} · {leads} · {Speed:0.##} mm/s · {Gain:0.##} mm/mV · {filter}");
    }

    // Time of day where the file tells it, and time since the beginning.
    private static string At(Recording recording, double seconds)
    {
        var since = TimeSpan.FromMilliseconds(100 * Math.Round(10 * seconds));
        var running = string.Create(CultureInfo.InvariantCulture, $"{(int)since.TotalHours}:{since:mm\\:ss\\.f}");
        return recording.Start is { } start ? string.Create(CultureInfo.InvariantCulture, $"{start + since:HH:mm:ss.f} ({running})") : running;
    }
}
