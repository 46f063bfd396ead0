using SignalLab.Figures.Colour;
using SignalLab.Figures.Maps;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Slices;

/// <summary>One map's part in a slice: the colour it gives to a node's place, if any.</summary>
internal sealed class SliceLayer
{
    private readonly PlaneValues[] frames;
    private readonly MapKind kind;
    private readonly bool zeroIsNothing;

    private SliceLayer(ParameterMap map, PlaneValues[] frames, Unit unit, bool zeroIsNothing)
    {
        (Map, Grid, this.frames, Unit, kind, this.zeroIsNothing) = (map, (GridSupport)map.Support, frames, unit, map.Kind, zeroIsNothing);
    }

    public ParameterMap Map { get; }

    public GridSupport Grid { get; }

    /// <summary>Unit of the values.</summary>
    public Unit Unit { get; }

    public bool IsColour => frames.Length > 1;

    public bool IsLabels => kind == MapKind.Label;

    /// <summary>The nodes' values in <see cref="Unit"/>.</summary>
    public ReadOnlySpan<double> Values => frames[0].Nodes;

    /// <summary>A map's first frame, or its three colours.</summary>
    /// <param name="map">The map, over a plane.</param>
    /// <param name="shown">The unit to show, or null for the one that suits.</param>
    /// <param name="isOverlay">True where zero means that nothing is there.</param>
    public static SliceLayer Of(ParameterMap map, Unit? shown = null, bool isOverlay = false)
    {
        if (map.Support is not GridSupport { SizeZ: 1 })
        {
            throw new UnfitInputException("A slice is drawn from a plane: reslice the map to a grid of one layer first.");
        }

        var colours = map.Axes is [{ Kind: AxisKind.Colour, Length: 3 or 4 }, ..] ? 3 : 1;
        var frames = Enumerable.Range(0, colours).Select(f => PlaneValues.Of(map, f)).ToArray();
        if (colours == 3 || map.Kind == MapKind.Label)
        {
            return new(map, frames, map.Unit, isOverlay);
        }

        var unit = shown ?? DisplayUnit.For(map.Unit, Largest(frames[0].Nodes));
        return new(map, [frames[0].In(map.Unit, unit)], unit, isOverlay);
    }

    /// <summary>A value of the map, in its unit, as it is shown: in <see cref="Unit"/>.</summary>
    public double Shown(double value) => IsLabels || IsColour || Unit == Map.Unit ? value : Map.Unit.Convert(value, Unit);

    /// <summary>The value of the node nearest to a point.</summary>
    public double ValueAt(Point3 mm)
    {
        var (i, j) = PlaneView.NodeOf(Grid, mm);
        return frames[0].Nearest(i, j);
    }

    /// <summary>The colour at a place between the nodes.</summary>
    /// <param name="i">First index.</param>
    /// <param name="j">Second index.</param>
    /// <param name="scale">The scale, not used by labels and colour pictures.</param>
    /// <returns>The colour, or null where nothing is drawn.</returns>
    public SKColor? ColourAt(double i, double j, ColourScale? scale)
    {
        var nearest = frames[0].Nearest(i, j);
        if (!double.IsFinite(nearest) || (zeroIsNothing && nearest == 0))
        {
            return null;
        }

        return IsLabels ? LabelColours.Of((int)Math.Round(nearest)) : IsColour ? Mixed(i, j) : scale?.ColourOf(frames[0].Between(i, j));
    }

    // Colours are stored with 8 bits or with 16: a picture of 16 bits that stays below 256 everywhere would be black.
    private double Brightest => field > 0 ? field : field = frames.Max(f => Largest(f.Nodes)) > 255 ? 65535 : 255;

    private SKColor Mixed(double i, double j)
    {
        byte Part(PlaneValues frame) => (byte)Math.Clamp(Math.Round(255 * frame.Between(i, j) / Brightest), 0, 255);
        return new(Part(frames[0]), Part(frames[1]), Part(frames[2]));
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var v in values)
        {
            largest = double.IsFinite(v) ? Math.Max(largest, Math.Abs(v)) : largest;
        }

        return largest;
    }
}
