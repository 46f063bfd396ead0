using SignalLab.Figures.Colour;
using SignalLab.Figures.Maps;
using SignalLab.Model;

namespace SignalLab.Figures.Slices;

/// <summary>How slices are drawn.</summary>
public sealed record SliceOptions
{
    /// <summary>Which side is left on the page.</summary>
    public ViewConvention Convention { get; init; } = ViewConvention.Neurological;

    /// <summary>Colours and limits of the slices; null for greys over the window the source proposes, else over the 1st to 99th percentile.</summary>
    public ColourScale? Scale { get; init; }

    /// <summary>Window of the slices in their unit, for example a <see cref="CtWindow"/>'s; null for the scale's or the source's.</summary>
    public (double Centre, double Width)? Window { get; init; }

    /// <summary>Colours, limits and threshold of the overlay; null for diverging colours about zero where it has both signs, hot ones from its threshold else.</summary>
    public ColourScale? OverlayScale { get; init; }

    /// <summary>Overlay values nearer to zero than this are not drawn; null draws all that are not zero.</summary>
    public double? OverlayThreshold { get; init; }

    /// <summary>How much of the overlay's colour is seen, 0…1; below 1 colours differ from the bar's, and the figure says so.</summary>
    public double OverlayOpacity { get; init; } = 1;

    /// <summary>A point in mm in the slices' frame, marked by a crosshair in each slice, or null.</summary>
    public Point3? CrosshairMm { get; init; }

    /// <summary>The imaged map's own value at the crosshair, in the map's unit (NaN where it has none there); null prints the drawn slice's nearest node, which lies beside the point and was interpolated before.</summary>
    public double? CrosshairValue { get; init; }

    /// <summary>The overlaid map's own value at the crosshair, in the overlay's unit (NaN where it has none there); null prints the drawn overlay's nearest node.</summary>
    public double? CrosshairOverlayValue { get; init; }

    /// <summary>Names of regions, for the legend of a label map.</summary>
    public IReadOnlyDictionary<int, string> LabelNames { get; init; } = new Dictionary<int, string>();

    /// <summary>Values over time at the crosshair, drawn under the slices, or null.</summary>
    public Series? Graph { get; init; }

    /// <summary>What the graph's values measure, for its upright axis; empty where only their unit is told.</summary>
    public string GraphQuantity { get; init; } = "";

    /// <summary>Place on the graph's axis that the slices show, or null.</summary>
    public double? GraphCursor { get; init; }

    /// <summary>Slices beside each other; null for a row of up to four, then as fits.</summary>
    public int? Columns { get; init; }

    /// <summary>Width of all slices together in mm.</summary>
    public double WidthMm { get; init; } = 170;

    /// <summary>Tallest slice in mm.</summary>
    public double MostHeightMm { get; init; } = 120;
}
