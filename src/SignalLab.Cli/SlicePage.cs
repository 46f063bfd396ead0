using SignalLab.Analysis.Imaging;
using SignalLab.Figures;
using SignalLab.Figures.Slices;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Which slices are wanted.</summary>
internal sealed record SliceChoice(string? Plane, double[]? AtMm, (double Centre, double Width)? Window, double? Threshold, int Frame = 0, bool Graph = false)
{
    /// <summary>A time course that belongs to the cross-hair, where it is not the image's own.</summary>
    public Series? Course { get; init; }

    /// <summary>What that course measures.</summary>
    public string CourseQuantity { get; init; } = "";

    /// <summary>The picture's title; null for the image's name.</summary>
    public string? Title { get; init; }
}

/// <summary>Cuts the slices that a picture shows: reslicing belongs to Analysis, drawing to Figures, and they meet here.</summary>
internal static class SlicePage
{
    private const int MosaicTiles = 12;

    public static Figure Of(ParameterMap map, ParameterMap? overlay, SliceChoice choice)
    {
        if (map.Support is not GridSupport grid)
        {
            throw new UnfitInputException("Slices need an image on a grid.");
        }

        var frame = FrameOf(map, choice.Frame);
        var isVolume = grid.SizeX > 1 && grid.SizeY > 1 && grid.SizeZ > 1;
        if (!isVolume && choice.Plane is null && overlay is null && grid.SizeZ == 1)
        {
            return new PlaneImageFigure(frame, new PlaneImageOptions { Window = choice.Window });
        }

        var at = Place(grid, choice);
        var panels = choice.Plane switch
        {
            null or "three" => Enum.GetValues<Analysis.Imaging.SlicePlane>().Select(p => Panel(frame, overlay, p, Along(p, at))).ToList(),
            "mosaic" => Mosaic(frame, overlay, grid),
            var name when Enum.TryParse<Analysis.Imaging.SlicePlane>(name, true, out var plane) && !int.TryParse(name, out _) => [Panel(frame, overlay, plane, Along(plane, at))],
            var other => throw new UsageException($"--plane '{other}': expected axial, coronal, sagittal, mosaic or three."),
        };
        var course = choice.Course ?? (choice.Graph && map.Axes is [{ Kind: AxisKind.Time }, ..] && map.LocationAt(at) is { } location ? CourseAt(map, location) : null);
        return new SliceFigure(panels, new SliceOptions
        {
            Window = choice.Window ?? map.Window,
            OverlayThreshold = choice.Threshold,
            LabelNames = (overlay is { Kind: MapKind.Label } ? overlay : map).LabelNames,
            CrosshairMm = choice.Plane is null or "three" ? at : null,
            CrosshairValue = frame.ValueAt(at),
            CrosshairOverlayValue = overlay is null ? null : FrameOf(overlay, 0).ValueAt(at),
            Graph = course,
            GraphCursor = choice.Course is null && map.Axes is [{ Kind: AxisKind.Time } time] ? time.Values[choice.Frame] : null,
            GraphQuantity = choice.Course is null ? map.Quantity.Name : choice.CourseQuantity,
        })
        {
            Title = choice.Title ?? map.Provenance.Input,
        };
    }

    /// <summary>A voxel's values over time, under a name that says which and of what.</summary>
    public static Series CourseAt(ParameterMap map, long location)
    {
        var course = map.GraphAt(location);
        return course with { Name = $"time course at voxel {course.Name.Replace(",", ", ", StringComparison.Ordinal)} of {map.Provenance.Input}" };
    }

    /// <summary>One frame of a series as a map of its own; colours stay together.</summary>
    public static ParameterMap FrameOf(ParameterMap map, int frame)
    {
        var kept = map.Axes.Where(a => a.Kind == AxisKind.Colour).ToList();
        var perFrame = kept.Aggregate(1, (n, a) => n * a.Length);
        var frames = map.FrameCount / Math.Max(1, perFrame);
        if (frame < 0 || frame >= frames)
        {
            throw new UnfitInputException($"The image has {frames} frame(s), number {frame} (from 0) was asked for.");
        }

        return kept.Count == map.Axes.Count ? map : map with { Axes = kept, Values = new FrameValues(map.Values, frame * perFrame, perFrame) };
    }

    private static SlicePanel Panel(ParameterMap map, ParameterMap? overlay, Analysis.Imaging.SlicePlane plane, double mm)
    {
        var slice = map.SliceAt(plane, mm);
        return new SlicePanel(slice) { Overlay = overlay is null ? null : Over(overlay, slice) };
    }

    private static ParameterMap Over(ParameterMap overlay, ParameterMap slice) =>
        FrameOf(overlay, 0).ResliceOnto((GridSupport)slice.Support, new TransformGraph([]), overlay.Kind == MapKind.Label ? Interpolation.Nearest : Interpolation.Linear);

    private static List<SlicePanel> Mosaic(ParameterMap map, ParameterMap? overlay, GridSupport grid)
    {
        var layers = grid.LayersMm(Analysis.Imaging.SlicePlane.Axial);
        var count = Math.Min(MosaicTiles, layers.Count);
        return [.. Enumerable.Range(0, count).Select(i => Panel(map, overlay, Analysis.Imaging.SlicePlane.Axial, layers[(int)((i + 0.5) * layers.Count / count)]))];
    }

    private static Point3 Place(GridSupport grid, SliceChoice choice)
    {
        var (low, high) = grid.ExtentMm();
        var middle = 0.5 * (low + high);
        return choice.AtMm switch
        {
            null => middle,
            [var x, var y, var z] => Inside(new(x, y, z)),
            [var mm] when choice.Plane is "axial" => Inside(middle with { Z = mm }),
            [var mm] when choice.Plane is "coronal" => Inside(middle with { Y = mm }),
            [var mm] when choice.Plane is "sagittal" => Inside(middle with { X = mm }),
            _ => throw new UsageException("--at: expected x,y,z in mm, or one number together with --plane axial, coronal or sagittal."),
        };

        Point3 Inside(Point3 p) => p.X >= low.X && p.Y >= low.Y && p.Z >= low.Z && p.X <= high.X && p.Y <= high.Y && p.Z <= high.Z
            ? p
            : throw new UnfitInputException(FormattableString.Invariant($"--at {p.X},{p.Y},{p.Z} lies outside the image, which spans {low.X:0.#} to {high.X:0.#}, {low.Y:0.#} to {high.Y:0.#}, {low.Z:0.#} to {high.Z:0.#} mm."));
    }

    private static double Along(Analysis.Imaging.SlicePlane plane, Point3 at) => plane switch
    {
        Analysis.Imaging.SlicePlane.Axial => at.Z,
        Analysis.Imaging.SlicePlane.Coronal => at.Y,
        _ => at.X,
    };

    private sealed class FrameValues(IMapValues source, int first, int count) : IMapValues
    {
        public int FrameCount => count;

        public void Read(int frame, long firstLocation, Span<double> into) => source.Read(first + frame, firstLocation, into);
    }
}
