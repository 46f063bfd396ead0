using SignalLab.Analysis.Imaging;
using SignalLab.Model;

namespace SignalLab.Review.Slices;

/// <summary>A map over a grid as the page looks at it: its extra axes are frames, except colours, which stay together.</summary>
/// <param name="Map">The map.</param>
/// <param name="Transforms">How its frame of space lies to others, as its file says.</param>
internal sealed record ShownImage(ParameterMap Map, IReadOnlyList<Transform> Transforms)
{
    /// <summary>Its grid.</summary>
    public GridSupport Grid => (GridSupport)Map.Support;

    /// <summary>Values of one place and frame: 1, or the colours.</summary>
    public int Colours => Map.Axes is [{ Kind: AxisKind.Colour, Length: var colours }, ..] ? colours : 1;

    /// <summary>Frames.</summary>
    public int Frames => Math.Max(1, Map.FrameCount / Colours);

    /// <summary>The axis of its frames, or null where there is one frame.</summary>
    public Axis? FrameAxis => Map.Axes.FirstOrDefault(a => a.Kind != AxisKind.Colour);

    /// <summary>True for one layer of pixels, shown as it is stored.</summary>
    public bool IsPlane => Grid.SizeZ == 1;

    /// <summary>True where millimetres are those of a body.</summary>
    public bool IsAnatomical => !Grid.Frame.Name.StartsWith("detector", StringComparison.Ordinal) && !Grid.Frame.Name.StartsWith("camera", StringComparison.Ordinal) && !Grid.Frame.Name.StartsWith("sensor", StringComparison.Ordinal);

    /// <summary>One map of a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="index">Which map, from 0.</param>
    /// <exception cref="UnfitInputException">There is none, or it is not over a grid.</exception>
    public static ShownImage Of(Study study, int index)
    {
        if (index < 0 || index >= study.Maps.Count)
        {
            throw new UnfitInputException(study.Maps.Count == 0 ? "The file holds no image." : FormattableString.Invariant($"The file holds {study.Maps.Count} image(s), number {index} (counted from 0) was asked for."));
        }

        return study.Maps[index].Support is GridSupport
            ? new(study.Maps[index], study.Transforms)
            : throw new UnfitInputException("Only an image over a grid can be sliced; this one has its values at sensors or on a surface.");
    }

    /// <summary>Place of a frame's first colour among the map's values.</summary>
    /// <param name="frame">The frame, from 0.</param>
    /// <exception cref="UnfitInputException">There is no such frame.</exception>
    public int FirstOf(int frame) => frame >= 0 && frame < Frames
        ? frame * Colours
        : throw new UnfitInputException(FormattableString.Invariant($"The image has {Frames} frame(s), number {frame} (counted from 0) was asked for."));

    /// <summary>This image's values over the plane of another.</summary>
    /// <param name="slice">The plane.</param>
    /// <param name="isSameSpace">Takes the millimetres of both for the same, whatever their frames are called.</param>
    /// <param name="others">Transforms that the other's file knows.</param>
    /// <exception cref="UnfitInputException">Nothing joins the two frames.</exception>
    public ParameterMap Onto(GridSupport slice, bool isSameSpace, IReadOnlyList<Transform> others)
    {
        var map = isSameSpace ? Map with { Support = Grid with { Frame = slice.Frame } } : Map;
        return map.ResliceOnto(slice, new([.. Transforms, .. others]), Map.Kind == MapKind.Label ? Interpolation.Nearest : Interpolation.Linear);
    }
}
