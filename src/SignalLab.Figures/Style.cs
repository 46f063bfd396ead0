using SkiaSharp;

namespace SignalLab.Figures;

/// <summary>The one look of all figures: colours, line widths and text sizes, in millimetres on paper.</summary>
public static class Style
{
    /// <summary>Text and axes.</summary>
    public static readonly SKColor Ink = new(0x1a, 0x1a, 0x1a);

    /// <summary>Secondary text: units, notes.</summary>
    public static readonly SKColor Muted = new(0x59, 0x59, 0x59);

    /// <summary>Lines that help the eye and carry no data.</summary>
    public static readonly SKColor Guide = new(0xd0, 0xd0, 0xd0);

    /// <summary>Shaded stretches behind data.</summary>
    public static readonly SKColor Shade = new(0xf0, 0xf0, 0xf0);

    /// <summary>The sheet.</summary>
    public static readonly SKColor Paper = SKColors.White;

    /// <summary>Events, beat marks, thresholds.</summary>
    public static readonly SKColor Mark = new(0xd5, 0x5e, 0x00);

    /// <summary>Colours that all common forms of colour vision tell apart. Source: Okabe and Ito, Color Universal Design (2008); yellow left out, too light on white.</summary>
    public static readonly IReadOnlyList<SKColor> Series =
    [
        new(0x00, 0x72, 0xb2), new(0xd5, 0x5e, 0x00), new(0x00, 0x9e, 0x73), new(0xcc, 0x79, 0xa7),
        new(0x56, 0xb4, 0xe9), new(0xe6, 0x9f, 0x00), new(0x00, 0x00, 0x00), new(0x7f, 0x7f, 0x7f),
    ];

    /// <summary>Width of a trace.</summary>
    public const float TraceMm = 0.18f;

    /// <summary>Width of axes, scale bars and outlines.</summary>
    public const float LineMm = 0.25f;

    /// <summary>Width of guides.</summary>
    public const float HairMm = 0.1f;

    /// <summary>White space around the sheet's content.</summary>
    public const float MarginMm = 5;

    /// <summary>Title: 11 pt, bold.</summary>
    public static readonly TextStyle Title = new(3.9f, Ink) { Bold = true };

    /// <summary>Subtitle: 8 pt.</summary>
    public static readonly TextStyle Subtitle = new(2.8f, Muted);

    /// <summary>Labels: 8 pt.</summary>
    public static readonly TextStyle Label = new(2.8f, Ink);

    /// <summary>Axis numbers, annotations: 7 pt.</summary>
    public static readonly TextStyle Small = new(2.45f, Ink);

    /// <summary>Notes at the foot: 6 pt.</summary>
    public static readonly TextStyle Note = new(2.1f, Muted);
}

/// <summary>Where a text lies relative to its point, across the line.</summary>
public enum Across
{
    /// <summary>The text begins at the point.</summary>
    Left,

    /// <summary>The text is centred on the point.</summary>
    Centre,

    /// <summary>The text ends at the point.</summary>
    Right,
}

/// <summary>Where a text lies relative to its point, along the height.</summary>
public enum Upright
{
    /// <summary>The point is on the base line.</summary>
    Baseline,

    /// <summary>The point is at the top of the capitals.</summary>
    Top,

    /// <summary>The point is at half the height of the capitals.</summary>
    Middle,

    /// <summary>The point is below the descenders.</summary>
    Bottom,
}

/// <summary>How a text looks.</summary>
/// <param name="SizeMm">Type size in millimetres.</param>
/// <param name="Colour">Colour.</param>
public readonly record struct TextStyle(float SizeMm, SKColor Colour)
{
    /// <summary>Bold face.</summary>
    public bool Bold { get; init; }

    /// <summary>Position across.</summary>
    public Across Across { get; init; }

    /// <summary>Position along the height.</summary>
    public Upright Upright { get; init; }

    /// <summary>Clockwise turn about the point, in degrees.</summary>
    public float TurnDegrees { get; init; }

    /// <summary>Distance of two base lines.</summary>
    public float LineMm => SizeMm * 1.3f;
}
