using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>How the leads stand on the sheet.</summary>
public enum EcgLayout
{
    /// <summary>Three rows of four columns and a rhythm strip where all twelve leads are there, else one lead a row.</summary>
    Automatic,

    /// <summary>Three rows of four columns, 2.5 s each, and a rhythm strip.</summary>
    ThreeByFourAndRhythm,

    /// <summary>Six rows of two columns, 5 s each.</summary>
    SixByTwo,

    /// <summary>One lead a row.</summary>
    OneARow,
}

/// <summary>A beat to be marked on the sheet.</summary>
/// <param name="Seconds">Real time of the R peak since the recording's first sample.</param>
/// <param name="Class">Its class (N S V F Q), or empty; N is marked without letter.</param>
public readonly record struct BeatMark(double Seconds, string Class = "");

/// <summary>A wave whose ends are to be marked on the sheet.</summary>
/// <param name="Wave"><c>P</c>, <c>QRS</c> or <c>T</c>.</param>
/// <param name="OnsetSeconds">Real time of its onset since the recording's first sample, or null where it is not known.</param>
/// <param name="EndSeconds">Real time of its end, or null where it is not known.</param>
/// <param name="Channel">Index of the channel in which the wave was delineated: it is ticked on that trace; null for the ends over all leads, which stand in the strip of marks.</param>
public readonly record struct WaveSpan(string Wave, double? OnsetSeconds, double? EndSeconds, int? Channel = null);

/// <summary>Scale, layout and texts of an ECG sheet.</summary>
public sealed record EcgSheetOptions
{
    /// <summary>Layout.</summary>
    public EcgLayout Layout { get; init; }

    /// <summary>Limb leads in Cabrera's order (aVL I −aVR II aVF III).</summary>
    public bool Cabrera { get; init; }

    /// <summary>Paper speed: 25 or 50 mm/s by habit.</summary>
    public double SpeedMmPerSecond { get; init; } = 25;

    /// <summary>Gain: 5, 10 or 20 mm/mV by habit.</summary>
    public double GainMmPerMillivolt { get; init; } = 10;

    /// <summary>First time shown, in seconds of real time.</summary>
    public double FromSeconds { get; init; }

    /// <summary>Lead of the rhythm strip.</summary>
    public string RhythmLead { get; init; } = "II";

    /// <summary>Channel indices to show, one a row; null for the twelve leads or, without them, every ECG channel.</summary>
    public IReadOnlyList<int>? Channels { get; init; }

    /// <summary>Lines of consecutive time on the page, one lead a row; null for four lines of a single lead, two of two leads, one of more.</summary>
    public int? Lines { get; init; }

    /// <summary>Rhythm, findings, and what else the caller states: one text each, printed above the paper.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [];

    /// <summary>What was measured; rate, intervals and axes are printed above the paper with their limits, those outside their limits in colour with the verdict.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>The filter that was applied, printed beside speed and gain; null where the channels' own statement is to be used.</summary>
    public string? Filter { get; init; }

    /// <summary>Beats to be marked, in a strip below the traces.</summary>
    public IReadOnlyList<BeatMark> Beats { get; init; } = [];

    /// <summary>Waves whose ends are to be marked: below the traces those over all leads, on the trace those of one lead.</summary>
    public IReadOnlyList<WaveSpan> Waves { get; init; } = [];

    /// <summary>The page.</summary>
    public SKSize PageMm { get; init; } = PageSize.A4Landscape;
}
