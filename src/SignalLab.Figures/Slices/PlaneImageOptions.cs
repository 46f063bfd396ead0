using SignalLab.Figures.Colour;

namespace SignalLab.Figures.Slices;

/// <summary>How a single image is drawn.</summary>
public sealed record PlaneImageOptions
{
    /// <summary>Colours and limits; null for those that suit the image.</summary>
    public ColourScale? Scale { get; init; }

    /// <summary>Window in the image's unit, or null for the scale's or the source's.</summary>
    public (double Centre, double Width)? Window { get; init; }

    /// <summary>Whether distances on the image can be trusted; null takes a distance of pixels of exactly 1 × 1 mm outside a body's frame for one that nobody stated.</summary>
    public bool? IsSpacingKnown { get; init; }

    /// <summary>Largest width of the image in mm on the page.</summary>
    public double WidthMm { get; init; } = 120;

    /// <summary>Largest height of the image in mm on the page.</summary>
    public double MostHeightMm { get; init; } = 150;
}
