using System.Globalization;
using SignalLab.Figures.Ecg;
using SignalLab.Figures.Reports;
using SignalLab.Model;
using SignalLab.Review.Recordings;
using SignalLab.Review.Traces;
using SkiaSharp;

namespace SignalLab.Review.Reports;

/// <summary>A stretch of ECG that was chosen, drawn on millimetre paper true to scale with its calibration pulse.</summary>
/// <param name="From">Its beginning in seconds.</param>
/// <param name="Seconds">Its length; a sheet has ten.</param>
/// <param name="Channels">Indices of its leads; null with a layout.</param>
/// <param name="Layout"><c>3x4</c>, <c>6x2</c> or <c>12x1</c> for a whole 12-lead sheet on a page of its own, else null.</param>
/// <param name="IsCabrera">Limb leads of a sheet in Cabrera's order.</param>
/// <param name="Speed">mm/s.</param>
/// <param name="Gain">mm/mV.</param>
/// <param name="High">Upper cut-off in Hz of a band-pass from 0.05 Hz, or null for as recorded.</param>
/// <param name="Caption">What it shows: a beat, a pause, a finding.</param>
internal sealed record ChosenStrip(double From, double Seconds, IReadOnlyList<int>? Channels, string? Layout, bool IsCabrera, double Speed, double Gain, double? High, string? Caption)
{
    private const double LowHz = 0.05;
    private const int MostLines = 12;
    private const float BodyMm = 174;
    private const float MarginMm = 5;
    private const float StepMm = 5;
    private const float HighestMm = 225;
    private const double PulseSeconds = 0.2;

    // Room that the sheet's scale line and margins take beside the rows.
    private const float FrameMm = 18;

    private bool IsSheet => Layout is not null;

    private int Leads => Channels?.Count ?? 0;

    private int Lines => (int)Math.Ceiling(Math.Round(Seconds / LineSeconds, 6));

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
        var recording = open.Recording;
        if (Channels?.FirstOrDefault(c => c < 0 || c >= recording.Channels.Count, -1) is >= 0 and var missing)
        {
            throw new UnfitInputException(FormattableString.Invariant($"A strip asks for channel {missing} of {recording.Channels.Count}."));
        }

        var seen = High is { } high ? open.Through(new ViewSpec(null, null, new(LowHz, high, null), null)) : recording;
        var filter = High is { } cutoff ? FormattableString.Invariant($"{LowHz}–{cutoff:0.##} Hz") : "as recorded";
        var options = new EcgSheetOptions { FromSeconds = From, SpeedMmPerSecond = Speed, GainMmPerMillivolt = Gain, Cabrera = IsCabrera, Filter = filter, Beats = [.. beats.Where(b => b.Seconds >= From - 1 && b.Seconds <= From + Seconds + 1)] };
        var sheet = IsSheet
            ? new EcgSheet(seen, options with { Layout = Layout switch { "3x4" => EcgLayout.ThreeByFourAndRhythm, "6x2" => EcgLayout.SixByTwo, _ => EcgLayout.OneARow } })
            : new EcgSheet(seen, options with { Layout = EcgLayout.OneARow, Channels = Channels, Lines = Lines, PageMm = PageMm }) { Title = "", Subtitle = "", Notes = [] };
        return new(sheet, FormattableString.Invariant($"ecg-strip-{number}"), Words(recording, sheet, filter));
    }

    // A line is as long as the strip, several lines are as long as the page is wide.
    private SKSize PageMm => new(
        (2 * MarginMm) + (Lines > 1 ? BodyMm : (float)(Math.Ceiling((PulseMm + (Seconds * Speed) - 1e-6) / StepMm) * StepMm)),
        FrameMm + (Lines * Leads * Math.Clamp((float)(3 * Gain), 20, HighestMm / (Lines * Leads) < 20 ? 20 : HighestMm / (Lines * Leads))));

    private string Words(Recording recording, EcgSheet sheet, string filter)
    {
        var leads = Channels is { } channels ? string.Join(", ", channels.Select(c => recording.Channels[c].Label)) : "12 leads";
        var what = Caption is { Length: > 0 } caption ? caption + " · " : "";
        return FormattableString.Invariant($"{what}{At(recording, From)} to {At(recording, sheet.ToSeconds)} · {leads} · {Speed:0.##} mm/s · {Gain:0.##} mm/mV · {filter}");
    }

    // Time of day where the file tells it, and time since the beginning.
    private static string At(Recording recording, double seconds)
    {
        seconds = Math.Round(seconds, 1);
        var since = TimeSpan.FromSeconds(seconds);
        var running = string.Create(CultureInfo.InvariantCulture, $"{(int)since.TotalHours}:{since:mm\\:ss\\.f}");
        return recording.Start is { } start ? string.Create(CultureInfo.InvariantCulture, $"{start.AddSeconds(seconds):HH:mm:ss.f} ({running})") : running;
    }
}
