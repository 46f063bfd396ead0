using SignalLab.Figures.Maps;
using SignalLab.Model;

namespace SignalLab.Figures.Slices;

/// <summary>One slice to draw: a map over a plane, cut by the caller, and what lies over it.</summary>
/// <param name="Plane">Values over a <see cref="GridSupport"/> with SizeZ = 1 whose affine leads to millimetres (RAS in anatomical frames); a colour axis first makes it a colour picture; its first frame is drawn.</param>
public sealed record SlicePanel(ParameterMap Plane)
{
    /// <summary>Words above the slice; null for the plane's name and position from its affine.</summary>
    public string? Title { get; init; }

    /// <summary>A map in the same frame and plane, on a grid of its own, or null.</summary>
    public ParameterMap? Overlay { get; init; }

    internal GridSupport Grid => Plane.Support is GridSupport { SizeZ: 1 } grid
        ? grid
        : throw new UnfitInputException("A slice is drawn from a plane: reslice the map to a grid of one layer first.");

    /// <summary>True where the affine tells which side is left.</summary>
    internal bool IsAnatomical => Anatomy.Has(Plane.Support.Frame);

    internal bool IsColour => Plane.Axes is [{ Kind: AxisKind.Colour, Length: 3 or 4 }, ..];

    internal PlaneView View(ViewConvention convention) => IsAnatomical ? PlaneView.Of(Grid, convention) : PlaneView.AsStored(Grid);

    /// <summary>For example <c>axial, z = 12.0 mm</c>; the position is that of the plane's centre along its nearest axis.</summary>
    internal string Caption()
    {
        if (Title is { } given || !IsAnatomical)
        {
            return Title ?? "";
        }

        var grid = Grid;
        var centre = grid.ToMillimetres.Apply(new((grid.SizeX - 1) / 2.0, (grid.SizeY - 1) / 2.0, 0));
        var normal = PlaneView.NormalOf(grid);
        var (name, axis, at, part) = Anatomy.PlaneOf(normal) switch
        {
            SlicePlane.Axial => ("axial", "z", centre.Z, normal.Z),
            SlicePlane.Coronal => ("coronal", "y", centre.Y, normal.Y),
            _ => ("sagittal", "x", centre.X, normal.X),
        };
        var oblique = Math.Abs(part) < 0.9998;
        return FormattableString.Invariant($"{(oblique ? "oblique " : "")}{name}, {(oblique ? "centre " : "")}{axis} = {at:0.0} mm").Replace('-', '−');
    }

    /// <summary>Refuses what would mislead: another frame than the first slice's, an overlay that lies elsewhere.</summary>
    internal void CheckBeside(SlicePanel first)
    {
        var grid = Grid;
        if (grid.Frame != first.Grid.Frame)
        {
            throw new UnfitInputException($"Slices of the frames '{first.Grid.Frame}' and '{grid.Frame}' cannot be drawn at one scale: reslice them in one frame.");
        }

        if (Overlay is not { } overlay)
        {
            return;
        }

        if (overlay.Support.Frame != grid.Frame)
        {
            throw new UnfitInputException($"A map in the frame '{overlay.Support.Frame}' does not lie over a slice in '{grid.Frame}': give a coregistration and reslice.");
        }

        var over = overlay.Support as GridSupport;
        var aligned = over is { SizeZ: 1 } && Math.Abs(PlaneView.NormalOf(over).Dot(PlaneView.NormalOf(grid))) > 0.9998;
        var apart = aligned ? Math.Abs((over!.ToMillimetres.Column(3) - grid.ToMillimetres.Column(3)).Dot(PlaneView.NormalOf(grid))) : double.PositiveInfinity;
        if (apart > 0.51 * Math.Max(grid.SpacingMm.Z, Math.Min(grid.SpacingMm.X, grid.SpacingMm.Y)))
        {
            throw new UnfitInputException("An overlay lies in another plane than its slice: reslice it to the slice's plane first.");
        }
    }
}
