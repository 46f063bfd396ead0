using SignalLab.Figures.Colour;

namespace SignalLab.Figures.Maps;

/// <summary>How sensors are marked on a map.</summary>
public enum SensorMarks
{
    /// <summary>A dot each.</summary>
    Dots,

    /// <summary>A dot each with its name, less what all names begin with (as in MEG 0111).</summary>
    Names,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>How topographic maps are drawn.</summary>
public sealed record TopographicMapOptions
{
    /// <summary>Colours and limits, in any unit the maps convert to; null for limits that hold all the maps: symmetric about zero for signed values, from zero for others.</summary>
    public ColourScale? Scale { get; init; }

    /// <summary>Sensors' marks.</summary>
    public SensorMarks Sensors { get; init; } = SensorMarks.Dots;

    /// <summary>Most contour lines between the limits of a signed map, at round values, half as many from zero; 0 for none.</summary>
    public int MostContours { get; init; } = 14;

    /// <summary>Maps beside each other; null for a row of up to five, then as square as can be.</summary>
    public int? Columns { get; init; }

    /// <summary>Width of one map in mm; null for 70 alone (110 with the names of more than 32 sensors), down to 30 among many.</summary>
    public double? MapMm { get; init; }
}
